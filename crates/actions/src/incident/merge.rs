//! Merging as the incident pages do it (IR section 12.8).

use super::same_constituency;
use crate::{
    Actor, Error, Result, Tx, access,
    ticket::{self, OwnerChange, change_owner},
};
use domain::{Ticket, TicketId, TicketKind, change::Change};

/// Makes `one` part of `other`; a Report and an Investigation become the Investigation, whichever was named first (IR-412).
/// Both become the actor's first (IR-228). Returns the change on the ticket that goes on.
pub async fn merge(tx: &mut Tx, actor: &Actor, one: TicketId, other: TicketId) -> Result<Change> {
    let one = access::ticket(tx, actor, one).await?;
    let missing = |_| Error::invalid("merge", format!("There is no ticket #{other}."));
    let other = access::ticket(tx, actor, other).await.map_err(missing)?;
    if one.id == other.id {
        return Err(Error::invalid("merge", "A ticket cannot be merged into itself."));
    }
    let (source, target) = direction(&one, &other)?;
    same_constituency(tx, source, target, "merge")?;
    for id in [source.id, target.id] {
        change_owner(tx, actor, id, OwnerChange::TakeOrSteal).await?;
    }
    ticket::merge(tx, actor, source.id, target.id).await
}

/// Source and target.
fn direction<'a>(one: &'a Ticket, other: &'a Ticket) -> Result<(&'a Ticket, &'a Ticket)> {
    use TicketKind::{Investigation, Report};
    match (one.kind, other.kind) {
        (Investigation, Report) => Ok((other, one)),
        (Report, Investigation) => Ok((one, other)),
        (mine, theirs) if mine == theirs => Ok((one, other)),
        _ => {
            Err(Error::invalid("merge", format!("#{} and #{} are of different types; they cannot be merged.", one.id, other.id)))
        }
    }
}
