//! Files that wait in a form that came back. Unlike blobs they are nobody's history, and go away.

use crate::{Instant, Result, Tx};
use domain::UserId;
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Upload {
    pub token: String,
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

pub async fn insert(tx: &mut Tx, user: UserId, upload: Upload, now: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO uploads (token, user_id, name, media_type, content, created_at) VALUES ($1,$2,$3,$4,$5,$6)",
        [
            upload.token.into(),
            user.0.into(),
            upload.name.into(),
            upload.media_type.into(),
            upload.content.into(),
            Instant::from(now).into(),
        ],
    )
    .await?;
    Ok(())
}

/// The file that this person keeps under a token.
pub async fn get(tx: &mut Tx, user: UserId, token: &str) -> Result<Option<Upload>> {
    tx.first(
        "SELECT token, name, media_type, content FROM uploads WHERE token = $1 AND user_id = $2",
        [token.into(), user.0.into()],
    )
    .await
}

/// Throws away what is older than a moment, and all but the newest `most` files of a person.
pub async fn prune(tx: &mut Tx, user: UserId, before: Timestamp, most: i64) -> Result<()> {
    tx.run("DELETE FROM uploads WHERE created_at < $1", [Instant::from(before).into()]).await?;
    tx.run(
        "DELETE FROM uploads WHERE user_id = $1 AND id NOT IN (SELECT id FROM uploads WHERE user_id = $1 ORDER BY id DESC LIMIT $2)",
        [user.0.into(), most.into()],
    )
    .await?;
    Ok(())
}
