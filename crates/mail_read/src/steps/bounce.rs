//! Recognises delivery failure reports (RFC 3464) and what they are about.

use crate::incoming::{Incoming, Part};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Addresses that did not get the mail.
    pub failed: Vec<String>,
    /// The id of the mail that did not arrive, when the report quotes it.
    pub original_message_id: Option<String>,
}

const MOST_FAILED: usize = 1_000;

/// `None` for anything but a report of failure; a report of delay is none either.
pub fn bounce(incoming: &Incoming) -> Option<Bounce> {
    let report = incoming.parts.iter().position(|part| part.content_type == "multipart/report")?;
    let children = || incoming.parts.iter().enumerate().filter(move |(_, part)| part.parent == Some(report));
    let status = children().find(|(_, part)| part.content_type == "message/delivery-status")?.1.text()?;
    let failed = failed_recipients(status);
    let original_message_id = children().find_map(|(index, part)| original_id(incoming, index, part));
    (!failed.is_empty()).then_some(Bounce { failed, original_message_id })
}

fn failed_recipients(status: &str) -> Vec<String> {
    let blocks = status.split("\n\n");
    let failed = blocks.filter(|block| value(block, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed")));
    let recipient = |block: &str| value(block, "final-recipient").or_else(|| value(block, "original-recipient")).map(address);
    failed.filter_map(recipient).filter(|address| address.contains('@')).take(MOST_FAILED).collect()
}

fn value<'x>(block: &'x str, name: &str) -> Option<&'x str> {
    block.lines().find_map(|line| {
        let (given, value) = line.split_once(':')?;
        given.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Without the address type: `rfc822; ray@customer.example`.
fn address(value: &str) -> String {
    let bare = value.split_once(';').map_or(value, |(_, address)| address);
    bare.trim().trim_matches(['<', '>']).to_owned()
}

/// The returned message stands whole as `message/rfc822`, or its header alone as `text/rfc822-headers`.
fn original_id(incoming: &Incoming, index: usize, part: &Part) -> Option<String> {
    let found = match part.content_type.as_str() {
        "message/rfc822" | "message/global" => {
            let inner = incoming.parts.iter().find(|inner| inner.parent == Some(index))?;
            let (_, id) = inner.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("message-id"))?;
            id.as_str()
        }
        "text/rfc822-headers" => value(part.text()?, "message-id")?,
        _ => return None,
    };
    Some(found.trim().trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty())
}
