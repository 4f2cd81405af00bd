//! What must be true of Incidents and their children after an undoing too.

use crate::{Actor, Error, Result, Tx, incident};
use domain::{Ticket, TicketId, TicketKind, link::LinkKind};

/// An open child of a closed Incident that no open Incident shares.
type Breach = (TicketId, TicketId);

/// The touched Incidents, and those of touched children.
async fn incidents(tx: &mut Tx, touched: &[TicketId]) -> Result<Vec<Ticket>> {
    let mut incidents: Vec<Ticket> = Vec::new();
    for ticket in storage::ticket::by_ids(&mut tx.db, touched).await? {
        if ticket.kind == TicketKind::Incident {
            incidents.push(ticket);
        } else if ticket.kind.is_child() {
            let parents = storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, true).await?;
            incidents.extend(parents.into_iter().filter(|parent| parent.kind == TicketKind::Incident));
        }
    }
    incidents.sort_by_key(|incident| incident.id);
    incidents.dedup_by_key(|incident| incident.id);
    Ok(incidents)
}

pub(super) async fn breaches(tx: &mut Tx, touched: &[TicketId]) -> Result<Vec<Breach>> {
    let mut found = Vec::new();
    for incident in incidents(tx, touched).await?.iter().filter(|incident| !incident.is_open()) {
        for child in storage::ticket::linked(&mut tx.db, incident.id, LinkKind::MemberOf, false).await? {
            if child.kind.is_child() && child.is_open() {
                let parents = storage::ticket::linked(&mut tx.db, child.id, LinkKind::MemberOf, true).await?;
                if !parents.iter().any(|parent| parent.kind == TicketKind::Incident && parent.is_open()) {
                    found.push((incident.id, child.id));
                }
            }
        }
    }
    Ok(found)
}

/// Refuses what would leave a child open in an Incident that was closed meanwhile; counts the Due of the Incidents anew.
pub(super) async fn settle(tx: &mut Tx, actor: &Actor, touched: &[TicketId], former: &[Breach]) -> Result<()> {
    if breaches(tx, touched).await?.iter().any(|breach| !former.contains(breach)) {
        return Err(Error::Conflict(
            "The Incident or its other tickets changed meanwhile; undoing this alone would leave an open ticket in a closed Incident."
                .to_owned(),
        ));
    }
    let system = Actor::system(actor.door);
    for incident in incidents(tx, touched).await? {
        if incident.merged_into.is_none() {
            incident::set_due_from_children(tx, &system, incident.id).await?;
        }
    }
    Ok(())
}
