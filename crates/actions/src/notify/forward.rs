//! The letter that passes messages on.

use super::{Cause, Nature, attachments, from_name, marks, text_of};
use crate::{Actor, Error, Result, Tx, message::NewMessage};
use domain::{
    Ticket,
    change::{Change, ChangeKind},
    person::EmailAddress,
};
use mail_out::{Letter, Mailbox, threading};
use storage::outbound::NewOutbound;

/// What goes where.
pub(crate) struct Forwarded<'a> {
    pub(crate) ticket: &'a Ticket,
    pub(crate) change: &'a Change,
    pub(crate) message: &'a NewMessage,
    pub(crate) to: &'a [EmailAddress],
    pub(crate) cc: &'a [EmailAddress],
    pub(crate) bcc: &'a [EmailAddress],
}

pub(crate) async fn forward(tx: &mut Tx, actor: &Actor, place: &Forwarded<'_>) -> Result<()> {
    let Forwarded { ticket, change, message, .. } = *place;
    let catalog = tx.catalog();
    let queue = catalog.queue(ticket.queue).ok_or(Error::NotFound)?;
    let Some(address) = catalog.address(queue, false) else {
        return Err(Error::invalid("to", "This queue has no address to send mail from."));
    };
    let template = if change.what.kind == ChangeKind::ForwardTicket { "Forward Ticket" } else { "Forward" };
    let text = match catalog.template(ticket.queue, template) {
        Some(_) => text_of(tx, Cause { rule: template, actor, ticket, change, message: Some(message) }, template).await?,
        // an installation from before there was one
        None => message.text.clone(),
    };
    let message_id = format!("wb-{}-{}-{}@{}", ticket.id, change.id, tx.random_hex(), catalog.organization());
    let mailboxes = |list: &[EmailAddress]| list.iter().map(|one| Mailbox::bare(one.as_str())).collect();
    let letter = Letter {
        message_id: message_id.clone(),
        date: tx.now(),
        from: Mailbox { name: Some(from_name(&catalog, actor, queue, Nature::Written)), address: address.as_str().to_owned() },
        reply_to: Some(Mailbox::bare(address.as_str())),
        to: mailboxes(place.to),
        cc: mailboxes(place.cc),
        subject: threading::subject_with_tag(message.subject.as_deref().unwrap_or_default(), catalog.tag_of(queue), ticket.id.0),
        text,
        html: None,
        in_reply_to: None,
        references: vec![],
        headers: marks(&catalog, actor, ticket, Nature::Written),
        attachments: attachments(Some(message)),
    };
    let everybody = [place.to, place.cc, place.bcc].into_iter().flatten().map(|one| one.as_str().to_owned());
    let outbound = NewOutbound {
        ticket: Some(ticket.id),
        message_id: message_id.clone(),
        sender: catalog.envelope_sender(queue, address.as_str(), address.as_str(), ticket.id),
        recipients: everybody.collect(),
        raw: mail_out::compose(&letter),
    };
    storage::outbound::insert(&mut tx.db, &outbound, tx.now, tx.now).await?;
    storage::outbound::remember(&mut tx.db, &message_id, ticket.id, false).await?;
    tx.outbox_was_filled();
    Ok(())
}
