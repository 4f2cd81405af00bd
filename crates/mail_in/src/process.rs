//! Takes stored messages out of the inbox and turns them into tickets: a transaction ends with its messages done, or nothing
//! happened. Failing messages wait and are kept for the administrators in the end; none holds up the next.

mod attempt;
mod bounced;
mod commands;
mod deed;
mod find_ticket;
mod pace;
mod record;
mod refusal;
mod run;
mod sender;
mod to_message;
mod together;

use std::sync::Arc;

use actions::inbox::{self, Inbound, Outcome};
use actions::{Desk, Error, Result, Tx};
use tokio::sync::OwnedSemaphorePermit;

use crate::parse::Limits;
use attempt::{Failure, attempt};
pub(crate) use deed::Deed;
pub(crate) use find_ticket::given;

/// Larger messages are stored and worked on one at a time: each takes several times its size in memory.
pub(crate) const LARGE: usize = 4 * 1024 * 1024;
/// Two workers that meet the same stranger get in each other's way: again at once, before it counts as a failure.
const TRIES_AT_ONCE: usize = 3;

/// Cheap to clone.
#[derive(Clone)]
pub struct Processor {
    desk: Desk,
    limits: Limits,
}

/// A message held by its transaction, with the place that a large one takes.
struct Held {
    tx: Tx,
    message: Inbound,
    place: Option<OwnedSemaphorePermit>,
}

impl Processor {
    pub fn new(desk: Desk, limits: Limits) -> Self {
        Self { desk, limits }
    }

    /// One particular message. `None` when it failed for now, when somebody else works on it, and when it is done already.
    pub async fn process_one(&self, id: i64) -> Result<Option<Outcome>> {
        match self.hold(id).await? {
            Some(held) => self.work(held).await,
            None => Ok(None),
        }
    }

    async fn hold(&self, id: i64) -> Result<Option<Held>> {
        let mut tx = self.desk.write().await?;
        match inbox::take_one(&mut tx, id).await? {
            Some(message) => self.in_its_place(tx, message).await,
            None => Ok(None),
        }
    }

    /// Nobody holds a transaction, or a message's bytes, while waiting for a place.
    async fn in_its_place(&self, tx: Tx, message: Inbound) -> Result<Option<Held>> {
        if message.message.raw.len() <= LARGE {
            return Ok(Some(Held { tx, message, place: None }));
        }
        if let Ok(place) = self.desk.heavy().try_acquire_owned() {
            return Ok(Some(Held { tx, message, place: Some(place) }));
        }
        let id = message.id;
        drop(message);
        tx.rollback().await?;
        let Ok(place) = self.desk.heavy().acquire_owned().await else { return Ok(None) };
        let mut tx = self.desk.write().await?;
        let message = inbox::take_one(&mut tx, id).await?;
        Ok(message.map(|message| Held { tx, message, place: Some(place) }))
    }

    async fn work(&self, held: Held) -> Result<Option<Outcome>> {
        let Held { mut tx, mut message, place } = held;
        let mut raw = std::mem::take(&mut message.message.raw);
        let message = Arc::new(message);
        for tried in 1.. {
            // a task of its own: a panic ends the try, not the worker
            let result = match tokio::spawn(attempt_alone(tx, message.clone(), raw, self.limits)).await {
                Ok(Err(Failure::Refused(refusal))) => refusal::refuse(&self.desk, message.id, refusal).await,
                Ok(Err(Failure::Trouble(error))) if tried < TRIES_AT_ONCE => {
                    tracing::info!(inbound.id = message.id, %error, "processing failed, trying again");
                    tx = self.desk.write().await?;
                    let Some(again) = inbox::take_one(&mut tx, message.id).await? else { return Ok(None) };
                    raw = again.message.raw;
                    continue;
                }
                Ok(Err(Failure::Trouble(error))) => Err(error),
                Ok(Ok(outcome)) => Ok(Some(outcome)),
                Err(panic) => Err(Error::Internal(anyhow::anyhow!("processing broke down: {panic}"))),
            };
            drop(place);
            return self.settle(&message, result).await;
        }
        Ok(None)
    }

    async fn settle(&self, message: &Inbound, result: Result<Option<Outcome>>) -> Result<Option<Outcome>> {
        let label = match &result {
            Ok(Some(Outcome::Done(_))) => "done",
            Ok(Some(Outcome::Dropped(_))) => "dropped",
            Ok(Some(Outcome::Refused(_))) => "refused",
            Ok(None) => return Ok(None),
            Err(_) => "failed",
        };
        metrics::counter!("watchbell_mail_processed_total", "outcome" => label).increment(1);
        match result {
            Ok(outcome) => {
                tracing::info!(inbound.id = message.id, ?outcome, "message processed");
                Ok(outcome)
            }
            Err(error) => {
                tracing::error!(inbound.id = message.id, %error, tries = message.tries + 1, "message not processed");
                inbox::failed(&self.desk, message, &error).await?;
                Ok(None)
            }
        }
    }
}

async fn attempt_alone(tx: Tx, message: Arc<Inbound>, raw: Vec<u8>, limits: Limits) -> std::result::Result<Outcome, Failure> {
    let (tx, outcome) = attempt(tx, message, raw, limits).await?;
    tx.commit().await?;
    Ok(outcome)
}
