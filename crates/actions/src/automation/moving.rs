//! Families stay in one constituency when one of them moves (IR-155 … IR-157).

use crate::{Actor, Result, Tx, ticket::move_to_queue};
use domain::{
    ConstituencyId, QueueId, Ticket, TicketKind,
    change::Change,
    incident::{Linking, queue_of_family},
    link::LinkKind,
};

/// Children of the Incident's former constituency go with it; where constituencies are inherited, a child takes its Incident along.
pub(super) async fn move_family(tx: &mut Tx, actor: &Actor, ticket: &Ticket, change: &Change) -> Result<()> {
    let catalog = tx.catalog();
    let queue_in = |text: &Option<String>| text.as_deref().and_then(|id| id.parse().ok()).map(QueueId);
    let former = queue_in(&change.what.old).and_then(|id| catalog.queue(id)).and_then(|queue| queue.constituency);
    let now = catalog.queue(ticket.queue).and_then(|queue| queue.constituency);
    let linking = catalog.linking();
    if former == now || linking == Linking::Mixed {
        return Ok(());
    }
    let upwards = ticket.kind != TicketKind::Incident;
    if upwards && linking != Linking::Inherited {
        return Ok(());
    }
    for relative in storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, upwards).await? {
        let follows = if upwards { relative.kind == TicketKind::Incident } else { relative.kind.is_child() };
        if follows {
            bring(tx, actor, &relative, (former, now)).await?;
        }
    }
    Ok(())
}

/// Only from the one constituency to the other; whoever is elsewhere stays. A family without a place there stays, and the log says so.
async fn bring(
    tx: &mut Tx,
    actor: &Actor,
    relative: &Ticket,
    (from, to): (Option<ConstituencyId>, Option<ConstituencyId>),
) -> Result<()> {
    let catalog = tx.catalog();
    let Some(queue) = catalog.queue(relative.queue).filter(|queue| queue.constituency == from) else { return Ok(()) };
    let by_id = |id: ConstituencyId| catalog.constituencies().find(|one| one.id == id);
    let former = from.and_then(by_id).map(|one| one.name.as_str());
    let queues: Vec<_> = catalog.queues().cloned().collect();
    let Some(target) = queue_of_family(&queues, queue, former, to.and_then(by_id)) else {
        tracing::warn!(ticket.id = relative.id.0, "no queue for it in the constituency of its Incident; it stays");
        return Ok(());
    };
    move_to_queue(tx, actor, relative.id, target.id).await?;
    Ok(())
}
