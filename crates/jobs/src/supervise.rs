//! Keeps a job running: one that breaks down is started again, later each time.

use std::future::Future;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const LONGEST_PAUSE: Duration = Duration::from_mins(1);

pub(crate) async fn supervise<F>(name: &'static str, shutdown: CancellationToken, job: impl Fn(CancellationToken) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut pause = Duration::from_secs(1);
    loop {
        // a set, so that the job ends with its supervisor
        let mut running = JoinSet::new();
        running.spawn(job(shutdown.clone()));
        let ended = running.join_next().await;
        if shutdown.is_cancelled() {
            return;
        }
        let error = ended.and_then(Result::err).map(|error| error.to_string()).unwrap_or_default();
        tracing::error!(job = name, error, "job ended; it is started again");
        metrics::counter!("watchbell_job_restarts_total", "job" => name).increment(1);
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test(start_paused = true)]
    async fn a_job_that_panics_is_started_again_until_shutdown() {
        let starts = Arc::new(AtomicUsize::new(0));
        let shutdown = CancellationToken::new();
        let counted = starts.clone();
        let supervised = supervise("test", shutdown.clone(), move |shutdown| {
            let number = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(number >= 2, "broken");
                shutdown.cancelled().await;
            }
        });
        let supervised = tokio::spawn(supervised);
        tokio::time::sleep(Duration::from_mins(1)).await;
        assert_eq!(starts.load(Ordering::SeqCst), 3);
        shutdown.cancel();
        supervised.await.expect("it stops");
        assert_eq!(starts.load(Ordering::SeqCst), 3);
    }
}
