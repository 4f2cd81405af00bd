//! What each kind of effect is made of, for a page where people put rules together.

/// One part of an effect: what it holds decides how it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Text,
    Number,
    Flag,
    /// Several texts.
    Lines,
    Template,
    Field,
    Status,
    Queue,
    Relation,
    /// A relation, or none.
    MaybeRelation,
    Receiver,
    Recipients,
    /// Whether the author gets it, or nothing: then their preference decides.
    MaybeAuthor,
}

const AUTHOR: (&str, Part) = ("author", Part::MaybeAuthor);

/// Kinds of effects by their word, with the names of their parts, in the order that a list offers them.
pub const FORMS: &[(&str, &[(&str, Part)])] = &[
    ("notify", &[("to", Part::Recipients), ("template", Part::Template), ("as_comment", Part::Flag), AUTHOR]),
    ("notify_named", &[("to", Part::Lines), ("template", Part::Template), ("as_comment", Part::Flag), AUTHOR]),
    ("autoreply", &[("template", Part::Template)]),
    ("record_comment", &[("template", Part::Template)]),
    ("record_correspondence", &[("template", Part::Template)]),
    ("set_status", &[("status", Part::Status)]),
    ("activate", &[]),
    ("set_owner", &[("owner", Part::Text)]),
    ("set_priority", &[("to", Part::Number)]),
    ("add_priority", &[("by", Part::Number)]),
    ("age_priority", &[("linear", Part::Flag)]),
    ("set_field", &[("field", Part::Field), ("values", Part::Lines), ("add", Part::Flag)]),
    ("clear_field", &[("field", Part::Field)]),
    ("field_to_now", &[("field", Part::Field)]),
    ("link", &[("relation", Part::Relation), ("target", Part::Text)]),
    ("create_ticket", &[("queue", Part::Queue), ("template", Part::Template), ("relation", Part::MaybeRelation)]),
    ("call", &[("receiver", Part::Receiver)]),
    ("time_to_parents", &[]),
    ("extract_subject_tag", &[]),
    ("find_ips", &[]),
    ("find_domains", &[]),
    ("find_cves", &[]),
    ("set_how_reported", &[]),
    ("copy_to_incidents", &[("field", Part::Field)]),
    ("unite_merged", &[("field", Part::Field)]),
    ("add_institutions", &[]),
    ("forget_institutions", &[]),
    ("incident_due", &[]),
    ("close_children", &[]),
    ("default_resolution", &[]),
    ("open_incidents", &[]),
    ("countermeasure_on_reply", &[]),
    ("owner_to_children", &[]),
    ("owner_to_incidents", &[]),
    ("move_family", &[]),
    ("constituency_team", &[]),
    ("firewall_hook", &[]),
    ("service_level", &[]),
    ("level_by_priority", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effect;
    use serde_json::{Map, Value, json};

    /// An effect as a page would put it together.
    fn filled((word, parts): &(&str, &[(&str, Part)])) -> Value {
        let value = |part: Part| match part {
            Part::Number => json!(1),
            Part::Flag => json!(true),
            Part::Lines => json!(["x"]),
            Part::Recipients => json!(["requestors", "others"]),
            Part::MaybeAuthor => json!("never"),
            _ => json!("x"),
        };
        let parts = parts.iter().map(|(name, part)| ((*name).to_owned(), value(*part)));
        std::iter::once(("do".to_owned(), json!(word))).chain(parts).collect::<Map<_, _>>().into()
    }

    #[test]
    fn tc161_every_kind_of_effect_can_be_put_together_from_its_parts() {
        for form in FORMS {
            let value = filled(form);
            let effect: Effect = serde_json::from_value(value.clone()).expect(form.0);
            assert_eq!(serde_json::to_value(&effect).expect("serializable"), value, "a part is missing");
        }
        for example in Effect::examples() {
            let word = serde_json::to_value(&example).expect("serializable")["do"].clone();
            assert!(FORMS.iter().any(|(known, _)| word == *known), "{word}");
        }
    }
}
