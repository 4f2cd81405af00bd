//! What waits, several messages to a transaction: the disk is waited for once, and other writers as well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actions::Result;
use actions::inbox::{self, Inbound, Outcome};

use super::{Processor, attempt::attempt};

/// A transaction ends when somebody else wants to write, and after this time anyway.
const LONGEST: Duration = Duration::from_millis(100);
const MOST: usize = 32;
/// Larger ones take long by themselves.
const SMALL: usize = 256 * 1024;

impl Processor {
    /// `false` when nothing waits. A message that fails is no error here; that even its failure cannot be recorded is one.
    /// When one fails, nothing of the others lasts either, and each is worked on alone.
    pub async fn process_next(&self) -> Result<bool> {
        let most = if self.desk.db().is_postgres() { 1 } else { MOST };
        let began = Instant::now();
        let mut tx = self.desk.write().await?;
        let mut done: Vec<(Arc<Inbound>, Outcome)> = Vec::new();
        while done.is_empty() || done.len() < most && began.elapsed() < LONGEST && !self.desk.db().is_awaited() {
            let Some(mut message) = inbox::take(&mut tx).await? else { break };
            if most == 1 || message.message.raw.len() > SMALL {
                if !done.is_empty() {
                    break;
                }
                if let Some(held) = self.in_its_place(tx, message).await? {
                    self.work(held).await?;
                }
                return Ok(true);
            }
            let raw = std::mem::take(&mut message.message.raw);
            let message = Arc::new(message);
            // a task of its own: a panic ends the try, not the worker
            let Ok(Ok((held, outcome))) = tokio::spawn(attempt(tx, message.clone(), raw, self.limits)).await else {
                let ids = done.iter().map(|(message, _)| message.id).chain([message.id]).collect();
                return self.one_by_one(ids).await;
            };
            tx = held;
            done.push((message, outcome));
        }
        if done.is_empty() {
            return Ok(false);
        }
        if let Err(error) = tx.commit().await {
            tracing::info!(%error, "several messages could not be kept together");
            return self.one_by_one(done.iter().map(|(message, _)| message.id).collect()).await;
        }
        for (message, outcome) in done {
            self.settle(&message, Ok(Some(outcome))).await?;
        }
        Ok(true)
    }

    async fn one_by_one(&self, ids: Vec<i64>) -> Result<bool> {
        for id in ids {
            self.process_one(id).await?;
        }
        Ok(true)
    }
}
