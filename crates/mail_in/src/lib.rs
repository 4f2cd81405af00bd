//! Incoming mail: the doors it comes through, and the workers that have it understood and judged (`mail_read`) and hand it
//! to the verbs. What a message then does to tickets is decided by the verbs.

pub mod aliases;
mod buffer;
pub mod gateway;
pub mod imap;
mod intake;
pub mod lmtp;
pub mod pipe;
mod process;

pub use intake::{Arriving, Filter, Intake};
pub use mail_read::{Disposition, Incoming, Limits, Mailbox, Marks, Part, PartBody, Unreadable, incoming, parse, steps};
pub use process::Processor;
