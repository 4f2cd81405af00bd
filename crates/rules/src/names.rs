//! The names that a template can use: our words for what RT offers its simple templates (TC-159). What fills them in is in `actions`; the manual lists them, and
//! calls of receivers are told the same.

use serde_json::{Map, Value, json};

/// What stands behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Number,
    /// Several texts, for `{% for … %}`.
    List,
    /// Lists by the name of a custom field.
    Fields,
    /// Tickets with their changes, in a digest.
    Tickets,
}

/// Every name, with what stands behind it. Dates are empty where there is none.
pub const NAMES: &[(&str, Shape)] = &[
    ("installation", Shape::Text),
    ("marker", Shape::Text),
    ("ticket.id", Shape::Number),
    ("ticket.type", Shape::Text),
    ("ticket.subject", Shape::Text),
    ("ticket.description", Shape::Text),
    ("ticket.status", Shape::Text),
    ("ticket.priority", Shape::Number),
    ("ticket.initial_priority", Shape::Number),
    ("ticket.final_priority", Shape::Number),
    ("ticket.level", Shape::Text),
    ("ticket.time_estimated", Shape::Number),
    ("ticket.time_worked", Shape::Number),
    ("ticket.time_left", Shape::Number),
    ("ticket.created", Shape::Text),
    ("ticket.updated", Shape::Text),
    ("ticket.starts", Shape::Text),
    ("ticket.started", Shape::Text),
    ("ticket.due", Shape::Text),
    ("ticket.told", Shape::Text),
    ("ticket.resolved", Shape::Text),
    ("ticket.owner", Shape::Text),
    ("ticket.url", Shape::Text),
    ("owner.id", Shape::Number),
    ("owner.login", Shape::Text),
    ("owner.name", Shape::Text),
    ("owner.email", Shape::Text),
    ("queue.id", Shape::Number),
    ("queue.name", Shape::Text),
    ("queue.description", Shape::Text),
    ("queue.correspond_address", Shape::Text),
    ("queue.comment_address", Shape::Text),
    ("requestor.name", Shape::Text),
    ("requestor.email", Shape::Text),
    ("requestors", Shape::List),
    ("ccs", Shape::List),
    ("admin_ccs", Shape::List),
    ("fields", Shape::Fields),
    ("actor.name", Shape::Text),
    ("actor.email", Shape::Text),
    ("change.id", Shape::Number),
    ("change.kind", Shape::Text),
    ("change.summary", Shape::Text),
    ("change.description", Shape::Text),
    ("change.field", Shape::Text),
    ("change.old", Shape::Text),
    ("change.new", Shape::Text),
    ("change.data", Shape::Text),
    ("change.time_taken", Shape::Number),
    ("change.at", Shape::Text),
    ("change.fields", Shape::Fields),
    ("message.subject", Shape::Text),
    ("message.text", Shape::Text),
    ("message.html", Shape::Text),
    ("digest.frequency", Shape::Text),
    ("digest.name", Shape::Text),
    ("digest.tickets", Shape::Tickets),
    ("dashboard.name", Shape::Text),
    ("dashboard.url", Shape::Text),
    ("dashboard.html", Shape::Text),
    ("dashboard.reader", Shape::Text),
    ("dashboard.subscriber", Shape::Text),
];

/// Whether a template may use a path such as `ticket.subject`, given the names of the custom fields there are.
pub(crate) fn is_known(path: &str, fields: &[&str]) -> bool {
    NAMES.iter().any(|(name, shape)| {
        let is_within = name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let field = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
        is_within || (*shape == Shape::Fields && field.is_some_and(|field| fields.contains(&field)))
    })
}

/// A value behind each name, to try a template with before it is stored.
pub(crate) fn sample(fields: &[&str]) -> Value {
    let mut sample = Map::new();
    for (name, shape) in NAMES {
        let value = match shape {
            Shape::Text => json!("text"),
            Shape::Number => json!(1),
            Shape::List => json!(["text"]),
            Shape::Tickets => json!([{
                "id": 1, "subject": "text", "status": "text", "queue": "text", "url": "text",
                "changes": [{ "kind": "text", "field": "text", "old": "text", "new": "text", "at": "text", "actor": "text", "text": "text" }],
            }]),
            Shape::Fields => fields.iter().map(|field| ((*field).to_owned(), json!(["text"]))).collect::<Map<_, _>>().into(),
        };
        match name.split_once('.') {
            None => drop(sample.insert((*name).to_owned(), value)),
            Some((outer, inner)) => {
                if let Value::Object(group) = sample.entry(outer).or_insert_with(|| json!({})) {
                    group.insert(inner.to_owned(), value);
                }
            }
        }
    }
    Value::Object(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc159_every_name_stands_in_the_manual() {
        let manual = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/manual/src/templates.md");
        let manual = std::fs::read_to_string(manual).expect("the manual is there");
        for (name, _) in NAMES {
            assert!(manual.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn tc159_custom_fields_are_known_by_name() {
        assert!(is_known("ticket", &[]) && is_known("ticket.subject", &[]) && is_known("fields.IP", &["IP"]));
        for unknown in ["tick", "ticket.sub", "ticket.subject.x", "fields.Nope", "nope"] {
            assert!(!is_known(unknown, &["IP"]), "{unknown}");
        }
    }
}
