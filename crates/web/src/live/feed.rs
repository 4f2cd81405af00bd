//! One open stream: what it heard of, who it is for, and when it ends.

use super::news::Piece;
use actions::{Live, Result, account, live};
use axum::response::sse::Event;
use domain::TicketId;
use futures_util::stream::{Stream, StreamExt, unfold};
use http_door::{App, Place};
use std::{collections::VecDeque, convert::Infallible, time::Duration};
use tokio::sync::{
    broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    watch,
};

/// What happens within this time is told together.
const GATHER: Duration = Duration::from_millis(250);
/// Proxies and browsers give up connections that are silent for long; and a session may end meanwhile.
const HEARTBEAT: Duration = Duration::from_secs(20);

pub(super) struct Feed {
    app: App,
    _place: Place,
    /// Of the session; the stream ends with it, and does not keep it alive.
    secret: String,
    heard: Receiver<Live>,
    stopping: watch::Receiver<bool>,
    waiting: VecDeque<Event>,
    is_over: bool,
}

#[derive(Default)]
struct Heard {
    tickets: Vec<TicketId>,
    people: Vec<TicketId>,
    missed: bool,
}

impl Feed {
    pub(super) fn new(app: App, place: Place, secret: String, heard: Receiver<Live>, first: Vec<Piece>) -> Self {
        let waiting = first.iter().map(Piece::event).collect();
        Self { stopping: app.streams.stopping(), app, _place: place, secret, heard, waiting, is_over: false }
    }

    pub(super) fn events(self) -> impl Stream<Item = std::result::Result<Event, Infallible>> {
        unfold(self, |mut feed| async move { Some((Ok(feed.next().await?), feed)) }).fuse()
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.is_over || *self.stopping.borrow() {
                return None;
            }
            let first = tokio::select! {
                _ = self.stopping.changed() => return None,
                heard = self.heard.recv() => Some(heard),
                () = tokio::time::sleep(HEARTBEAT) => None,
            };
            let is_beat = first.is_none();
            let outcome = match first {
                Some(first) => {
                    let heard = self.gather(first).await;
                    self.tell(heard).await
                }
                None => self.tell(Heard::default()).await,
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "a stream of news ends early");
                return None;
            }
            if is_beat && self.waiting.is_empty() {
                return Some(Event::default().comment(""));
            }
        }
    }

    async fn gather(&mut self, first: std::result::Result<Live, RecvError>) -> Heard {
        let mut heard = Heard::default();
        match first {
            Ok(live) => heard.add(live),
            Err(_) => heard.missed = true,
        }
        tokio::time::sleep(GATHER).await;
        loop {
            match self.heard.try_recv() {
                Ok(live) => heard.add(live),
                Err(TryRecvError::Lagged(_)) => heard.missed = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return heard,
            }
        }
    }

    /// Asks anew who this is and what they may see.
    async fn tell(&mut self, heard: Heard) -> Result<()> {
        let mut tx = self.app.desk.read().await?;
        let now = tx.now();
        let Some((actor, _)) = account::actor_of_session(&mut tx, &self.secret, false).await? else {
            self.is_over = true;
            self.waiting.push_back(Piece::signed_out(now).event());
            return Ok(());
        };
        if heard.missed {
            self.waiting.push_back(Piece::everything(now).event());
        }
        for news in live::news(&mut tx, &actor, &heard.tickets).await? {
            self.waiting.push_back(Piece::ticket(now, &news, actor.id()).event());
        }
        // the people at a ticket matter to those who are there
        let near: Vec<TicketId> = heard.people.into_iter().filter(|ticket| self.app.desk.is_at(*ticket, actor.id())).collect();
        for news in live::news(&mut tx, &actor, &near).await? {
            self.waiting.push_back(Piece::people(now, news.ticket).event());
        }
        Ok(())
    }
}

impl Heard {
    fn add(&mut self, live: Live) {
        let (list, ticket) = match live {
            Live::TicketChanged(ticket) => (&mut self.tickets, ticket),
            Live::PeopleChanged(ticket) => (&mut self.people, ticket),
        };
        if !list.contains(&ticket) {
            list.push(ticket);
        }
    }
}
