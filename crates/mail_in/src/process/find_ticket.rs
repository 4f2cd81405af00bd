//! Which ticket a message is for: by the form's field, by its subject, by what it answers (TC-186, MG-030 … MG-034).

use actions::{Tx, inbox};
use domain::TicketId;

use super::attempt::{Failure, Mail};
use super::refusal::Refusal;
use super::sender::Sender;
use crate::steps;

/// `None` is a new ticket.
pub(super) async fn find_ticket(tx: &mut Tx, sender: &Sender, mail: &Mail) -> Result<Option<TicketId>, Failure> {
    if let Some(number) = given(tx, &mail.inbound.message.ticket, &mail.incoming.subject) {
        let ticket = inbox::resolve_ticket(tx, TicketId(number)).await?;
        return ticket.map(Some).ok_or_else(|| Refusal::no_ticket(mail).into());
    }
    // a receipt names the letter that was read
    let read = steps::receipt(&mail.incoming).and_then(|receipt| receipt.original_message_id);
    for id in read.as_deref().into_iter().chain(steps::answered(&mail.incoming)) {
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
