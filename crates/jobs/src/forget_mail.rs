//! Takes the bytes of mail away that was filed long enough ago, where the installation wants that.

use std::time::Duration;

use actions::{Desk, inbox};
use tokio_util::sync::CancellationToken;

const PAUSE: Duration = Duration::from_mins(15);
/// Between two steps, so that others come to write.
const BREATH: Duration = Duration::from_millis(200);

pub(crate) async fn run(desk: Desk, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        let pause = match inbox::forget_bytes(&desk).await {
            Ok(true) => BREATH,
            Ok(false) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "old mail cannot be removed now");
                PAUSE
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
