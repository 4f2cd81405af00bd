//! Understanding mail: from bytes to one typed value, and the small questions asked of it. Pure and bounded: it knows no database,
//! no clock and no door, so that it can be fuzzed and tested alone.

pub mod incoming;
pub mod parse;
pub mod steps;

pub use incoming::{Disposition, Incoming, Mailbox, Marks, Part, PartBody};
pub use parse::{Limits, Unreadable, parse};
