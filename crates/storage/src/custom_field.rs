//! Values of custom fields. Definitions are part of the catalog.

use crate::{Result, Tx, db::in_list};
use domain::{FieldId, TicketId, custom_field::FieldValue};
use sqlx::FromRow;

#[derive(FromRow)]
struct ValueRow {
    ticket_id: i64,
    field_id: i64,
    content: String,
}

pub async fn add(tx: &mut Tx, ticket: TicketId, field: FieldId, value: &FieldValue) -> Result<()> {
    let (low, high) = value.ip.clone().map_or((None, None), |(low, high)| (Some(low), Some(high)));
    tx.run(
        "INSERT INTO custom_field_values (ticket_id, field_id, content, ip_low, ip_high) VALUES ($1,$2,$3,$4,$5)",
        [ticket.0.into(), field.0.into(), value.content.as_str().into(), low.into(), high.into()],
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
    let list = in_list(tickets.iter().map(|id| id.0));
    let sql = format!("SELECT ticket_id, field_id, content FROM custom_field_values WHERE ticket_id IN ({list}) ORDER BY id");
    let rows: Vec<ValueRow> = tx.all_built(sql, vec![]).await?;
    Ok(rows.into_iter().map(|row| (TicketId(row.ticket_id), FieldId(row.field_id), row.content)).collect())
}
