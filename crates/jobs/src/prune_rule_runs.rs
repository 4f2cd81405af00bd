//! Keeps the log of rule runs from growing for ever.

use std::time::Duration;

use actions::{Desk, setup};
use tokio_util::sync::CancellationToken;

const PAUSE: Duration = Duration::from_hours(1);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        if let Err(error) = setup::prune_rule_runs(&desk).await {
            tracing::error!(%error, "the log of rule runs cannot be pruned now");
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
