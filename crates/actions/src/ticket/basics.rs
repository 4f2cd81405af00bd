//! Subject, service level, priorities, times and dates.

use crate::{
    Actor, Error, FieldError, Result, Tx, access,
    automation::{self, Occasion},
    history,
};
use domain::{
    Right, Ticket, TicketId,
    change::{Change, NewChange},
    ticket::{DESCRIPTION_LIMIT, SUBJECT_LIMIT, clean_subject},
};
use jiff::Timestamp;

/// What shall change; `None` leaves a thing as it is. For dates and the level the inner `None` unsets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::option_option, reason = "leaving a date alone and unsetting it are two things")]
pub struct Basics {
    pub subject: Option<String>,
    pub description: Option<String>,
    pub level: Option<Option<String>>,
    pub priority: Option<i64>,
    pub final_priority: Option<i64>,
    /// Minutes.
    pub time_estimated: Option<i64>,
    pub time_worked: Option<i64>,
    pub time_left: Option<i64>,
    pub starts: Option<Option<Timestamp>>,
    pub started: Option<Option<Timestamp>>,
    pub due: Option<Option<Timestamp>>,
    pub told: Option<Option<Timestamp>>,
    pub resolved: Option<Option<Timestamp>>,
}

/// One change for each thing that really differs.
pub async fn set_basics(tx: &mut Tx, actor: &Actor, id: TicketId, input: Basics) -> Result<Vec<Change>> {
    let mut ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?.into_inner();
    Error::unless_empty(check(tx, &input))?;
    let mut steps: Vec<(NewChange, Ticket)> = Vec::new();
    let mut next = ticket.clone();
    let worked = ticket.time_worked;
    let mut step = |field: &str, old: Option<String>, new: Option<String>, next: &Ticket| {
        if old != new {
            // what is added to the time worked is booked on whoever adds it (TC-070)
            let time_taken = if field == "TimeWorked" { next.time_worked - worked } else { 0 };
            steps.push((NewChange { time_taken, ..NewChange::set(field, old, new) }, next.clone()));
        }
    };
    if let Some(subject) = &input.subject {
        let old = Some(next.subject.clone());
        next.subject = clean_subject(subject);
        step("Subject", old, Some(next.subject.clone()), &next);
    }
    if let Some(description) = &input.description {
        let old = Some(next.description.clone());
        next.description = clean_description(description);
        step("Description", old, Some(next.description.clone()), &next);
    }
    if let Some(level) = &input.level {
        let old = next.level.clone();
        next.level = level.clone().filter(|level| !level.is_empty());
        step("SLA", old, next.level.clone(), &next);
    }
    for (field, wanted, read) in numbers(&input) {
        if let Some(wanted) = wanted {
            let slot = read(&mut next);
            let old = Some(slot.to_string());
            *slot = wanted;
            step(field, old, Some(wanted.to_string()), &next);
        }
    }
    for (field, wanted, read) in dates(&input) {
        if let Some(wanted) = wanted {
            let slot = read(&mut next);
            let old = slot.map(|moment| moment.to_string());
            *slot = wanted;
            step(field, old, wanted.map(|moment| moment.to_string()), &next);
        }
    }
    let mut changes = Vec::new();
    for (what, wanted) in steps {
        // rules of an earlier step may have touched the row: only what this step is about is carried over
        ticket = access::load(tx, ticket.id, true).await?;
        carry(&mut ticket, &what, &wanted);
        let change = history::record(tx, actor, &mut ticket, what, None).await?;
        automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
        changes.push(change);
    }
    Ok(changes)
}

/// What is wrong with the wishes, without storing anything.
pub(super) fn check(tx: &Tx, input: &Basics) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if let Some(subject) = &input.subject {
        if subject.trim().is_empty() {
            errors.push(FieldError::new("subject", "A subject is needed."));
        } else if subject.chars().count() > SUBJECT_LIMIT {
            errors.push(FieldError::new("subject", format!("A subject may have at most {SUBJECT_LIMIT} characters.")));
        }
    }
    if input.description.as_ref().is_some_and(|text| text.chars().count() > DESCRIPTION_LIMIT) {
        errors.push(FieldError::new("description", format!("A description may have at most {DESCRIPTION_LIMIT} characters.")));
    }
    let times = [("time_estimated", input.time_estimated), ("time_worked", input.time_worked), ("time_left", input.time_left)];
    for (field, _) in times.iter().filter(|(_, minutes)| minutes.is_some_and(|minutes| minutes < 0)) {
        errors.push(FieldError::new(*field, "Times cannot be negative."));
    }
    if let Some(Some(level)) = &input.level
        && !level.is_empty()
        && tx.catalog().level(level).is_none()
    {
        errors.push(FieldError::new("level", format!("There is no service level “{level}”.")));
    }
    errors
}

type Number = (&'static str, Option<i64>, fn(&mut Ticket) -> &mut i64);

fn numbers(input: &Basics) -> [Number; 5] {
    [
        ("Priority", input.priority, |ticket| &mut ticket.priority),
        ("FinalPriority", input.final_priority, |ticket| &mut ticket.final_priority),
        ("TimeEstimated", input.time_estimated, |ticket| &mut ticket.time_estimated),
        ("TimeWorked", input.time_worked, |ticket| &mut ticket.time_worked),
        ("TimeLeft", input.time_left, |ticket| &mut ticket.time_left),
    ]
}

type Date = (&'static str, Option<Option<Timestamp>>, fn(&mut Ticket) -> &mut Option<Timestamp>);

fn dates(input: &Basics) -> [Date; 5] {
    [
        ("Starts", input.starts, |ticket| &mut ticket.starts),
        ("Started", input.started, |ticket| &mut ticket.started),
        ("Due", input.due, |ticket| &mut ticket.due),
        ("Told", input.told, |ticket| &mut ticket.told),
        ("Resolved", input.resolved, |ticket| &mut ticket.resolved),
    ]
}

fn carry(ticket: &mut Ticket, what: &NewChange, wanted: &Ticket) {
    match what.field.as_deref() {
        Some("Subject") => ticket.subject.clone_from(&wanted.subject),
        Some("Description") => ticket.description.clone_from(&wanted.description),
        Some("SLA") => ticket.level.clone_from(&wanted.level),
        Some("Priority") => ticket.priority = wanted.priority,
        Some("FinalPriority") => ticket.final_priority = wanted.final_priority,
        Some("TimeEstimated") => ticket.time_estimated = wanted.time_estimated,
        Some("TimeWorked") => ticket.time_worked = wanted.time_worked,
        Some("TimeLeft") => ticket.time_left = wanted.time_left,
        Some("Starts") => ticket.starts = wanted.starts,
        Some("Started") => ticket.started = wanted.started,
        Some("Due") => ticket.due = wanted.due,
        Some("Told") => ticket.told = wanted.told,
        Some("Resolved") => ticket.resolved = wanted.resolved,
        _ => {}
    }
}

/// Line ends as we keep them, no blanks around it.
pub(super) fn clean_description(text: &str) -> String {
    text.replace('\0', "").replace("\r\n", "\n").trim().to_owned()
}

/// Due alone: what rules set.
pub async fn set_due(tx: &mut Tx, actor: &Actor, id: TicketId, due: Option<Timestamp>) -> Result<Vec<Change>> {
    set_basics(tx, actor, id, Basics { due: Some(due), ..Basics::default() }).await
}
