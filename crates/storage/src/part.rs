//! The MIME nodes of a change's message.

use crate::{Result, Tx, db::Number};
use domain::ChangeId;
use sqlx::FromRow;

/// One node as stored. `blob` names its content; containers have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub id: i64,
    pub change: ChangeId,
    pub position: i64,
    pub parent: Option<i64>,
    pub content_type: String,
    pub file_name: Option<String>,
    pub disposition: String,
    pub content_id: Option<String>,
    /// Decoded headers, one a line, as `Name: value`.
    pub headers: String,
    pub size: i64,
    pub blob: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct PartRow {
    id: i64,
    change_id: i64,
    position: i64,
    parent: Option<i64>,
    content_type: String,
    file_name: Option<String>,
    disposition: String,
    content_id: Option<String>,
    headers: String,
    size: i64,
    blob: Option<Vec<u8>>,
}

impl From<PartRow> for Part {
    fn from(row: PartRow) -> Self {
        Self {
            id: row.id,
            change: ChangeId(row.change_id),
            position: row.position,
            parent: row.parent,
            content_type: row.content_type,
            file_name: row.file_name,
            disposition: row.disposition,
            content_id: row.content_id,
            headers: row.headers,
            size: row.size,
            blob: row.blob,
        }
    }
}

const COLUMNS: &str = "id, change_id, position, parent, content_type, file_name, disposition, content_id, headers, size, blob";

pub async fn insert(tx: &mut Tx, part: &Part) -> Result<i64> {
    let row: Number = tx
        .one(
            "INSERT INTO parts (change_id, position, parent, content_type, file_name, disposition, content_id, headers, size, blob) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) RETURNING id AS n",
            [
                part.change.0.into(),
                part.position.into(),
                part.parent.into(),
                part.content_type.as_str().into(),
                part.file_name.clone().into(),
                part.disposition.as_str().into(),
                part.content_id.clone().into(),
                part.headers.as_str().into(),
                part.size.into(),
                part.blob.clone().into(),
            ],
        )
        .await?;
    Ok(row.n)
}

/// The parts of several changes at once, in order of change and position.
pub async fn of_changes(tx: &mut Tx, changes: &[ChangeId]) -> Result<Vec<Part>> {
    if changes.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = crate::db::bind_list(&mut values, changes.iter().map(|id| id.0));
    let rows: Vec<PartRow> = tx
        .all_built(format!("SELECT {COLUMNS} FROM parts WHERE change_id IN ({list}) ORDER BY change_id, position"), values)
        .await?;
    Ok(rows.into_iter().map(Part::from).collect())
}

pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Part>> {
    let rows: Vec<PartRow> = tx.all_built(format!("SELECT {COLUMNS} FROM parts WHERE id = $1"), vec![id.into()]).await?;
    Ok(rows.into_iter().next().map(Part::from))
}

/// Every named file of a ticket, newest first.
pub async fn files_of_ticket(tx: &mut Tx, ticket: domain::TicketId, limit: i64) -> Result<Vec<Part>> {
    let columns = COLUMNS.split(", ").map(|column| format!("p.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns} FROM changes c JOIN parts p ON p.change_id = c.id WHERE c.ticket_id = $1 AND p.file_name IS NOT NULL \
         ORDER BY c.sequence DESC, p.position LIMIT $2"
    );
    let rows: Vec<PartRow> = tx.all_built(sql, vec![ticket.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Part::from).collect())
}
