//! Everything that a search finds, however much, in small pieces: what exports read.

use crate::{Actor, Result, Tx, access};
use domain::{Ticket, TicketId};
use query::Query;
use storage::search::OrderBy;

/// Numbers of all tickets that match, in order, at most `most`: a few bytes each, whatever the tickets hold.
pub async fn numbers(tx: &mut Tx, actor: &Actor, query: &Query, order: &[OrderBy], most: i64) -> Result<Vec<TicketId>> {
    let context = super::context(tx, actor);
    Ok(storage::search::numbers(&mut tx.db, query, &context, order, most).await?)
}

/// These tickets, in this order, as far as the actor may still see them.
pub async fn of_numbers(tx: &mut Tx, actor: &Actor, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    let tickets = storage::ticket::by_ids(&mut tx.db, ids).await?;
    let mut tickets = access::visible_of(tx, actor, &tickets).await?;
    tickets.sort_by_key(|ticket| ids.iter().position(|id| *id == ticket.id));
    Ok(tickets)
}
