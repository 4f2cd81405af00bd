//! News between processes: PostgreSQL's LISTEN and NOTIFY. SQLite has nothing like it.

use crate::{Db, Error, Result};
use sqlx::postgres::PgListener;

const CHANNEL: &str = "watchbell";

/// A connection that only listens.
pub struct Listener(PgListener);

impl Listener {
    /// Waits for the next; an error when the connection broke.
    pub async fn next(&mut self) -> Result<String> {
        match self.0.try_recv().await? {
            Some(heard) => Ok(heard.payload().to_owned()),
            None => Err(Error::Busy("the connection was lost".into())),
        }
    }
}

/// `None` on SQLite.
pub async fn listen(db: &Db) -> Result<Option<Listener>> {
    let Some(pool) = db.postgres() else { return Ok(None) };
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(Some(Listener(listener)))
}

/// Apart from any transaction: a commit must not wait for it.
pub async fn tell(db: &Db, text: &str) -> Result<()> {
    let mut tx = db.read().await?;
    if tx.is_postgres() {
        tx.run("SELECT pg_notify('watchbell', $1)", [text.into()]).await?;
    }
    Ok(())
}
