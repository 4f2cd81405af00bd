//! Writes the dashboards whose time has come; the outbox sends them.

use std::time::Duration;

use actions::{Desk, subscription};
use tokio_util::sync::CancellationToken;

const LOOK_AGAIN: Duration = Duration::from_mins(1);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match subscription::send_due(&desk).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "dashboards were written"),
            Err(error) => tracing::error!(%error, "dashboards cannot be written now"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}
