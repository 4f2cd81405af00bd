//! The crate's integration tests; the modules mirror `src`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod aliases;
mod filter;
mod gateway;
mod intake;
mod lmtp;
mod pipe;
mod post;
mod process;
