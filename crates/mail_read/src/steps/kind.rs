//! What kind of message it is, in one word: the first of these that holds.

use super::{abuse_report, auto_generated, auto_reply, bounce, delivery_notice, receipt};
use crate::incoming::Incoming;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A mail of ours did not arrive.
    Bounce,
    /// A mail of ours is late, was relayed, or has arrived.
    DeliveryNotice,
    /// A mail of ours was read.
    Receipt,
    /// A complaint in a form for machines.
    AbuseReport,
    /// Somebody's mail program answers in their absence.
    AutoReply,
    /// Somebody wrote to a list, and the list to us.
    List,
    /// A machine wrote it, for whatever reason.
    Automatic,
    Person,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bounce => "bounce",
            Self::DeliveryNotice => "delivery notice",
            Self::Receipt => "receipt",
            Self::AbuseReport => "abuse report",
            Self::AutoReply => "auto-reply",
            Self::List => "list",
            Self::Automatic => "automatic",
            Self::Person => "person",
        }
    }
}

/// `return_path` is the envelope sender where the door knows it; empty is `<>`.
pub fn kind(incoming: &Incoming, return_path: Option<&str>) -> Kind {
    if bounce(incoming).is_some() {
        Kind::Bounce
    } else if delivery_notice(incoming) {
        Kind::DeliveryNotice
    } else if receipt(incoming).is_some() {
        Kind::Receipt
    } else if abuse_report(incoming).is_some() {
        Kind::AbuseReport
    } else if auto_reply(incoming) {
        Kind::AutoReply
    } else if is_list(incoming) {
        Kind::List
    } else if auto_generated(incoming, return_path) {
        Kind::Automatic
    } else {
        Kind::Person
    }
}

fn is_list(incoming: &Incoming) -> bool {
    ["List-Id", "List-Post"].iter().any(|name| incoming.header(name).is_some())
        || incoming.header("Precedence").is_some_and(|value| value.trim().eq_ignore_ascii_case("list"))
}
