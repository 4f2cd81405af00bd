//! Trying one of several things in a transaction: what a verb refuses is undone alone, and the others stay.

use crate::{Error, Result, Tx};

/// A place in a transaction to come back to.
#[derive(Debug)]
#[must_use = "settle it with the outcome of what was tried"]
pub struct Attempt {
    point: u32,
    waiting: usize,
    runs: usize,
    /// Rules that ran, and letters they wrote.
    told: (usize, usize),
}

impl Tx {
    pub async fn attempt(&mut self) -> Result<Attempt> {
        let told = (self.ran.len(), self.posted.len());
        Ok(Attempt { point: self.savepoint().await?, waiting: self.batch.len(), runs: self.runs.len(), told })
    }

    /// Keeps what succeeded and undoes what was refused. Trouble of ours is no refusal: it ends the whole transaction.
    pub async fn settle<T>(&mut self, attempt: Attempt, outcome: Result<T>) -> Result<Result<T>> {
        match outcome {
            Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => Err(error),
            Ok(done) => {
                self.keep_attempt(attempt).await?;
                Ok(Ok(done))
            }
            Err(refusal) => {
                self.undo_attempt(attempt).await?;
                Ok(Err(refusal))
            }
        }
    }

    pub(crate) async fn keep_attempt(&mut self, attempt: Attempt) -> Result<()> {
        self.release(attempt.point).await
    }

    /// As if it had never been tried: rows, changes that wait for rules, and notes of what rules did.
    pub(crate) async fn undo_attempt(&mut self, attempt: Attempt) -> Result<()> {
        self.rollback_to(attempt.point).await?;
        self.batch.truncate(attempt.waiting);
        self.runs.truncate(attempt.runs);
        self.ran.truncate(attempt.told.0);
        self.posted.truncate(attempt.told.1);
        Ok(())
    }
}
