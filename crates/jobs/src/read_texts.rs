//! Makes messages from before there was a full text found by their words. New ones are found at once.

use std::time::Duration;

use actions::{Desk, full_text};
use tokio_util::sync::CancellationToken;

/// Between two steps, so that mail and people come first.
const BREATH: Duration = Duration::from_millis(50);
const PAUSE: Duration = Duration::from_hours(1);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        let pause = match step(&desk).await {
            Ok(true) => BREATH,
            Ok(false) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "older messages cannot be read for the full text now");
                Duration::from_mins(1)
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Whether there was something left to do.
async fn step(desk: &Desk) -> actions::Result<bool> {
    let read = full_text::read_older(desk).await?;
    let waiting = full_text::waiting(desk).await?;
    metrics::gauge!("watchbell_full_text_waiting").set(waiting as f64);
    Ok(read > 0)
}
