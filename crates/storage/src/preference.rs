//! What people chose for themselves, as names and values.

use crate::{Result, Tx};
use domain::UserId;
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    name: String,
    value: String,
}

pub async fn of_user(tx: &mut Tx, user: UserId) -> Result<Vec<(String, String)>> {
    let rows: Vec<Row> =
        tx.all("SELECT name, value FROM user_preferences WHERE user_id = $1 ORDER BY name", [user.0.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

pub async fn put(tx: &mut Tx, user: UserId, name: &str, value: &str) -> Result<()> {
    tx.run(
        "INSERT INTO user_preferences (user_id, name, value) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value",
        [user.0.into(), name.into(), value.into()],
    )
    .await?;
    Ok(())
}

/// Back to what holds for everybody.
pub async fn remove(tx: &mut Tx, user: UserId, name: &str) -> Result<bool> {
    Ok(tx.run("DELETE FROM user_preferences WHERE user_id = $1 AND name = $2", [user.0.into(), name.into()]).await? > 0)
}
