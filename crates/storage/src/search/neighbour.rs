//! The ticket beside another in a list, found by key: whatever the length of the list, one row is read (IR-283).

use super::{Context, OrderBy, Page, Way, order, position, tickets};
use crate::{Result, Tx};
use domain::{Ticket, TicketId};
use query::Query;

/// Which of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    First,
    Previous,
    Next,
    Last,
}

/// The number of the ticket at a place; `from` need not match the query itself any more.
pub async fn neighbour(
    tx: &mut Tx,
    query: &Query,
    context: &Context,
    order: &[OrderBy],
    (from, place): (TicketId, Place),
) -> Result<Option<TicketId>> {
    let found: Vec<Ticket> = match place {
        Place::First => tickets(tx, query, context, order, Page { limit: 1, offset: 0 }).await?,
        Place::Last => tickets(tx, query, context, &order::turned(order), Page { limit: 1, offset: 0 }).await?,
        Place::Previous | Place::Next => {
            let way = if place == Place::Next { Way::After } else { Way::Before };
            let Some(here) = position::position(tx, from, order).await? else { return Ok(None) };
            position::from(tx, (query, context), order, (&here, way), 1).await?
        }
    };
    Ok(found.first().map(|ticket| ticket.id))
}
