//! Batches: wishes about many tickets, and what became of each.

use crate::{Instant, Result, Tx};
use domain::{BatchId, TicketId, UserId};
use jiff::Timestamp;
use sqlx::FromRow;

/// A batch as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub id: BatchId,
    pub actor: UserId,
    /// What is wished, as its verb wrote it.
    pub work: String,
    pub created: Timestamp,
    pub finished: Option<Timestamp>,
}

/// One ticket of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub position: i64,
    pub ticket: TicketId,
    /// The version its wisher saw.
    pub version: Option<i64>,
    pub outcome: String,
    pub note: String,
}

#[derive(FromRow)]
struct BatchRow {
    id: i64,
    actor_id: i64,
    work: String,
    created_at: Instant,
    finished_at: Option<Instant>,
}

impl From<BatchRow> for Batch {
    fn from(row: BatchRow) -> Self {
        Self {
            id: BatchId(row.id),
            actor: UserId(row.actor_id),
            work: row.work,
            created: row.created_at.into(),
            finished: row.finished_at.map(Timestamp::from),
        }
    }
}

#[derive(FromRow)]
struct ItemRow {
    position: i64,
    ticket_id: i64,
    version: Option<i64>,
    outcome: String,
    note: String,
}

impl From<ItemRow> for Item {
    fn from(row: ItemRow) -> Self {
        Self {
            position: row.position,
            ticket: TicketId(row.ticket_id),
            version: row.version,
            outcome: row.outcome,
            note: row.note,
        }
    }
}

#[derive(FromRow)]
struct Id {
    id: i64,
}

/// Stores a batch with its tickets, all waiting.
pub async fn insert(
    tx: &mut Tx,
    actor: UserId,
    work: &str,
    items: &[(TicketId, Option<i64>)],
    now: Timestamp,
) -> Result<BatchId> {
    let row: Id = tx
        .one(
            "INSERT INTO batches (actor_id, work, created_at, worked_at) VALUES ($1,$2,$3,$3) RETURNING id",
            [actor.0.into(), work.into(), Instant::from(now).into()],
        )
        .await?;
    for (position, (ticket, version)) in (0_i64..).zip(items) {
        tx.run(
            "INSERT INTO batch_items (batch_id, position, ticket_id, version) VALUES ($1,$2,$3,$4)",
            [row.id.into(), position.into(), ticket.0.into(), (*version).into()],
        )
        .await?;
    }
    Ok(BatchId(row.id))
}

pub async fn get(tx: &mut Tx, id: BatchId) -> Result<Option<Batch>> {
    let row: Option<BatchRow> =
        tx.first("SELECT id, actor_id, work, created_at, finished_at FROM batches WHERE id = $1", [id.0.into()]).await?;
    Ok(row.map(Batch::from))
}

/// Keeps everybody else away from a batch until the transaction ends.
pub async fn lock(tx: &mut Tx, id: BatchId, now: Timestamp) -> Result<()> {
    tx.run("UPDATE batches SET worked_at = $2 WHERE id = $1", [id.0.into(), Instant::from(now).into()]).await?;
    Ok(())
}

/// The next tickets that wait, in order.
pub async fn waiting(tx: &mut Tx, id: BatchId, limit: i64) -> Result<Vec<Item>> {
    let rows: Vec<ItemRow> = tx
        .all(
            "SELECT position, ticket_id, version, outcome, note FROM batch_items WHERE batch_id = $1 AND outcome = 'waiting' \
             ORDER BY position LIMIT $2",
            [id.0.into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(Item::from).collect())
}

pub async fn settle(tx: &mut Tx, id: BatchId, item: &Item) -> Result<()> {
    tx.run(
        "UPDATE batch_items SET outcome = $3, note = $4 WHERE batch_id = $1 AND position = $2",
        [id.0.into(), item.position.into(), item.outcome.clone().into(), item.note.clone().into()],
    )
    .await?;
    Ok(())
}

pub async fn finish(tx: &mut Tx, id: BatchId, now: Timestamp) -> Result<()> {
    tx.run("UPDATE batches SET finished_at = $2 WHERE id = $1", [id.0.into(), Instant::from(now).into()]).await?;
    Ok(())
}

/// Batches that nobody has worked on since a moment: their worker is gone.
pub async fn left_alone(tx: &mut Tx, since: Timestamp) -> Result<Vec<BatchId>> {
    let rows: Vec<Id> = tx
        .all(
            "SELECT id FROM batches WHERE finished_at IS NULL AND worked_at <= $1 ORDER BY id LIMIT 20",
            [Instant::from(since).into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| BatchId(row.id)).collect())
}

/// How many tickets have each outcome.
pub async fn counts(tx: &mut Tx, id: BatchId) -> Result<Vec<(String, i64)>> {
    #[derive(FromRow)]
    struct Row {
        outcome: String,
        n: i64,
    }
    let rows: Vec<Row> =
        tx.all("SELECT outcome, COUNT(*) AS n FROM batch_items WHERE batch_id = $1 GROUP BY outcome", [id.0.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.outcome, row.n)).collect())
}

/// Tickets with an outcome, above a position, in order.
pub async fn with_outcome(tx: &mut Tx, id: BatchId, outcome: &str, after: i64, limit: i64) -> Result<Vec<Item>> {
    let rows: Vec<ItemRow> = tx
        .all(
            "SELECT position, ticket_id, version, outcome, note FROM batch_items WHERE batch_id = $1 AND outcome = $2 \
             AND position > $3 ORDER BY position LIMIT $4",
            [id.0.into(), outcome.into(), after.into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(Item::from).collect())
}
