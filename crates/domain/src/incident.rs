//! How Incidents and their children hang together (IR sections 1.1, 2.4, 6).

use crate::{StatusClass, Ticket, TicketId};
use jiff::Timestamp;

/// The two switches of IR-014 for one kind of child; the installation chooses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParentRule {
    /// May be a member of several Incidents at once.
    pub several: bool,
    /// Must name an Incident when it is created by hand.
    pub required: bool,
}

/// Due of an Incident: the earliest Due among its open children (IR-204).
#[must_use]
pub fn due<'a>(children: impl IntoIterator<Item = &'a Ticket>) -> Option<Timestamp> {
    children.into_iter().filter(|child| child.is_open()).filter_map(|child| child.due).min()
}

/// What becomes of one child when its Incident is closed (IR-212).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChildFate {
    /// Already closed: untouched.
    Stays,
    /// Also a member of another open Incident: keeps its status and is told by a comment.
    Shared,
    Closes {
        status: String,
    },
    /// The map between the lifecycles has no entry (IR-072): untouched, and a warning is due.
    Unmapped,
}

/// `mapped` is the status that the maps between lifecycles give it.
#[must_use]
pub fn child_fate(mapped: Option<&str>, child: &Ticket, other_open_incidents: &[TicketId]) -> ChildFate {
    if !child.is_open() {
        return ChildFate::Stays;
    }
    if !other_open_incidents.is_empty() {
        return ChildFate::Shared;
    }
    mapped.map_or(ChildFate::Unmapped, |status| ChildFate::Closes { status: status.to_owned() })
}

/// The Resolution an Incident gets when it is closed without one (IR-218, IR-219).
#[must_use]
pub fn default_resolution(status: &str) -> Option<&'static str> {
    match status {
        "resolved" => Some("successfully resolved"),
        "abandoned" | "rejected" => Some("no resolution reached"),
        _ => None,
    }
}

/// The status a Countermeasure takes when somebody writes to it (IR-221).
#[must_use]
pub fn countermeasure_after_reply(status: &str, class: StatusClass, by_requestor: bool) -> Option<&'static str> {
    match (status, by_requestor) {
        ("pending activation", true) => Some("active"),
        ("pending removal", true) => Some("removed"),
        _ if class == StatusClass::Inactive => Some("active"),
        _ => None,
    }
}

/// Whether a message opens a Report (IR-187): closed ones always, new ones only when linked and not written by their reporter.
#[must_use]
pub fn report_opens_on_reply(class: StatusClass, has_incident: bool, by_requestor: bool, no_autoopen: bool) -> bool {
    match class {
        _ if no_autoopen => false,
        StatusClass::Initial => has_incident && !by_requestor,
        StatusClass::Active => false,
        StatusClass::Inactive => true,
    }
}
