//! Calls to a firewall that wait.

use crate::{Instant, Result, Tx};
use domain::TicketId;
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    pub id: i64,
    pub ticket: TicketId,
    /// JSON, sent as it stands.
    pub payload: String,
    pub tries: i64,
    pub created: Timestamp,
}

#[derive(FromRow)]
struct HookRow {
    id: i64,
    ticket_id: i64,
    payload: String,
    tries: i64,
    created_at: Instant,
}

pub async fn insert(tx: &mut Tx, ticket: TicketId, payload: &str, now: Timestamp) -> Result<()> {
    let now = Instant::from(now);
    tx.run(
        "INSERT INTO hooks (ticket_id, payload, next_at, created_at) VALUES ($1,$2,$3,$4)",
        [ticket.0.into(), payload.into(), now.into(), now.into()],
    )
    .await?;
    Ok(())
}

/// Takes calls that are due, and keeps others from them until then. Of one ticket the oldest goes first and the others wait for it.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Hook>> {
    let lock = if tx.is_postgres() { " FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE hooks SET tries = tries + 1, next_at = $2 WHERE id IN (SELECT id FROM hooks h WHERE state = 'queued' AND next_at <= $1 \
         AND NOT EXISTS (SELECT 1 FROM hooks o WHERE o.ticket_id = h.ticket_id AND o.id < h.id AND o.state = 'queued') \
         ORDER BY next_at, id LIMIT $3{lock}) RETURNING id, ticket_id, payload, tries, created_at"
    );
    let rows: Vec<HookRow> =
        tx.all_built(sql, vec![Instant::from(now).into(), Instant::from(until).into(), limit.into()]).await?;
    let hook = |row: HookRow| Hook {
        id: row.id,
        ticket: TicketId(row.ticket_id),
        payload: row.payload,
        tries: row.tries,
        created: row.created_at.into(),
    };
    let mut hooks: Vec<Hook> = rows.into_iter().map(hook).collect();
    hooks.sort_by_key(|hook| hook.id);
    Ok(hooks)
}

pub async fn postpone(tx: &mut Tx, id: i64, until: Timestamp, error: &str) -> Result<()> {
    tx.run(
        "UPDATE hooks SET next_at = $2, last_error = $3 WHERE id = $1 AND state = 'queued'",
        [id.into(), Instant::from(until).into(), error.into()],
    )
    .await?;
    Ok(())
}

/// `done` or `failed`; `false` when somebody else settled it.
pub async fn settle(tx: &mut Tx, id: i64, state: &str, error: &str) -> Result<bool> {
    let rows = tx
        .run(
            "UPDATE hooks SET state = $2, last_error = $3 WHERE id = $1 AND state = 'queued'",
            [id.into(), state.into(), error.into()],
        )
        .await?;
    Ok(rows > 0)
}
