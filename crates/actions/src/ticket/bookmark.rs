//! Tickets that somebody marked (TC-089) or looked at last (TC-093, IR-323). Nobody else sees these, and no history tells.

use crate::{Actor, Result, Tx, access};
use domain::{Ticket, TicketId};

/// The last so many are remembered.
pub const RECENT: i64 = 10;

/// Marks a ticket, or takes the mark away.
pub async fn set_bookmark(tx: &mut Tx, actor: &Actor, id: TicketId, marked: bool) -> Result<()> {
    let ticket = access::ticket(tx, actor, id).await?;
    let now = tx.now();
    if marked {
        storage::bookmark::add(&mut tx.db, actor.id(), ticket.id, now).await?;
    } else {
        storage::bookmark::remove(&mut tx.db, actor.id(), ticket.id).await?;
    }
    Ok(())
}

pub async fn is_bookmarked(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<bool> {
    Ok(storage::bookmark::has(&mut tx.db, actor.id(), id).await?)
}

/// Whether looking at the ticket would change the list of what was viewed last; the newest one is on top already.
pub async fn is_newest_viewed(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<bool> {
    Ok(storage::bookmark::recent(&mut tx.db, actor.id(), 1).await?.first() == Some(&id))
}

pub async fn remember_viewed(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    let ticket = access::ticket(tx, actor, id).await?;
    let now = tx.now();
    Ok(storage::bookmark::view(&mut tx.db, actor.id(), ticket.id, now, RECENT).await?)
}

/// What the actor looked at last and may still see, newest first.
pub async fn recently_viewed(tx: &mut Tx, actor: &Actor) -> Result<Vec<Ticket>> {
    let ids = storage::bookmark::recent(&mut tx.db, actor.id(), RECENT).await?;
    let tickets = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let visible = access::visible_of(tx, actor, &tickets).await?;
    let mut ordered = visible;
    ordered.sort_by_key(|ticket| ids.iter().position(|id| *id == ticket.id));
    Ok(ordered)
}
