//! Continues batches whose request or process ended before their work did.

use std::time::Duration;

use actions::{Desk, bulk};
use tokio_util::sync::CancellationToken;

const LOOK_AGAIN: Duration = Duration::from_secs(5);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match bulk::resume(&desk).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "batches were continued"),
            Err(error) => tracing::error!(%error, "batches cannot be continued now"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}
