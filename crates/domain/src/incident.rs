//! How Incidents and their children hang together (IR sections 1.1, 2.4, 6).

use crate::{
    StatusClass, Ticket, TicketId, TicketKind,
    queue::{Constituency, Queue},
};
use jiff::Timestamp;

/// The two switches of IR-014 for one kind of child; the installation chooses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParentRule {
    /// May be a member of several Incidents at once.
    pub several: bool,
    /// Must name an Incident when it is created by hand.
    pub required: bool,
}

/// How tickets of different constituencies may be joined (IR-153, IR-154, IR-157).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linking {
    /// Not at all.
    Strict,
    /// Besides, a linked ticket stays in its constituency.
    Pinned,
    /// A child takes its Incident's constituency, and the other way round.
    Inherited,
    /// Freely.
    Mixed,
}

impl Linking {
    /// What the installation's setting holds.
    #[must_use]
    pub fn of(setting: &str) -> Self {
        match setting {
            "no" => Self::Mixed,
            "inherit" => Self::Inherited,
            "reject" => Self::Pinned,
            _ => Self::Strict,
        }
    }
}

/// Due of an Incident: the earliest Due among its open members of any incident-response type, Incidents too (IR-204, IR-208).
#[must_use]
pub fn due<'a>(children: impl IntoIterator<Item = &'a Ticket>) -> Option<Timestamp> {
    let counts = |child: &&Ticket| child.is_open() && child.kind != TicketKind::General;
    children.into_iter().filter(counts).filter_map(|child| child.due).min()
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

/// The Resolution an Incident gets when it is closed without one, by the installation's pairs of status and Resolution; *rejected*
/// stands for abandoned, too (IR-218, IR-219).
#[must_use]
pub fn default_resolution<'a>(pairs: &[(&str, &'a str)], status: &str) -> Option<&'a str> {
    let of = |wanted: &str| pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted)).map(|(_, resolution)| *resolution);
    of(status).or_else(|| if status == "abandoned" { of("rejected") } else { None })
}

/// The status a Countermeasure takes when somebody writes to it. An answer of the operators that does not confirm what was asked
/// changes nothing (IR-221, IR-222).
#[must_use]
pub fn countermeasure_after_reply(status: &str, class: StatusClass, by_requestor: bool, confirms: bool) -> Option<&'static str> {
    match status {
        "pending activation" if by_requestor && confirms => Some("active"),
        "pending removal" if by_requestor && confirms => Some("removed"),
        _ if class == StatusClass::Inactive => Some("active"),
        _ => None,
    }
}

/// Where a child goes when its Incident moves from one constituency to another: the queue whose name differs in nothing but the
/// constituency's, else the first of the child's lifecycle there (IR-155).
#[must_use]
pub fn queue_of_family<'a>(
    queues: &'a [Queue],
    child: &Queue,
    from: Option<&str>,
    to: Option<&Constituency>,
) -> Option<&'a Queue> {
    let id = to.map(|constituency| constituency.id);
    let fits = |queue: &&Queue| queue.constituency == id && queue.lifecycle == child.lifecycle && !queue.disabled;
    let named = match (from, to) {
        (Some(from), Some(to)) => child.name.replace(from, &to.name),
        (Some(from), None) => child.name.replace(&format!(" - {from}"), ""),
        (None, Some(to)) => format!("{} - {}", child.name, to.name),
        (None, None) => child.name.clone(),
    };
    queues.iter().filter(fits).find(|queue| queue.name == named).or_else(|| queues.iter().find(fits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ConstituencyId, QueueId};

    fn queue(id: i64, name: &str, lifecycle: &str, constituency: Option<i64>) -> Queue {
        Queue {
            id: QueueId(id),
            name: name.to_owned(),
            description: String::new(),
            correspond_address: None,
            comment_address: None,
            lifecycle: lifecycle.to_owned(),
            subject_tag: None,
            sort_order: id,
            levels_disabled: false,
            default_level: None,
            initial_priority: 0,
            final_priority: 0,
            default_due: None,
            default_starts: None,
            scale: None,
            time_zone: None,
            constituency: constituency.map(ConstituencyId),
            disabled: false,
        }
    }

    // IR-155: by name; else the first of the lifecycle; else nowhere
    #[test]
    fn ir155_a_child_finds_its_queue_in_the_new_constituency() {
        let edunet = queue(1, "Reports of EDUNET", "incident_reports", Some(1));
        let there = Constituency { id: ConstituencyId(2), name: "GOVNET".to_owned(), description: String::new() };
        let queues = [
            queue(2, "First GOVNET", "incident_reports", Some(2)),
            queue(3, "Reports of GOVNET", "incident_reports", Some(2)),
            queue(4, "Blocks of GOVNET", "countermeasures", Some(2)),
        ];
        let to = |child: &Queue| queue_of_family(&queues, child, Some("EDUNET"), Some(&there)).map(|queue| queue.id.0);
        assert_eq!(to(&edunet), Some(3));
        assert_eq!(to(&queue(5, "Blocks of EDUNET", "incident_reports", Some(1))), Some(2), "another lifecycle has that name");
        assert_eq!(to(&queue(6, "Investigations - EDUNET", "investigations", Some(1))), None);
    }

    // IR-219: "rejected" is taken for abandoned
    #[test]
    fn ir219_a_resolution_comes_from_the_map() {
        let pairs = [("resolved", "successfully resolved"), ("rejected", "no resolution reached")];
        assert_eq!(default_resolution(&pairs, "resolved"), Some("successfully resolved"));
        assert_eq!(default_resolution(&pairs, "abandoned"), Some("no resolution reached"));
        assert_eq!(default_resolution(&pairs, "open"), None);
    }

    // IR-221, IR-222
    #[test]
    fn ir222_an_answer_that_does_not_confirm_changes_nothing() {
        use StatusClass::{Active, Inactive, Initial};
        assert_eq!(countermeasure_after_reply("pending activation", Initial, true, true), Some("active"));
        assert_eq!(countermeasure_after_reply("pending activation", Initial, true, false), None);
        assert_eq!(countermeasure_after_reply("pending removal", Active, true, true), Some("removed"));
        assert_eq!(countermeasure_after_reply("pending removal", Active, false, true), None, "staff do not confirm");
        assert_eq!(countermeasure_after_reply("removed", Inactive, false, false), Some("active"), "whoever wrote");
        assert_eq!(countermeasure_after_reply("active", Active, true, true), None);
    }
}
