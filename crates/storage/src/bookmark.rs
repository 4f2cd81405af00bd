//! Tickets that people marked (TC-089), and those that they looked at last (TC-093).

use crate::{Instant, Result, Tx, db::Number};
use domain::{TicketId, UserId};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(FromRow)]
struct Id {
    id: i64,
}

fn ids(rows: Vec<Id>) -> Vec<TicketId> {
    rows.into_iter().map(|row| TicketId(row.id)).collect()
}

pub async fn add(tx: &mut Tx, user: UserId, ticket: TicketId, at: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO bookmarks (user_id, ticket_id, created_at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
        [user.0.into(), ticket.0.into(), Instant::from(at).into()],
    )
    .await?;
    Ok(())
}

/// Also those of tickets that were merged into this one: it counts under any of its numbers. `false` when there was none.
pub async fn remove(tx: &mut Tx, user: UserId, ticket: TicketId) -> Result<bool> {
    let rows = tx
        .run(
            "DELETE FROM bookmarks WHERE user_id = $1 AND ticket_id IN (SELECT id FROM tickets WHERE id = $2 OR merged_into = $2)",
            [user.0.into(), ticket.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

pub async fn has(tx: &mut Tx, user: UserId, ticket: TicketId) -> Result<bool> {
    let row: Number = tx
        .one(
            "SELECT COUNT(*) AS n FROM bookmarks WHERE user_id = $1 AND ticket_id IN (SELECT id FROM tickets WHERE id = $2 OR merged_into = $2)",
            [user.0.into(), ticket.0.into()],
        )
        .await?;
    Ok(row.n > 0)
}

/// What somebody looked at last, newest first.
pub async fn recent(tx: &mut Tx, user: UserId, limit: i64) -> Result<Vec<TicketId>> {
    let rows: Vec<Id> = tx
        .all(
            "SELECT ticket_id AS id FROM recently_viewed WHERE user_id = $1 ORDER BY viewed_at DESC, ticket_id DESC LIMIT $2",
            [user.0.into(), limit.into()],
        )
        .await?;
    Ok(ids(rows))
}

/// Puts a ticket on top and lets go of what is older than the newest `keep`.
pub async fn view(tx: &mut Tx, user: UserId, ticket: TicketId, at: Timestamp, keep: i64) -> Result<()> {
    tx.run(
        "INSERT INTO recently_viewed (user_id, ticket_id, viewed_at) VALUES ($1,$2,$3) \
         ON CONFLICT (user_id, ticket_id) DO UPDATE SET viewed_at = excluded.viewed_at",
        [user.0.into(), ticket.0.into(), Instant::from(at).into()],
    )
    .await?;
    tx.run(
        "DELETE FROM recently_viewed WHERE user_id = $1 AND ticket_id NOT IN \
         (SELECT ticket_id FROM recently_viewed WHERE user_id = $1 ORDER BY viewed_at DESC, ticket_id DESC LIMIT $2)",
        [user.0.into(), keep.into()],
    )
    .await?;
    Ok(())
}
