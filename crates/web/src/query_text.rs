//! Queries as pages write them into links: made of trees, so that no name or value can break out of its place.

use domain::ticket::SNOOZED_UNTIL;
use query::{Field, Op, Query, Term, Value};

/// `field = 'value'`.
pub(crate) fn equals(field: Field, value: &str) -> Query {
    Query::Term(Term::new(field, Op::Eq, Value::Text(value.to_owned())))
}

/// `name = 'value'`.
pub(crate) fn is(name: &str, value: &str) -> Query {
    equals(Field::named(name), value)
}

/// `CF.{name} = 'value'`.
pub(crate) fn custom_field_is(name: &str, value: &str) -> Query {
    equals(Field::keyed("CF", name), value)
}

/// `name LIKE 'value'`.
pub(crate) fn contains(name: &str, value: &str) -> Query {
    Query::Term(Term::new(Field::named(name), Op::Like, Value::Text(value.to_owned())))
}

/// `Status = __Active__` and the like.
pub(crate) fn status_class(class: &str) -> Query {
    Query::Term(Term::new(Field::named("Status"), Op::Eq, Value::Placeholder(class.to_owned())))
}

/// Not out of the lists for a while.
pub(crate) fn awake() -> Query {
    let until = |op, value| Query::Term(Term::new(Field::named(SNOOZED_UNTIL), op, value));
    Query::Or(vec![until(Op::Is, Value::Null), until(Op::Le, Value::Text("now".to_owned()))])
}

/// Out of the lists, now.
pub(crate) fn asleep() -> Query {
    Query::Term(Term::new(Field::named(SNOOZED_UNTIL), Op::Gt, Value::Text("now".to_owned())))
}

/// All of them; a single one stands for itself.
pub(crate) fn all(parts: Vec<Query>) -> Option<Query> {
    joined(parts, Query::And)
}

/// Any of them; a single one stands for itself.
pub(crate) fn any(parts: Vec<Query>) -> Option<Query> {
    joined(parts, Query::Or)
}

fn joined(mut parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
    if parts.len() < 2 { parts.pop() } else { Some(join(parts)) }
}
