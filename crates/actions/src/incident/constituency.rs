//! What constituencies allow: which tickets may be joined, and which queue a child gets for the sake of its Incident (IR-153, IR-154,
//! IR-157). A queue without a constituency belongs to all.

use crate::{Actor, Catalog, Error, Result, Tx, access};
use domain::{
    ConstituencyId, QueueId, Right, Ticket, TicketKind,
    incident::{Linking, queue_of_family},
    link::LinkKind,
    queue::Queue,
};

/// Refuses to join two tickets of different constituencies, with the name of the second, unless the installation mixes them.
pub(crate) fn same_constituency(tx: &Tx, one: &Ticket, other: &Ticket, field: &str) -> Result<()> {
    let catalog = tx.catalog();
    if catalog.linking() == Linking::Mixed || !differ(of(&catalog, one), of(&catalog, other)) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("#{} belongs to another constituency than #{}.", other.id, one.id)))
}

/// Refuses a ticket of another constituency for one that is to be made in this queue.
pub(crate) fn fits_queue(tx: &Tx, queue: &Queue, other: &Ticket, field: &str) -> Result<()> {
    let catalog = tx.catalog();
    if catalog.linking() == Linking::Mixed || !differ(queue.constituency, of(&catalog, other)) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("#{} belongs to another constituency than the queue “{}”.", other.id, queue.name)))
}

/// Where a child has to move to become a member of the Incident; refused, unless constituencies are inherited or mixed.
pub(crate) fn queue_for_incident(
    tx: &Tx,
    actor: &Actor,
    (child, incident): (&Ticket, &Ticket),
    field: &str,
) -> Result<Option<QueueId>> {
    let catalog = tx.catalog();
    if catalog.linking() == Linking::Inherited
        && child.kind.is_child()
        && incident.kind == TicketKind::Incident
        && let Some(queue) = catalog.queue(child.queue)
        && let Some(heir) = inherited(tx, actor, queue, incident)
    {
        return Ok(Some(heir.id));
    }
    same_constituency(tx, child, incident, field).map(|()| None)
}

/// The queue that a new child gets in place of the one that was asked for, by its first Incident.
pub(crate) fn queue_of_new_child(tx: &Tx, actor: &Actor, queue: Queue, incident: Option<&Ticket>) -> Queue {
    if tx.catalog().linking() != Linking::Inherited || !queue.kind().is_child() {
        return queue;
    }
    let incident = incident.filter(|incident| incident.kind == TicketKind::Incident);
    incident.and_then(|incident| inherited(tx, actor, &queue, incident)).unwrap_or(queue)
}

/// The queue like this one in an Incident's other constituency, where the actor may create tickets.
fn inherited(tx: &Tx, actor: &Actor, queue: &Queue, incident: &Ticket) -> Option<Queue> {
    let catalog = tx.catalog();
    let theirs = of(&catalog, incident);
    if !differ(queue.constituency, theirs) {
        return None;
    }
    let to = catalog.constituencies().find(|one| Some(one.id) == theirs);
    let from = catalog.constituency(queue).map(|one| one.name.as_str());
    let queues: Vec<Queue> = catalog.queues().cloned().collect();
    let heir = queue_of_family(&queues, queue, from, to)?;
    access::queue_for(tx, actor, heir.id, Right::CreateTicket).ok()
}

/// Where they are rejected, a ticket that belongs to a family stays in its constituency.
pub(crate) async fn may_leave(tx: &mut Tx, ticket: &Ticket, to: &Queue) -> Result<()> {
    let catalog = tx.catalog();
    if catalog.linking() != Linking::Pinned || of(&catalog, ticket) == to.constituency {
        return Ok(());
    }
    for upwards in [true, false] {
        let family = storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, upwards).await?;
        if family.iter().any(|other| other.kind != TicketKind::General) {
            return Err(Error::invalid("queue", format!("#{} is linked, so it stays in its constituency.", ticket.id)));
        }
    }
    Ok(())
}

fn of(catalog: &Catalog, ticket: &Ticket) -> Option<ConstituencyId> {
    catalog.queue(ticket.queue).and_then(|queue| queue.constituency)
}

fn differ(one: Option<ConstituencyId>, other: Option<ConstituencyId>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}
