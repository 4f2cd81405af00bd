//! Which ticket a message is for: by the form's field, by its subject, by what it answers (TC-186, MG-030 … MG-034).

use actions::{Tx, inbox};
use domain::TicketId;

use super::attempt::{Failure, Mail};
use super::refusal::Refusal;
use super::sender::Sender;
use crate::incoming::Incoming;
use crate::steps;

/// The nearest ancestors, and the first one: that is where we put the ticket's own reference.
const MOST_NEAREST: usize = 20;

/// `None` is a new ticket.
pub(super) async fn find_ticket(tx: &mut Tx, sender: &Sender, mail: &Mail) -> Result<Option<TicketId>, Failure> {
    if let Some(number) = given(tx, &mail.inbound.message.ticket, &mail.incoming.subject) {
        let ticket = inbox::resolve_ticket(tx, TicketId(number)).await?;
        return ticket.map(Some).ok_or_else(|| Refusal::no_ticket(mail).into());
    }
    for id in answered(&mail.incoming) {
        if let Some(ticket) = inbox::ticket_of_reference(tx, &sender.actor, id).await? {
            return Ok(Some(ticket));
        }
    }
    Ok(None)
}

/// The number that the form or the subject names. What is no number there is one of no ticket.
pub(crate) fn given(tx: &Tx, field: &str, subject: &str) -> Option<i64> {
    let field = field.trim();
    if !field.is_empty() && field != "0" {
        return Some(field.parse().unwrap_or(i64::MAX));
    }
    steps::subject_tag(subject, &tx.catalog().tags())
}

/// Ids that the message refers to, the most telling first.
fn answered(incoming: &Incoming) -> Vec<&str> {
    let nearest = incoming.in_reply_to.iter().chain(incoming.references.iter().rev()).take(MOST_NEAREST);
    let mut ids: Vec<&str> = Vec::new();
    for id in nearest.chain(incoming.references.first()) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids
}
