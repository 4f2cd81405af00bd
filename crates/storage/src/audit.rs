//! Administrative changes, chained like history.

use crate::{Instant, Result, Tx, instant::to_microseconds};
use domain::{UserId, change::Hasher};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    pub actor: UserId,
    pub kind: String,
    pub data: String,
    pub created: Timestamp,
    pub hash: Vec<u8>,
}

#[derive(FromRow)]
struct EntryRow {
    id: i64,
    actor_id: i64,
    kind: String,
    data: String,
    created_at: Instant,
    hash: Vec<u8>,
}

impl Entry {
    /// The hash this entry must have after one with the hash `previous`.
    #[must_use]
    pub fn seal(previous: &[u8], actor: UserId, kind: &str, data: &str, created: Timestamp) -> Vec<u8> {
        let mut hasher = Hasher::new();
        hasher.bytes(previous);
        hasher.number(actor.0);
        hasher.bytes(kind.as_bytes());
        hasher.bytes(data.as_bytes());
        hasher.number(created.as_microsecond());
        hasher.finish()
    }
}

pub async fn append(tx: &mut Tx, actor: UserId, kind: &str, data: &str, now: Timestamp) -> Result<()> {
    if tx.is_postgres() {
        // one appender at a time, or two entries would follow the same one
        tx.script("SELECT pg_advisory_xact_lock(7412)".into()).await?;
    }
    let now = to_microseconds(now);
    let last = read(tx, "WHERE id = (SELECT MAX(id) FROM audit)", vec![]).await?.pop();
    let hash = Entry::seal(last.as_ref().map_or(&[][..], |entry| &entry.hash), actor, kind, data, now);
    tx.run(
        "INSERT INTO audit (actor_id, kind, data, created_at, hash) VALUES ($1,$2,$3,$4,$5)",
        [actor.0.into(), kind.into(), data.into(), Instant::from(now).into(), hash.into()],
    )
    .await?;
    Ok(())
}

pub async fn after(tx: &mut Tx, id: i64, limit: i64) -> Result<Vec<Entry>> {
    read(tx, "WHERE id > $1 ORDER BY id LIMIT $2", vec![id.into(), limit.into()]).await
}

async fn read(tx: &mut Tx, rest: &str, values: Vec<crate::value::Value>) -> Result<Vec<Entry>> {
    let rows: Vec<EntryRow> =
        tx.all_built(format!("SELECT id, actor_id, kind, data, created_at, hash FROM audit {rest}"), values).await?;
    let entry = |row: EntryRow| Entry {
        id: row.id,
        actor: UserId(row.actor_id),
        kind: row.kind,
        data: row.data,
        created: row.created_at.into(),
        hash: row.hash,
    };
    Ok(rows.into_iter().map(entry).collect())
}
