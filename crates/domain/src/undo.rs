//! Taking an act back: what a ticket's row becomes when what one act did to it is undone, and what must stay because it
//! changed since. Links, people and values are put back by `actions`, change by change.

use crate::{
    ActId, Ticket,
    change::{ChangeKind, NewChange},
    ticket::SNOOZED_UNTIL,
};
use jiff::Timestamp;

const MARK: &str = "undo:";

/// What the data of a compensating change says, so that histories can tell it from the same thing done anew.
#[must_use]
pub fn mark(act: ActId) -> String {
    format!("{MARK}{act}")
}

/// The act that a compensating change undoes.
#[must_use]
pub fn undone(data: Option<&str>) -> Option<ActId> {
    data?.strip_prefix(MARK)?.parse().ok()
}

/// One ticket's row before an act, after it, and now.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    pub before: &'a Ticket,
    pub after: &'a Ticket,
    pub now: &'a Ticket,
}

/// What of an act on a ticket was said to people and cannot be unsaid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The act carried a message.
    pub message: bool,
    /// It is out: that staff has answered, and the time it took, stay true.
    pub stays: bool,
    /// Minutes booked with the message.
    pub minutes: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The row as it shall be.
    pub ticket: Ticket,
    /// The entries that tell of it, in order; what was never told when it changed is put back as silently.
    pub steps: Vec<NewChange>,
    /// What somebody changed since and therefore keeps.
    pub kept: Vec<&'static str>,
}

impl Restored {
    fn tell<T: Shown>(&mut self, field: &str, old: &T, new: &T) {
        if old.shown() != new.shown() {
            self.steps.push(NewChange::set(field, old.shown(), new.shown()));
        }
    }
}

/// How a value reads in history.
trait Shown {
    fn shown(&self) -> Option<String>;
}
impl Shown for i64 {
    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}
impl Shown for String {
    fn shown(&self) -> Option<String> {
        Some(self.clone())
    }
}
impl Shown for Option<String> {
    fn shown(&self) -> Option<String> {
        self.clone()
    }
}
impl Shown for Option<Timestamp> {
    fn shown(&self) -> Option<String> {
        self.map(|moment| moment.to_string())
    }
}

/// Each column for itself: back to `before` where `now` still is what the act left, untouched where the act did nothing.
#[must_use]
pub fn restore(rows: Rows<'_>, said: Said) -> Restored {
    let Rows { before, after, now } = rows;
    let mut restored = Restored { ticket: now.clone(), steps: vec![], kept: vec![] };
    let is_standing = standing(rows, &mut restored);
    owner(rows, &mut restored);
    column(rows, &mut restored, "Subject", |ticket| &mut ticket.subject);
    column(rows, &mut restored, "Description", |ticket| &mut ticket.description);
    column(rows, &mut restored, "SLA", |ticket| &mut ticket.level);
    column(rows, &mut restored, "Priority", |ticket| &mut ticket.priority);
    column(rows, &mut restored, "FinalPriority", |ticket| &mut ticket.final_priority);
    column(rows, &mut restored, "TimeEstimated", |ticket| &mut ticket.time_estimated);
    column(rows, &mut restored, "TimeLeft", |ticket| &mut ticket.time_left);
    column(rows, &mut restored, "Starts", |ticket| &mut ticket.starts);
    column(rows, &mut restored, "Due", |ticket| &mut ticket.due);
    column(rows, &mut restored, SNOOZED_UNTIL, |ticket| &mut ticket.snoozed_until);
    // minutes are added up, so those of others stay
    let minutes = after.time_worked - before.time_worked - if said.stays { said.minutes } else { 0 };
    restored.ticket.time_worked = now.time_worked - minutes;
    let told = if said.message { before.time_worked + said.minutes != after.time_worked } else { minutes != 0 };
    if told {
        restored.tell("TimeWorked", &now.time_worked, &(now.time_worked - minutes));
    }
    // these two change silently with the status, and only by hand with an entry
    let with_status = before.status != after.status;
    if is_standing {
        date(rows, &mut restored, ("Started", !with_status), |ticket| &mut ticket.started);
        date(rows, &mut restored, ("Resolved", !with_status), |ticket| &mut ticket.resolved);
    }
    if !said.stays {
        date(rows, &mut restored, ("Told", !said.message), |ticket| &mut ticket.told);
        date(rows, &mut restored, ("Answered", false), |ticket| &mut ticket.last_answer);
        date(rows, &mut restored, ("Unanswered", false), |ticket| &mut ticket.unanswered_since);
    }
    restored
}

/// Queue and status belong together: a status means something in its queue only. Whether the act's still hold, or never were.
fn standing(rows: Rows<'_>, restored: &mut Restored) -> bool {
    let Rows { before, after, now } = rows;
    let of = |ticket: &Ticket| (ticket.queue, ticket.kind, ticket.status.clone(), ticket.status_class);
    if of(before) == of(after) || of(before) == of(now) {
        return true;
    }
    if of(now) != of(after) {
        restored.kept.push("Status");
        return false;
    }
    let ticket = &mut restored.ticket;
    (ticket.queue, ticket.kind, ticket.status, ticket.status_class) = of(before);
    if before.queue != now.queue {
        restored.steps.push(NewChange::set("Queue", Some(now.queue.to_string()), Some(before.queue.to_string())));
    }
    if before.status != now.status {
        let (old, new) = (Some(now.status.clone()), Some(before.status.clone()));
        restored.steps.push(NewChange::moved(ChangeKind::Status, "Status", old, new));
    }
    true
}

fn owner(rows: Rows<'_>, restored: &mut Restored) {
    let Rows { before, after, now } = rows;
    if before.owner == after.owner || before.owner == now.owner {
        return;
    }
    if now.owner != after.owner {
        restored.kept.push("Owner");
        return;
    }
    restored.ticket.owner = before.owner;
    restored.steps.push(NewChange::set("Owner", Some(now.owner.to_string()), Some(before.owner.to_string())));
}

fn column<T: Clone + PartialEq + Shown>(
    rows: Rows<'_>,
    restored: &mut Restored,
    name: &'static str,
    slot: fn(&mut Ticket) -> &mut T,
) {
    if let Some((now, before)) = back(rows, &mut restored.kept, name, slot) {
        slot(&mut restored.ticket).clone_from(&before);
        restored.tell(name, &now, &before);
    }
}

fn date(
    rows: Rows<'_>,
    restored: &mut Restored,
    (name, told): (&'static str, bool),
    slot: fn(&mut Ticket) -> &mut Option<Timestamp>,
) {
    // what nobody sees change is nothing that somebody could miss
    let mut silent = Vec::new();
    let kept = if told { &mut restored.kept } else { &mut silent };
    if let Some((now, before)) = back(rows, kept, name, slot) {
        *slot(&mut restored.ticket) = before;
        if told {
            restored.tell(name, &now, &before);
        }
    }
}

/// Now and before, where a column is to go back.
fn back<T: Clone + PartialEq>(
    rows: Rows<'_>,
    kept: &mut Vec<&'static str>,
    name: &'static str,
    slot: fn(&mut Ticket) -> &mut T,
) -> Option<(T, T)> {
    let read = |ticket: &Ticket| slot(&mut ticket.clone()).clone();
    let (before, after, now) = (read(rows.before), read(rows.after), read(rows.now));
    if before == after || before == now {
        return None;
    }
    if now != after {
        kept.push(name);
        return None;
    }
    Some((now, before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QueueId, StatusClass, TicketId, TicketKind, UserId};

    fn ticket() -> Ticket {
        let moment = Timestamp::UNIX_EPOCH;
        Ticket {
            id: TicketId(1),
            merged_into: None,
            queue: QueueId(1),
            kind: TicketKind::Report,
            subject: "one".to_owned(),
            description: String::new(),
            status: "new".to_owned(),
            status_class: StatusClass::Initial,
            owner: UserId::NOBODY,
            level: None,
            initial_priority: 0,
            priority: 0,
            final_priority: 0,
            time_estimated: 0,
            time_worked: 5,
            time_left: 0,
            starts: None,
            started: None,
            due: None,
            told: None,
            resolved: None,
            created: moment,
            creator: UserId(3),
            updated: moment,
            updater: UserId(3),
            version: 1,
            head: vec![],
            unanswered_since: Some(moment),
            last_answer: None,
            snoozed_until: None,
        }
    }

    fn resolved() -> Ticket {
        let moment = Some(Timestamp::UNIX_EPOCH);
        Ticket {
            status: "resolved".to_owned(),
            status_class: StatusClass::Inactive,
            owner: UserId(3),
            time_worked: 15,
            started: moment,
            resolved: moment,
            told: moment,
            last_answer: moment,
            snoozed_until: None,
            unanswered_since: None,
            version: 4,
            ..ticket()
        }
    }

    #[test]
    fn a_row_that_nobody_touched_since_is_as_before_and_only_what_shows_is_told() {
        let (before, after) = (ticket(), resolved());
        let said = Said { message: true, stays: false, minutes: 10 };
        let restored = restore(Rows { before: &before, after: &after, now: &after }, said);
        assert_eq!(restored.ticket, Ticket { version: 4, ..before });
        let fields: Vec<_> = restored.steps.iter().filter_map(|step| step.field.as_deref()).collect();
        assert_eq!((fields, restored.kept), (vec!["Status", "Owner"], vec![]));
    }

    #[test]
    fn what_somebody_changed_since_stays_with_what_belongs_to_it() {
        let (before, after) = (ticket(), resolved());
        let now = Ticket { status: "open".to_owned(), status_class: StatusClass::Active, time_worked: 20, ..after.clone() };
        let restored = restore(Rows { before: &before, after: &after, now: &now }, Said::default());
        assert_eq!((restored.ticket.status.as_str(), restored.ticket.resolved), ("open", after.resolved));
        assert_eq!((restored.ticket.owner, restored.ticket.time_worked), (UserId::NOBODY, 10));
        assert_eq!(restored.kept, ["Status"]);
    }

    #[test]
    fn an_answer_that_is_out_stays_an_answer() {
        let (before, after) = (ticket(), resolved());
        let said = Said { message: true, stays: true, minutes: 10 };
        let restored = restore(Rows { before: &before, after: &after, now: &after }, said);
        let Ticket { told, unanswered_since, time_worked, status, .. } = restored.ticket;
        assert_eq!((told, unanswered_since, time_worked, status.as_str()), (after.told, None, 15, "new"));
    }

    #[test]
    fn a_mark_names_its_act() {
        assert_eq!(undone(Some(&mark(ActId(7)))), Some(ActId(7)));
        assert_eq!(undone(Some("nobody to undo:7")), None);
    }
}
