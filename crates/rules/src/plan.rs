//! Which effects a change has: the pure half of automation.

use crate::{Rule, Stage};
use domain::{QueueId, change::NewChange, fourth_type::alias};
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
    /// Where the change came in: `Web`, `Email`, `REST2`, `CLI`.
    pub door: &'a str,
    /// Class of the status that a change of status leads to; empty for other changes.
    pub new_class: &'a str,
    /// The custom field that was changed, by name; empty for other changes.
    pub custom_field: &'a str,
    /// The ticket is a member of at least one Incident.
    pub has_incident: bool,
    /// The change made it one (IR-181).
    pub links_incident: bool,
    /// Values of custom fields, by name.
    pub fields: &'a [(String, String)],
}

impl<'a> Happened<'a> {
    /// A change about which nothing is known: what conditions are checked with before they are stored.
    pub(crate) fn nothing(change: &'a NewChange) -> Self {
        Self {
            change,
            queue: QueueId(0),
            queue_name: "",
            lifecycle: "",
            status: "",
            class: "",
            old_class: "",
            subject: "",
            owner: "",
            priority: 0,
            by_staff: false,
            by_requestor: false,
            automatic: false,
            no_autoopen: false,
            door: "",
            new_class: "",
            custom_field: "",
            has_incident: false,
            links_incident: false,
            fields: &[],
        }
    }
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
            ("change", Some("newclass")) => one(self.new_class),
            ("change", Some("door")) => one(self.door),
            ("change", Some("timetaken")) => one(&self.change.time_taken.to_string()),
            ("change", Some("customfield")) => one(self.custom_field),
            ("change", Some("linksincident")) => yes(self.links_incident),
            ("change", Some("bystaff")) => yes(self.by_staff),
            ("change", Some("byrequestor")) => yes(self.by_requestor),
            ("change", Some("automatic")) => yes(self.automatic),
            ("change", Some("noautoopen")) => yes(self.no_autoopen),
            // IR-126, IR-127
            ("change", Some("ipadded")) => yes(self.custom_field == "IP" && self.change.new.is_some()),
            ("change", Some("ipdeleted")) => yes(self.custom_field == "IP" && self.change.old.is_some()),
            // IR-011
            ("queue", None) => Some(std::iter::once(self.queue_name.to_owned()).chain(alias(self.queue_name)).collect()),
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

/// The rules of one stage that answer a change, in their order. A condition that names something unknown never holds.
#[must_use]
pub fn plan<'a>(rules: &'a [Rule], stage: Stage, happened: &Happened<'_>) -> Vec<&'a Rule> {
    rules.iter().filter(|rule| rule.definition.stage == stage && applies(rule, happened)).collect()
}

fn applies(rule: &Rule, happened: &Happened<'_>) -> bool {
    let definition = &rule.definition;
    definition.on.contains(&happened.change.kind)
        && (definition.lifecycles.is_empty() || definition.lifecycles.iter().any(|name| name == happened.lifecycle))
        && (definition.queues.is_empty() || definition.queues.contains(&happened.queue))
        && rule.condition.as_ref().is_none_or(|condition| query::matches(condition, happened).unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::change::ChangeKind;

    #[test]
    fn ir011_conditions_know_the_queue_of_the_fourth_type_by_either_name() {
        let change = NewChange::new(ChangeKind::Create);
        let happened = Happened { queue_name: "Blocks - EDUNET", ..Happened::nothing(&change) };
        for condition in ["Queue = 'Blocks - EDUNET'", "Queue = 'Countermeasures - EDUNET'", "Queue != 'Blocks'"] {
            let condition = query::parse(condition).expect("a condition");
            assert_eq!(query::matches(&condition, &happened).ok(), Some(true), "{condition}");
        }
    }
}
