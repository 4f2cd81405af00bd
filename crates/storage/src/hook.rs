//! Calls to a firewall and other receivers that wait.

use crate::{Instant, Result, Tx, db::Number};
use domain::{ChangeId, RuleId, TicketId};
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
    /// Which rule wants whom to be called; none for the firewall.
    pub rule: Option<RuleCall>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCall {
    pub rule: RuleId,
    pub change: ChangeId,
    pub receiver: String,
}

#[derive(FromRow)]
struct HookRow {
    id: i64,
    ticket_id: i64,
    payload: String,
    tries: i64,
    created_at: Instant,
    receiver: String,
    rule_id: i64,
    change_id: i64,
}

/// The moments are now, and when it shall be made.
pub async fn insert(
    tx: &mut Tx,
    ticket: TicketId,
    payload: &str,
    (now, due): (Timestamp, Timestamp),
    call: Option<&RuleCall>,
) -> Result<()> {
    tx.run(
        "INSERT INTO hooks (ticket_id, payload, next_at, created_at, receiver, rule_id, change_id) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        [
            ticket.0.into(),
            payload.into(),
            Instant::from(due).into(),
            Instant::from(now).into(),
            call.map_or("", |call| call.receiver.as_str()).into(),
            call.map_or(0, |call| call.rule.0).into(),
            call.map_or(0, |call| call.change.0).into(),
        ],
    )
    .await?;
    Ok(())
}

/// Whether a call waits whose time has come.
pub async fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM hooks WHERE state = 'queued' AND next_at <= $1 LIMIT 1) h";
    let due: Number = tx.one(sql, [Instant::from(now).into()]).await?;
    Ok(due.n > 0)
}

/// Takes calls that are due, and keeps others from them until then. To one receiver the oldest of a ticket goes first and the
/// others wait for it.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Hook>> {
    let lock = if tx.is_postgres() { " FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE hooks SET tries = tries + 1, next_at = $2 WHERE id IN (SELECT id FROM hooks h WHERE state = 'queued' AND next_at <= $1 \
         AND NOT EXISTS (SELECT 1 FROM hooks o WHERE o.ticket_id = h.ticket_id AND o.receiver = h.receiver AND o.id < h.id AND o.state = 'queued') \
         ORDER BY next_at, id LIMIT $3{lock}) RETURNING id, ticket_id, payload, tries, created_at, receiver, rule_id, change_id"
    );
    let rows: Vec<HookRow> =
        tx.all_built(sql, vec![Instant::from(now).into(), Instant::from(until).into(), limit.into()]).await?;
    let hook = |row: HookRow| Hook {
        id: row.id,
        ticket: TicketId(row.ticket_id),
        payload: row.payload,
        tries: row.tries,
        created: row.created_at.into(),
        rule: (!row.receiver.is_empty()).then_some(RuleCall {
            rule: RuleId(row.rule_id),
            change: ChangeId(row.change_id),
            receiver: row.receiver,
        }),
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

/// Calls noted for the ticket at that moment that nobody began are not made any more.
pub async fn withdraw(tx: &mut Tx, ticket: TicketId, noted: Timestamp) -> Result<()> {
    let sql = "UPDATE hooks SET state = 'withdrawn' WHERE ticket_id = $1 AND created_at = $2 AND state = 'queued' AND tries = 0";
    tx.run(sql, [ticket.0.into(), Instant::from(noted).into()]).await?;
    Ok(())
}

/// Whether a call of the firewall noted at that moment was made, or may have been.
pub async fn was_told(tx: &mut Tx, ticket: TicketId, noted: Timestamp) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM hooks WHERE ticket_id = $1 AND created_at = $2 AND receiver = '' AND state IN ('queued', 'done')";
    let told: Number = tx.one(sql, [ticket.0.into(), Instant::from(noted).into()]).await?;
    Ok(told.n > 0)
}

/// How many wait, and how many were given up.
pub async fn counts(tx: &mut Tx) -> Result<(i64, i64)> {
    #[derive(FromRow)]
    struct Counts {
        waiting: i64,
        failed: i64,
    }
    let sql = "SELECT COUNT(CASE WHEN state = 'queued' THEN 1 END) AS waiting, COUNT(CASE WHEN state = 'failed' THEN 1 END) AS failed \
               FROM hooks WHERE state IN ('queued', 'failed')";
    let Counts { waiting, failed } = tx.one(sql, []).await?;
    Ok((waiting, failed))
}
