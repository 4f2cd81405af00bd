//! What senders and administrators do with the outbox; the letters are written by the verbs that cause them (invariant 5).

pub(crate) mod failure;

use crate::{Actor, Desk, Error, Result, Tx, access, history};
use domain::{
    Right,
    change::{ChangeKind, NewChange},
    envelope,
};
use jiff::{SignedDuration, Timestamp};
pub use storage::outbound::Outbound;

/// How long a sender may take before its letters are tried again.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// After this a letter is given up (RFC 5321, 4.5.4.1 asks for four to five days).
const GIVE_UP: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Letters to send now; nobody else gets them for a while.
pub async fn claim(desk: &Desk, limit: i64) -> Result<Vec<Outbound>> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let until = now.checked_add(CLAIM).unwrap_or(now);
    let letters = storage::outbound::claim(&mut tx.db, now, until, limit).await?;
    tx.commit().await?;
    Ok(letters)
}

/// Sender and recipients of each envelope that a letter goes out on: one, unless the sender is to name the recipient.
#[must_use]
pub fn envelopes(letter: &Outbound) -> Vec<(Option<String>, Vec<String>)> {
    let (sender, recipients) = (&letter.letter.sender, &letter.letter.recipients);
    match sender.as_deref().filter(|sender| envelope::is_for_each(sender)) {
        None => vec![(sender.clone(), recipients.clone())],
        Some(sender) => recipients
            .iter()
            .map(|recipient| (Some(envelope::for_recipient(sender, recipient)), vec![recipient.clone()]))
            .collect(),
    }
}

/// Gives back what a sender held that is gone. Only for SQLite, where this process is the only one: what is claimed when it
/// starts was claimed by one that died.
pub async fn release(desk: &Desk) -> Result<()> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    storage::outbound::release(&mut tx.db, now).await?;
    tx.commit().await
}

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Sent,
    /// Not even tried, and to be looked at again then.
    Held(Timestamp),
    /// Not now; `pending` still have no mail.
    Deferred {
        error: String,
        pending: Vec<String>,
    },
    /// Never; `pending` will not get it.
    Refused {
        error: String,
        pending: Vec<String>,
    },
}

/// Records fates together, in one transaction.
pub async fn settle(desk: &Desk, fates: Vec<(Outbound, Fate)>) -> Result<()> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    for (letter, fate) in fates {
        match fate {
            Fate::Sent => storage::outbound::sent(&mut tx.db, letter.id, now).await?,
            Fate::Held(until) => storage::outbound::put_back(&mut tx.db, letter.id, until).await?,
            Fate::Deferred { error, pending } if now.duration_since(letter.queued) < GIVE_UP => {
                storage::outbound::set_recipients(&mut tx.db, letter.id, &pending).await?;
                storage::outbound::postpone(&mut tx.db, letter.id, next_try(&letter, now), &error).await?;
            }
            Fate::Deferred { error, pending } | Fate::Refused { error, pending } => {
                storage::outbound::failed(&mut tx.db, letter.id, &error).await?;
                failure::tell(&mut tx, &letter, &error, &pending).await?;
            }
        }
    }
    tx.commit().await
}

/// 1, 2, 4 … minutes, at most four hours.
fn next_try(letter: &Outbound, now: Timestamp) -> Timestamp {
    let minutes = 1_i64 << letter.tries.clamp(1, 9).saturating_sub(1);
    now.checked_add(SignedDuration::from_mins(minutes.min(240))).unwrap_or(now)
}

/// Letters that wait or failed, newest first, below `before`, without their bytes; for administrators.
pub async fn open(tx: &mut Tx, actor: &Actor, before: i64, limit: i64) -> Result<Vec<Outbound>> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    Ok(storage::outbound::open(&mut tx.db, before, limit).await?)
}

/// Puts a letter that waits or failed in line anew, to be sent now and tried for as long as a new one.
pub async fn requeue(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    let letter = held_by_nobody(tx, actor, id).await?;
    let now = tx.now();
    if !storage::outbound::requeue(&mut tx.db, id, now).await? {
        return Err(being_sent());
    }
    storage::audit::append(&mut tx.db, actor.id(), "send outbound again", &id.to_string(), now).await?;
    note(tx, actor, &letter, "is sent again").await?;
    tx.outbox_was_filled();
    Ok(())
}

/// Takes a letter that waits or failed out of the line for good.
pub async fn cancel(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    let letter = held_by_nobody(tx, actor, id).await?;
    let now = tx.now();
    if !storage::outbound::cancel(&mut tx.db, id, now).await? {
        return Err(being_sent());
    }
    storage::audit::append(&mut tx.db, actor.id(), "cancel outbound", &id.to_string(), now).await?;
    note(tx, actor, &letter, "was cancelled and will not be sent").await
}

async fn held_by_nobody(tx: &mut Tx, actor: &Actor, id: i64) -> Result<Outbound> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    let letter = storage::outbound::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    if !matches!(letter.state.as_str(), "queued" | "failed") {
        return Err(Error::invalid(
            "letter",
            format!("This letter is {}; only one that waits or failed can be changed.", letter.state),
        ));
    }
    Ok(letter)
}

fn being_sent() -> Error {
    Error::invalid("letter", "This letter is being sent right now; look again in a moment.")
}

/// The ticket tells what an administrator did with its mail.
async fn note(tx: &mut Tx, actor: &Actor, letter: &Outbound, what: &str) -> Result<()> {
    let Some(ticket) = letter.letter.ticket else { return Ok(()) };
    let mut ticket = access::load(tx, ticket, true).await?;
    let text = format!("Mail to {} {what}.", letter.letter.recipients.join(", "));
    let what = NewChange { data: Some(text), ..NewChange::new(ChangeKind::Delivery) };
    history::record(tx, actor, &mut ticket, what, None).await?;
    Ok(())
}

/// How many letters wait, and how many failed for good.
pub async fn counts(desk: &Desk) -> Result<(i64, i64)> {
    let mut tx = desk.read().await?;
    Ok(storage::outbound::counts(&mut tx.db).await?)
}
