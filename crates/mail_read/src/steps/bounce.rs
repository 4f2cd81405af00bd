//! Recognises delivery failure reports (RFC 3464, RFC 6533, and those of old mail systems) and what they are about.

use super::{plain_bounce, report};
use crate::incoming::{Incoming, Part};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Addresses that did not get the mail.
    pub failed: Vec<String>,
    /// Those of them that will not get any (status 5.x.x, RFC 3463), with what the report says about it.
    pub gone: Vec<(String, String)>,
    /// The id of the mail that did not arrive, when the report quotes it.
    pub original_message_id: Option<String>,
}

pub(super) const MOST_FAILED: usize = 1_000;
/// More of what a mail server says nobody reads.
const LONGEST_REASON: usize = 300;
const STATUS: [&str; 2] = ["message/delivery-status", "message/global-delivery-status"];

/// `None` for anything but a report of failure; a report of delay is none either.
pub fn bounce(incoming: &Incoming) -> Option<Bounce> {
    let Some(status) = report::fields(incoming, &STATUS).filter(|_| is_report(incoming)) else {
        return plain_bounce::read(incoming);
    };
    let failed = failed_recipients(status);
    let original_message_id = report::original(incoming, "message-id").and_then(|id| report::message_id(&id));
    (!failed.is_empty()).then(|| Bounce { failed, gone: gone(status), original_message_id })
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

/// The blocks about recipients that were not reached, each with its address.
fn failures(status: &str) -> impl Iterator<Item = (&str, String)> {
    let failed = status.split("\n\n").filter(|block| {
        let action = report::value(block, "action");
        action.is_some_and(|action| action.split([' ', '(']).next().is_some_and(|word| word.eq_ignore_ascii_case("failed")))
    });
    let recipient = |block: &str| {
        let named = ["final-recipient", "original-recipient"];
        named.iter().filter_map(|name| report::value(block, name)).find_map(|value| report::address(&value))
    };
    failed.filter_map(move |block| Some((block, recipient(block)?))).take(MOST_FAILED)
}

fn failed_recipients(status: &str) -> Vec<String> {
    failures(status).map(|(_, address)| address).collect()
}

fn gone(status: &str) -> Vec<(String, String)> {
    let reason = |block: &str| {
        let code = report::value(block, "status").filter(|code| code.starts_with("5."))?;
        let said = report::value(block, "diagnostic-code").unwrap_or_default();
        // without the kind of code that follows: `smtp; 550 5.1.1 no such user`
        let said = said.split_once(';').map_or(said.as_str(), |(_, said)| said).trim();
        let code = if said.contains(code.as_str()) { "" } else { code.as_str() };
        Some([code, said].join(" ").trim().chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect())
    };
    failures(status).filter_map(|(block, address)| Some((address, reason(block)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_will_never_arrive_counts_as_gone() {
        let status = "Reporting-MTA: dns; mx\n\n\
            Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n\
            Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 4.4.7\n\n\
            Final-Recipient: rfc822; c@x.example\nAction: delayed\nStatus: 5.0.0\n\n\
            Final-Recipient: rfc822; d@x.example\nAction: failed\nStatus: 5.7.1";
        let gone = gone(status);
        let pairs: Vec<(&str, &str)> = gone.iter().map(|(address, reason)| (address.as_str(), reason.as_str())).collect();
        assert_eq!(pairs, [("a@x.example", "550 5.1.1 no such user"), ("d@x.example", "5.7.1")]);
        assert_eq!(failed_recipients(status).len(), 3);
    }
}
