//! The workers: each takes what waits, and sleeps until something arrives or is due again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Processor;

/// Messages of other processes, and those to be tried again, are not announced.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Processor {
    /// Works until `shutdown`, then finishes the messages begun. SQLite has one writer and gains nothing from a second worker.
    pub async fn run(&self, workers: usize, shutdown: CancellationToken) {
        let tasks = TaskTracker::new();
        for _ in 0..workers.max(1) {
            tasks.spawn(self.clone().work_on(shutdown.clone()));
        }
        tasks.close();
        tasks.wait().await;
    }

    async fn work_on(self, shutdown: CancellationToken) {
        let mut pause = LOOK_AGAIN;
        while !shutdown.is_cancelled() {
            match self.process_next().await {
                Ok(true) => pause = LOOK_AGAIN,
                Ok(false) => {
                    pause = LOOK_AGAIN;
                    tokio::select! {
                        () = shutdown.cancelled() => {}
                        () = self.desk.inbox_filled() => {}
                        () = tokio::time::sleep(LOOK_AGAIN) => {}
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the inbox cannot be worked on now");
                    tokio::select! {
                        () = shutdown.cancelled() => {}
                        () = tokio::time::sleep(pause) => {}
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }
}
