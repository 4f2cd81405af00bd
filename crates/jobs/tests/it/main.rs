//! The crate's integration tests; the modules mirror `src`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod call_receivers;
mod envelopes;
mod send_outbox;
