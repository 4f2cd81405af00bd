//! Moving a ticket to another queue (TC-017, IR-144).

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
    incident::may_leave,
    ticket::status,
};
use domain::{
    QueueId, Right, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
};

/// `None` when the ticket is there already. A status that the other lifecycle does not have is mapped; an owner who may not
/// own tickets there is let go.
pub async fn move_to_queue(tx: &mut Tx, actor: &Actor, id: TicketId, to: QueueId) -> Result<Option<Change>> {
    let mut ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?.into_inner();
    if ticket.queue == to {
        return Ok(None);
    }
    let target = access::queue_for(tx, actor, to, Right::CreateTicket)
        .map_err(|_| Error::invalid("queue", "You may not create tickets in that queue."))?;
    may_leave(tx, &ticket, &target).await?;
    let catalog = tx.catalog();
    let source = catalog.queue(ticket.queue).ok_or(Error::NotFound)?;
    let mapped = catalog.lifecycles.map(&source.lifecycle, &target.lifecycle, &ticket.status).map(str::to_owned);
    let new_status = mapped.ok_or_else(|| {
        Error::invalid("queue", format!("A ticket in status “{}” cannot be moved to that queue.", ticket.status))
    })?;
    let old_class = ticket.status_class;
    let what = NewChange::set("Queue", Some(source.id.to_string()), Some(target.id.to_string()));
    ticket.queue = target.id;
    ticket.kind = target.kind();
    let mut status_change = None;
    if new_status != ticket.status {
        let class = catalog.lifecycle(&target).and_then(|lifecycle| lifecycle.class(&new_status)).unwrap_or(old_class);
        status_change =
            Some(NewChange::moved(ChangeKind::Status, "Status", Some(ticket.status.clone()), Some(new_status.clone())));
        status::apply(tx, &mut ticket, new_status, class);
    }
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    if let Some(what) = status_change {
        let change = history::record(tx, &Actor::system(actor.door), &mut ticket, what, None).await?;
        automation::react(tx, actor, ticket.id, &change, &Occasion::after(old_class)).await?;
    }
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    let_go(tx, actor, ticket.id).await?;
    Ok(Some(change))
}

async fn let_go(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    let mut ticket = access::load(tx, id, true).await?;
    if !ticket.is_owned() {
        return Ok(());
    }
    let user = storage::person::get(&mut tx.db, ticket.owner).await?.ok_or(Error::NotFound)?;
    let may_own = match Actor::of(tx, user, actor.door) {
        Some(owner) => access::may(tx, &owner, &ticket, Right::OwnTicket).await?,
        None => false,
    };
    if !may_own {
        let what = NewChange::set("Owner", Some(ticket.owner.to_string()), Some(UserId::NOBODY.to_string()));
        ticket.owner = UserId::NOBODY;
        let change = history::record(tx, actor, &mut ticket, what, None).await?;
        automation::react(tx, actor, id, &change, &Occasion::default()).await?;
    }
    Ok(())
}
