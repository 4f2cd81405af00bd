//! The rules and templates of a fresh installation: those of IR section 6.10 that are built so far, and the global ones of the core (TC-156).

use crate::{Definition, Effect, Recipients, Stage};
use domain::change::ChangeKind::{self, AddLink, Comment, Correspond, Create, DeleteLink, Set, Status};

const REPORTS: &str = "incident_reports";
const INCIDENTS: &str = "incidents";
const INVESTIGATIONS: &str = "investigations";
const COUNTERMEASURES: &str = "countermeasures";
const CHILDREN: [&str; 3] = [REPORTS, INVESTIGATIONS, COUNTERMEASURES];
const ALL_FOUR: [&str; 4] = [REPORTS, INCIDENTS, INVESTIGATIONS, COUNTERMEASURES];

fn rule(name: &str, on: &[ChangeKind], lifecycles: &[&str], when: &str, effects: Vec<Effect>) -> (String, Definition) {
    let definition = Definition {
        on: on.to_vec(),
        lifecycles: lifecycles.iter().map(|name| (*name).to_owned()).collect(),
        queues: vec![],
        when: when.to_owned(),
        stage: Stage::Immediate,
        effects,
    };
    (name.to_owned(), definition)
}

fn notify(to: &[Recipients], template: &str, as_comment: bool) -> Vec<Effect> {
    vec![Effect::Notify { to: to.to_vec(), template: template.to_owned(), as_comment }]
}

/// Name and definition of each rule, in the order they run.
#[must_use]
pub fn rules() -> Vec<(String, Definition)> {
    let mut rules = incident_rules();
    rules.extend(merge_rules());
    rules.extend(core_rules());
    rules
}

fn incident_rules() -> Vec<(String, Definition)> {
    let copy = |field: &str| Effect::CopyToIncidents { field: field.to_owned() };
    vec![
        rule("Set how reported", &[Create], &[REPORTS], "", vec![Effect::SetHowReported]),
        rule("Find IP addresses", &[Create, Correspond], &ALL_FOUR, "", vec![Effect::FindIps]),
        rule("Find domains", &[Create, Correspond], &ALL_FOUR, "", vec![Effect::FindDomains]),
        rule("Find CVE numbers", &[Create, Correspond], &ALL_FOUR, "", vec![Effect::FindCves]),
        rule(
            "Activate report on linking to an incident",
            &[AddLink],
            &[REPORTS],
            "Change.Field = 'MemberOf'",
            vec![Effect::Activate],
        ),
        rule("Activate report created with an incident", &[Create], &[REPORTS], "HasIncident = 'yes'", vec![Effect::Activate]),
        rule(
            "Copy network data to the incident",
            &[AddLink],
            &[REPORTS],
            "Change.Field = 'MemberOf'",
            vec![copy("IP"), copy("Domain"), copy("CVE ID")],
        ),
        rule(
            "Copy network data of a report created with an incident",
            &[Create],
            &[REPORTS],
            "HasIncident = 'yes'",
            vec![copy("IP"), copy("Domain"), copy("CVE ID")],
        ),
        rule(
            "Activate report on reply",
            &[Correspond],
            &[REPORTS],
            "Change.NoAutoOpen = 'no' AND (StatusClass = 'inactive' OR \
             (StatusClass = 'initial' AND HasIncident = 'yes' AND Change.ByRequestor = 'no'))",
            vec![Effect::Activate],
        ),
        rule("Open countermeasure on reply", &[Correspond], &[COUNTERMEASURES], "", vec![Effect::CountermeasureOnReply]),
        rule(
            "Reopen the incident of an open child",
            &[Status],
            &CHILDREN,
            "StatusClass != 'inactive'",
            vec![Effect::OpenIncidents],
        ),
        rule(
            "Close children with their incident",
            &[Status],
            &[INCIDENTS],
            "StatusClass = 'inactive'",
            vec![Effect::CloseChildren],
        ),
        rule("Default resolution", &[Status], &[INCIDENTS], "", vec![Effect::DefaultResolution]),
        rule(
            "Owner of the incident owns its children",
            &[Set],
            &[INCIDENTS],
            "Change.Field = 'Owner'",
            vec![Effect::OwnerToChildren],
        ),
        rule("Owner of a child owns its incidents", &[Set], &CHILDREN, "Change.Field = 'Owner'", vec![Effect::OwnerToIncidents]),
        rule(
            "Tell when a countermeasure is removed",
            &[Status],
            &[COUNTERMEASURES],
            "StatusClass = 'inactive' AND Change.OldClass != 'inactive'",
            notify(&[Recipients::Requestors], "CountermeasureRemoved", false),
        ),
    ]
}

fn merge_rules() -> Vec<(String, Definition)> {
    let copy = |field: &str| Effect::CopyToIncidents { field: field.to_owned() };
    let unite = |field: &str| Effect::UniteMerged { field: field.to_owned() };
    vec![
        rule(
            "Unite network data of merged tickets",
            &[AddLink],
            &ALL_FOUR,
            "Change.Field = 'HasMerged'",
            vec![unite("IP"), unite("Domain"), unite("CVE ID")],
        ),
        // IR-181: merging a report that has an incident is linking, too
        rule(
            "Activate report merged with a linked one",
            &[AddLink],
            &[REPORTS],
            "Change.Field = 'HasMerged' AND HasIncident = 'yes'",
            vec![Effect::Activate, copy("IP"), copy("Domain"), copy("CVE ID")],
        ),
    ]
}

/// Rules that are there but switched off until a site has what they need (IR-126, IR-127).
#[must_use]
pub fn rules_switched_off() -> Vec<(String, Definition)> {
    let added = "Change.Type = 'Create' OR Change.IpAdded = 'yes'";
    vec![
        rule("Institution of an added IP", &[Create, ChangeKind::CustomField], &CHILDREN, added, vec![Effect::AddInstitutions]),
        rule(
            "Institution of a deleted IP",
            &[ChangeKind::CustomField],
            &CHILDREN,
            "Change.IpDeleted = 'yes'",
            vec![Effect::ForgetInstitutions],
        ),
    ]
}

fn core_rules() -> Vec<(String, Definition)> {
    use Recipients::{AdminCcs, Ccs, Others, Owner, Requestors};
    let opens = "Change.NoAutoOpen = 'no' AND StatusClass != 'active'";
    vec![
        rule("Open on correspondence", &[Correspond], &[INCIDENTS, INVESTIGATIONS, "default"], opens, vec![Effect::Activate]),
        rule(
            "Service level by priority",
            &[Create, Set],
            &[],
            "Change.Type = 'Create' OR Change.Field = 'Priority'",
            vec![Effect::LevelByPriority],
        ),
        rule(
            "Dates by service level",
            &[Create, Correspond, Status, Set],
            &[],
            "Change.Type != 'Set' OR Change.Field = 'SLA' OR Change.Field = 'Queue'",
            vec![Effect::ServiceLevel],
        ),
        rule(
            "Due of the incident",
            &[Create, AddLink, DeleteLink, Set, Status],
            &ALL_FOUR,
            "Change.Type = 'AddLink' OR Change.Type = 'DeleteLink' OR (HasIncident = 'yes' AND (Change.Type != 'Set' OR Change.Field = 'Due'))",
            vec![Effect::IncidentDue],
        ),
        rule("Acknowledge to requestors", &[Create], &[], "", vec![Effect::Autoreply { template: "Autoreply".to_owned() }]),
        rule(
            "Tell owner and admin Ccs of a new ticket",
            &[Create],
            &[],
            "",
            notify(&[Owner, AdminCcs], "Admin Correspondence", false),
        ),
        rule("Tell Ccs of a new ticket", &[Create], &[], "", notify(&[Ccs, Others], "Correspondence", false)),
        rule(
            "Send replies to requestors and Ccs",
            &[Correspond],
            &[],
            "",
            notify(&[Requestors, Ccs, Others], "Correspondence", false),
        ),
        rule(
            "Tell owner and admin Ccs of replies",
            &[Correspond],
            &[],
            "",
            notify(&[Owner, AdminCcs], "Admin Correspondence", false),
        ),
        rule("Tell admin Ccs of comments", &[Comment], &[], "", notify(&[AdminCcs, Others], "Admin Comment", true)),
        rule("Tell the new owner", &[Set], &[], "Change.Field = 'Owner'", notify(&[Owner], "Owner", true)),
        rule(
            "Tell requestors when resolved",
            &[Status],
            &[],
            "Status = 'resolved' AND Lifecycle != 'incidents'",
            notify(&[Requestors], "Resolved", false),
        ),
    ]
}

/// A template: name, the lifecycle whose queues have it for themselves (none: every queue), what it is for, content.
pub struct SeededTemplate {
    pub name: &'static str,
    pub lifecycle: Option<&'static str>,
    pub description: &'static str,
    pub content: &'static str,
}

macro_rules! template {
    ($name:literal, $lifecycle:expr, $description:literal, $file:literal) => {
        SeededTemplate {
            name: $name,
            lifecycle: $lifecycle,
            description: $description,
            content: include_str!(concat!("../templates/", $file, ".txt")),
        }
    };
}

#[must_use]
pub fn templates() -> Vec<SeededTemplate> {
    vec![
        template!("Autoreply", None, "Acknowledges a new ticket to its requestors", "autoreply"),
        template!("Autoreply", Some(INVESTIGATIONS), "The message that launches an investigation", "investigation"),
        template!("Autoreply", Some(COUNTERMEASURES), "Asks the operators to put a countermeasure in place", "countermeasure"),
        template!("CountermeasureRemoved", None, "Tells that a countermeasure was removed", "countermeasure_removed"),
        template!("Correspondence", None, "A reply, to those outside", "correspondence"),
        template!("Admin Correspondence", None, "A reply or a new ticket, to staff", "admin_correspondence"),
        template!("Admin Comment", None, "A comment, to staff", "admin_comment"),
        template!("Owner", None, "Tells somebody that a ticket is theirs now", "owner"),
        template!("Resolved", None, "Tells requestors that their ticket was resolved", "resolved"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use domain::RuleId;

    #[test]
    fn every_seeded_rule_can_be_read_back() {
        for (name, definition) in rules().into_iter().chain(rules_switched_off()) {
            let text = serde_json::to_string(&definition).expect("serializable");
            let rule = Rule::read(RuleId(1), &name, &text).expect("readable");
            assert_eq!(rule.definition, definition);
        }
    }
}
