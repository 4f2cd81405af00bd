//! Rows of `acts` and `act_tickets`: what somebody did at once, and which tickets it changed.

use crate::{Error, Instant, Result, Tx, db::Number, db::bind_list};
use domain::{ActId, BatchId, ChangeId, Ticket, TicketId, UserId};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub id: ActId,
    pub actor: UserId,
    pub created: Timestamp,
    pub batch: Option<BatchId>,
    pub undo_of: Option<ActId>,
    pub undone: Option<Timestamp>,
}

/// One ticket that an act changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ActTicket {
    pub ticket: TicketId,
    pub version_before: i64,
    pub version_after: i64,
    /// `None` when the act made the ticket.
    pub before: Option<Ticket>,
    pub after: Ticket,
}

#[derive(FromRow)]
struct ActRow {
    id: i64,
    actor_id: i64,
    created_at: Instant,
    batch_id: Option<i64>,
    undo_of: Option<i64>,
    undone_at: Option<Instant>,
}

impl From<ActRow> for Act {
    fn from(row: ActRow) -> Self {
        Self {
            id: ActId(row.id),
            actor: UserId(row.actor_id),
            created: row.created_at.into(),
            batch: row.batch_id.map(BatchId),
            undo_of: row.undo_of.map(ActId),
            undone: row.undone_at.map(Timestamp::from),
        }
    }
}

const COLUMNS: &str = "id, actor_id, created_at, batch_id, undo_of, undone_at";

/// The number is given by the database.
pub async fn insert(tx: &mut Tx, act: &Act) -> Result<ActId> {
    let row: Number = tx
        .one(
            "INSERT INTO acts (actor_id, created_at, batch_id, undo_of) VALUES ($1,$2,$3,$4) RETURNING id AS n",
            [
                act.actor.0.into(),
                Instant::from(act.created).into(),
                act.batch.map(|id| id.0).into(),
                act.undo_of.map(|id| id.0).into(),
            ],
        )
        .await?;
    Ok(ActId(row.n))
}

pub async fn insert_ticket(tx: &mut Tx, act: ActId, ticket: &ActTicket) -> Result<()> {
    let before = ticket.before.as_ref().map(write).transpose()?;
    tx.run(
        "INSERT INTO act_tickets (act_id, ticket_id, version_before, version_after, row_before, row_after) VALUES ($1,$2,$3,$4,$5,$6)",
        [
            act.0.into(),
            ticket.ticket.0.into(),
            ticket.version_before.into(),
            ticket.version_after.into(),
            before.into(),
            write(&ticket.after)?.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn get(tx: &mut Tx, id: ActId) -> Result<Option<Act>> {
    let rows: Vec<ActRow> = tx.all_built(format!("SELECT {COLUMNS} FROM acts WHERE id = $1"), vec![id.0.into()]).await?;
    Ok(rows.into_iter().next().map(Act::from))
}

/// Marks it undone; `false` when it was already.
pub async fn mark_undone(tx: &mut Tx, id: ActId, now: Timestamp) -> Result<bool> {
    let rows = tx
        .run("UPDATE acts SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL", [id.0.into(), Instant::from(now).into()])
        .await?;
    Ok(rows > 0)
}

/// Up to `limit` of somebody's acts with a number below `before`, newest first; those of a batch count as one, by its first.
pub async fn recent(tx: &mut Tx, actor: UserId, before: ActId, limit: i64) -> Result<Vec<Act>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM acts a WHERE actor_id = $1 AND id < $2 AND (batch_id IS NULL OR NOT EXISTS \
         (SELECT 1 FROM acts b WHERE b.batch_id = a.batch_id AND b.id < a.id)) ORDER BY id DESC LIMIT $3"
    );
    let rows: Vec<ActRow> = tx.all_built(sql, vec![actor.0.into(), before.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Act::from).collect())
}

/// Acts of a batch that still stand, newest first.
pub async fn standing_of_batch(tx: &mut Tx, batch: BatchId, limit: i64) -> Result<Vec<Act>> {
    let sql = format!("SELECT {COLUMNS} FROM acts WHERE batch_id = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT $2");
    let rows: Vec<ActRow> = tx.all_built(sql, vec![batch.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Act::from).collect())
}

#[derive(FromRow)]
struct TicketOfAct {
    ticket_id: i64,
    version_before: i64,
    version_after: i64,
    row_before: Option<String>,
    row_after: String,
}

/// In order of number.
pub async fn tickets(tx: &mut Tx, act: ActId) -> Result<Vec<ActTicket>> {
    let rows: Vec<TicketOfAct> = tx
        .all(
            "SELECT ticket_id, version_before, version_after, row_before, row_after FROM act_tickets WHERE act_id = $1 ORDER BY ticket_id",
            [act.0.into()],
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ActTicket {
                ticket: TicketId(row.ticket_id),
                version_before: row.version_before,
                version_after: row.version_after,
                before: row.row_before.as_deref().map(read).transpose()?,
                after: read(&row.row_after)?,
            })
        })
        .collect()
}

#[derive(FromRow)]
struct FirstRow {
    act_id: i64,
    ticket_id: i64,
    is_new: bool,
    change_id: i64,
}

/// A ticket of an act, for lists: whether the act made it, and its first change there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    pub act: ActId,
    pub ticket: TicketId,
    pub is_new: bool,
    pub change: ChangeId,
}

/// In order of act and change.
pub async fn firsts(tx: &mut Tx, acts: &[ActId], limit: i64) -> Result<Vec<First>> {
    let mut values = vec![limit.into()];
    let list = bind_list(&mut values, acts.iter().map(|id| id.0));
    let sql = format!(
        "SELECT a.act_id, a.ticket_id, (a.row_before IS NULL) AS is_new, c.id AS change_id FROM act_tickets a \
         JOIN changes c ON c.ticket_id = a.ticket_id AND c.sequence = a.version_before + 1 \
         WHERE a.act_id IN ({list}) ORDER BY a.act_id, c.id LIMIT $1"
    );
    let rows: Vec<FirstRow> = tx.all_built(sql, values).await?;
    let read = |row: FirstRow| First {
        act: ActId(row.act_id),
        ticket: TicketId(row.ticket_id),
        is_new: row.is_new,
        change: ChangeId(row.change_id),
    };
    Ok(rows.into_iter().map(read).collect())
}

fn write(ticket: &Ticket) -> Result<String> {
    serde_json::to_string(ticket).map_err(|error| Error::Corrupt(error.to_string()))
}

fn read(text: &str) -> Result<Ticket> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(format!("a ticket kept with an act cannot be read: {error}")))
}
