//! Writes waiting messages together. A batch ends where nothing more waits, or where it would hold too much memory.

use std::sync::Arc;

use actions::Desk;
use actions::inbox::{self, NewInbound};
use tokio::sync::{mpsc, oneshot};

use super::{Arriving, Waiting, later};
use crate::lmtp::Trouble;
use crate::process::LARGE;

const MOST_MESSAGES: usize = 64;
const MOST_BYTES: usize = 16 * 1024 * 1024;

type Answers = Vec<oneshot::Sender<Result<i64, Trouble>>>;

pub(super) async fn write(desk: Desk, mut queue: mpsc::Receiver<Waiting>) {
    while let Some(first) = queue.recv().await {
        let mut bytes = first.message.raw.len();
        let mut batch = vec![first];
        while batch.len() < MOST_MESSAGES && bytes < MOST_BYTES {
            let Ok(next) = queue.try_recv() else { break };
            bytes += next.message.raw.len();
            batch.push(next);
        }
        let place = if bytes > LARGE { desk.heavy().acquire_owned().await.ok() } else { None };
        let (messages, answers): (Vec<_>, Answers) = batch.into_iter().map(|one| (row(one.message), one.stored)).unzip();
        // a task of its own: whatever goes wrong in there, this one must go on
        let stored = tokio::spawn(store(desk.clone(), messages)).await.unwrap_or_default();
        drop(place);
        answer(answers, stored);
    }
}

async fn store(desk: Desk, messages: Vec<NewInbound>) -> Vec<i64> {
    let doors: Vec<String> = messages.iter().map(|message| message.door.clone()).collect();
    match inbox::store(&desk, messages).await {
        Ok(ids) => {
            for door in doors {
                metrics::counter!("watchbell_mail_received_total", "door" => door).increment(1);
            }
            ids
        }
        Err(error) => {
            tracing::error!(%error, "arriving mail was not stored");
            metrics::counter!("watchbell_mail_not_stored_total").increment(doors.len() as u64);
            vec![]
        }
    }
}

/// In their order; whoever has no number is told to come again. Who has gone in the meantime needs no answer.
fn answer(answers: Answers, stored: Vec<i64>) {
    let mut stored = stored.into_iter();
    for waiting in answers {
        let _ = waiting.send(stored.next().ok_or_else(later));
    }
}

/// The last holder gives the bytes away; another copies them.
fn row(message: Arriving) -> NewInbound {
    NewInbound {
        door: message.door.to_owned(),
        sender: message.sender,
        recipient: message.recipient,
        queue: message.queue,
        action: message.action,
        ticket: message.ticket,
        raw: Arc::unwrap_or_clone(message.raw),
    }
}
