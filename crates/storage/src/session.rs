//! Sign-ins of browsers. Only a hash of the cookie's value is kept.

use crate::{Instant, Result, Tx};
use domain::UserId;
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(FromRow)]
struct SessionRow {
    user_id: i64,
    seen_at: Instant,
}

pub async fn insert(tx: &mut Tx, hash: &str, user: UserId, now: Timestamp) -> Result<()> {
    let now = Instant::from(now);
    tx.run(
        "INSERT INTO sessions (hash, user_id, created_at, seen_at) VALUES ($1,$2,$3,$3)",
        [hash.into(), user.0.into(), now.into()],
    )
    .await?;
    Ok(())
}

/// Whose session it is and when it was last used.
pub async fn get(tx: &mut Tx, hash: &str) -> Result<Option<(UserId, Timestamp)>> {
    let row: Option<SessionRow> = tx.first("SELECT user_id, seen_at FROM sessions WHERE hash = $1", [hash.into()]).await?;
    Ok(row.map(|row| (UserId(row.user_id), row.seen_at.into())))
}

pub async fn seen(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<()> {
    tx.run("UPDATE sessions SET seen_at = $2 WHERE hash = $1", [hash.into(), Instant::from(now).into()]).await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, hash: &str) -> Result<()> {
    tx.run("DELETE FROM sessions WHERE hash = $1", [hash.into()]).await?;
    Ok(())
}

pub async fn delete_of_user(tx: &mut Tx, user: UserId) -> Result<u64> {
    tx.run("DELETE FROM sessions WHERE user_id = $1", [user.0.into()]).await
}

pub async fn delete_unused_since(tx: &mut Tx, moment: Timestamp) -> Result<u64> {
    tx.run("DELETE FROM sessions WHERE seen_at < $1", [Instant::from(moment).into()]).await
}
