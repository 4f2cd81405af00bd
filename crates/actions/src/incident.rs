//! Verbs on Incidents and their families.

mod alert;
mod attach;
mod close;
mod constituency;
mod due;
mod family;
mod merge;
mod prefill;
mod split;

pub use alert::alert_owner;
pub use attach::{attach_reports, attachable};
pub use close::{Close, CloseOutcome, close};
pub(crate) use constituency::{fits_queue, may_leave, queue_for_incident, queue_of_new_child, same_constituency};
pub(crate) use due::{recalculate_due, set_due_from_children};
pub use family::{Linked, link_to_incident, unlink_from_incident};
pub use merge::merge;
pub use prefill::{Prefill, quoted_texts, texts};
pub use split::{MOST_PARTS, Matter, matters, split_by};
