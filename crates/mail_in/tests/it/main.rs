//! The crate's integration tests; the modules mirror `src`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod corpus;
mod gateway;
mod hostile;
mod intake;
mod lmtp;
mod pipe;
mod post;
mod process;
