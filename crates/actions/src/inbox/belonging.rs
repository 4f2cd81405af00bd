//! Which ticket a message belongs to that only refers to another message (TC-186). A subject tag is shown to everybody who
//! gets our mail and is enough; a Message-ID can be guessed or overheard, so its ticket must be the sender's business too.

use crate::{Actor, Error, Result, Tx, access};
use domain::{Right, Ticket, TicketId, person::EmailAddress};
use storage::outbound::Outbound;

/// The ticket that knows the message by this id, or whose pseudo reference it is, if the sender has to do with it: holds a
/// role there, may see it, or got that very message from us.
pub async fn ticket_of_reference(tx: &mut Tx, sender: &Actor, message_id: &str) -> Result<Option<TicketId>> {
    let mut known = storage::outbound::tickets_of_message(&mut tx.db, message_id).await?;
    known.extend(pseudo_reference(message_id, tx.catalog().organization()));
    for id in known {
        let ticket = match access::load(tx, id, false).await {
            Err(Error::NotFound) => continue,
            other => other?,
        };
        if is_involved(tx, sender, &ticket).await? || was_sent_to(tx, sender.email(), message_id).await? {
            return Ok(Some(ticket.id));
        }
    }
    Ok(None)
}

/// `watchbell-ticket-7@organization`; from before a move to us, RT's form of it (TC-172).
fn pseudo_reference(message_id: &str, organization: &str) -> Option<TicketId> {
    let (local, domain) = message_id.rsplit_once('@')?;
    let local = local.to_ascii_lowercase();
    let number = local.strip_prefix("watchbell-ticket-").or_else(|| local.strip_prefix("rt-ticket-"))?;
    let ours = domain.eq_ignore_ascii_case(organization) && number.bytes().all(|byte| byte.is_ascii_digit());
    ours.then(|| number.parse().ok()).flatten().map(TicketId)
}

async fn is_involved(tx: &mut Tx, sender: &Actor, ticket: &Ticket) -> Result<bool> {
    if ticket.owner == sender.id() {
        return Ok(true);
    }
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    Ok(members.iter().any(|(_, _, user)| *user == sender.id()) || access::may(tx, sender, ticket, Right::ShowTicket).await?)
}

async fn was_sent_to(tx: &mut Tx, sender: Option<&EmailAddress>, message_id: &str) -> Result<bool> {
    let letter = letter(tx, message_id).await?;
    let recipients = letter.map(|letter| letter.letter.recipients).unwrap_or_default();
    Ok(sender.is_some_and(|sender| recipients.iter().any(|one| one.eq_ignore_ascii_case(sender.as_str()))))
}

/// A letter of ours by its Message-ID: what a delivery report is about.
pub async fn letter(tx: &mut Tx, message_id: &str) -> Result<Option<Outbound>> {
    Ok(storage::outbound::by_message_ids(&mut tx.db, &[message_id.to_owned()]).await?.into_iter().next())
}
