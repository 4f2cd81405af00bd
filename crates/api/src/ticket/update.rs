//! `PUT /ticket/N`: every thing is tried on its own within one transaction; what is refused is a sentence of the answer and
//! undone alone, and the rest stays (API-022, API-111).

use super::{fields, links, number, people, refused, unchanged};
use crate::{
    answer,
    ask::{Wanted, moment, number as whole_number},
    body::Submission,
    call::Call,
    failure::{Failure, Outcome},
    sentence,
    shape::Object,
};
use actions::{
    Tx,
    ticket::{self, Basics, OwnerChange, SetStatus},
};
use domain::{TicketId, change::Change, ticket::SNOOZED_UNTIL};

pub(crate) async fn update(mut call: Call, id: &str) -> Outcome {
    let Submission { object, .. } = Submission::read(&mut call).await?;
    let gone = |failure: Failure| if failure.is_not_found() { Failure::nothing_to_update() } else { failure };
    let id = number(id).map_err(gone)?;
    let mut tx = call.change().await?;
    let ticket = unchanged(&mut tx, &call, id).await.map_err(gone)?;
    let sentences = apply(&mut tx, &call, ticket.id, &object).await?;
    tx.commit().await?;
    Ok(answer::ok(&sentences))
}

const COLUMNS: [&str; 16] = [
    "Queue",
    "Subject",
    "SLA",
    "Priority",
    "InitialPriority",
    "FinalPriority",
    "TimeEstimated",
    "TimeWorked",
    "TimeLeft",
    "Starts",
    "Started",
    "Due",
    "Told",
    "Resolved",
    SNOOZED_UNTIL,
    "Status",
];

/// The sentences of everything done and refused, in this order: owner if it becomes the asker, columns, fields, people,
/// links, owner if it becomes somebody else. So nobody gives away the right to the rest of their own update.
pub(crate) async fn apply(tx: &mut Tx, call: &Call, id: TicketId, object: &Object) -> Outcome<Vec<String>> {
    if let Some(target) = object.get("MergeInto").and_then(crate::ask::scalar) {
        return merge(tx, call, id, &target).await;
    }
    let mut sentences = Vec::new();
    let mut owner = people::wanted_owner(tx, id, object).await?;
    if let Some(Ok(new)) = &owner
        && *new == call.actor.id()
    {
        sentences.extend(give(tx, call, id, owner.take()).await?);
    }
    for name in COLUMNS {
        if let Some(wanted) = object.get(name).and_then(Wanted::read) {
            sentences.extend(column(tx, call, id, name, wanted).await?);
        }
    }
    sentences.extend(fields::set(tx, call, id, object).await?);
    sentences.extend(people::set(tx, call, id, object).await?);
    for wish in links::wishes(object) {
        sentences.extend(links::carry_out(tx, call, id, &wish).await?);
    }
    sentences.extend(give(tx, call, id, owner).await?);
    Ok(sentences)
}

/// Exactly one sentence, and nothing else of the object is looked at (API-114).
async fn merge(tx: &mut Tx, call: &Call, id: TicketId, target: &str) -> Outcome<Vec<String>> {
    let attempt = tx.attempt().await?;
    let outcome = match target.parse() {
        Ok(target) => ticket::merge(tx, &call.actor, id, target).await,
        Err(_) => Err(actions::Error::invalid("merge", "New ticket doesn't exist")),
    };
    Ok(vec![match tx.settle(attempt, outcome).await? {
        Ok(_) => "Merge Successful".to_owned(),
        Err(error) => refused(&error),
    }])
}

async fn give(tx: &mut Tx, call: &Call, id: TicketId, owner: Option<Result<domain::UserId, String>>) -> Outcome<Vec<String>> {
    match owner {
        None => Ok(vec![]),
        Some(Err(sentence)) => Ok(vec![format!("Ticket {id}: {sentence}")]),
        Some(Ok(owner)) => {
            let attempt = tx.attempt().await?;
            let outcome = ticket::change_owner(tx, &call.actor, id, OwnerChange::Give(owner)).await;
            let outcome = outcome.map(|change| change.into_iter().collect());
            said(tx, id, attempt, outcome).await
        }
    }
}

async fn column(tx: &mut Tx, call: &Call, id: TicketId, name: &str, wanted: Wanted) -> Outcome<Vec<String>> {
    let actor = &call.actor;
    let attempt = tx.attempt().await?;
    let outcome = match (name, wanted) {
        ("Status", Wanted::This(status)) => {
            let change = ticket::set_status(tx, actor, SetStatus { ticket: id, status }).await;
            change.map(|change| change.into_iter().collect())
        }
        ("Queue", Wanted::This(queue)) => match tx.catalog().queue_named(&queue).map(|queue| queue.id) {
            Some(queue) => ticket::move_to_queue(tx, actor, id, queue).await.map(|change| change.into_iter().collect()),
            None => Err(actions::Error::invalid("queue", "That queue does not exist")),
        },
        ("Status" | "Queue", Wanted::Nothing) => Ok(vec![]),
        (SNOOZED_UNTIL, wanted) => match moment(&wanted) {
            Ok(until) => ticket::snooze(tx, actor, id, until).await.map(|change| change.into_iter().collect()),
            Err(_) => Err(actions::Error::invalid(name, format!("{name} is a date"))),
        },
        (name, wanted) => match basics(name, &wanted) {
            Ok(input) => ticket::set_basics(tx, actor, id, input).await,
            Err(reason) => Err(actions::Error::invalid(name, reason)),
        },
    };
    said(tx, id, attempt, outcome).await
}

async fn said(
    tx: &mut Tx,
    id: TicketId,
    attempt: actions::Attempt,
    outcome: actions::Result<Vec<Change>>,
) -> Outcome<Vec<String>> {
    Ok(match tx.settle(attempt, outcome).await? {
        Ok(changes) => {
            changes.iter().map(|change| format!("Ticket {id}: {}", sentence::of_update(change, &tx.catalog()))).collect()
        }
        Err(error) => vec![format!("Ticket {id}: {}", refused(&error))],
    })
}

fn basics(name: &str, wanted: &Wanted) -> Result<Basics, String> {
    let text = match wanted {
        Wanted::This(text) => text.as_str(),
        Wanted::Nothing => "",
    };
    let none = || format!("{name} is a number, and '{text}' is none");
    let whole = || if text.is_empty() { Ok(0) } else { whole_number(text).ok_or_else(none) };
    let scaled = || if text.is_empty() { Ok(0) } else { priority(text).ok_or_else(none) };
    let date = || moment(wanted).map_err(|_| format!("{name} is a date, and '{text}' is none"));
    let mut input = Basics::default();
    match name {
        "Subject" => input.subject = Some(text.to_owned()),
        "SLA" => input.level = Some(Some(text.to_owned()).filter(|level| !level.is_empty())),
        "Priority" => input.priority = Some(scaled()?),
        "FinalPriority" => input.final_priority = Some(scaled()?),
        "TimeEstimated" => input.time_estimated = Some(whole()?),
        "TimeWorked" => input.time_worked = Some(whole()?),
        "TimeLeft" => input.time_left = Some(whole()?),
        "Starts" => input.starts = Some(date()?),
        "Started" => input.started = Some(date()?),
        "Due" => input.due = Some(date()?),
        "Told" => input.told = Some(date()?),
        "Resolved" => input.resolved = Some(date()?),
        _ => return Err(format!("{name} is set when a ticket is created and stays")),
    }
    Ok(input)
}

/// A number, or a label of the scale (API-106).
pub(super) fn priority(text: &str) -> Option<i64> {
    match text.trim().to_ascii_lowercase().as_str() {
        "low" => Some(0),
        "medium" => Some(50),
        "high" => Some(100),
        _ => whole_number(text),
    }
}
