//! Rules that link a ticket, or make another one (TC-154, TC-302).

use crate::{
    Actor, Error, Result, Tx,
    message::NewMessage,
    notify,
    ticket::{self, Create, Link, link_uri},
};
use domain::{
    Ticket, TicketId,
    link::{Direction, LinkKind, direction},
    ticket::clean_subject,
};

/// What is linked already is no mistake: rules meet the same ticket again.
pub(super) async fn link(tx: &mut Tx, actor: &Actor, from: &Ticket, (relation, target): (&str, &str)) -> Result<()> {
    let (kind, end) = ends(relation)?;
    if let Ok(other) = target.trim_start_matches('#').parse::<TicketId>() {
        return join(tx, actor, (kind, end), from.id, other).await;
    }
    let held = storage::link::of_ticket(&mut tx.db, from.id).await?;
    if end == Direction::From && !held.iter().any(|link| link.kind == kind && link.uri.as_deref() == Some(target)) {
        link_uri(tx, actor, kind, from.id, target).await?;
    }
    Ok(())
}

/// A ticket whose subject and text are the template's. The relation is the new ticket's to this one.
pub(super) async fn create(
    tx: &mut Tx,
    actor: &Actor,
    cause: notify::Cause<'_>,
    (queue, template, relation): (&str, &str, Option<&str>),
) -> Result<()> {
    let catalog = tx.catalog();
    let queue = catalog.queue_named(queue).ok_or_else(|| Error::invalid("queue", format!("There is no queue “{queue}”.")))?;
    let written = notify::written(tx, cause, template).await?;
    let subject = clean_subject(written.header("Subject").unwrap_or(&cause.ticket.subject));
    let mut input = Create::new(queue.id, subject, NewMessage::text(written.body.trim()));
    let relation = relation.map(ends).transpose()?;
    let in_incident =
        cause.ticket.kind == domain::TicketKind::Incident && relation == Some((LinkKind::MemberOf, Direction::From));
    if in_incident {
        input.incidents = vec![cause.ticket.id];
    }
    let made = ticket::create(tx, actor, input).await?.ticket;
    match relation {
        Some(relation) if !in_incident => join(tx, actor, relation, made, cause.ticket.id).await,
        _ => Ok(()),
    }
}

async fn join(tx: &mut Tx, actor: &Actor, (kind, end): (LinkKind, Direction), one: TicketId, other: TicketId) -> Result<()> {
    let (base, target) = if end == Direction::From { (one, other) } else { (other, one) };
    let held = storage::link::of_ticket(&mut tx.db, base).await?;
    if base == target || held.iter().any(|link| link.kind == kind && link.base == base && link.target == Some(target)) {
        return Ok(());
    }
    ticket::link(tx, actor, Link { kind, base, target }).await?;
    Ok(())
}

fn ends(relation: &str) -> Result<(LinkKind, Direction)> {
    direction(relation).ok_or_else(|| Error::invalid("relation", format!("There is no relation “{relation}”.")))
}
