//! Conditions on links, read from the found ticket's side: `MemberOf = 5` finds the members of 5.

use super::{Answer, refused, words};
use crate::search::Sql;
use domain::link::{Direction, LinkKind};
use query::{Op, Term, Value};

/// `Linked`, `LinkedTo`, `LinkedFrom`: by a link of any kind.
pub(super) fn of_any_kind(sql: &mut Sql, name: &str, term: &Term) -> Answer {
    match name {
        "linkedto" => condition(sql, None, Direction::From, term),
        "linkedfrom" => condition(sql, None, Direction::To, term),
        _ => {
            let positive = Term { op: term.op.positive(), ..term.clone() };
            let is_null = term.value == Value::Null || term.value == Value::Number(0);
            // unset means that no link leads either way
            let (positive, joint) = if is_null { (Term { op: Op::Is, ..positive }, "AND") } else { (positive, "OR") };
            let (to, from) = (condition(sql, None, Direction::From, &positive)?, condition(sql, None, Direction::To, &positive)?);
            Ok(format!("{}({to} {joint} {from})", if term.op.is_negative() { "NOT " } else { "" }))
        }
    }
}

pub(super) fn condition(sql: &mut Sql, kind: Option<LinkKind>, direction: Direction, term: &Term) -> Answer {
    let (mine, theirs) = match direction {
        Direction::From => ("base_id", "target_id"),
        Direction::To => ("target_id", "base_id"),
    };
    let kind = kind.map_or_else(|| "1 = 1".to_owned(), |kind| format!("l.kind = '{}'", kind.as_str()));
    let any = format!("SELECT l.{mine} FROM links l WHERE {kind}");
    if term.value == Value::Null || term.value == Value::Number(0) {
        let none = matches!(term.op, Op::Is | Op::Eq);
        return Ok(format!("{}EXISTS ({any} AND l.{mine} = t.id)", if none { "NOT " } else { "" }));
    }
    let text = words(term)?;
    let not = if term.op.is_negative() { "NOT " } else { "" };
    if text.contains("://") && direction == Direction::From {
        let place = sql.bind(text.trim());
        return Ok(format!("t.id {not}IN ({any} AND l.target_uri = {place})"));
    }
    let id: i64 =
        text.trim().trim_start_matches('#').parse().map_err(|_| refused(term, format!("“{text}” is not a ticket's number")))?;
    let place = sql.bind(id);
    // the few at the other end are looked up, not every ticket asked
    Ok(format!("t.id {not}IN ({any} AND l.{theirs} = {place} AND l.{mine} IS NOT NULL)"))
}
