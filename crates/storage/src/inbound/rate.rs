//! How much somebody wrote lately, counted no further than asked. Statements repeat the condition of the index that serves them:
//! SQLite does not take one for a value that it sees only later.

use crate::{Instant, Result, Tx, db::Number};
use domain::TicketId;
use jiff::Timestamp;

/// Who wrote a message and what about, as rates are counted by.
pub async fn note_author(tx: &mut Tx, id: i64, author: &str, about: &str) -> Result<()> {
    tx.run("UPDATE inbound SET author = $2, about = $3 WHERE id = $1", [id.into(), author.into(), about.into()]).await?;
    Ok(())
}

/// What an administrator shall know of a message that was recorded all the same.
pub async fn remark(tx: &mut Tx, id: i64, reason: &str) -> Result<()> {
    tx.run("UPDATE inbound SET reason = $2 WHERE id = $1", [id.into(), reason.into()]).await?;
    Ok(())
}

const ALIKE: &str = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM inbound \
    WHERE author = $1 AND author <> '' AND received_at > $2 AND about = $3 AND state = 'done' LIMIT $4) AS few";
const BY_AUTHOR: &str = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM inbound \
    WHERE author = $1 AND author <> '' AND received_at > $2 AND state = 'done' LIMIT $3) AS few";

/// Messages of one author about one thing that became something since then.
pub async fn alike(tx: &mut Tx, author: &str, about: &str, since: Timestamp, most: i64) -> Result<i64> {
    let row: Number = tx.one(ALIKE, [author.into(), Instant::from(since).into(), about.into(), most.into()]).await?;
    Ok(row.n)
}

/// Messages of one author, about whatever.
pub async fn by_author(tx: &mut Tx, author: &str, since: Timestamp, most: i64) -> Result<i64> {
    let row: Number = tx.one(BY_AUTHOR, [author.into(), Instant::from(since).into(), most.into()]).await?;
    Ok(row.n)
}

pub async fn on_ticket(tx: &mut Tx, ticket: TicketId, since: Timestamp, most: i64) -> Result<i64> {
    let row: Number = tx
        .one(
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM inbound WHERE ticket_id = $1 AND received_at > $2 LIMIT $3) AS few",
            [ticket.0.into(), Instant::from(since).into(), most.into()],
        )
        .await?;
    Ok(row.n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Options, value::Value};

    #[derive(sqlx::FromRow)]
    struct Line {
        detail: String,
    }

    #[tokio::test]
    async fn counting_what_somebody_wrote_looks_at_nobody_elses_mail() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite://{}", folder.path().join("x.db").display()), Options::default()).await.unwrap();
        db.migrate(Timestamp::UNIX_EPOCH).await.unwrap();
        let mut tx = db.read().await.unwrap();
        for sql in [ALIKE, BY_AUTHOR] {
            let values = vec![Value::from(""), Value::from(0), Value::from(""), Value::from(0)];
            let values = values.into_iter().take(sql.matches('$').count()).collect();
            let plan: Vec<Line> = tx.explain_sqlite(format!("EXPLAIN QUERY PLAN {sql}"), values).await.unwrap();
            let plan: String = plan.into_iter().map(|line| line.detail).collect();
            assert!(plan.contains("INDEX inbound_by_author (author=? AND received_at>?)"), "{plan}");
        }
    }
}
