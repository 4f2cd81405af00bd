//! How long messages are kept as they came, after they became what they are for.

use super::standing::REPEATS;
use crate::{Desk, Result};
use domain::setting::list;
use jiff::SignedDuration;

/// In one transaction, so that nobody waits long for it.
const STEP: i64 = 100;

/// One step of taking the bytes of old messages away, if the installation wants that; `true` when there may be more. A mail server
/// that got no answer may send again for a week, so for so long they are kept to know it by.
pub async fn forget_bytes(desk: &Desk) -> Result<bool> {
    let mut tx = desk.write().await?;
    let days = tx.catalog().setting_number(list::KEEP_RAW_DAYS);
    let kept = SignedDuration::from_hours(24 * days).max(REPEATS);
    let before = tx.now().checked_sub(kept).ok().filter(|_| days > 0);
    let Some(before) = before else {
        tx.rollback().await?;
        return Ok(false);
    };
    let gone = storage::inbound::retention::forget_bytes(&mut tx.db, before, STEP).await?;
    tx.commit().await?;
    if gone > 0 {
        tracing::info!(messages = gone, "bytes of old messages removed");
    }
    Ok(gone >= STEP.unsigned_abs())
}
