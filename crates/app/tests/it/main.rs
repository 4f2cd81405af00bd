//! The program as its users have it: started, written to, asked, killed.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod bad_mail;
mod commands;
mod crash;
mod lmtp;
mod program;
mod story;
