//! What the reports of mail systems have in common (RFC 6522): a machine-readable part of fields in blocks, and the message that
//! they are about.

use crate::incoming::{Incoming, Part};

/// The text of the first part of one of these types. What stands in a message that somebody forwards is not the sender's report.
pub(super) fn fields<'x>(incoming: &'x Incoming, types: &[&str]) -> Option<&'x str> {
    let any = incoming.parts.iter().any(|part| types.contains(&part.content_type.as_str()));
    let forwarded = if any { incoming.inside_attached_message() } else { return None };
    let own = incoming.parts.iter().zip(forwarded).filter(|(_, forwarded)| !forwarded).map(|(part, _)| part);
    own.filter(|part| types.contains(&part.content_type.as_str())).find_map(Part::text)
}

/// Continued lines belong to their field; the first field of that name counts.
pub(super) fn value(block: &str, name: &str) -> Option<String> {
    values(block, name).into_iter().next()
}

pub(super) fn values(block: &str, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut within = false;
    for line in block.lines() {
        if line.starts_with([' ', '\t']) {
            if let (true, Some(last)) = (within, found.last_mut()) {
                let between = if last.is_empty() { "" } else { " " };
                last.extend([between, line.trim()]);
            }
            continue;
        }
        let field = line.split_once(':').filter(|(given, _)| given.trim().eq_ignore_ascii_case(name));
        within = field.is_some();
        found.extend(field.map(|(_, value)| value.trim().to_owned()));
    }
    found
}

/// Without the address type: `rfc822; ray@customer.example`.
pub(super) fn address(value: &str) -> Option<String> {
    let bare = value.split_once(';').map_or(value, |(_, address)| address);
    let bare = bare.trim().trim_matches(['<', '>']);
    bare.contains('@').then(|| bare.to_owned())
}

/// A field of the message that the report returns: whole as `message/rfc822`, or its header alone as `text/rfc822-headers`.
pub(super) fn original(incoming: &Incoming, name: &str) -> Option<String> {
    incoming.parts.iter().enumerate().find_map(|(index, part)| match part.content_type.as_str() {
        "message/rfc822" | "message/global" => {
            let inner = incoming.parts.iter().find(|inner| inner.parent == Some(index))?;
            let (_, value) = inner.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name))?;
            Some(value.trim().to_owned())
        }
        "text/rfc822-headers" | "message/global-headers" => value(part.text()?, name),
        _ => None,
    })
}

pub(super) fn message_id(text: &str) -> Option<String> {
    let id = text.split_whitespace().next()?.trim_matches(['<', '>']);
    (!id.is_empty()).then(|| id.to_owned())
}
