//! What one process of several does at a time, such as emptying a mailbox.

use crate::{Desk, Result};
use jiff::SignedDuration;

/// Takes the lease for a while or prolongs it; `false` while another process has it.
pub async fn take(desk: &Desk, name: &str, holder: &str, span: SignedDuration) -> Result<bool> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let until = now.checked_add(span).unwrap_or(now);
    let taken = storage::lease::take(&mut tx.db, name, holder, (now, until)).await?;
    tx.commit().await?;
    Ok(taken)
}
