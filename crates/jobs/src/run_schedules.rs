//! Runs rules whose time has come.

use std::time::Duration;

use actions::{Desk, setup};
use tokio_util::sync::CancellationToken;

const LOOK_AGAIN: Duration = Duration::from_secs(5);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match setup::run_schedules(&desk).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "rules ran by the clock"),
            Err(error) => tracing::error!(%error, "rules cannot be run by the clock now"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}
