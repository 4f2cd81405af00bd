//! The rules and templates of a fresh installation: those of IR section 6.10 that are built so far, and the global ones of the core (TC-156).

use crate::{
    Condition, Definition, Effect, Recipients, Stage,
    condition::{CLOSE_TICKET, LINKING_TO_INCIDENT, MERGE, OWNER_CHANGE, QUEUE_CHANGE, REPORT_ACTIVATION, REQUIRE_DUE_CHANGE},
};
use domain::change::ChangeKind::{self, Comment, Correspond, Create, CustomField, Set, Status};

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
        schedule: None,
        effects,
    };
    (name.to_owned(), definition)
}

fn upon(name: &str, condition: Condition, lifecycles: &[&str], effects: Vec<Effect>) -> (String, Definition) {
    rule(name, condition.on, lifecycles, condition.when, effects)
}

fn notify(to: &[Recipients], template: &str, as_comment: bool) -> Vec<Effect> {
    vec![Effect::Notify { to: to.to_vec(), template: template.to_owned(), as_comment, author: None }]
}

/// Rules that a fresh installation has but does not use; an administrator switches them on.
#[must_use]
pub fn optional() -> Vec<(String, Definition)> {
    let blocks = "Change.New = 'active' OR Change.New = 'removed'";
    let added = "Change.Type = 'Create' OR Change.IpAdded = 'yes'";
    let deleted = "Change.IpDeleted = 'yes'";
    let placed = "Change.Type = 'Create' OR Change.Field = 'Queue'";
    vec![
        rule("Team of the constituency as AdminCc", &[Create, Set], &ALL_FOUR, placed, vec![Effect::ConstituencyTeam]),
        rule("Institution of an added IP", &[Create, CustomField], &CHILDREN, added, vec![Effect::AddInstitutions]),
        rule("Institution of a deleted IP", &[CustomField], &CHILDREN, deleted, vec![Effect::ForgetInstitutions]),
        rule("Tell the firewall", &[Status], &[COUNTERMEASURES], blocks, vec![Effect::FirewallHook]),
        rule(
            "Tell the firewall of blocks that begin active",
            &[Create],
            &[COUNTERMEASURES],
            "Status = 'active'",
            vec![Effect::FirewallHook],
        ),
    ]
}

/// Name and definition of each rule, in the order they run.
#[must_use]
pub fn rules() -> Vec<(String, Definition)> {
    [merge_rules(), incident_rules(), core_rules()].concat()
}

fn incident_rules() -> Vec<(String, Definition)> {
    let copy = |field: &str| Effect::CopyToIncidents { field: field.to_owned() };
    vec![
        rule("Set how reported", &[Create], &[REPORTS], "", vec![Effect::SetHowReported]),
        rule("Find IP addresses", &[Create, Correspond], &ALL_FOUR, "", vec![Effect::FindIps]),
        rule("Find domains", &[Create, Correspond], &ALL_FOUR, "", vec![Effect::FindDomains]),
        rule("Find CVE numbers", &[Create, Correspond], &ALL_FOUR, "", vec![Effect::FindCves]),
        upon("Activate report on linking to an incident", LINKING_TO_INCIDENT, &[REPORTS], vec![Effect::Activate]),
        upon("Copy IP addresses to the incident", LINKING_TO_INCIDENT, &[REPORTS], vec![copy("IP")]),
        upon("Copy domains to the incident", LINKING_TO_INCIDENT, &[REPORTS], vec![copy("Domain")]),
        upon("Copy CVE numbers to the incident", LINKING_TO_INCIDENT, &[REPORTS], vec![copy("CVE ID")]),
        upon("Activate report on reply", REPORT_ACTIVATION, &[REPORTS], vec![Effect::Activate]),
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
        upon("Owner of the incident owns its children", OWNER_CHANGE, &[INCIDENTS], vec![Effect::OwnerToChildren]),
        upon("Owner of a child owns its incidents", OWNER_CHANGE, &CHILDREN, vec![Effect::OwnerToIncidents]),
        upon("Families move to another constituency together", QUEUE_CHANGE, &ALL_FOUR, vec![Effect::MoveFamily]),
        upon(
            "Tell when a countermeasure is removed",
            CLOSE_TICKET,
            &[COUNTERMEASURES],
            notify(&[Recipients::Requestors], "CountermeasureRemoved", false),
        ),
    ]
}

/// Before the rules of linking, which copy on what was united.
fn merge_rules() -> Vec<(String, Definition)> {
    let unite = |field: &str| vec![Effect::UniteMerged { field: field.to_owned() }];
    vec![
        upon("Unite IP addresses of merged tickets", MERGE, &ALL_FOUR, unite("IP")),
        upon("Unite domains of merged tickets", MERGE, &ALL_FOUR, unite("Domain")),
        upon("Unite CVE numbers of merged tickets", MERGE, &ALL_FOUR, unite("CVE ID")),
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
        upon("Due of the incident", REQUIRE_DUE_CHANGE, &ALL_FOUR, vec![Effect::IncidentDue]),
        rule("Keep subject tags of others", &[Create, Correspond, Comment], &[], "", vec![Effect::ExtractSubjectTag]),
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
        template!("Transaction", None, "Tells staff what happened", "transaction"),
        template!("Status Change", None, "Tells of a new status", "status_change"),
        template!("Blank", None, "For rules that write nothing", "blank"),
        template!("Owner", None, "Tells somebody that a ticket is theirs now", "owner"),
        template!("Email Digest", None, "What somebody who wants no single letters hears of at once", "email_digest"),
        template!("Dashboard", None, "A dashboard that somebody has sent by schedule", "dashboard"),
        template!("Resolved", None, "Tells requestors that their ticket was resolved", "resolved"),
        template!("Autoreply in HTML", None, "Acknowledges a new ticket to its requestors", "autoreply_html"),
        template!("Transaction in HTML", None, "Tells staff what happened", "transaction_html"),
        template!("Correspondence in HTML", None, "A reply, to those outside", "correspondence_html"),
        template!("Admin Correspondence in HTML", None, "A reply or a new ticket, to staff", "admin_correspondence_html"),
        template!("Admin Comment in HTML", None, "A comment, to staff", "admin_comment_html"),
        template!("Status Change in HTML", None, "Tells of a new status", "status_change_html"),
        template!("Resolved in HTML", None, "Tells requestors that their ticket was resolved", "resolved_html"),
        template!("Reminder", None, "For a rule by the clock that reminds of tickets", "reminder"),
        template!("Forward", None, "What stands in a letter that passes one entry on", "forward"),
        template!("Forward Ticket", None, "What stands in a letter that passes a ticket on", "forward_ticket"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;
    use domain::RuleId;

    #[test]
    fn every_seeded_rule_can_be_read_back() {
        for (name, definition) in rules().into_iter().chain(optional()) {
            let text = serde_json::to_string(&definition).expect("serializable");
            let rule = Rule::read(RuleId(1), &name, &text).expect("readable");
            assert_eq!(rule.definition, definition);
        }
    }
}
