//! Moving a ticket to another status of its lifecycle (TC-037 … TC-040).

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
};
use domain::{
    StatusClass, Ticket, TicketId,
    change::{Change, ChangeKind, NewChange},
};

#[derive(Clone, Debug)]
pub struct SetStatus {
    pub ticket: TicketId,
    pub status: String,
}

/// `None` when the ticket has the status already.
pub async fn set_status(tx: &mut Tx, actor: &Actor, input: SetStatus) -> Result<Option<Change>> {
    let seen = access::ticket(tx, actor, input.ticket).await?;
    let mut ticket = access::load(tx, seen.id, true).await?;
    let catalog = tx.catalog();
    let queue = catalog.queue(ticket.queue).ok_or(Error::NotFound)?;
    let lifecycle = catalog.lifecycle(queue).ok_or(Error::NotFound)?;
    if lifecycle.canonical(&input.status) == Some(ticket.status.as_str()) {
        return Ok(None);
    }
    let status = lifecycle
        .step(&ticket.status, &input.status)
        .map_err(|refusal| Error::invalid("status", refusal.to_string()))?
        .to_owned();
    let right = lifecycle.right(&ticket.status, &status);
    if !access::may(tx, actor, &ticket, right).await? {
        return Err(Error::Forbidden(right));
    }
    let class = lifecycle.class(&status).unwrap_or(ticket.status_class);
    if class == StatusClass::Inactive && ticket.is_open() && !actor.is_system() {
        refuse_open_dependencies(tx, actor, &ticket).await?;
    }
    let old_class = ticket.status_class;
    let what = NewChange::moved(ChangeKind::Status, "Status", Some(ticket.status.clone()), Some(status.clone()));
    apply(tx, &mut ticket, status, class);
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::after(old_class)).await?;
    Ok(Some(change))
}

/// Started is set once, on leaving the initial class; Resolved on every entry into an inactive status (IR-073, IR-076).
pub(crate) fn apply(tx: &Tx, ticket: &mut Ticket, status: String, class: StatusClass) {
    if ticket.status_class == StatusClass::Initial && class != StatusClass::Initial && ticket.started.is_none() {
        ticket.started = Some(tx.now());
    }
    if class == StatusClass::Inactive {
        ticket.resolved = Some(tx.now());
    }
    ticket.status = status;
    ticket.status_class = class;
}

/// Names those that the actor may see.
async fn refuse_open_dependencies(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    let (open, more) = super::show::blockers(tx, actor, ticket.id).await?;
    let mut named: Vec<String> = open.iter().map(|other| format!("#{}", other.id)).collect();
    if more {
        named.push("others that you may not see".to_owned());
    }
    if named.is_empty() {
        Ok(())
    } else {
        Err(Error::invalid("status", format!("This ticket depends on tickets that are still open: {}.", named.join(", "))))
    }
}
