//! `POST /ticket` (API-100 … API-106).

use super::{fields, links, people};
use crate::{
    answer,
    ask::{Wanted, list, moment, number, scalar},
    body::{Draft, Refusal, Submission, subject_of},
    call::Call,
    failure::{Failure, Outcome},
    shape::{Object, reference},
    ticket::update::priority,
};
use actions::{
    Error, Tx, access,
    ticket::{self, Basics, Create},
};
use axum::http::StatusCode;
use domain::{Right, TicketId, person::EmailAddress, queue::Queue};

pub(crate) async fn create(mut call: Call) -> Outcome {
    let Submission { mut object, files } = Submission::read(&mut call).await?;
    let draft = Draft::take(&mut object, files, Refusal::AtCreate)?;
    let mut tx = call.change().await?;
    let queue = queue(&tx, &call, &object)?;
    let mut message = draft.message();
    message.squelched = squelched(&object);
    let mut input = Create::new(queue.id, subject_of(&object).unwrap_or_default(), message);
    columns(&object, &mut input)?;
    people::at_creation(&mut tx, &object, &mut input).await?;
    input.fields = fields::at_creation(&tx, &call, queue.id, &object);
    let later = links::at_creation(&mut tx, &call, &queue, &object, &mut input).await?;
    let id = ticket::create(&mut tx, &call.actor, input).await?.ticket;
    for wish in later {
        links::carry_out(&mut tx, &call, id, &wish).await?;
    }
    moments(&mut tx, &call, id, &object).await?;
    tx.commit().await?;
    Ok(answer::created(&call.site.location(format_args!("ticket/{id}")), &reference(&call.site, "ticket", id)))
}

/// The same text for a queue that is missing, disabled or forbidden: nobody finds out by asking (API-102).
fn queue(tx: &Tx, call: &Call, object: &Object) -> Outcome<Queue> {
    let Some(Wanted::This(name)) = object.get("Queue").and_then(Wanted::read) else {
        return Err(Failure::bad("Could not create ticket. Queue not set"));
    };
    let known = tx.catalog().queue_named(&name).map(|queue| queue.id);
    let allowed = known.ok_or(Error::NotFound).and_then(|id| access::queue_for(tx, &call.actor, id, Right::CreateTicket));
    allowed.map_err(|error| match error {
        Error::Disabled(_) => error.into(),
        _ => Failure::new(StatusCode::FORBIDDEN, format!("No permission to create tickets in the queue '{name}'")),
    })
}

fn columns(object: &Object, input: &mut Create) -> Outcome<()> {
    let text = |key: &str| match object.get(key).and_then(Wanted::read) {
        Some(Wanted::This(text)) => Some(text),
        _ => None,
    };
    let whole = |key: &str| match text(key) {
        None => Ok(None),
        Some(text) => number(&text).map(Some).ok_or_else(|| Failure::bad(format!("{key} is a number, and '{text}' is none"))),
    };
    let scaled = |key: &str| match text(key) {
        None => Ok(None),
        Some(text) => priority(&text).map(Some).ok_or_else(|| Failure::bad(format!("{key} is a number, and '{text}' is none"))),
    };
    let date = |key: &str| match object.get(key).and_then(Wanted::read) {
        None => Ok(None),
        Some(wanted) => moment(&wanted).map_err(|_| Failure::bad(format!("{key} is no date"))),
    };
    input.status = text("Status");
    input.level = text("SLA");
    input.priority = scaled("Priority")?.or(scaled("InitialPriority")?);
    input.final_priority = scaled("FinalPriority")?;
    input.time_estimated = whole("TimeEstimated")?.unwrap_or(0);
    input.time_worked = whole("TimeWorked")?.unwrap_or(0);
    input.time_left = whole("TimeLeft")?.unwrap_or(0);
    input.starts = date("Starts")?;
    input.due = date("Due")?;
    Ok(())
}

/// Addresses that get no mail for the creation.
fn squelched(object: &Object) -> Vec<EmailAddress> {
    let addresses = object.get("SquelchMailTo").map(list).unwrap_or_default();
    addresses.iter().filter_map(|address| EmailAddress::parse(address).ok()).collect()
}

/// Dates that creation derives itself unless they are given.
async fn moments(tx: &mut Tx, call: &Call, id: TicketId, object: &Object) -> Outcome<()> {
    let given = |key: &str| {
        object.get(key).filter(|value| scalar(value).is_some()).and_then(Wanted::read).and_then(|wanted| moment(&wanted).ok())
    };
    let input = Basics { started: given("Started"), resolved: given("Resolved"), ..Basics::default() };
    if input == Basics::default() {
        return Ok(());
    }
    let attempt = tx.attempt().await?;
    let outcome = ticket::set_basics(tx, &call.actor, id, input).await;
    if let Err(refusal) = tx.settle(attempt, outcome).await? {
        tracing::info!(ticket.id = id.0, %refusal, "dates of a new ticket were left out");
    }
    Ok(())
}
