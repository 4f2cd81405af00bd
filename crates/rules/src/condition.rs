//! The conditions that RT and RTIR know by name, in our words: for the seeded rules, for the page where rules are written, and for
//! whoever imports them (TC-153, IR-176 … IR-184).

use domain::change::ChangeKind::{
    self, AddLink, Comment, Correspond, Create, CustomField, DeleteLink, ForwardTicket, ForwardTransaction, Set, Status,
};

#[derive(Clone, Copy, Debug)]
pub struct Condition {
    pub name: &'static str,
    /// Kinds of change it can hold for.
    pub on: &'static [ChangeKind],
    /// Empty: always.
    pub when: &'static str,
}

const fn condition(name: &'static str, on: &'static [ChangeKind], when: &'static str) -> Condition {
    Condition { name, on, when }
}

const CLOSED: &str = "Change.NewClass = 'inactive' AND Change.OldClass != 'inactive'";
const REOPENED: &str = "Change.OldClass = 'inactive' AND Change.NewClass != 'inactive'";

pub(crate) const CLOSE_TICKET: Condition = condition("Close ticket", &[Status], CLOSED);
pub(crate) const LINKING_TO_INCIDENT: Condition =
    condition("Linking to incident", &[Create, AddLink], "Change.LinksIncident = 'yes'");
/// Any link, Due, and every change of status: reopening counts, too (IR-206).
pub(crate) const REQUIRE_DUE_CHANGE: Condition = condition(
    "Require due change",
    &[Create, AddLink, DeleteLink, Set, Status],
    "Change.Type = 'AddLink' OR Change.Type = 'DeleteLink' OR \
     (HasIncident = 'yes' AND (Change.Type != 'Set' OR Change.Field = 'Due'))",
);
pub(crate) const REPORT_ACTIVATION: Condition = condition(
    "Require report activation",
    &[Correspond],
    "Change.NoAutoOpen = 'no' AND (StatusClass = 'inactive' OR \
     (StatusClass = 'initial' AND HasIncident = 'yes' AND Change.ByRequestor = 'no'))",
);
pub(crate) const MERGE: Condition = condition("Merge", &[AddLink], "Change.Field = 'HasMerged'");
pub(crate) const OWNER_CHANGE: Condition = condition("On owner change", &[Set], "Change.Field = 'Owner'");
pub(crate) const QUEUE_CHANGE: Condition = condition("On queue change", &[Set], "Change.Field = 'Queue'");

pub const CONDITIONS: &[Condition] = &[
    condition("On create", &[Create], ""),
    condition("On create via e-mail", &[Create], "Change.Door = 'Email'"),
    condition("On create via web", &[Create], "Change.Door = 'Web'"),
    condition("On transaction", ChangeKind::ALL, ""),
    condition("On correspond", &[Correspond], ""),
    condition("On comment", &[Comment], ""),
    condition("On forward", &[ForwardTicket, ForwardTransaction], ""),
    condition("On forward of a ticket", &[ForwardTicket], ""),
    condition("On forward of an entry", &[ForwardTransaction], ""),
    condition("On status change", &[Status], ""),
    condition("On resolve", &[Status], "Change.New = 'resolved'"),
    condition("On reject", &[Status], "Change.New = 'rejected'"),
    condition("On close", &[Status], CLOSED),
    condition("On reopen", &[Status], REOPENED),
    condition("On priority change", &[Set], "Change.Field = 'Priority'"),
    QUEUE_CHANGE,
    OWNER_CHANGE,
    condition(
        "On time worked change",
        &[Create, Correspond, Comment, Set],
        "Change.TimeTaken != 0 OR Change.Field = 'TimeWorked'",
    ),
    condition("Customer response", &[Correspond], "Change.ByStaff = 'no'"),
    condition("Staff response", &[Correspond], "Change.ByStaff = 'yes'"),
    CLOSE_TICKET,
    condition("Reopen ticket", &[Status], REOPENED),
    REQUIRE_DUE_CHANGE,
    LINKING_TO_INCIDENT,
    MERGE,
    REPORT_ACTIVATION,
    condition("On IP added", &[CustomField], "Change.CustomField = 'IP' AND Change.New IS NOT NULL"),
    condition("On IP deleted", &[CustomField], "Change.CustomField = 'IP' AND Change.Old IS NOT NULL"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Definition, Happened, Rule, Stage, plan};
    use domain::{RuleId, change::NewChange};

    /// The names of the conditions that hold.
    fn holding(happened: &Happened<'_>) -> Vec<&'static str> {
        let rules: Vec<Rule> = CONDITIONS.iter().enumerate().map(|(number, condition)| rule(number, condition)).collect();
        plan(&rules, Stage::Immediate, happened)
            .iter()
            .filter_map(|rule| CONDITIONS.iter().find(|condition| condition.name == rule.name))
            .map(|condition| condition.name)
            .filter(|name| *name != "On transaction")
            .collect()
    }

    fn rule(number: usize, condition: &Condition) -> Rule {
        let definition = Definition {
            on: condition.on.to_vec(),
            lifecycles: vec![],
            queues: vec![],
            when: condition.when.to_owned(),
            stage: Stage::Immediate,
            schedule: None,
            effects: vec![],
        };
        let text = serde_json::to_string(&definition).expect("serializable");
        Rule::read(RuleId(number as i64), condition.name, &text).expect("every condition can be stored")
    }

    #[test]
    fn tc153_conditions_of_creation_and_messages() {
        let change = NewChange::new(Create);
        let created = Happened { door: "Email", ..Happened::nothing(&change) };
        assert_eq!(holding(&created), ["On create", "On create via e-mail"]);
        assert_eq!(holding(&Happened { door: "Web", ..created.clone() }), ["On create", "On create via web"]);
        // IR-181: created with at least one Incident; IR-206: its Due counts from the start
        let linked = Happened { has_incident: true, links_incident: true, ..created };
        assert_eq!(holding(&linked), ["On create", "On create via e-mail", "Require due change", "Linking to incident"]);
        let comment = NewChange { time_taken: 5, ..NewChange::new(Comment) };
        assert_eq!(holding(&Happened::nothing(&comment)), ["On comment", "On time worked change"]);
    }

    #[test]
    fn ir176_and_ir177_tell_customers_from_staff() {
        let change = NewChange::new(Correspond);
        let reply = Happened { class: "active", ..Happened::nothing(&change) };
        assert_eq!(holding(&reply), ["On correspond", "Customer response"]);
        assert_eq!(holding(&Happened { by_staff: true, ..reply }), ["On correspond", "Staff response"]);
    }

    // IR-178, IR-179: from initial or active to inactive, and back
    #[test]
    fn ir178_and_ir179_closing_and_reopening_go_by_classes_not_names() {
        let change = NewChange::moved(Status, "Status", Some("new".into()), Some("rejected".into()));
        for old_class in ["initial", "active"] {
            let closed = Happened { old_class, new_class: "inactive", class: "inactive", ..Happened::nothing(&change) };
            assert_eq!(holding(&closed), ["On status change", "On reject", "On close", "Close ticket"]);
        }
        let between = Happened { old_class: "inactive", new_class: "inactive", class: "inactive", ..Happened::nothing(&change) };
        assert_eq!(holding(&between), ["On status change", "On reject"]);
        let change = NewChange::moved(Status, "Status", Some("resolved".into()), Some("open".into()));
        let reopened = Happened { old_class: "inactive", new_class: "active", class: "active", ..Happened::nothing(&change) };
        assert_eq!(holding(&reopened), ["On status change", "On reopen", "Reopen ticket"]);
    }

    // IR-180: links of any type, Due, becoming inactive
    #[test]
    fn ir180_due_of_the_incident_is_looked_at_when_a_child_moves() {
        let refers = NewChange::moved(AddLink, "RefersTo", None, Some("7".into()));
        assert_eq!(holding(&Happened::nothing(&refers)), ["Require due change"]);
        let due = NewChange::set("Due", None, Some("x".into()));
        assert_eq!(holding(&Happened { has_incident: true, ..Happened::nothing(&due) }), ["Require due change"]);
        assert_eq!(holding(&Happened::nothing(&due)), Vec::<&str>::new(), "no Incident, nothing to look at");
    }

    // IR-181, IR-182: "a member of an Incident from now on", and the merge of a ticket that has one
    #[test]
    fn ir182_a_merge_is_told_from_other_links() {
        let merged = NewChange::moved(AddLink, "HasMerged", None, Some("7".into()));
        assert_eq!(holding(&Happened::nothing(&merged)), ["Require due change", "Merge"]);
        let linked = Happened { links_incident: true, ..Happened::nothing(&merged) };
        assert_eq!(holding(&linked), ["Require due change", "Linking to incident", "Merge"]);
    }

    // IR-183, IR-187, IR-175
    #[test]
    fn ir183_a_reply_activates_closed_reports_and_new_ones_that_are_linked() {
        let change = NewChange::new(Correspond);
        let is = |happened: Happened<'_>| holding(&happened).contains(&"Require report activation");
        let reply = |class| Happened { class, ..Happened::nothing(&change) };
        assert!(is(reply("inactive")) && !is(reply("active")) && !is(reply("initial")));
        let linked = Happened { has_incident: true, ..reply("initial") };
        assert!(is(linked.clone()) && !is(Happened { by_requestor: true, ..linked }));
        assert!(!is(Happened { no_autoopen: true, ..reply("inactive") }));
    }

    #[test]
    fn ir184_ip_added_and_deleted() {
        let added = NewChange::moved(CustomField, "3", None, Some("192.0.2.1".into()));
        assert_eq!(holding(&Happened { custom_field: "IP", ..Happened::nothing(&added) }), ["On IP added"]);
        let deleted = NewChange::moved(CustomField, "3", Some("192.0.2.1".into()), None);
        assert_eq!(holding(&Happened { custom_field: "IP", ..Happened::nothing(&deleted) }), ["On IP deleted"]);
        assert_eq!(holding(&Happened { custom_field: "Domain", ..Happened::nothing(&added) }), Vec::<&str>::new());
    }

    #[test]
    fn tc153_forwards_are_told_apart() {
        let forwarded = |kind| holding(&Happened::nothing(&NewChange::new(kind)));
        assert_eq!(forwarded(ForwardTicket), ["On forward", "On forward of a ticket"]);
        assert_eq!(forwarded(ForwardTransaction), ["On forward", "On forward of an entry"]);
    }

    #[test]
    fn tc153_sets_are_told_apart_by_their_field() {
        for (field, name) in [
            ("Priority", "On priority change"),
            ("Queue", "On queue change"),
            ("Owner", "On owner change"),
            ("TimeWorked", "On time worked change"),
        ] {
            assert_eq!(holding(&Happened::nothing(&NewChange::set(field, None, Some("1".into())))), [name]);
        }
        assert_eq!(holding(&Happened::nothing(&NewChange::set("FinalPriority", None, Some("1".into())))), Vec::<&str>::new());
    }
}
