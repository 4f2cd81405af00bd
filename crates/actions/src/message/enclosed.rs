//! Entries of histories as files of a message: whole messages, as any mail program opens them.

use super::NewPart;
use crate::{Actor, Result, Tx, access, ticket::show};
use domain::{ChangeId, TicketId, change::ChangeKind};
use mail_out::{Attachment, Letter, Mailbox};

/// How many messages of a ticket are enclosed.
const MOST: i64 = 200;

/// Every message that came in or went out on a ticket, oldest first; comments stay inside (TC-343).
pub(crate) async fn of_ticket(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> Result<Vec<NewPart>> {
    let entries = show::correspondence(tx, actor, ticket, MOST).await?;
    let mut parts = Vec::with_capacity(entries.len());
    for (number, entry) in entries.iter().enumerate() {
        parts.push(part(tx, entry, format!("message-{ticket}-{}.eml", number + 1)).await?);
    }
    Ok(parts)
}

/// The message that a ticket began with.
pub(crate) async fn first_of_ticket(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> Result<Option<NewPart>> {
    let ticket = access::ticket(tx, actor, ticket).await?.id;
    match show::entry_at(tx, actor, ticket, 1).await? {
        Some(entry) if entry.change.what.kind == ChangeKind::Create => {
            Ok(Some(part(tx, &entry, format!("report-{ticket}.eml")).await?))
        }
        _ => Ok(None),
    }
}

/// One entry, comments too for those who may see them.
pub(crate) async fn of_entry(tx: &mut Tx, actor: &Actor, change: ChangeId) -> Result<NewPart> {
    let entry = show::entry(tx, actor, change).await?;
    part(tx, &entry, format!("message-{}-{}.eml", entry.change.ticket, entry.change.sequence)).await
}

async fn part(tx: &mut Tx, entry: &show::Entry, file_name: String) -> Result<NewPart> {
    let organization = tx.catalog().organization().to_owned();
    let mut attachments = Vec::new();
    for file in entry.parts.iter().filter(|part| part.has_content && part.file_name.is_some()) {
        let stored = storage::part::get(&mut tx.db, file.id).await?.and_then(|part| part.blob);
        let Some(hash) = stored else { continue };
        let Some(bytes) = storage::blob::get(&mut tx.db, &hash).await? else { continue };
        attachments.push(Attachment { file_name: file.file_name.clone(), content_type: file.content_type.clone(), bytes });
    }
    let author = &entry.actor;
    let address = author.email.as_ref().map_or_else(|| format!("{}@{organization}", author.id), ToString::to_string);
    let letter = Letter {
        message_id: format!("entry-{}@{organization}", entry.change.id),
        date: entry.change.created,
        from: Mailbox::new(author.display_name(), address),
        reply_to: None,
        to: vec![],
        cc: vec![],
        subject: entry.change.what.data.clone().unwrap_or_default(),
        text: entry.text.clone(),
        html: None,
        in_reply_to: None,
        references: vec![],
        headers: vec![],
        attachments,
    };
    Ok(NewPart {
        content_type: "message/rfc822".to_owned(),
        file_name: Some(file_name),
        disposition: "attachment".to_owned(),
        content: Some(mail_out::compose(&letter)),
        ..NewPart::default()
    })
}
