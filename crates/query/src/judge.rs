//! Does something in memory match a query? Rules ask this about one ticket and one change.
//! The values come from `Facts`; nothing is cached, and every field is looked at even when the answer is known,
//! so that an unknown field is always reported.

use std::cmp::Ordering;

use thiserror::Error;

use crate::tree::{Field, Op, Query, Span, Term, Value};

pub trait Facts {
    /// The values of a field; none is "unset". `None`: there is no such field.
    fn values(&self, field: &Field) -> Option<Vec<String>>;

    /// The values that `__Name__` stands for beside this field. `None`: there is no such placeholder.
    fn placeholder(&self, _field: &Field, _name: &str) -> Option<Vec<String>> {
        None
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown field {name}")]
pub struct UnknownField {
    pub name: String,
    pub span: Span,
}

pub fn matches(query: &Query, facts: &dyn Facts) -> Result<bool, UnknownField> {
    match query {
        Query::And(parts) => parts.iter().try_fold(true, |all, part| Ok(matches(part, facts)? && all)),
        Query::Or(parts) => parts.iter().try_fold(false, |any, part| Ok(matches(part, facts)? || any)),
        Query::Not(inner) => Ok(!matches(inner, facts)?),
        Query::Term(term) => satisfies(term, facts),
    }
}

fn satisfies(term: &Term, facts: &dyn Facts) -> Result<bool, UnknownField> {
    let lefts = values(&term.field, facts)?;
    let op = term.op.positive();
    let positive = match &term.value {
        Value::Null => lefts.is_empty(),
        value => {
            let rights = rights(term, value, facts)?;
            lefts.iter().any(|left| rights.iter().any(|right| compare(left, op, right)))
        }
    };
    Ok(positive != term.op.is_negative())
}

fn rights(term: &Term, value: &Value, facts: &dyn Facts) -> Result<Vec<String>, UnknownField> {
    match value {
        Value::Text(text) => Ok(vec![text.clone()]),
        Value::Number(number) => Ok(vec![number.to_string()]),
        Value::Null => Ok(Vec::new()),
        Value::Column(field) => values(field, facts),
        Value::Placeholder(name) => {
            facts.placeholder(&term.field, name).ok_or_else(|| UnknownField { name: format!("__{name}__"), span: term.span })
        }
    }
}

fn values(field: &Field, facts: &dyn Facts) -> Result<Vec<String>, UnknownField> {
    facts.values(field).ok_or_else(|| UnknownField { name: field.to_string(), span: field.span })
}

fn compare(left: &str, op: Op, right: &str) -> bool {
    match op {
        Op::Lt => order(left, right) == Ordering::Less,
        Op::Le => order(left, right) != Ordering::Greater,
        Op::Gt => order(left, right) == Ordering::Greater,
        Op::Ge => order(left, right) != Ordering::Less,
        Op::Like => left.to_lowercase().contains(&right.to_lowercase()),
        Op::StartsWith => left.to_lowercase().starts_with(&right.to_lowercase()),
        Op::EndsWith => left.to_lowercase().ends_with(&right.to_lowercase()),
        _ => order(left, right) == Ordering::Equal,
    }
}

fn order(left: &str, right: &str) -> Ordering {
    match (left.trim().parse::<i64>(), right.trim().parse::<i64>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.to_lowercase().cmp(&right.to_lowercase()),
    }
}
