//! Conditions on links, read from the found ticket's side: `MemberOf = 5` finds the members of 5.

use super::{Answer, refused, words};
use crate::search::Sql;
use domain::link::{Direction, LinkKind};
use query::{Op, Term, Value};

pub(super) fn condition(sql: &mut Sql, kind: LinkKind, direction: Direction, term: &Term) -> Answer {
    let (mine, theirs) = match direction {
        Direction::From => ("base_id", "target_id"),
        Direction::To => ("target_id", "base_id"),
    };
    let any = format!("SELECT l.{mine} FROM links l WHERE l.kind = '{}'", kind.as_str());
    if term.value == Value::Null || term.value == Value::Number(0) {
        let none = matches!(term.op, Op::Is | Op::Eq);
        return Ok(format!("{}EXISTS ({any} AND l.{mine} = t.id)", if none { "NOT " } else { "" }));
    }
    let text = words(term)?;
    let id: i64 =
        text.trim().trim_start_matches('#').parse().map_err(|_| refused(term, format!("“{text}” is not a ticket's number")))?;
    let not = if term.op.is_negative() { "NOT " } else { "" };
    let place = sql.bind(id);
    // the few at the other end are looked up, not every ticket asked
    Ok(format!("t.id {not}IN ({any} AND l.{theirs} = {place} AND l.{mine} IS NOT NULL)"))
}
