//! Linking tickets and taking links away (TC-075 … TC-078).

mod edit;
mod outside;

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
    incident::{queue_for_incident, same_constituency},
    lock,
    ticket::move_to_queue,
};
use domain::{
    Right, Ticket, TicketId,
    change::{Change, ChangeKind, NewChange},
    link::LinkKind,
    setting::list,
};
pub use edit::{LinksInput, edit_links};
pub use outside::{link_uri, unlink_uri};

/// `base` is a member of, depends on, or refers to `target`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    pub base: TicketId,
    pub target: TicketId,
}

/// Both ends, which the actor may see and change: both of them, or one where the installation says so (TC-077).
async fn ends(tx: &mut Tx, actor: &Actor, input: Link) -> Result<(TicketId, TicketId)> {
    if tx.catalog().setting_flag(list::STRICT_LINK_RIGHTS) {
        let base = access::ticket_for(tx, actor, input.base, Right::ModifyTicket).await?.id;
        return Ok((base, access::ticket_for(tx, actor, input.target, Right::ModifyTicket).await?.id));
    }
    let base = access::ticket(tx, actor, input.base).await?;
    let target = access::ticket(tx, actor, input.target).await?;
    let may =
        access::may(tx, actor, &base, Right::ModifyTicket).await? || access::may(tx, actor, &target, Right::ModifyTicket).await?;
    if may { Ok((base.id, target.id)) } else { Err(Error::Forbidden(Right::ModifyTicket)) }
}

/// Needs `ModifyTicket` on both ends, which must be of one constituency unless they may mix (IR-153); a child may inherit its
/// Incident's (IR-157).
pub async fn link(tx: &mut Tx, actor: &Actor, input: Link) -> Result<Change> {
    let (base, target) = ends(tx, actor, input).await?;
    let (near, far) = (access::load(tx, base, true).await?, access::load(tx, target, true).await?);
    if input.kind != LinkKind::MemberOf {
        same_constituency(tx, &near, &far, "link")?;
    } else if let Some(queue) = queue_for_incident(tx, actor, (&near, &far), "link")? {
        move_to_queue(tx, actor, base, queue).await?;
    }
    make(tx, actor, input.kind, base, target).await
}

/// The same across constituencies, as the page *Advanced* does it (IR-158).
pub async fn link_across(tx: &mut Tx, actor: &Actor, input: Link) -> Result<Change> {
    let (base, target) = ends(tx, actor, input).await?;
    make(tx, actor, input.kind, base, target).await
}

/// Needs `ModifyTicket` on both ends.
pub async fn unlink(tx: &mut Tx, actor: &Actor, input: Link) -> Result<Change> {
    let (base, target) = ends(tx, actor, input).await?;
    part(tx, actor, input.kind, base, target).await
}

/// Makes a link whose rights were looked at by the caller.
pub(crate) async fn make(tx: &mut Tx, actor: &Actor, kind: LinkKind, base: TicketId, target: TicketId) -> Result<Change> {
    if base == target {
        return Err(Error::invalid("link", "Can't link a ticket to itself"));
    }
    let mut near = access::load(tx, base, true).await?;
    let mut far = access::load(tx, target, true).await?;
    if near.status == "deleted" || far.status == "deleted" {
        return Err(Error::invalid("link", "Linking to a deleted ticket is not allowed"));
    }
    if kind.refuses_circles() && storage::link::leads_to(&mut tx.db, kind, far.id, near.id).await? {
        return Err(Error::invalid("link", format!("#{} and #{} would be linked in a circle.", near.id, far.id)));
    }
    let new = storage::link::NewLink { kind, base: near.id, by: actor.id(), at: tx.now };
    match storage::link::insert(&mut tx.db, new, far.id).await {
        Err(storage::Error::Taken) => {
            return Err(Error::invalid("link", format!("#{} and #{} are linked already.", near.id, far.id)));
        }
        other => other?,
    };
    record_far_end(tx, actor, &mut far, far_end(ChangeKind::AddLink, kind, near.id)).await?;
    let what = NewChange::moved(ChangeKind::AddLink, kind.as_str(), None, Some(far.id.to_string()));
    let change = history::record(tx, actor, &mut near, what, None).await?;
    if kind == LinkKind::MemberOf {
        lock::was_linked(tx, &near, &far).await?;
    }
    automation::react(tx, actor, near.id, &change, &Occasion::default()).await?;
    Ok(change)
}

/// Takes a link away whose rights were looked at by the caller.
pub(crate) async fn part(tx: &mut Tx, actor: &Actor, kind: LinkKind, base: TicketId, target: TicketId) -> Result<Change> {
    if !storage::link::delete(&mut tx.db, kind, base, target).await? {
        return Err(Error::invalid("link", format!("#{base} and #{target} are not linked.")));
    }
    let mut near = access::load(tx, base, true).await?;
    let mut far = access::load(tx, target, true).await?;
    record_far_end(tx, actor, &mut far, far_end(ChangeKind::DeleteLink, kind, near.id)).await?;
    let what = NewChange::moved(ChangeKind::DeleteLink, kind.as_str(), Some(far.id.to_string()), None);
    let change = history::record(tx, actor, &mut near, what, None).await?;
    automation::react(tx, actor, near.id, &change, &Occasion::default()).await?;
    if kind == LinkKind::MemberOf {
        // the rules saw a ticket that has left; its former Incident is counted anew (IR-205)
        crate::incident::recalculate_due(tx, far.id).await?;
    }
    Ok(change)
}

/// The entry in the history of the ticket that a link leads to.
pub(crate) async fn record_far_end(tx: &mut Tx, actor: &Actor, far: &mut Ticket, what: NewChange) -> Result<()> {
    history::record(tx, actor, far, what, None).await?;
    Ok(())
}

/// What that entry says: `near` came or went.
pub(crate) fn far_end(event: ChangeKind, kind: LinkKind, near: TicketId) -> NewChange {
    let near = Some(near.to_string());
    let (old, new) = if event == ChangeKind::AddLink { (None, near) } else { (near, None) };
    NewChange::moved(event, kind.reverse(), old, new)
}
