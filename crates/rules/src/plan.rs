//! Which effects a change has: the pure half of automation.

use crate::{Effect, Rule, Stage};
use domain::{QueueId, change::NewChange};
use query::{Facts, Field};

/// A change and what conditions may ask about it and its ticket.
#[derive(Clone, Debug)]
pub struct Happened<'a> {
    pub change: &'a NewChange,
    pub queue: QueueId,
    pub queue_name: &'a str,
    pub lifecycle: &'a str,
    pub status: &'a str,
    /// Class of the status now, and of the one before a change of status.
    pub class: &'a str,
    pub old_class: &'a str,
    pub subject: &'a str,
    pub owner: &'a str,
    pub priority: i64,
    /// Written by a member of a DutyTeam (IR-132).
    pub by_staff: bool,
    /// Written by a requestor of the ticket.
    pub by_requestor: bool,
    /// Written by a machine: vacation notice, bounce, list software (TC-188).
    pub automatic: bool,
    /// The message asks not to open the ticket (IR-175).
    pub no_autoopen: bool,
    /// The ticket is a member of at least one Incident.
    pub has_incident: bool,
    /// Name of the custom field that changed; empty for other changes.
    pub field_name: &'a str,
    /// Values of custom fields, by name.
    pub fields: &'a [(String, String)],
}

impl Facts for Happened<'_> {
    fn values(&self, field: &Field) -> Option<Vec<String>> {
        let one = |text: &str| Some(vec![text.to_owned()]);
        let yes = |answer: bool| one(if answer { "yes" } else { "no" });
        let maybe = |text: &Option<String>| Some(text.iter().cloned().collect());
        match (field.name.to_ascii_lowercase().as_str(), field.key.as_deref().map(str::to_ascii_lowercase).as_deref()) {
            ("change", Some("type")) => one(self.change.kind.as_str()),
            ("change", Some("field")) => maybe(&self.change.field),
            ("change", Some("old")) => maybe(&self.change.old),
            ("change", Some("new")) => maybe(&self.change.new),
            ("change", Some("oldclass")) => one(self.old_class),
            ("change", Some("bystaff")) => yes(self.by_staff),
            ("change", Some("byrequestor")) => yes(self.by_requestor),
            ("change", Some("automatic")) => yes(self.automatic),
            ("change", Some("noautoopen")) => yes(self.no_autoopen),
            ("change", Some("fieldname")) => one(self.field_name),
            // IR-126, IR-127
            ("change", Some("ipadded")) => yes(self.field_name == "IP" && self.change.new.is_some()),
            ("change", Some("ipdeleted")) => yes(self.field_name == "IP" && self.change.old.is_some()),
            ("queue", None) => one(self.queue_name),
            ("lifecycle", None) => one(self.lifecycle),
            ("status", None) => one(self.status),
            ("statusclass", None) => one(self.class),
            ("subject", None) => one(self.subject),
            ("owner", None) => one(self.owner),
            ("priority", None) => one(&self.priority.to_string()),
            ("hasincident", None) => yes(self.has_incident),
            ("cf" | "customfield", Some(name)) => Some(
                self.fields
                    .iter()
                    .filter(|(field, _)| field.eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.clone())
                    .collect(),
            ),
            _ => None,
        }
    }
}

/// An effect and the rule it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned<'a> {
    pub rule: &'a str,
    pub effect: &'a Effect,
}

/// The effects of the rules of one stage, in the order of the rules. A condition that names something unknown never holds.
#[must_use]
pub fn plan<'a>(rules: &'a [Rule], stage: Stage, happened: &Happened<'_>) -> Vec<Planned<'a>> {
    rules
        .iter()
        .filter(|rule| rule.definition.stage == stage && applies(rule, happened))
        .flat_map(|rule| rule.definition.effects.iter().map(|effect| Planned { rule: &rule.name, effect }))
        .collect()
}

fn applies(rule: &Rule, happened: &Happened<'_>) -> bool {
    let definition = &rule.definition;
    definition.on.contains(&happened.change.kind)
        && (definition.lifecycles.is_empty() || definition.lifecycles.iter().any(|name| name == happened.lifecycle))
        && (definition.queues.is_empty() || definition.queues.contains(&happened.queue))
        && rule.condition.as_ref().is_none_or(|condition| query::matches(condition, happened).unwrap_or(false))
}
