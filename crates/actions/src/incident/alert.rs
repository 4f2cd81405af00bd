//! Telling the owner of an Incident that a Report was linked to it (IR-410).

use crate::{
    Actor, Error, Result, Tx, access,
    message::NewMessage,
    ticket::{Reply, comment},
};
use domain::{TicketId, TicketKind, change::Change, link::LinkKind};

/// Whoever links a Report answers it or alerts the owner: a comment on the Incident, mailed to its owner.
pub async fn alert_owner(tx: &mut Tx, actor: &Actor, report: TicketId, incident: TicketId) -> Result<Change> {
    let report = access::ticket(tx, actor, report).await?;
    let incident = access::ticket(tx, actor, incident).await?;
    let parents = storage::ticket::linked(&mut tx.db, report.id, LinkKind::MemberOf, true).await?;
    if incident.kind != TicketKind::Incident || !parents.iter().any(|parent| parent.id == incident.id) {
        return Err(Error::invalid("incident", format!("#{} is not linked to #{}.", report.id, incident.id)));
    }
    if !incident.is_owned() || incident.owner == actor.id() {
        return Err(Error::invalid("incident", format!("#{} has no other owner to be told.", incident.id)));
    }
    let owner = storage::person::get(&mut tx.db, incident.owner).await?.ok_or(Error::NotFound)?;
    let text = format!("#{} “{}” was linked to this Incident. Please look at it and answer it.", report.id, report.subject);
    let message = NewMessage { cc: owner.email.into_iter().collect(), ..NewMessage::text(text) };
    comment(tx, actor, Reply { ticket: incident.id, message, time_taken: 0 }).await
}
