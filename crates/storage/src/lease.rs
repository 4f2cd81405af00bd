//! What one process of several does at a time.

use crate::{Instant, Result, Tx};
use jiff::Timestamp;

/// Takes the lease or prolongs it; `false` while another holder has it.
pub async fn take(tx: &mut Tx, name: &str, holder: &str, (now, until): (Timestamp, Timestamp)) -> Result<bool> {
    let rows = tx
        .run(
            "INSERT INTO leases (name, holder, until_at) VALUES ($1,$2,$4) ON CONFLICT (name) DO UPDATE \
             SET holder = excluded.holder, until_at = excluded.until_at WHERE leases.holder = excluded.holder OR leases.until_at <= $3",
            [name.into(), holder.into(), Instant::from(now).into(), Instant::from(until).into()],
        )
        .await?;
    Ok(rows > 0)
}
