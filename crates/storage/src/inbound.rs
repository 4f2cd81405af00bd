//! Mail as it arrived, kept before it is acknowledged, and what became of it.

pub mod rate;

use crate::{
    Instant, Result, Tx,
    db::{Number, with_raw, without_raw},
};
use domain::TicketId;
use jiff::Timestamp;
use sqlx::FromRow;

/// A message and how it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInbound {
    /// `lmtp`, `gateway` or `pipe`.
    pub door: String,
    /// Envelope sender; `None` is the empty one of bounces.
    pub sender: Option<String>,
    pub recipient: String,
    pub queue: String,
    pub action: String,
    /// A ticket's number given beside the message, as typed.
    pub ticket: String,
    pub raw: Vec<u8>,
}

#[derive(Clone, Debug)]
pub struct Inbound {
    pub id: i64,
    pub received: Timestamp,
    pub message: NewInbound,
    pub state: String,
    pub tries: i64,
    pub reason: String,
    pub ticket_id: Option<TicketId>,
}

#[derive(FromRow)]
struct InboundRow {
    id: i64,
    received_at: Instant,
    door: String,
    sender: Option<String>,
    recipient: String,
    queue: String,
    action: String,
    ticket: String,
    raw: Option<Vec<u8>>,
    state: String,
    tries: i64,
    reason: String,
    ticket_id: Option<i64>,
}

impl From<InboundRow> for Inbound {
    fn from(row: InboundRow) -> Self {
        Self {
            id: row.id,
            received: row.received_at.into(),
            message: NewInbound {
                door: row.door,
                sender: row.sender,
                recipient: row.recipient,
                queue: row.queue,
                action: row.action,
                ticket: row.ticket,
                raw: row.raw.unwrap_or_default(),
            },
            state: row.state,
            tries: row.tries,
            reason: row.reason,
            ticket_id: row.ticket_id.map(TicketId),
        }
    }
}

fn columns() -> String {
    with_raw("inbound", COLUMNS)
}

const COLUMNS: &str = "id, received_at, door, sender, recipient, queue, action, ticket, raw, state, tries, reason, ticket_id";

pub async fn insert(tx: &mut Tx, message: NewInbound, now: Timestamp) -> Result<i64> {
    let now = Instant::from(now);
    let row: Number = tx
        .one(
            "INSERT INTO inbound (received_at, door, sender, recipient, queue, action, ticket, next_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$1) RETURNING id AS n",
            [
                now.into(),
                message.door.into(),
                message.sender.into(),
                message.recipient.into(),
                message.queue.into(),
                message.action.into(),
                message.ticket.into(),
            ],
        )
        .await?;
    tx.run("INSERT INTO inbound_raw (id, raw) VALUES ($1, $2)", [row.n.into(), message.raw.into()]).await?;
    Ok(row.n)
}

/// The next pending message whose time has come, locked so that no other worker takes it.
pub async fn take(tx: &mut Tx, now: Timestamp) -> Result<Option<Inbound>> {
    let lock = if tx.is_postgres() { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "SELECT {} FROM inbound WHERE state = 'pending' AND next_at <= $1 ORDER BY next_at, id LIMIT 1 {lock}",
        columns()
    );
    let rows: Vec<InboundRow> = tx.all_built(sql, vec![Instant::from(now).into()]).await?;
    Ok(rows.into_iter().next().map(Inbound::from))
}

/// One particular message, locked, if it is still pending and nobody else works on it.
pub async fn take_one(tx: &mut Tx, id: i64) -> Result<Option<Inbound>> {
    let lock = if tx.is_postgres() { "FOR UPDATE SKIP LOCKED" } else { "" };
    let rows: Vec<InboundRow> = tx
        .all_built(format!("SELECT {} FROM inbound WHERE state = 'pending' AND id = $1 {lock}", columns()), vec![id.into()])
        .await?;
    Ok(rows.into_iter().next().map(Inbound::from))
}

/// Where a message stands after it was worked on.
pub async fn finish(tx: &mut Tx, id: i64, state: &str, reason: &str, ticket: Option<TicketId>) -> Result<()> {
    tx.run(
        "UPDATE inbound SET state = $2, reason = $3, ticket_id = $4, tries = tries + 1 WHERE id = $1",
        [id.into(), state.into(), reason.into(), ticket.map(|id| id.0).into()],
    )
    .await?;
    Ok(())
}

/// Still pending, to be looked at again later.
pub async fn postpone(tx: &mut Tx, id: i64, until: Timestamp, reason: &str) -> Result<()> {
    tx.run(
        "UPDATE inbound SET next_at = $2, reason = $3, tries = tries + 1 WHERE id = $1",
        [id.into(), Instant::from(until).into(), reason.into()],
    )
    .await?;
    Ok(())
}

/// Messages that something is to be said about: refused, failed, dropped, or answered no more; newest first, without their content.
pub async fn troubled(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<Inbound>> {
    let columns = without_raw(tx, COLUMNS);
    let sql =
        format!("SELECT {columns} FROM inbound WHERE reason <> '' AND state <> 'pending' AND id < $1 ORDER BY id DESC LIMIT $2");
    let rows: Vec<InboundRow> = tx.all_built(sql, vec![before.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Inbound::from).collect())
}

pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Inbound>> {
    let rows: Vec<InboundRow> = tx.all_built(format!("SELECT {} FROM inbound WHERE id = $1", columns()), vec![id.into()]).await?;
    Ok(rows.into_iter().next().map(Inbound::from))
}

/// Puts a troubled message back in line; `false` when it is not one.
pub async fn retry(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            "UPDATE inbound SET state = 'pending', next_at = $2 WHERE id = $1 AND state IN ('failed', 'refused')",
            [id.into(), Instant::from(now).into()],
        )
        .await?;
    Ok(rows > 0)
}

/// How many messages wait, and how many are in trouble.
pub async fn counts(tx: &mut Tx) -> Result<(i64, i64)> {
    let pending: Number = tx.one("SELECT COUNT(*) AS n FROM inbound WHERE state = 'pending'", []).await?;
    let troubled: Number = tx.one("SELECT COUNT(*) AS n FROM inbound WHERE state IN ('failed', 'refused')", []).await?;
    Ok((pending.n, troubled.n))
}

/// What became of a message, without its content.
#[derive(Clone, Debug, FromRow)]
pub struct Standing {
    pub state: String,
    pub reason: String,
    pub ticket_id: Option<i64>,
}

pub async fn standing(tx: &mut Tx, id: i64) -> Result<Option<Standing>> {
    tx.first("SELECT state, reason, ticket_id FROM inbound WHERE id = $1", [id.into()]).await
}

/// Whether another message of the same bytes for the same queue and action was recorded on the ticket.
pub async fn came_before(tx: &mut Tx, id: i64, ticket: TicketId, since: Timestamp) -> Result<bool> {
    let same: Number = tx
        .one(
            "SELECT COUNT(*) AS n FROM inbound old JOIN inbound new ON new.queue = old.queue AND new.action = old.action \
             JOIN inbound_raw o ON o.id = old.id JOIN inbound_raw n ON n.id = new.id AND n.raw = o.raw \
             WHERE old.ticket_id = $1 AND old.received_at > $2 AND new.id = $3 AND old.id <> new.id",
            [ticket.0.into(), Instant::from(since).into(), id.into()],
        )
        .await?;
    Ok(same.n > 0)
}
