//! Bytes of messages that nobody needs any more.

use crate::{
    Instant, Result, Tx,
    db::{Number, bind_list},
};
use jiff::Timestamp;

/// Takes the bytes of up to `most` messages away that were done with before a moment; what waits or failed keeps them. Returns how
/// many it were.
pub async fn forget_bytes(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64> {
    let ids: Vec<Number> = tx
        .all(
            "SELECT id AS n FROM inbound WHERE NOT raw_gone AND state IN ('done', 'dropped') \
             AND COALESCE(finished_at, received_at) < $1 ORDER BY COALESCE(finished_at, received_at) LIMIT $2",
            [Instant::from(before).into(), most.into()],
        )
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, ids.iter().map(|id| id.n));
    tx.run_built(format!("DELETE FROM inbound_raw WHERE id IN ({list})"), values.clone()).await?;
    tx.run_built(format!("UPDATE inbound SET raw_gone = TRUE WHERE id IN ({list})"), values).await
}
