//! Rows of `drafts`.

use crate::{Instant, Result, Tx};
use domain::UserId;
use jiff::Timestamp;
use sqlx::FromRow;

/// What somebody typed into a form, as the form would send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The form's address.
    pub form: String,
    pub content: String,
    pub saved: Timestamp,
}

#[derive(FromRow)]
struct DraftRow {
    form: String,
    content: String,
    saved_at: Instant,
}

impl From<DraftRow> for Draft {
    fn from(row: DraftRow) -> Self {
        Self { form: row.form, content: row.content, saved: row.saved_at.into() }
    }
}

pub async fn get(tx: &mut Tx, user: UserId, form: &str) -> Result<Option<Draft>> {
    let sql = "SELECT form, content, saved_at FROM drafts WHERE user_id = $1 AND form = $2";
    let row: Option<DraftRow> = tx.first(sql, [user.0.into(), form.into()]).await?;
    Ok(row.map(Draft::from))
}

/// Newest first.
pub async fn of_user(tx: &mut Tx, user: UserId, limit: i64) -> Result<Vec<Draft>> {
    let sql = "SELECT form, content, saved_at FROM drafts WHERE user_id = $1 ORDER BY saved_at DESC, form LIMIT $2";
    let rows: Vec<DraftRow> = tx.all(sql, [user.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Draft::from).collect())
}

pub async fn put(tx: &mut Tx, user: UserId, draft: &Draft) -> Result<()> {
    let sql = "INSERT INTO drafts (user_id, form, content, saved_at) VALUES ($1,$2,$3,$4) \
        ON CONFLICT (user_id, form) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at";
    let values = [user.0.into(), draft.form.as_str().into(), draft.content.as_str().into(), Instant::from(draft.saved).into()];
    tx.run(sql, values).await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, user: UserId, form: &str) -> Result<bool> {
    Ok(tx.run("DELETE FROM drafts WHERE user_id = $1 AND form = $2", [user.0.into(), form.into()]).await? > 0)
}

/// Leaves the newest `most` of somebody's.
pub async fn keep_newest(tx: &mut Tx, user: UserId, most: i64) -> Result<u64> {
    let sql = "DELETE FROM drafts WHERE user_id = $1 AND form NOT IN \
        (SELECT form FROM drafts WHERE user_id = $1 ORDER BY saved_at DESC, form LIMIT $2)";
    tx.run(sql, [user.0.into(), most.into()]).await
}
