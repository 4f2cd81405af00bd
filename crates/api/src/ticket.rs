//! Tickets: reading, searching, creating, changing, writing on them.

pub(crate) mod create;
pub(crate) mod delete;
mod fields;
pub(crate) mod history;
mod links;
pub(crate) mod message;
pub(crate) mod owner;
mod people;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod update;

use crate::{
    call::Call,
    condition::State,
    failure::{Failure, Outcome},
};
use actions::{
    Error, Tx,
    access::{self, Visible},
    ticket::show as shown,
};
use domain::{Right, Ticket, TicketId};

pub(crate) fn number(id: &str) -> Outcome<TicketId> {
    id.parse().map_err(|_| Failure::not_found())
}

/// Not there for anybody is 404, there but not for the asker 403 (API-025).
pub(crate) async fn refusal(tx: &mut Tx, id: TicketId, error: Error) -> Failure {
    if !matches!(error, Error::NotFound) {
        return error.into();
    }
    match access::ticket_exists(tx, id).await {
        Ok(true) => Failure::forbidden(),
        Ok(false) => Failure::not_found(),
        Err(error) => error.into(),
    }
}

pub(crate) async fn visible(tx: &mut Tx, call: &Call, id: TicketId) -> Outcome<Visible<Ticket>> {
    match access::ticket(tx, &call.actor, id).await {
        Ok(ticket) => Ok(ticket),
        Err(error) => Err(refusal(tx, id, error).await),
    }
}

/// A ticket to change, locked, if it is still what the client saw.
async fn unchanged(tx: &mut Tx, call: &Call, id: TicketId) -> Outcome<Visible<Ticket>> {
    let ticket = match access::ticket_for(tx, &call.actor, id, Right::ShowTicket).await {
        Ok(ticket) => ticket,
        Err(error) => return Err(refusal(tx, id, error).await),
    };
    state(tx, &ticket).await?.check(call.headers())?;
    Ok(ticket)
}

async fn state(tx: &mut Tx, ticket: &Visible<Ticket>) -> Outcome<State> {
    Ok(State { newest: shown::newest(tx, ticket).await?, changed: ticket.updated })
}

/// POST to the address of a ticket.
pub(crate) async fn already(call: &Call, id: &str) -> Outcome {
    let mut tx = call.look().await?;
    visible(&mut tx, call, number(id)?).await?;
    Err(Failure::exists_already())
}

/// What a verb refused, as the sentence of an update's answer.
fn refused(error: &Error) -> String {
    match error {
        Error::NotFound | Error::Forbidden(_) => "Permission Denied".to_owned(),
        other => other.to_string(),
    }
}
