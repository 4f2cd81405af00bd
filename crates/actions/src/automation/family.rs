//! Rules between an Incident and its children (IR section 6.7).

use crate::{
    Actor, Result, Tx,
    message::NewMessage,
    ticket::{FieldInput, Reply, SetStatus, comment, set_status, set_values},
};
use domain::{
    StatusClass, Ticket, TicketId, TicketKind,
    incident::{ChildFate, child_fate},
    link::LinkKind,
};

/// Every closed parent Incident goes to its first active status (IR-215).
pub(super) async fn open_incidents(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    for incident in incidents_of(tx, ticket.id).await? {
        if !incident.is_open() {
            super::status::activate(tx, actor, &incident).await?;
        }
    }
    Ok(())
}

/// Children that belong to no other open Incident take the mapped status; the others are told by a comment (IR-212).
pub(super) async fn close_children(tx: &mut Tx, actor: &Actor, incident: &Ticket) -> Result<()> {
    let catalog = tx.catalog();
    for child in storage::ticket::linked(&mut tx.db, incident.id, LinkKind::MemberOf, false).await? {
        if !child.kind.is_child() {
            continue;
        }
        let Some(queue) = catalog.queue(child.queue) else { continue };
        let others: Vec<TicketId> = incidents_of(tx, child.id)
            .await?
            .iter()
            .filter(|other| other.id != incident.id && other.is_open())
            .map(|other| other.id)
            .collect();
        if catalog.is_disabled(child.kind) {
            continue;
        }
        let mapped = catalog.child_status(child.kind, &queue.lifecycle, &incident.status);
        match child_fate(mapped, &child, &others) {
            ChildFate::Stays => {}
            ChildFate::Unmapped => {
                tracing::warn!(ticket.id = child.id.0, "no status is mapped for this child; it stays as it is");
            }
            ChildFate::Closes { status } => {
                set_status(tx, actor, SetStatus { ticket: child.id, status }).await?;
            }
            ChildFate::Shared => {
                let others = others.iter().map(|id| format!("#{id}")).collect::<Vec<_>>().join(", ");
                let text = format!(
                    "Incident #{} is now {}; this ticket stays open because it also belongs to {others}.",
                    incident.id, incident.status
                );
                comment(tx, actor, Reply { ticket: child.id, message: NewMessage::text(text), time_taken: 0 }).await?;
            }
        }
    }
    Ok(())
}

async fn incidents_of(tx: &mut Tx, child: TicketId) -> Result<Vec<Ticket>> {
    let parents = storage::ticket::linked(&mut tx.db, child, LinkKind::MemberOf, true).await?;
    Ok(parents.into_iter().filter(|parent| parent.kind == TicketKind::Incident).collect())
}

/// Closed without a Resolution: one from the map. Opened again: none (IR-218).
pub(super) async fn default_resolution(
    tx: &mut Tx,
    actor: &Actor,
    incident: &Ticket,
    old_class: Option<StatusClass>,
) -> Result<()> {
    let Some(field) = tx.catalog().field_named(incident.queue, "Resolution").map(|field| field.id) else { return Ok(()) };
    let held = storage::custom_field::of_tickets(&mut tx.db, &[incident.id]).await?;
    let is_set = held.iter().any(|(_, id, _)| *id == field);
    let values = match (incident.status_class, old_class) {
        (StatusClass::Inactive, _) if !is_set => {
            let Some(resolution) = tx.catalog().default_resolution(&incident.status).map(str::to_owned) else { return Ok(()) };
            vec![resolution]
        }
        (StatusClass::Initial | StatusClass::Active, Some(StatusClass::Inactive)) if is_set => vec![],
        _ => return Ok(()),
    };
    set_values(tx, actor, incident.id, FieldInput { field, values }).await?;
    Ok(())
}
