//! REST 2 as its clients use it, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

mod attachment;
mod auth;
mod caller;
mod create;
mod listing;
mod message;
mod queue;
mod routes;
mod search;
mod status;
mod story;
mod update;
