//! Incoming mail: the LMTP door, understanding a message, and the steps that judge it.
//! What a message then does to tickets is decided by the verbs.

pub mod incoming;
pub mod lmtp;
pub mod parse;
pub mod steps;

pub use incoming::{Disposition, Incoming, Mailbox, Marks, Part, PartBody};
pub use parse::{Limits, Unreadable, parse};
