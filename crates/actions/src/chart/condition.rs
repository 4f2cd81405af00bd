//! A group as a condition of the search language: where the numbers of a chart lead.

use super::Group;
use domain::chart::Grouping;
use query::{Field, Op, Query, Term, Value};

/// A search narrowed to a group.
#[must_use]
pub fn narrowed(query: &Query, grouping: &Grouping, group: &Group) -> Query {
    let condition = condition(grouping, group);
    match query {
        Query::And(parts) => Query::And(parts.iter().cloned().chain([condition]).collect()),
        other => Query::And(vec![other.clone(), condition]),
    }
}

fn condition(grouping: &Grouping, group: &Group) -> Query {
    let Some(key) = &group.key else { return without_value(grouping) };
    match grouping {
        // by name, which people can read
        Grouping::Plain("Queue") => is(Field::named("Queue"), text(&group.label)),
        Grouping::Plain(name) if name.ends_with("Priority") => is(Field::named(*name), number(key)),
        Grouping::Plain(name) => is(Field::named(*name), text(key)),
        Grouping::Person(name, part) => {
            let mut term = Term::new(Field::keyed(*name, *part), Op::Eq, text(key));
            // those themselves, as they were counted, not the members of groups
            term.shallow = grouping.is_many();
            Query::Term(term)
        }
        Grouping::Date(name, part) => is(Field::keyed(*name, *part), number(key)),
        Grouping::Field(name) => is(Field::keyed("CF", name), text(key)),
    }
}

fn without_value(grouping: &Grouping) -> Query {
    let unset = |field: Field| Query::Term(Term::new(field, Op::Is, Value::Null));
    match grouping {
        Grouping::Plain(name) | Grouping::Date(name, _) => unset(Field::named(*name)),
        Grouping::Field(name) => unset(Field::keyed("CF", name)),
        Grouping::Person(name, part) => {
            let mut empty = Term::new(Field::keyed(*name, *part), Op::Is, Value::Null);
            empty.shallow = grouping.is_many();
            let empty = Query::Term(empty);
            if grouping.is_many() { Query::Or(vec![unset(Field::named(*name)), empty]) } else { empty }
        }
    }
}

fn is(field: Field, value: Value) -> Query {
    Query::Term(Term::new(field, Op::Eq, value))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// What is none, such as `2026-11`, is text.
fn number(key: &str) -> Value {
    key.parse().map_or_else(|_| text(key), Value::Number)
}
