#![expect(clippy::unwrap_used, reason = "tests")]

mod judge;
mod parse;
mod print;
