//! Sends what the outbox holds. Letters of one ticket go one after the other, in the order they were written; different
//! tickets at the same time. Fates are recorded together as they come in.

mod domains;
mod settle;

use std::sync::Arc;
use std::time::Duration;

use actions::outbox::{self, Fate, Outbound};
use actions::{Desk, Result};
use mail_out::{Envelope, SendError, Transport};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::Settings;
pub use domains::DomainLimits;
use domains::Domains;
use settle::settle;

/// Letters of other processes, and those to be tried again, are not announced.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// One letter; the transports have shorter limits of their own for each step.
const LONGEST_SENDING: Duration = Duration::from_mins(5);

#[derive(Clone)]
pub(crate) struct Sender {
    desk: Desk,
    transport: Arc<dyn Transport>,
    settings: Settings,
    domains: Arc<Domains>,
}

impl Sender {
    pub(crate) fn new(desk: Desk, transport: Arc<dyn Transport>, settings: Settings) -> Self {
        let domains = Arc::new(Domains::new(settings.domains));
        Self { desk, transport, settings, domains }
    }

    pub(crate) async fn run(self, shutdown: CancellationToken) {
        let mut pause = LOOK_AGAIN;
        while !shutdown.is_cancelled() {
            match self.send_waiting(&shutdown).await {
                Ok(true) => pause = LOOK_AGAIN,
                Ok(false) => {
                    pause = LOOK_AGAIN;
                    tokio::select! {
                        () = shutdown.cancelled() => {}
                        () = self.desk.outbox_filled() => {}
                        () = tokio::time::sleep(LOOK_AGAIN) => {}
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be worked on now");
                    tokio::select! {
                        () = shutdown.cancelled() => {}
                        () = tokio::time::sleep(pause) => {}
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    /// One round. `false` when nothing waits.
    async fn send_waiting(&self, shutdown: &CancellationToken) -> Result<bool> {
        let letters = outbox::claim(&self.desk, self.settings.claim).await?;
        if letters.is_empty() {
            return Ok(false);
        }
        let (fates, arriving) = mpsc::channel(letters.len());
        let places = Arc::new(Semaphore::new(self.settings.senders.max(1)));
        let mut sending = JoinSet::new();
        for thread in threads(letters) {
            sending.spawn(self.clone().send_in_order(thread, places.clone(), fates.clone(), shutdown.clone()));
        }
        drop(fates);
        settle(&self.desk, arriving).await;
        Ok(true)
    }

    async fn send_in_order(
        self,
        letters: Vec<Outbound>,
        places: Arc<Semaphore>,
        fates: mpsc::Sender<(Outbound, Fate)>,
        shutdown: CancellationToken,
    ) {
        let mut held = false;
        for mut letter in letters {
            let fate = if held || shutdown.is_cancelled() {
                Fate::Held(self.desk.now())
            } else {
                self.send_in_its_place(&letter, &places).await
            };
            // what could not go now is not overtaken, as long as it may go soon
            held |= !matches!(fate, Fate::Sent | Fate::Refused { .. }) && letter.holds_up_others();
            // its fate needs the bytes no more
            letter.letter.raw = Vec::new();
            // the channel has room for all, and its reader outlives us
            let _ = fates.send((letter, fate)).await;
        }
    }

    /// Waits for a place first: one of all, and one for each domain it goes to.
    async fn send_in_its_place(&self, letter: &Outbound, places: &Semaphore) -> Fate {
        let _at_domains = match self.domains.enter(&letter.letter.recipients, self.desk.now()).await {
            Ok(entered) => entered,
            Err(full_until) => return Fate::Held(full_until),
        };
        match places.acquire().await {
            Ok(_place) => self.send(letter).await,
            Err(_) => Fate::Held(self.desk.now()),
        }
    }

    async fn send(&self, letter: &Outbound) -> Fate {
        let end = tokio::time::Instant::now() + LONGEST_SENDING;
        let mut failures = Vec::new();
        // what becomes of one envelope is nothing to the others
        for (from, to) in outbox::envelopes(letter) {
            let envelope = Envelope { from, to };
            let sending = self.transport.send(&envelope, &letter.letter.raw);
            match tokio::time::timeout_at(end, sending).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => failures.push(error),
                Err(_) => {
                    failures.push(SendError { permanent: false, message: "it took too long".to_owned(), pending: envelope.to });
                }
            }
        }
        let fate = fate_of(failures);
        count(letter, &fate);
        fate
    }
}

/// Mixed failures are tried again together; the permanent ones then stand alone.
fn fate_of(failures: Vec<SendError>) -> Fate {
    let Some(first) = failures.first() else { return Fate::Sent };
    let (error, permanent) = (first.message.clone(), failures.iter().all(|failure| failure.permanent));
    let pending = failures.into_iter().flat_map(|failure| failure.pending).collect();
    if permanent { Fate::Refused { error, pending } } else { Fate::Deferred { error, pending } }
}

/// By ticket, each in the order of their numbers. Letters of no ticket are each on their own.
fn threads(letters: Vec<Outbound>) -> Vec<Vec<Outbound>> {
    let mut threads: Vec<Vec<Outbound>> = Vec::new();
    for letter in letters {
        let ticket = letter.letter.ticket;
        let same = |thread: &&mut Vec<Outbound>| thread.first().is_some_and(|first| first.letter.ticket == ticket);
        match threads.iter_mut().find(same).filter(|_| ticket.is_some()) {
            Some(thread) => thread.push(letter),
            None => threads.push(vec![letter]),
        }
    }
    threads
}

fn count(letter: &Outbound, fate: &Fate) {
    match fate {
        Fate::Sent => metrics::counter!("watchbell_mail_sent_total").increment(1),
        Fate::Held(_) => {}
        Fate::Deferred { error, .. } => {
            tracing::warn!(outbound.id = letter.id, error, tries = letter.tries, "letter put off");
            metrics::counter!("watchbell_mail_deferred_total").increment(1);
        }
        Fate::Refused { error, .. } => {
            tracing::warn!(outbound.id = letter.id, error, "letter refused");
            metrics::counter!("watchbell_mail_refused_total").increment(1);
        }
    }
}
