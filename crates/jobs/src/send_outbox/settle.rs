//! Records what became of letters. A sent letter whose fate is not recorded would be sent again, so this does not give up
//! while the database is away.

use std::time::Duration;

use actions::outbox::{self, Fate, Outbound};
use actions::{Desk, Error};
use tokio::sync::mpsc;

const TOGETHER: usize = 50;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Until all senders are gone.
pub(super) async fn settle(desk: &Desk, mut arriving: mpsc::Receiver<(Outbound, Fate)>) {
    let mut fates = Vec::new();
    while arriving.recv_many(&mut fates, TOGETHER).await > 0 {
        record(desk, std::mem::take(&mut fates)).await;
    }
}

/// One fate that cannot be recorded must not keep the others from it.
async fn record(desk: &Desk, fates: Vec<(Outbound, Fate)>) {
    if try_to_record(desk, &fates).await.is_ok() {
        return;
    }
    for one in fates {
        let id = one.0.id;
        if let Err(error) = try_to_record(desk, std::slice::from_ref(&one)).await {
            tracing::error!(outbound.id = id, %error, "the fate of a letter cannot be recorded; it will be sent again");
        }
    }
}

/// Trouble that may pass is waited for.
async fn try_to_record(desk: &Desk, fates: &[(Outbound, Fate)]) -> Result<(), Error> {
    let mut pause = FIRST_PAUSE;
    for _ in 0..8 {
        match outbox::settle(desk, fates.to_vec()).await {
            Err(Error::Unavailable(error)) => {
                tracing::warn!(error, "fates of letters wait to be recorded");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            other => return other,
        }
    }
    outbox::settle(desk, fates.to_vec()).await
}
