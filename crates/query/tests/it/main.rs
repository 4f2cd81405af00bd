#![expect(clippy::unwrap_used, reason = "tests")]

mod complete;
mod edit;
mod judge;
mod parse;
mod print;
