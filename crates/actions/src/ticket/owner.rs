//! Taking, stealing and giving (TC section 4).

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history, lock,
};
use domain::{
    Right, Ticket, TicketId, UserId,
    change::{Change, NewChange},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerChange {
    Take,
    Untake,
    Steal,
    /// Plain reassignment.
    Give(UserId),
    /// Whoever owns it now (TC-051).
    Force(UserId),
    /// Whoever owns it, make it mine: what actions marked "take or steal first" do (IR-051).
    TakeOrSteal,
}

/// `None` when the wish was fulfilled already.
pub async fn change_owner(tx: &mut Tx, actor: &Actor, id: TicketId, wish: OwnerChange) -> Result<Option<Change>> {
    let seen = access::ticket(tx, actor, id).await?;
    let mut ticket = access::load(tx, seen.id, true).await?;
    let wish = match wish {
        OwnerChange::TakeOrSteal if ticket.owner == actor.id() => return Ok(None),
        OwnerChange::TakeOrSteal if ticket.is_owned() => OwnerChange::Steal,
        OwnerChange::TakeOrSteal => OwnerChange::Take,
        other => other,
    };
    let owner = wanted(&ticket, actor, wish)?;
    if owner == ticket.owner {
        return Ok(None);
    }
    check_actor(tx, actor, &ticket, wish, owner).await?;
    check_owner(tx, actor, &ticket, owner).await?;
    let names = storage::person::by_ids(&mut tx.db, &[ticket.owner, owner]).await?;
    let name = |id: UserId| names.iter().find(|user| user.id == id).map_or_else(|| id.to_string(), |user| user.name.clone());
    let what = NewChange {
        data: Some(format!("{} to {}", name(ticket.owner), name(owner))),
        ..NewChange::set("Owner", Some(ticket.owner.to_string()), Some(owner.to_string()))
    };
    ticket.owner = owner;
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    lock::was_taken(tx, actor, &ticket).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(Some(change))
}

/// Whom the wish makes owner, if the ticket is in a state for it.
fn wanted(ticket: &Ticket, actor: &Actor, wish: OwnerChange) -> Result<UserId> {
    let refuse = |message: &str| Err(Error::Conflict(message.to_owned()));
    match wish {
        OwnerChange::Take | OwnerChange::Steal if ticket.owner == actor.id() => refuse("You already own this ticket"),
        OwnerChange::Take if ticket.is_owned() => refuse("You can only take tickets that are unowned"),
        OwnerChange::Steal if !ticket.is_owned() => refuse("You can only steal a ticket owned by someone else"),
        OwnerChange::Untake if ticket.owner != actor.id() => refuse("You can only give up tickets that are yours"),
        OwnerChange::Take | OwnerChange::Steal | OwnerChange::TakeOrSteal => Ok(actor.id()),
        OwnerChange::Untake => Ok(UserId::NOBODY),
        OwnerChange::Give(owner) | OwnerChange::Force(owner) => Ok(owner),
    }
}

/// The table of TC-050.
async fn check_actor(tx: &mut Tx, actor: &Actor, ticket: &Ticket, wish: OwnerChange, owner: UserId) -> Result<()> {
    let is_anothers = ticket.is_owned() && ticket.owner != actor.id();
    let rights: &[Right] = match wish {
        OwnerChange::Steal | OwnerChange::TakeOrSteal => &[Right::StealTicket, Right::ReassignTicket, Right::ModifyTicket],
        OwnerChange::Take => &[Right::TakeTicket, Right::ReassignTicket, Right::ModifyTicket],
        OwnerChange::Force(_) if is_anothers => &[Right::StealTicket, Right::ReassignTicket, Right::ModifyTicket],
        _ if !ticket.is_owned() && owner == actor.id() => &[Right::TakeTicket, Right::ReassignTicket, Right::ModifyTicket],
        _ if !ticket.is_owned() || ticket.owner == actor.id() => &[Right::ReassignTicket, Right::ModifyTicket],
        _ => &[Right::ReassignTicket],
    };
    for right in rights {
        if access::may(tx, actor, ticket, *right).await? {
            return Ok(());
        }
    }
    match wish {
        OwnerChange::Give(_) if is_anothers && owner == actor.id() => {
            Err(Error::invalid("owner", "You can only take tickets that are unowned"))
        }
        OwnerChange::Give(_) if is_anothers => {
            Err(Error::invalid("owner", "You can only reassign tickets that you own or that are unowned"))
        }
        _ => Err(Error::Forbidden(rights[0])),
    }
}

async fn check_owner(tx: &mut Tx, actor: &Actor, ticket: &Ticket, owner: UserId) -> Result<()> {
    if owner == UserId::NOBODY {
        return Ok(());
    }
    let user =
        storage::person::get(&mut tx.db, owner).await?.ok_or_else(|| Error::invalid("owner", "That user does not exist"))?;
    let owner = Actor::of(tx, user, actor.door);
    match owner {
        Some(owner) if access::may(tx, &owner, ticket, Right::OwnTicket).await? => Ok(()),
        _ => Err(Error::invalid("owner", "That user may not own tickets in that queue")),
    }
}
