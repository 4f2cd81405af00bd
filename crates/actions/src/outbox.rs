//! What the senders do with the outbox; the letters are written by the verbs that cause them (invariant 5).

use crate::{Actor, Desk, Door, Result, access, history};
use domain::change::{ChangeKind, NewChange};
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

/// Gives back what a sender held that is gone. Only for SQLite, where this process is the only one: what is claimed when it
/// starts was claimed by one that died.
pub async fn release(desk: &Desk) -> Result<()> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let until = now.checked_add(CLAIM).unwrap_or(now);
    storage::outbound::release(&mut tx.db, now, until).await?;
    tx.commit().await
}

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Sent,
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
            Fate::Deferred { error, pending } if age(&letter, now) < GIVE_UP => {
                storage::outbound::set_recipients(&mut tx.db, letter.id, &pending).await?;
                storage::outbound::postpone(&mut tx.db, letter.id, next_try(&letter, now), &error).await?;
            }
            Fate::Deferred { error, pending } | Fate::Refused { error, pending } => {
                storage::outbound::failed(&mut tx.db, letter.id, &error).await?;
                if let Some(ticket) = letter.letter.ticket {
                    let mut ticket = access::load(&mut tx, ticket, true).await?;
                    let what = NewChange {
                        data: Some(format!("Mail to {} could not be sent: {error}", pending.join(", "))),
                        ..NewChange::new(ChangeKind::SystemError)
                    };
                    history::record(&mut tx, &Actor::system(Door::Email), &mut ticket, what, None).await?;
                }
            }
        }
    }
    tx.commit().await
}

fn age(letter: &Outbound, now: Timestamp) -> SignedDuration {
    now.duration_since(letter.created)
}

/// 1, 2, 4 … minutes, at most four hours.
fn next_try(letter: &Outbound, now: Timestamp) -> Timestamp {
    let minutes = 1_i64 << letter.tries.clamp(1, 9).saturating_sub(1);
    now.checked_add(SignedDuration::from_mins(minutes.min(240))).unwrap_or(now)
}

/// How many letters wait, and how many failed for good.
pub async fn counts(desk: &Desk) -> Result<(i64, i64)> {
    let mut tx = desk.read().await?;
    Ok(storage::outbound::counts(&mut tx.db).await?)
}
