//! Templates of mails. Each call is followed by `catalog::touch` in the same transaction.

use crate::{Result, Tx, db::Number};
use domain::{QueueId, TemplateId};
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub id: TemplateId,
    /// None: for every queue that has none of this name for itself.
    pub queue: Option<QueueId>,
    pub name: String,
    pub description: String,
    pub content: String,
}

#[derive(FromRow)]
struct TemplateRow {
    id: i64,
    queue_id: Option<i64>,
    name: String,
    description: String,
    content: String,
}

/// By name; the one for all queues before those of single queues.
pub async fn all(tx: &mut Tx) -> Result<Vec<Template>> {
    let sql = "SELECT id, queue_id, name, description, content FROM templates ORDER BY lower(name), COALESCE(queue_id, 0), id";
    let rows: Vec<TemplateRow> = tx.all(sql, []).await?;
    let template = |row: TemplateRow| Template {
        id: TemplateId(row.id),
        queue: row.queue_id.map(QueueId),
        name: row.name,
        description: row.description,
        content: row.content,
    };
    Ok(rows.into_iter().map(template).collect())
}

pub async fn insert(tx: &mut Tx, queue: Option<QueueId>, name: &str, description: &str, content: &str) -> Result<TemplateId> {
    let row: Number = tx
        .one(
            "INSERT INTO templates (queue_id, name, description, content) VALUES ($1,$2,$3,$4) RETURNING id AS n",
            [queue.map(|id| id.0).into(), name.into(), description.into(), content.into()],
        )
        .await?;
    Ok(TemplateId(row.n))
}

pub async fn update(tx: &mut Tx, template: &Template) -> Result<()> {
    tx.run(
        "UPDATE templates SET queue_id = $2, name = $3, description = $4, content = $5 WHERE id = $1",
        [
            template.id.0.into(),
            template.queue.map(|id| id.0).into(),
            template.name.as_str().into(),
            template.description.as_str().into(),
            template.content.as_str().into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: TemplateId) -> Result<()> {
    tx.run("DELETE FROM templates WHERE id = $1", [id.0.into()]).await?;
    Ok(())
}
