//! Rules that move a ticket's own status.

use crate::{
    Actor, Result, Tx,
    ticket::{SetStatus, set_status},
};
use domain::{Role, Ticket, incident, setting::list};

/// To the first active status that can be reached; nothing if there is none (IR-186, TC-154).
pub(super) async fn activate(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    let catalog = tx.catalog();
    let Some(lifecycle) = catalog.queue(ticket.queue).and_then(|queue| catalog.lifecycle(queue)) else { return Ok(()) };
    if lifecycle.active.contains(&ticket.status) {
        return Ok(());
    }
    if let Some(status) = lifecycle.first_active_from(&ticket.status) {
        set_status(tx, actor, SetStatus { ticket: ticket.id, status: status.to_owned() }).await?;
    }
    Ok(())
}

pub(super) async fn set(tx: &mut Tx, actor: &Actor, ticket: &Ticket, status: &str) -> Result<()> {
    set_status(tx, actor, SetStatus { ticket: ticket.id, status: status.to_owned() }).await?;
    Ok(())
}

/// Who wrote, and what.
pub(super) async fn countermeasure_on_reply(tx: &mut Tx, actor: &Actor, ticket: &Ticket, reply: (&Actor, &str)) -> Result<()> {
    let (author, text) = reply;
    let confirms = tx.catalog().setting_finds(list::APPROVE_PATTERN, text).unwrap_or(true);
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let by_requestor = members.iter().any(|(_, role, user)| *role == Role::Requestor && *user == author.id());
    if let Some(status) = incident::countermeasure_after_reply(&ticket.status, ticket.status_class, by_requestor, confirms) {
        set_status(tx, actor, SetStatus { ticket: ticket.id, status: status.to_owned() }).await?;
    }
    Ok(())
}
