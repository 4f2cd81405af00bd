//! Content by the hash of it: stored once, whoever sends it again.

use crate::{Result, Tx, db::bind_list};
use domain::change::blob_hash;
use sqlx::FromRow;

#[derive(FromRow)]
struct BlobRow {
    hash: Vec<u8>,
    content: Vec<u8>,
}

/// Stores content, unless it is there already; returns its hash.
pub async fn put(tx: &mut Tx, content: &[u8]) -> Result<Vec<u8>> {
    let hash = blob_hash(content);
    tx.run(
        "INSERT INTO blobs (hash, size, content) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
        [hash.clone().into(), (content.len() as i64).into(), content.to_vec().into()],
    )
    .await?;
    Ok(hash)
}

pub async fn get(tx: &mut Tx, hash: &[u8]) -> Result<Option<Vec<u8>>> {
    let row: Option<BlobRow> = tx.first("SELECT hash, content FROM blobs WHERE hash = $1", [hash.to_vec().into()]).await?;
    Ok(row.map(|row| row.content))
}

/// The contents of several parts at once, leaving out blobs over `limit` bytes; pairs of part number and content.
pub async fn of_parts(tx: &mut Tx, parts: &[i64], limit: i64) -> Result<Vec<(i64, Vec<u8>)>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        content: Vec<u8>,
    }
    if parts.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![limit.into()];
    let list = bind_list(&mut values, parts.iter().copied());
    let sql =
        format!("SELECT p.id, b.content FROM parts p JOIN blobs b ON b.hash = p.blob WHERE p.id IN ({list}) AND b.size <= $1");
    let rows: Vec<Row> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.content)).collect())
}

/// The first bytes of several parts' contents; pairs of part number and bytes.
pub async fn heads_of_parts(tx: &mut Tx, parts: &[i64], length: i64) -> Result<Vec<(i64, Vec<u8>)>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        head: Vec<u8>,
    }
    if parts.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, parts.iter().copied());
    // a number of our own, written out: PostgreSQL wants a narrower one there than what is bound
    let sql = format!(
        "SELECT p.id, substr(b.content, 1, {length}) AS head FROM parts p JOIN blobs b ON b.hash = p.blob WHERE p.id IN ({list})"
    );
    let rows: Vec<Row> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.head)).collect())
}

/// One step of a walk over all blobs in order of hash: hashes and contents above `after`.
pub async fn walk(tx: &mut Tx, after: &[u8], limit: i64) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let rows: Vec<BlobRow> = tx
        .all("SELECT hash, content FROM blobs WHERE hash > $1 ORDER BY hash LIMIT $2", [after.to_vec().into(), limit.into()])
        .await?;
    Ok(rows.into_iter().map(|row| (row.hash, row.content)).collect())
}
