//! Due of an Incident is the earliest Due of its open children (IR-204 … IR-211).

use crate::{Actor, Door, Result, Tx, access, ticket::set_due};
use domain::{TicketId, TicketKind, incident, link::LinkKind};

/// Writes nothing when the value is right already (IR-207).
pub(crate) async fn set_due_from_children(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    // locked before the children are read, so that two children moving at once cannot each miss the other
    let locked = access::load(tx, id, true).await?;
    let children = storage::ticket::linked(&mut tx.db, locked.id, LinkKind::MemberOf, false).await?;
    let due = incident::due(&children);
    if due != locked.due {
        set_due(tx, actor, locked.id, due).await?;
    }
    Ok(())
}

pub(crate) async fn recalculate_due(tx: &mut Tx, id: TicketId) -> Result<()> {
    let ticket = access::load(tx, id, false).await?;
    if ticket.kind == TicketKind::Incident {
        set_due_from_children(tx, &Actor::system(Door::Cli), id).await?;
    }
    Ok(())
}
