//! The ticket itself: what every type of it carries (TC-005).

use crate::{QueueId, TicketId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The three classes a status belongs to in its lifecycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusClass {
    Initial,
    Active,
    Inactive,
}

impl StatusClass {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }
    /// Initial and active statuses count as open (TC-046).
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Self::Inactive
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Initial, Self::Active, Self::Inactive].into_iter().find(|class| class.as_str() == text)
    }
}

/// What a ticket is, decided by its queue's lifecycle and nothing else (IR-005).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketKind {
    Report,
    Incident,
    Investigation,
    Countermeasure,
    General,
}

impl TicketKind {
    pub const INCIDENT_RESPONSE: [Self; 4] = [Self::Report, Self::Incident, Self::Investigation, Self::Countermeasure];

    #[must_use]
    pub fn of_lifecycle(name: &str) -> Self {
        match name {
            "incident_reports" => Self::Report,
            "incidents" => Self::Incident,
            "investigations" => Self::Investigation,
            "countermeasures" => Self::Countermeasure,
            _ => Self::General,
        }
    }
    /// The lifecycle that makes a ticket this kind.
    #[must_use]
    pub fn lifecycle(self) -> &'static str {
        match self {
            Self::Report => "incident_reports",
            Self::Incident => "incidents",
            Self::Investigation => "investigations",
            Self::Countermeasure => "countermeasures",
            Self::General => "default",
        }
    }
    /// A child is what can be a member of an Incident.
    #[must_use]
    pub fn is_child(self) -> bool {
        matches!(self, Self::Report | Self::Investigation | Self::Countermeasure)
    }
}

/// A ticket's own row. People, fields, links and history are loaded apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    pub id: TicketId,
    pub merged_into: Option<TicketId>,
    pub queue: QueueId,
    pub kind: TicketKind,
    pub subject: String,
    /// A longer text about what this is, on every type (IR-077, IR-577).
    pub description: String,
    pub status: String,
    pub status_class: StatusClass,
    pub owner: UserId,
    /// Name of the service level in force, if any.
    pub level: Option<String>,
    pub initial_priority: i64,
    pub priority: i64,
    pub final_priority: i64,
    /// Minutes.
    pub time_estimated: i64,
    pub time_worked: i64,
    pub time_left: i64,
    pub starts: Option<Timestamp>,
    pub started: Option<Timestamp>,
    pub due: Option<Timestamp>,
    pub told: Option<Timestamp>,
    pub resolved: Option<Timestamp>,
    pub created: Timestamp,
    pub creator: UserId,
    pub updated: Timestamp,
    pub updater: UserId,
    /// How many changes the history holds; what a form was made from, and what a write must still find.
    pub version: i64,
    /// Hash of the newest change: the end of the chain that `verify` walks.
    pub head: Vec<u8>,
    /// The oldest message from outside that staff has not answered yet.
    pub unanswered_since: Option<Timestamp>,
    pub last_answer: Option<Timestamp>,
    /// Out of the lists of what is to be done until then, or until somebody outside answers.
    #[serde(default)]
    pub snoozed_until: Option<Timestamp>,
}

/// What history calls the moment until which a ticket is out of the lists.
pub const SNOOZED_UNTIL: &str = "SnoozedUntil";

/// The most characters a subject may hold (RT: 200).
pub const SUBJECT_LIMIT: usize = 200;

/// The most characters a description may hold.
pub const DESCRIPTION_LIMIT: usize = 20_000;

/// One line, no control characters, at most [`SUBJECT_LIMIT`] characters.
#[must_use]
pub fn clean_subject(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUBJECT_LIMIT).collect()
}

/// Tags `[name #7]` in a subject whose names are none of ours, as they are written.
#[must_use]
pub fn foreign_tags(subject: &str, ours: &[&str]) -> Vec<String> {
    let mut tags = Vec::new();
    for inside in subject.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside) {
        let Some((name, number)) = inside.split_once('#').map(|(name, number)| (name.trim(), number.trim())) else { continue };
        let is_tag = !name.is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let tag = format!("[{inside}]");
        if is_tag && !ours.iter().any(|own| own.eq_ignore_ascii_case(name)) && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

impl Ticket {
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status_class.is_open()
    }
    #[must_use]
    pub fn is_owned(&self) -> bool {
        self.owner != UserId::NOBODY
    }
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_clean_line_of_bounded_length() {
        assert_eq!(clean_subject(" a\r\nBcc: x\0  y "), "a Bcc: x y");
        assert_eq!(clean_subject(&"ä".repeat(500)).chars().count(), SUBJECT_LIMIT);
    }

    #[test]
    fn tc154_tags_of_other_systems_are_found_and_ours_are_not() {
        let subject = "Re: [NOC #42] scan [csirt.example #7] [not a tag] [NOC #42] [x#1] [#3]";
        assert_eq!(foreign_tags(subject, &["CSIRT.example"]), ["[NOC #42]", "[x#1]"]);
    }

    #[test]
    fn kinds_follow_the_lifecycle() {
        for kind in TicketKind::INCIDENT_RESPONSE {
            assert_eq!(TicketKind::of_lifecycle(kind.lifecycle()), kind);
        }
        assert_eq!(TicketKind::of_lifecycle("anything"), TicketKind::General);
    }
}
