//! Writes the digests whose time has come; the outbox sends them.

use std::time::Duration;

use actions::{Desk, digest};
use tokio_util::sync::CancellationToken;

const LOOK_AGAIN: Duration = Duration::from_secs(30);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match digest::write_due(&desk).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "digests were written"),
            Err(error) => tracing::error!(%error, "digests cannot be written now"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}
