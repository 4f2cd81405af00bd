//! The corpus of mails with what each must be understood as, and mail made to hurt.
#![expect(clippy::unwrap_used, reason = "tests")]

mod corpus;
mod hostile;
