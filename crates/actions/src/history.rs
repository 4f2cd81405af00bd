//! Recording: the one way a ticket's row is written, with the change that says why.

use crate::{
    Actor, Result, Tx, act, full_text,
    message::{NewMessage, PartSeal, digest},
};
use domain::{
    ChangeId, Ticket,
    change::{Change, NewChange, Sealed},
};
use storage::part::Part;

/// Appends a change to the ticket's chain and stores the ticket as it is now. Rules are asked by the verb, afterwards.
pub(crate) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &mut Ticket,
    what: NewChange,
    message: Option<&NewMessage>,
) -> Result<Change> {
    act::note(tx, actor, ticket).await?;
    let mut parts = Vec::new();
    if let Some(message) = message {
        parts = store_contents(tx, message).await?;
    }
    let digest = message.map(|message| digest(parts.iter().map(seal), &message.field_values));
    let sequence = ticket.version + 1;
    let created = tx.now();
    let sealed = Sealed { ticket: ticket.id, sequence, actor: actor.id(), what: &what, created, message: digest.as_deref() };
    let hash = sealed.hash(&ticket.head);
    let mut change =
        Change { id: ChangeId(0), ticket: ticket.id, sequence, actor: actor.id(), what, created, message: digest, hash };
    change.id = storage::change::insert(&mut tx.db, &change).await?;
    for part in &mut parts {
        part.change = change.id;
        part.id = storage::part::insert(&mut tx.db, part).await?;
    }
    if let Some(message) = message {
        full_text::add(tx, &change, &parts, |place| message.parts.get(place)?.content.as_deref()).await?;
        storage::custom_field::add_to_change(&mut tx.db, change.id, &message.field_values).await?;
    }
    ticket.version = sequence;
    ticket.head.clone_from(&change.hash);
    ticket.updated = created;
    ticket.updater = actor.id();
    storage::ticket::update(&mut tx.db, ticket).await?;
    tx.touch(ticket.id);
    Ok(change)
}

async fn store_contents(tx: &mut Tx, message: &NewMessage) -> Result<Vec<Part>> {
    let mut parts = Vec::with_capacity(message.parts.len());
    for (position, part) in message.parts.iter().enumerate() {
        let blob = match &part.content {
            Some(content) => Some(storage::blob::put(&mut tx.db, content).await?),
            None => None,
        };
        parts.push(Part {
            id: 0,
            change: ChangeId(0),
            position: position as i64,
            parent: part.parent.map(|parent| parent as i64),
            content_type: part.content_type.clone(),
            file_name: part.file_name.clone(),
            disposition: part.disposition.clone(),
            content_id: part.content_id.clone(),
            headers: part.headers.clone(),
            size: part.content.as_ref().map_or(0, |content| content.len() as i64),
            blob,
        });
    }
    Ok(parts)
}

pub(crate) fn seal(part: &Part) -> PartSeal<'_> {
    PartSeal {
        parent: part.parent,
        content_type: &part.content_type,
        file_name: part.file_name.as_deref(),
        disposition: &part.disposition,
        content_id: part.content_id.as_deref(),
        headers: &part.headers,
        blob: part.blob.as_deref(),
    }
}
