//! Rules that set dates: by service level, and an Incident's from its children.

use crate::{
    Actor, Result, Tx, access, incident,
    ticket::{Basics, set_basics},
};
use domain::{
    Ticket, TicketKind,
    change::{Change, ChangeKind},
    link::LinkKind,
    service_level::{self, Progress},
};

/// Every Incident of the ticket, and the ticket itself if it is one (IR-205, IR-211).
pub(super) async fn incident_due(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    if ticket.kind == TicketKind::Incident {
        incident::set_due_from_children(tx, actor, ticket.id).await?;
    }
    for parent in storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, true).await? {
        if parent.kind == TicketKind::Incident {
            incident::set_due_from_children(tx, actor, parent.id).await?;
        }
    }
    Ok(())
}

/// Starts on creation, Due on every message and change of status; a Due given at creation stands until then (TC-216, TC-217).
pub(super) async fn by_service_level(tx: &mut Tx, actor: &Actor, ticket: &Ticket, change: &Change) -> Result<()> {
    let catalog = tx.catalog();
    if catalog.queue(ticket.queue).is_none_or(|queue| queue.levels_disabled) {
        return Ok(());
    }
    let Some((level, calendar)) = ticket.level.as_deref().and_then(|name| catalog.level(name)) else { return Ok(()) };
    let mut basics = Basics::default();
    let is_new = change.what.kind == ChangeKind::Create;
    if (is_new || change.what.field.as_deref() == Some("SLA")) && (ticket.starts.is_none() || !is_new) {
        basics.starts = service_level::starts(level, calendar, ticket.created).map(Some);
    }
    if !(is_new && ticket.due.is_some()) {
        let progress = Progress {
            created: ticket.created,
            oldest_unanswered_outside: ticket.unanswered_since,
            last_staff_answer: ticket.last_answer,
            status: &ticket.status,
        };
        let due = if ticket.is_open() { service_level::due(level, calendar, &progress) } else { None };
        basics.due = Some(due);
    }
    let current = access::load(tx, ticket.id, false).await?;
    set_basics(tx, actor, current.id, basics).await?;
    Ok(())
}
