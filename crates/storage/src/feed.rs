//! Feeds: searches with an address of their own. Only a hash of its secret is kept.

use crate::{Instant, Result, Tx, db::Number};
use domain::UserId;
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub id: i64,
    pub user: UserId,
    pub name: String,
    /// In the search language.
    pub query: String,
    pub created: Timestamp,
    pub used: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    user_id: i64,
    name: String,
    query: String,
    created_at: Instant,
    used_at: Option<Instant>,
}

impl From<Row> for Feed {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            user: UserId(row.user_id),
            name: row.name,
            query: row.query,
            created: row.created_at.into(),
            used: row.used_at.map(Timestamp::from),
        }
    }
}

pub async fn insert(tx: &mut Tx, user: UserId, hash: &str, (name, query): (&str, &str), now: Timestamp) -> Result<i64> {
    let row: Number = tx
        .one(
            "INSERT INTO feeds (user_id, hash, name, query, created_at) VALUES ($1,$2,$3,$4,$5) RETURNING id AS n",
            [user.0.into(), hash.into(), name.into(), query.into(), Instant::from(now).into()],
        )
        .await?;
    Ok(row.n)
}

pub async fn by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Feed>> {
    let row: Option<Row> =
        tx.first("SELECT id, user_id, name, query, created_at, used_at FROM feeds WHERE hash = $1", [hash.into()]).await?;
    Ok(row.map(Feed::from))
}

/// Oldest first.
pub async fn of_user(tx: &mut Tx, user: UserId, limit: i64) -> Result<Vec<Feed>> {
    let rows: Vec<Row> = tx
        .all(
            "SELECT id, user_id, name, query, created_at, used_at FROM feeds WHERE user_id = $1 ORDER BY id LIMIT $2",
            [user.0.into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(Feed::from).collect())
}

pub async fn used(tx: &mut Tx, id: i64, now: Timestamp) -> Result<()> {
    tx.run("UPDATE feeds SET used_at = $2 WHERE id = $1", [id.into(), Instant::from(now).into()]).await?;
    Ok(())
}

/// Whether it was theirs.
pub async fn delete(tx: &mut Tx, user: UserId, id: i64) -> Result<bool> {
    Ok(tx.run("DELETE FROM feeds WHERE id = $1 AND user_id = $2", [id.into(), user.0.into()]).await? > 0)
}
