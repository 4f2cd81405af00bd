//! Values that are files (TC-128: Image, Binary). Content is a blob; the value is the file's name, unique in its field.

use super::{add, held, input_name, locked, may_change, remove, replace};
use crate::{Actor, Error, Result, Tx, access, message::clean_type};
use domain::{
    FieldId, Right, TicketId,
    change::Change,
    custom_field::{CustomField, FieldKind, FieldValue, StoredFile},
    picture,
};

/// One uploaded file for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFile {
    pub field: FieldId,
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

/// Adds a file; one of the same name, or the oldest beyond the field's limit, is replaced.
pub async fn attach_file(tx: &mut Tx, actor: &Actor, id: TicketId, file: &FieldFile) -> Result<Vec<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, file.field, false)?;
    let value = store(tx, &field, file).await?;
    let held = held(tx, ticket.id, field.id).await?;
    let is_full = field.max_values > 0 && held.len() as i64 >= field.max_values;
    let same = held.iter().find(|name| **name == value.content);
    match same.or(held.first().filter(|_| is_full)) {
        Some(old) if same.is_some() || field.is_single() => {
            Ok(vec![replace(tx, actor, &mut ticket, &field, (old, &value)).await?])
        }
        old => {
            let mut changes = Vec::new();
            if let Some(old) = old {
                changes.push(remove(tx, actor, &mut ticket, &field, old).await?);
            }
            changes.push(add(tx, actor, &mut ticket, &field, &value).await?);
            Ok(changes)
        }
    }
}

pub(super) async fn attach_initially(tx: &mut Tx, ticket: TicketId, field: &CustomField, file: &FieldFile) -> Result<()> {
    let value = store(tx, field, file).await?;
    Ok(storage::custom_field::add(&mut tx.db, ticket, field.id, &value).await?)
}

async fn store(tx: &mut Tx, field: &CustomField, file: &FieldFile) -> Result<FieldValue> {
    let wrong = |sentence: String| Error::invalid(input_name(field.id), format!("{}: {sentence}", field.name));
    let media_type = match (field.kind, picture::media_type(&file.content)) {
        (FieldKind::Image, Some(picture)) => picture.to_owned(),
        (FieldKind::Image, None) => return Err(wrong(format!("“{}” is not a PNG, JPEG, GIF, BMP or WebP picture.", file.name))),
        (FieldKind::Binary, _) => clean_type(&file.media_type),
        _ => return Err(wrong("this field holds no files.".to_owned())),
    };
    let name: String =
        file.name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
    let name = if name.trim().is_empty() { "file".to_owned() } else { name.trim().to_owned() };
    let hash = storage::blob::put(&mut tx.db, &file.content).await?;
    Ok(FieldValue { file: Some(StoredFile { hash, media_type, size: file.content.len() as i64 }), ..FieldValue::plain(name) })
}

/// A file that a ticket holds now, for a download; without the right to see the field there is none.
pub async fn held_file(tx: &mut Tx, actor: &Actor, id: TicketId, field: FieldId, name: &str) -> Result<(StoredFile, Vec<u8>)> {
    let ticket = access::ticket(tx, actor, id).await?;
    let visible = access::fields_with(tx, actor, ticket.queue, Right::SeeCustomField);
    let field = visible.iter().find(|one| one.id == field && one.kind.is_file()).ok_or(Error::NotFound)?;
    let file = storage::custom_field::file(&mut tx.db, ticket.id, field.id, name).await?.ok_or(Error::NotFound)?;
    let content = storage::blob::get(&mut tx.db, &file.hash).await?.ok_or(Error::NotFound)?;
    Ok((file, content))
}
