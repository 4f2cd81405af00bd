//! One owner for the whole family, with the rights of whoever changed the first (IR section 6.8). Refusals are only logged.

use crate::{
    Actor, Error, Result, Tx,
    ticket::{OwnerChange, change_owner},
};
use domain::{Ticket, TicketKind, link::LinkKind};

pub(super) async fn to_children(tx: &mut Tx, actor: &Actor, incident: &Ticket) -> Result<()> {
    let children = storage::ticket::linked(&mut tx.db, incident.id, LinkKind::MemberOf, false).await?;
    spread(tx, actor, incident, children.into_iter().filter(|child| child.kind.is_child())).await
}

pub(super) async fn to_incidents(tx: &mut Tx, actor: &Actor, child: &Ticket) -> Result<()> {
    let parents = storage::ticket::linked(&mut tx.db, child.id, LinkKind::MemberOf, true).await?;
    spread(tx, actor, child, parents.into_iter().filter(|parent| parent.kind == TicketKind::Incident)).await
}

/// By login, with the system's rights.
pub(super) async fn set(tx: &mut Tx, actor: &Actor, ticket: &Ticket, owner: &str) -> Result<()> {
    let user = storage::person::by_name(&mut tx.db, owner).await?;
    let user = user.ok_or_else(|| Error::invalid("owner", format!("There is nobody with the login “{owner}”.")))?;
    change_owner(tx, actor, ticket.id, OwnerChange::Give(user.id)).await?;
    Ok(())
}

async fn spread(tx: &mut Tx, actor: &Actor, from: &Ticket, others: impl Iterator<Item = Ticket>) -> Result<()> {
    for other in others.filter(|other| other.owner != from.owner) {
        let wish = if from.owner == actor.id() { OwnerChange::TakeOrSteal } else { OwnerChange::Give(from.owner) };
        match change_owner(tx, actor, other.id, wish).await {
            Ok(_) => {}
            Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => return Err(error),
            Err(error) => tracing::info!(ticket.id = other.id.0, %error, "owner not carried over"),
        }
    }
    Ok(())
}
