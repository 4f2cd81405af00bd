//! Bringing a child to an Incident and taking it away again, as the incident pages do it (IR section 12.7).

use super::constituency::queue_for_incident;
use crate::{
    Actor, Error, Result, Tx,
    access::{self, Visible},
    ticket::{OwnerChange, SetStatus, change_owner, make_link, move_to_queue, part_link, set_status},
};
use domain::{Right, Ticket, TicketId, TicketKind, change::Change, link::LinkKind};

/// What linking led to.
#[derive(Clone, Debug)]
pub struct Linked {
    pub changes: Vec<Change>,
    /// Incidents the child left, because its kind may have one only, that have no children now (IR-018).
    pub childless: Vec<TicketId>,
}

/// Makes `child` a member of `incident`. An Incident that was closed is opened (IR-405); a kind that may have one Incident
/// only leaves its former one (IR-017); whoever owns neither takes the Incident first (IR-227). Where constituencies are inherited,
/// a child of another one moves to the Incident's, as far as the actor may move it (IR-157).
pub async fn link_to_incident(tx: &mut Tx, actor: &Actor, child: TicketId, incident: TicketId) -> Result<Linked> {
    let (child, incident) = both(tx, actor, child, incident).await?;
    let moves_to = queue_for_incident(tx, actor, (&child, &incident), "incident")?;
    let mut changes = Vec::new();
    if child.owner != actor.id() && incident.owner != actor.id() && !actor.is_system() {
        changes.extend(change_owner(tx, actor, incident.id, OwnerChange::TakeOrSteal).await?);
    }
    one_is_mine(tx, actor, child.id, incident.id).await?;
    let mut left = Vec::new();
    if !tx.catalog().parent_rule(child.kind).several {
        for parent in storage::ticket::linked(&mut tx.db, child.id, LinkKind::MemberOf, true).await? {
            if parent.kind == TicketKind::Incident && parent.id != incident.id {
                changes.push(part_link(tx, actor, LinkKind::MemberOf, child.id, parent.id).await?);
                left.push(parent.id);
            }
        }
    }
    if let Some(queue) = moves_to {
        changes.extend(move_to_queue(tx, actor, child.id, queue).await?);
    }
    if !incident.is_open() {
        let system = Actor::system(actor.door);
        changes.extend(set_status(tx, &system, SetStatus { ticket: incident.id, status: "open".to_owned() }).await?);
    }
    changes.push(make_link(tx, actor, LinkKind::MemberOf, child.id, incident.id).await?);
    Ok(Linked { changes, childless: childless(tx, actor, left).await? })
}

async fn both(tx: &mut Tx, actor: &Actor, child: TicketId, incident: TicketId) -> Result<(Visible<Ticket>, Visible<Ticket>)> {
    let child = access::ticket(tx, actor, child).await?;
    let incident = access::ticket(tx, actor, incident)
        .await
        .map_err(|_| Error::invalid("incident", format!("There is no Incident #{incident}.")))?;
    if incident.kind != TicketKind::Incident {
        return Err(Error::invalid("incident", format!("#{} is not an Incident.", incident.id)));
    }
    if !child.kind.is_child() {
        return Err(Error::invalid("incident", format!("#{} cannot be part of an Incident.", child.id)));
    }
    Ok((child, incident))
}

/// The right on the remote end is not asked for (IR-408); one of the two must be ours.
async fn one_is_mine(tx: &mut Tx, actor: &Actor, child: TicketId, incident: TicketId) -> Result<()> {
    if access::ticket_for(tx, actor, child, Right::ModifyTicket).await.is_err() {
        access::ticket_for(tx, actor, incident, Right::ModifyTicket).await?;
    }
    Ok(())
}

/// Those of the Incidents that nothing is a member of any more, as far as the actor may know of them.
async fn childless(tx: &mut Tx, actor: &Actor, incidents: Vec<TicketId>) -> Result<Vec<TicketId>> {
    let mut empty = Vec::new();
    for incident in incidents {
        let members = storage::ticket::linked(&mut tx.db, incident, LinkKind::MemberOf, false).await?;
        if !members.iter().any(|member| member.kind.is_child()) && access::ticket(tx, actor, incident).await.is_ok() {
            empty.push(incident);
        }
    }
    Ok(empty)
}

/// Refused when the child must have an Incident and this is its last (IR-327).
pub async fn unlink_from_incident(tx: &mut Tx, actor: &Actor, child: TicketId, incident: TicketId) -> Result<Change> {
    let (child, incident) = both(tx, actor, child, incident).await?;
    one_is_mine(tx, actor, child.id, incident.id).await?;
    let parents = storage::ticket::linked(&mut tx.db, child.id, LinkKind::MemberOf, true).await?;
    let incidents = parents.iter().filter(|parent| parent.kind == TicketKind::Incident).count();
    if tx.catalog().parent_rule(child.kind).required && incidents < 2 {
        return Err(Error::invalid("incident", format!("#{} must be part of an Incident.", child.id)));
    }
    part_link(tx, actor, LinkKind::MemberOf, child.id, incident.id).await
}
