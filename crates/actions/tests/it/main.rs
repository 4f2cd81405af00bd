//! The verbs, on both databases.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod automation;
mod bulk;
mod constituency;
mod family;
mod history;
mod incident;
mod lifecycle;
mod link;
mod lists;
mod live;
mod lock;
mod merge;
mod preview;
mod rights;
mod setting;
mod story;
mod ticket;
