//! Recognises delivery failure reports (RFC 3464, RFC 6533, and those of old mail systems) and what they are about.

use super::{plain_bounce, report};
use crate::incoming::{Incoming, Part};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Addresses that did not get the mail.
    pub failed: Vec<String>,
    /// The id of the mail that did not arrive, when the report quotes it.
    pub original_message_id: Option<String>,
}

pub(super) const MOST_FAILED: usize = 1_000;
const STATUS: [&str; 2] = ["message/delivery-status", "message/global-delivery-status"];

/// `None` for anything but a report of failure; a report of delay is none either.
pub fn bounce(incoming: &Incoming) -> Option<Bounce> {
    let Some(status) = report::fields(incoming, &STATUS).filter(|_| is_report(incoming)) else {
        return plain_bounce::read(incoming);
    };
    let failed = failed_recipients(status);
    let original_message_id = report::original(incoming, "message-id").and_then(|id| report::message_id(&id));
    (!failed.is_empty()).then_some(Bounce { failed, original_message_id })
}

/// A report that tells of no failure: the mail is late, was relayed, or has arrived.
pub fn delivery_notice(incoming: &Incoming) -> bool {
    let told = report::fields(incoming, &STATUS).filter(|_| is_report(incoming));
    told.is_some_and(|status| failed_recipients(status).is_empty())
}

fn is_report(incoming: &Incoming) -> bool {
    let report = incoming.parts.iter().position(|part| part.content_type == "multipart/report");
    let within = |part: &Part| part.parent == report && STATUS.contains(&part.content_type.as_str());
    report.is_some() && incoming.parts.iter().any(within)
}

fn failed_recipients(status: &str) -> Vec<String> {
    let blocks = status.split("\n\n");
    let failed = blocks.filter(|block| {
        let action = report::value(block, "action");
        action.is_some_and(|action| action.split([' ', '(']).next().is_some_and(|word| word.eq_ignore_ascii_case("failed")))
    });
    let recipient = |block: &str| {
        let named = ["final-recipient", "original-recipient"];
        named.iter().filter_map(|name| report::value(block, name)).find_map(|value| report::address(&value))
    };
    failed.filter_map(recipient).take(MOST_FAILED).collect()
}
