//! A letter that will not arrive: its ticket tells, and so does a mail to whoever looks after the ticket.

use super::Outbound;
use crate::{
    Actor, Door, Result, Tx, access, history,
    inbox::{self, Notice},
    notify,
};
use domain::{
    Role, Ticket,
    change::{ChangeKind, NewChange},
    person::EmailAddress,
};

/// `pending` did not get it. Letters of no ticket are those that tell of trouble: about them nobody is told.
pub(super) async fn tell(tx: &mut Tx, letter: &Outbound, error: &str, pending: &[String]) -> Result<()> {
    let Some(id) = letter.letter.ticket else { return Ok(()) };
    let mut ticket = access::load(tx, id, true).await?;
    let text = format!("Mail to {} could not be sent: {error}", pending.join(", "));
    let what = NewChange { data: Some(text.clone()), ..NewChange::new(ChangeKind::SystemError) };
    history::record(tx, &Actor::system(Door::Email), &mut ticket, what, None).await?;
    tell_keepers(tx, &ticket, &text, pending).await
}

/// Whoever looks after the ticket learns by mail that somebody was not reached.
pub(crate) async fn tell_keepers(tx: &mut Tx, ticket: &Ticket, text: &str, unreached: &[String]) -> Result<()> {
    let catalog = tx.catalog();
    let tag = catalog.queue(ticket.queue).map(|queue| catalog.tag_of(queue).to_owned()).unwrap_or_default();
    let url = format!("{}/tickets/{}", tx.desk().public_url(), ticket.id);
    for address in keepers(tx, ticket, unreached).await? {
        let notice = Notice {
            to: address.as_str().to_owned(),
            subject: format!("[{tag} #{}] Mail could not be delivered", ticket.id),
            text: format!("{text}\n\nNobody will try again by itself. The ticket:\n{url}\n"),
            in_reply_to: None,
            original: None,
        };
        inbox::send_notice(tx, notice).await?;
    }
    Ok(())
}

/// The owner; nobody's tickets are looked after by their admin Ccs. Whom mail does not reach is not told of it by mail.
async fn keepers(tx: &mut Tx, ticket: &Ticket, unreached: &[String]) -> Result<Vec<EmailAddress>> {
    let ids = notify::holders(tx, ticket, if ticket.is_owned() { Role::Owner } else { Role::AdminCc }).await?;
    let users = storage::person::by_ids(&mut tx.db, &ids).await?;
    let reached = users.into_iter().filter(|user| notify::may_be_mailed(tx, user));
    Ok(reached
        .filter_map(|user| user.email)
        .filter(|email| !unreached.iter().any(|address| email.as_str().eq_ignore_ascii_case(address)))
        .collect())
}
