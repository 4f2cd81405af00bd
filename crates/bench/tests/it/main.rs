//! What the measurements stand on: generated tickets are whole, and the lists over them are read from indexes.
#![expect(clippy::unwrap_used, reason = "tests")]

mod generate;
mod plans;
