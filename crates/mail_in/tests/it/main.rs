//! The crate's integration tests; the modules mirror `src`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod corpus;
mod hostile;
mod lmtp;
