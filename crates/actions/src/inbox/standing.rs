//! Where a message stands, and whether it came before.

use super::Outcome;
use crate::{Result, Tx};
use domain::TicketId;
use jiff::SignedDuration;

/// How long a mail server may try again what it got no answer for.
pub(super) const REPEATS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What became of a message; `None` while it waits, and for one that is not there.
pub async fn outcome(tx: &mut Tx, id: i64) -> Result<Option<Outcome>> {
    let Some(standing) = storage::inbound::standing(&mut tx.db, id).await? else { return Ok(None) };
    Ok(match (standing.state.as_str(), standing.ticket_id) {
        ("done", Some(ticket)) => Some(Outcome::Done(TicketId(ticket))),
        ("dropped", _) => Some(Outcome::Dropped(standing.reason)),
        ("refused", _) => Some(Outcome::Refused(standing.reason)),
        _ => None,
    })
}

/// Whether the very same bytes already reached one of these tickets by the same way: the mail server got no answer when we
/// were stopped, and sent again (MG-025).
pub async fn came_before(tx: &mut Tx, id: i64, tickets: &[TicketId]) -> Result<bool> {
    let since = tx.now().checked_sub(REPEATS).unwrap_or(tx.now());
    for ticket in tickets {
        if storage::inbound::came_before(&mut tx.db, id, *ticket, since).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
