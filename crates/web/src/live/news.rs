//! A piece of news as browsers read it. Its id is the moment it was told at, so that a page that comes back can say since when
//! it was away, and nobody learns from gaps what they may not see.

use actions::live::News;
use axum::response::sse::Event;
use domain::{TicketId, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

pub(super) struct Piece {
    kind: &'static str,
    at: Timestamp,
    data: Value,
}

impl Piece {
    pub(super) fn hello(at: Timestamp) -> Self {
        Self { kind: "hello", at, data: json!({}) }
    }
    /// Too much happened to tell it one by one.
    pub(super) fn everything(at: Timestamp) -> Self {
        Self { kind: "everything", at, data: json!({}) }
    }
    pub(super) fn signed_out(at: Timestamp) -> Self {
        Self { kind: "signed-out", at, data: json!({}) }
    }
    pub(super) fn ticket(at: Timestamp, news: &News, me: UserId) -> Self {
        Self { kind: "ticket", at, data: json!({ "ticket": news.ticket.0, "version": news.version, "mine": news.by == me }) }
    }
    pub(super) fn people(at: Timestamp, ticket: TicketId) -> Self {
        Self { kind: "people", at, data: json!({ "ticket": ticket.0 }) }
    }

    pub(super) fn event(&self) -> Event {
        Event::default().event(self.kind).id(self.at.as_microsecond().to_string()).data(self.data.to_string())
    }
    pub(super) fn text(&self) -> String {
        format!("event: {}\nid: {}\ndata: {}\n\n", self.kind, self.at.as_microsecond(), self.data)
    }
}
