//! Mail taken in: durable before it is acknowledged, processed exactly once, kept with the reason when it cannot be (invariant 4).

mod belonging;
mod rate;
mod retention;
mod standing;

pub use belonging::{letter, ticket_of_reference};
pub use rate::{Pace, note_author, pace, remark};
pub use retention::forget_bytes;
pub use standing::{came_before, outcome};

use crate::{Actor, Desk, Error, Result, Tx, access, digest};
use domain::{Right, TicketId};
use jiff::SignedDuration;
use storage::inbound::Finished;
pub use storage::inbound::{Inbound, NewInbound};

/// Tries before a message that fails for our own reasons waits for an administrator.
const TRIES: i64 = 5;

/// Stores messages together; when this returns, all of them are on the disk.
pub async fn store(desk: &Desk, messages: Vec<NewInbound>) -> Result<Vec<i64>> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let mut ids = Vec::with_capacity(messages.len());
    for message in messages {
        ids.push(storage::inbound::insert(&mut tx.db, message, now).await?);
    }
    tx.inbox_was_filled();
    tx.commit().await?;
    Ok(ids)
}

/// The next message to process, held by this transaction until it ends.
pub async fn take(tx: &mut Tx) -> Result<Option<Inbound>> {
    let now = tx.now();
    Ok(storage::inbound::take(&mut tx.db, now).await?)
}

/// One particular message, if it still waits.
pub async fn take_one(tx: &mut Tx, id: i64) -> Result<Option<Inbound>> {
    Ok(storage::inbound::take_one(&mut tx.db, id).await?)
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Recorded on this ticket.
    Done(TicketId),
    /// Needs nothing: a repeat, a mail of our own come back.
    Dropped(String),
    /// Refused for good; kept for administrators.
    Refused(String),
}

/// Part of the transaction that did the work, so that it is done exactly once.
pub async fn finish(tx: &mut Tx, id: i64, outcome: &Outcome) -> Result<()> {
    let (state, reason, ticket) = match outcome {
        Outcome::Done(ticket) => ("done", "", Some(*ticket)),
        Outcome::Dropped(reason) => ("dropped", reason.as_str(), None),
        Outcome::Refused(reason) => ("refused", reason.as_str(), None),
    };
    let finished = Finished { state, reason, ticket, at: tx.now() };
    Ok(storage::inbound::finish(&mut tx.db, id, finished).await?)
}

/// After the work failed and its transaction was undone: try later, or give it to the administrators.
pub async fn failed(desk: &Desk, message: &Inbound, error: &Error) -> Result<()> {
    let mut tx = desk.write().await?;
    let reason = error.to_string();
    let passing = matches!(error, Error::Unavailable(_));
    if passing || message.tries + 1 < TRIES {
        let wait = SignedDuration::from_secs(if passing { 1 } else { 10 << message.tries.clamp(0, 6) });
        let until = tx.now().checked_add(wait).unwrap_or(tx.now());
        storage::inbound::postpone(&mut tx.db, message.id, until, &reason).await?;
    } else {
        let finished = Finished { state: "failed", reason: &reason, ticket: None, at: tx.now() };
        storage::inbound::finish(&mut tx.db, message.id, finished).await?;
    }
    tx.commit().await
}

/// Messages that something is to be said about, newest first, below `before`; for administrators.
pub async fn troubled(tx: &mut Tx, actor: &Actor, before: i64, limit: i64) -> Result<Vec<Inbound>> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    Ok(storage::inbound::troubled(&mut tx.db, before, limit).await?)
}

/// One message with its bytes, for administrators.
pub async fn get(tx: &mut Tx, actor: &Actor, id: i64) -> Result<Inbound> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    storage::inbound::get(&mut tx.db, id).await?.ok_or(Error::NotFound)
}

/// Puts a message in trouble back in line.
pub async fn retry(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    let now = tx.now();
    if !storage::inbound::retry(&mut tx.db, id, now).await? {
        return Err(Error::NotFound);
    }
    storage::audit::append(&mut tx.db, actor.id(), "retry inbound", &id.to_string(), now).await?;
    tx.inbox_was_filled();
    Ok(())
}

/// How many messages wait, and how many are in trouble.
pub async fn counts(desk: &Desk) -> Result<(i64, i64)> {
    let mut tx = desk.read().await?;
    Ok(storage::inbound::counts(&mut tx.db).await?)
}

/// Tickets that know a message by its id and that its sender, as `actor`, may answer (TC-186).
pub async fn tickets_of_message(tx: &mut Tx, message_id: &str) -> Result<Vec<TicketId>> {
    Ok(storage::outbound::tickets_of_message(&mut tx.db, message_id).await?)
}

/// A ticket knows a message that left no entry of its own, so that it is known when it comes again.
pub async fn remember_message(tx: &mut Tx, ticket: TicketId, message_id: &str) -> Result<()> {
    storage::outbound::remember(&mut tx.db, message_id, ticket, true).await?;
    Ok(())
}

/// Where a ticket's number leads after merges; `None` when there is no such ticket.
pub async fn resolve_ticket(tx: &mut Tx, id: TicketId) -> Result<Option<TicketId>> {
    match access::load(tx, id, false).await {
        Ok(ticket) => Ok(Some(ticket.id)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Records that mail sent for a ticket came back (TC-194: attach to what bounced), and tells whoever looks after the ticket, other
/// than those it came back from.
pub async fn note_bounce(tx: &mut Tx, actor: &Actor, ticket: TicketId, text: &str, unreached: &[String]) -> Result<()> {
    use domain::change::{ChangeKind, NewChange};
    let mut ticket = access::load(tx, ticket, true).await?;
    let text: String = text.chars().take(2_000).collect();
    let what = NewChange { data: Some(text.clone()), ..NewChange::new(ChangeKind::Bounce) };
    crate::history::record(tx, actor, &mut ticket, what, None).await?;
    crate::outbox::failure::tell_keepers(tx, &ticket, &text, unreached).await
}

/// Writes a letter that belongs to no ticket: what tells a sender that their mail was refused (TC-193).
pub async fn send_notice(tx: &mut Tx, notice: Notice) -> Result<()> {
    if digest::is_suspended(tx, &notice.to).await? {
        tracing::info!("a notice is not sent to somebody who suspended their mail");
        return Ok(());
    }
    let catalog = tx.catalog();
    let from = catalog.setting_text(domain::setting::list::CORRESPOND_ADDRESS).to_owned();
    if from.is_empty() {
        tracing::warn!("no address to send notices from");
        return Ok(());
    }
    let message_id = format!("wb-notice-{}@{}", tx.random_hex(), catalog.organization());
    let letter = mail_out::Letter {
        message_id: message_id.clone(),
        date: tx.now(),
        from: mail_out::Mailbox { name: Some(catalog.installation().to_owned()), address: from },
        reply_to: None,
        to: vec![mail_out::Mailbox { name: None, address: notice.to.clone() }],
        cc: vec![],
        subject: notice.subject,
        text: notice.text,
        html: None,
        in_reply_to: notice.in_reply_to.clone(),
        references: notice.in_reply_to.into_iter().collect(),
        headers: vec![
            ("Auto-Submitted".to_owned(), "auto-replied".to_owned()),
            ("Precedence".to_owned(), "bulk".to_owned()),
            ("X-RT-Loop-Prevention".to_owned(), catalog.installation().to_owned()),
        ],
        attachments: notice
            .original
            .map(|bytes| mail_out::Attachment {
                file_name: Some("original.eml".to_owned()),
                content_type: "message/rfc822".to_owned(),
                bytes,
            })
            .into_iter()
            .collect(),
    };
    let outbound = storage::outbound::NewOutbound {
        ticket: None,
        message_id,
        sender: None,
        recipients: vec![notice.to],
        raw: mail_out::compose(&letter),
    };
    let now = tx.now();
    storage::outbound::insert(&mut tx.db, &outbound, now, now).await?;
    tx.outbox_was_filled();
    Ok(())
}

/// What a refused sender is told.
#[derive(Clone, Debug)]
pub struct Notice {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub in_reply_to: Option<String>,
    pub original: Option<Vec<u8>>,
}
