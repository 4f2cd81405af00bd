//! Values of custom fields, on tickets and on entries of their history. Definitions are part of the catalog.

use crate::{
    Result, Tx,
    db::{Number, bind_list},
};
use domain::{
    ChangeId, FieldId, TicketId,
    custom_field::{FieldValue, StoredFile},
};
use sqlx::FromRow;

#[derive(FromRow)]
struct ValueRow {
    ticket_id: i64,
    field_id: i64,
    content: String,
}

pub async fn add(tx: &mut Tx, ticket: TicketId, field: FieldId, value: &FieldValue) -> Result<()> {
    let (low, high) = value.ip.clone().map_or((None, None), |(low, high)| (Some(low), Some(high)));
    let (blob, media_type) = value.file.clone().map_or((None, None), |file| (Some(file.hash), Some(file.media_type)));
    tx.run(
        "INSERT INTO custom_field_values (ticket_id, field_id, content, ip_low, ip_high, blob, media_type) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        [
            ticket.0.into(),
            field.0.into(),
            value.content.as_str().into(),
            low.into(),
            high.into(),
            blob.into(),
            media_type.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, ticket: TicketId, field: FieldId, content: &str) -> Result<()> {
    tx.run(
        "DELETE FROM custom_field_values WHERE ticket_id = $1 AND field_id = $2 AND content = $3",
        [ticket.0.into(), field.0.into(), content.into()],
    )
    .await?;
    Ok(())
}

/// All values of some tickets, in the order they were added.
pub async fn of_tickets(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, FieldId, String)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    let sql = format!("SELECT ticket_id, field_id, content FROM custom_field_values WHERE ticket_id IN ({list}) ORDER BY id");
    let rows: Vec<ValueRow> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (TicketId(row.ticket_id), FieldId(row.field_id), row.content)).collect())
}

/// Whether any other ticket holds this line, in any case (TC-133).
pub async fn is_held_elsewhere(tx: &mut Tx, field: FieldId, content: &str, but: Option<TicketId>) -> Result<bool> {
    let row: Number = tx
        .one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM custom_field_values WHERE field_id = $1 AND lower(content) = lower($2) \
             AND length(content) <= 255 AND ticket_id <> $3 LIMIT 1) held",
            [field.0.into(), content.into(), but.map_or(0, |id| id.0).into()],
        )
        .await?;
    Ok(row.n > 0)
}

/// The content of a value that is a file.
pub async fn file(tx: &mut Tx, ticket: TicketId, field: FieldId, name: &str) -> Result<Option<StoredFile>> {
    #[derive(FromRow)]
    struct Row {
        hash: Vec<u8>,
        media_type: String,
        size: i64,
    }
    let rows: Vec<Row> = tx
        .all(
            "SELECT b.hash, v.media_type, b.size FROM custom_field_values v JOIN blobs b ON b.hash = v.blob \
             WHERE v.ticket_id = $1 AND v.field_id = $2 AND v.content = $3 AND v.media_type IS NOT NULL ORDER BY v.id DESC LIMIT 1",
            [ticket.0.into(), field.0.into(), name.into()],
        )
        .await?;
    Ok(rows.into_iter().next().map(|row| StoredFile { hash: row.hash, media_type: row.media_type, size: row.size }))
}

/// What an entry of the history carries, in order.
pub async fn add_to_change(tx: &mut Tx, change: ChangeId, values: &[(FieldId, String)]) -> Result<()> {
    for (position, (field, content)) in values.iter().enumerate() {
        tx.run(
            "INSERT INTO change_field_values (change_id, position, field_id, content) VALUES ($1,$2,$3,$4)",
            [change.0.into(), (position as i64).into(), field.0.into(), content.as_str().into()],
        )
        .await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct ChangeValueRow {
    change_id: i64,
    field_id: i64,
    content: String,
}

pub async fn of_changes(tx: &mut Tx, changes: &[ChangeId]) -> Result<Vec<(ChangeId, FieldId, String)>> {
    if changes.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, changes.iter().map(|id| id.0));
    let sql = format!(
        "SELECT change_id, field_id, content FROM change_field_values WHERE change_id IN ({list}) ORDER BY change_id, position"
    );
    let rows: Vec<ChangeValueRow> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (ChangeId(row.change_id), FieldId(row.field_id), row.content)).collect())
}
