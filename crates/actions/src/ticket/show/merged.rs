//! What was merged into a ticket, and what taking one of them out again would give back.

use crate::{Result, Tx};
use domain::{Ticket, TicketId, person::User};
use jiff::Timestamp;
use storage::merge::Merge;

#[derive(Clone, Debug)]
pub struct MergedTicket {
    pub ticket: Ticket,
    /// The ticket itself, or another one that is merged into it: that one comes out first.
    pub into: TicketId,
    pub by: User,
    pub at: Timestamp,
}

/// Oldest merge first.
pub async fn merged(tx: &mut Tx, ticket: &Ticket) -> Result<Vec<MergedTicket>> {
    let merges = storage::merge::into_ticket(&mut tx.db, ticket.id).await?;
    if merges.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<TicketId> = merges.iter().map(|merge| merge.source).collect();
    let tickets = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let people: Vec<_> = merges.iter().map(|merge| merge.actor).collect();
    let people = storage::person::by_ids(&mut tx.db, &people).await?;
    let whole = |merge: Merge| {
        Some(MergedTicket {
            ticket: tickets.iter().find(|ticket| ticket.id == merge.source)?.clone(),
            into: merge.target,
            by: people.iter().find(|user| user.id == merge.actor)?.clone(),
            at: merge.at,
        })
    };
    Ok(merges.into_iter().filter_map(whole).collect())
}
