//! Rows of `locks`: at most one a ticket.

use crate::{Instant, Result, Tx};
use domain::{
    TicketId, UserId,
    lock::{Lock, LockKind},
};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(FromRow)]
struct LockRow {
    ticket_id: i64,
    user_id: i64,
    kind: String,
    since: Instant,
}

impl From<LockRow> for Lock {
    fn from(row: LockRow) -> Self {
        Self {
            ticket: TicketId(row.ticket_id),
            holder: UserId(row.user_id),
            kind: LockKind::parse(&row.kind).unwrap_or(LockKind::Auto),
            since: row.since.into(),
        }
    }
}

pub async fn get(tx: &mut Tx, ticket: TicketId) -> Result<Option<Lock>> {
    let row: Option<LockRow> =
        tx.first("SELECT ticket_id, user_id, kind, since FROM locks WHERE ticket_id = $1", [ticket.0.into()]).await?;
    Ok(row.map(Lock::from))
}

/// Oldest first.
pub async fn of_user(tx: &mut Tx, user: UserId, limit: i64) -> Result<Vec<Lock>> {
    let sql = "SELECT ticket_id, user_id, kind, since FROM locks WHERE user_id = $1 ORDER BY since, ticket_id LIMIT $2";
    let rows: Vec<LockRow> = tx.all(sql, [user.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Lock::from).collect())
}

/// Stores a lock in place of the ticket's own of the same holder or of one from before `over`; `false` when somebody else came first.
pub async fn put(tx: &mut Tx, lock: &Lock, over: Option<Timestamp>) -> Result<bool> {
    let sql = "INSERT INTO locks (ticket_id, user_id, kind, since) VALUES ($1,$2,$3,$4) ON CONFLICT (ticket_id) DO UPDATE \
        SET user_id = excluded.user_id, kind = excluded.kind, since = excluded.since \
        WHERE locks.user_id = excluded.user_id OR locks.since <= $5";
    let over = over.unwrap_or(Timestamp::UNIX_EPOCH);
    let values = [
        lock.ticket.0.into(),
        lock.holder.0.into(),
        lock.kind.as_str().into(),
        Instant::from(lock.since).into(),
        Instant::from(over).into(),
    ];
    Ok(tx.run(sql, values).await? > 0)
}

pub async fn delete(tx: &mut Tx, lock: &Lock) -> Result<bool> {
    let sql = "DELETE FROM locks WHERE ticket_id = $1 AND user_id = $2 AND kind = $3";
    Ok(tx.run(sql, [lock.ticket.0.into(), lock.holder.0.into(), lock.kind.as_str().into()]).await? > 0)
}

pub async fn delete_of_user(tx: &mut Tx, user: UserId) -> Result<u64> {
    tx.run("DELETE FROM locks WHERE user_id = $1", [user.0.into()]).await
}
