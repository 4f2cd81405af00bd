//! Incoming mail: the doors it comes through, understanding a message, the steps that judge it, and the workers that hand it
//! to the verbs. What a message then does to tickets is decided by the verbs.

mod buffer;
pub mod gateway;
pub mod incoming;
mod intake;
pub mod lmtp;
pub mod parse;
pub mod pipe;
mod process;
pub mod steps;

pub use incoming::{Disposition, Incoming, Mailbox, Marks, Part, PartBody};
pub use intake::{Arriving, Intake};
pub use parse::{Limits, Unreadable, parse};
pub use process::Processor;
