//! Shows how much mail waits and how much is in trouble, for alarms.

use std::time::Duration;

use actions::{Desk, inbox, outbox};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(15);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    loop {
        match count(&desk).await {
            Ok(()) => {}
            Err(error) => tracing::warn!(%error, "waiting mail cannot be counted"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn count(desk: &Desk) -> actions::Result<()> {
    let (waiting, troubled) = inbox::counts(desk).await?;
    metrics::gauge!("watchbell_inbox_waiting").set(waiting as f64);
    metrics::gauge!("watchbell_inbox_troubled").set(troubled as f64);
    let (waiting, failed) = outbox::counts(desk).await?;
    metrics::gauge!("watchbell_outbox_waiting").set(waiting as f64);
    metrics::gauge!("watchbell_outbox_failed").set(failed as f64);
    Ok(())
}
