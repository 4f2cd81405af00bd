//! Trying one of several things in a transaction: what a verb refuses is undone alone, and the others stay.

use crate::{Error, Result, Tx};

/// A place in a transaction to come back to.
#[derive(Debug)]
#[must_use = "settle it with the outcome of what was tried"]
pub struct Attempt {
    point: u32,
    waiting: usize,
}

impl Tx {
    pub async fn attempt(&mut self) -> Result<Attempt> {
        Ok(Attempt { point: self.savepoint().await?, waiting: self.batch.len() })
    }

    /// Keeps what succeeded and undoes what was refused. Trouble of ours is no refusal: it ends the whole transaction.
    pub async fn settle<T>(&mut self, attempt: Attempt, outcome: Result<T>) -> Result<Result<T>> {
        match outcome {
            Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => Err(error),
            Ok(done) => {
                self.release(attempt.point).await?;
                Ok(Ok(done))
            }
            Err(refusal) => {
                self.rollback_to(attempt.point).await?;
                self.batch.truncate(attempt.waiting);
                Ok(Err(refusal))
            }
        }
    }
}
