//! Passing news between the processes of one installation. Nothing waits for it: what gets lost is found when a page asks
//! again. On PostgreSQL a few lines travel in a notification of their own, apart from any transaction that changes something.

use super::{MOST, Note};
use crate::{Desk, Live};
use domain::TicketId;
use jiff::{SignedDuration, Timestamp};
use std::{collections::HashMap, time::Duration};
use tokio::sync::broadcast::error::RecvError;

/// What comes within this time travels together.
const GATHER: Duration = Duration::from_millis(100);
/// A notification holds less than 8000 bytes.
const MOST_LINES: usize = 150;
/// How often a process looks into SQLite for what others wrote.
const LOOK: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs until it is dropped.
pub async fn relay(desk: Desk) {
    if desk.db().is_postgres() {
        tokio::join!(send(&desk), receive(&desk));
    } else {
        watch(&desk).await;
    }
}

async fn send(desk: &Desk) {
    let mut notes = desk.notes();
    loop {
        let mut lines = match notes.recv().await {
            Ok(note) => vec![note.write()],
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        tokio::time::sleep(GATHER).await;
        while let Ok(note) = notes.try_recv() {
            let line = note.write();
            if lines.len() < MOST_LINES && !lines.contains(&line) {
                lines.push(line);
            }
        }
        let text = format!("{}\n{}", desk.process(), lines.join("\n"));
        if let Err(error) = storage::live::tell(desk.db(), &text).await {
            tracing::warn!(%error, "other processes could not be told the news");
        }
    }
}

async fn receive(desk: &Desk) {
    loop {
        match storage::live::listen(desk.db()).await {
            Ok(Some(mut listener)) => {
                while let Ok(text) = listener.next().await {
                    hear(desk, &text);
                }
            }
            Ok(None) => return,
            Err(error) => tracing::warn!(%error, "cannot listen for the news of other processes"),
        }
        tokio::time::sleep(PATIENCE).await;
    }
}

fn hear(desk: &Desk, text: &str) {
    let mut lines = text.lines();
    if lines.next() == Some(desk.process()) {
        return;
    }
    for note in lines.filter_map(Note::read) {
        match note {
            Note::Ticket(ticket) => desk.heard_of_change(ticket),
            Note::People(ticket) => desk.tell(Live::PeopleChanged(ticket)),
            Note::Person { ticket, user, doing } => desk.heard_of_person(ticket, user, doing),
        }
    }
}

/// SQLite tells nobody; but the tickets changed last are found by an index. What this process changed is told a second time,
/// which open pages do not mind.
async fn watch(desk: &Desk) {
    let mut seen: HashMap<TicketId, Timestamp> = HashMap::new();
    let mut first = true;
    loop {
        tokio::time::sleep(LOOK).await;
        if !desk.has_listeners() {
            (first, seen) = (true, HashMap::new());
            continue;
        }
        let now = desk.now();
        let from = now.checked_sub(SignedDuration::from_secs(60)).unwrap_or(now);
        let Ok(mut tx) = desk.db().read().await else { continue };
        let Ok(changed) = storage::ticket::updated_after(&mut tx, from, MOST).await else { continue };
        for (ticket, updated) in &changed {
            if seen.get(ticket) != Some(updated) && !first {
                desk.heard_of_change(*ticket);
            }
        }
        seen = changed.into_iter().collect();
        first = false;
    }
}
