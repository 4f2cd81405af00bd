//! Text without regard to case. PostgreSQL knows the letters of all scripts; SQLite knows those of ASCII, so that a pattern there names
//! both forms of every other letter.

use super::{Answer, Sql, refused};
use query::{Op, Term};

/// SQLite refuses longer patterns, and nobody types them.
const LONGEST: usize = 5_000;

/// That a column is, holds, begins or ends with `wanted`, which is in lower case.
pub(super) fn condition(sql: &mut Sql, column: &str, op: Op, wanted: &str, term: &Term) -> Answer {
    if wanted.len() > LONGEST {
        return Err(refused(term, format!("what is compared with {} is longer than {LONGEST} bytes", term.field.name)));
    }
    let (before, after) = match op {
        Op::Like => (true, true),
        Op::StartsWith => (false, true),
        Op::EndsWith => (true, false),
        _ => (false, false),
    };
    let any = |is: bool, sign: &'static str| if is { sign } else { "" };
    if sql.sqlite && !wanted.is_ascii() {
        let letters: String = wanted.chars().map(either_case).collect();
        let place = sql.bind(format!("{}{letters}{}", any(before, "*"), any(after, "*")));
        return Ok(format!("{column} GLOB {place}"));
    }
    if !before && !after {
        let place = sql.bind(wanted);
        return Ok(format!("lower({column}) = {place}"));
    }
    let place = sql.bind(format!("{}{}{}", any(before, "%"), escape(wanted), any(after, "%")));
    Ok(format!("lower({column}) LIKE {place} ESCAPE '!'"))
}

/// A character as GLOB matches it in both cases; its signs stand for themselves.
fn either_case(letter: char) -> String {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) if upper != letter => format!("[{letter}{upper}]"),
        _ if "*?[".contains(letter) => format!("[{letter}]"),
        _ => letter.to_string(),
    }
}

/// The wildcards of LIKE are ordinary characters of what people look for.
fn escape(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
