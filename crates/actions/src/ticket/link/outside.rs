//! Links from a ticket to addresses outside.

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
};
use domain::{
    Right, TicketId,
    change::{Change, ChangeKind, NewChange},
    link::LinkKind,
};

const LONGEST: usize = 2000;

/// Needs `ModifyTicket`. The address must be one that a browser can safely be sent to.
pub async fn link_uri(tx: &mut Tx, actor: &Actor, kind: LinkKind, base: TicketId, uri: &str) -> Result<Change> {
    let mut ticket = access::ticket_for(tx, actor, base, Right::ModifyTicket).await?.into_inner();
    let is_safe = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| uri.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if !is_safe || uri.len() > LONGEST || uri.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Error::invalid("link", "A link outside starts with http://, https:// or mailto: and has no blanks."));
    }
    let held = storage::link::of_ticket(&mut tx.db, ticket.id).await?;
    if held.iter().any(|link| link.kind == kind && link.uri.as_deref() == Some(uri)) {
        return Err(Error::invalid("link", format!("#{} and {uri} are linked already.", ticket.id)));
    }
    let link = storage::link::NewLink { kind, base: ticket.id, by: actor.id(), at: tx.now };
    storage::link::insert_uri(&mut tx.db, link, uri).await?;
    let what = NewChange::moved(ChangeKind::AddLink, kind.as_str(), None, Some(uri.to_owned()));
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(change)
}

/// Needs `ModifyTicket`.
pub async fn unlink_uri(tx: &mut Tx, actor: &Actor, kind: LinkKind, base: TicketId, uri: &str) -> Result<Change> {
    let mut ticket = access::ticket_for(tx, actor, base, Right::ModifyTicket).await?.into_inner();
    if !storage::link::delete_uri(&mut tx.db, kind, ticket.id, uri).await? {
        return Err(Error::invalid("link", format!("#{} and {uri} are not linked.", ticket.id)));
    }
    let what = NewChange::moved(ChangeKind::DeleteLink, kind.as_str(), Some(uri.to_owned()), None);
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(change)
}
