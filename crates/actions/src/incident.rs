//! Verbs on Incidents and their families.

mod close;
mod due;
mod family;
mod merge;
mod prefill;

pub use close::{Close, CloseOutcome, close};
pub(crate) use due::{recalculate_due, set_due_from_children};
pub use family::{link_to_incident, unlink_from_incident};
pub use merge::merge;
pub use prefill::{Prefill, quoted_texts, texts};
