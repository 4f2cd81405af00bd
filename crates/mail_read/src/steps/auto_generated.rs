//! Whether a machine wrote the message, so that nothing answers it by itself (TC-188, MG-040, RFC 3834).

use super::auto_reply;
use crate::incoming::Incoming;

/// `return_path` is the envelope sender where the door knows it; empty is `<>`.
pub fn auto_generated(incoming: &Incoming, return_path: Option<&str>) -> bool {
    sent_by_nobody(incoming, return_path) || says_so(incoming) || incoming.header("List-Id").is_some() || auto_reply(incoming)
}

/// As mail systems send what they have to say themselves.
pub fn sent_by_nobody(incoming: &Incoming, return_path: Option<&str>) -> bool {
    bounces_nowhere(incoming, return_path) || from_a_mail_system(incoming)
}

fn bounces_nowhere(incoming: &Incoming, return_path: Option<&str>) -> bool {
    return_path == Some("") || incoming.header("Return-Path").is_some_and(|path| matches!(path.trim(), "<>" | ""))
}

fn from_a_mail_system(incoming: &Incoming) -> bool {
    let local = |address: &str| address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    incoming.from.is_empty()
        || incoming
            .from
            .iter()
            .chain(&incoming.sender)
            .any(|mailbox| matches!(local(&mailbox.address).as_str(), "mailer-daemon" | "postmaster"))
}

fn says_so(incoming: &Incoming) -> bool {
    let is = |name: &str, words: &[&str]| incoming.header_values(name).any(|value| words.contains(&first_word(value).as_str()));
    is("Precedence", &["bulk", "junk", "list", "auto_reply"])
        || incoming.header_values("Auto-Submitted").any(|value| first_word(value) != "no")
        || is("X-FC-Machinegenerated", &["true"])
        || ["X-Autoreply", "X-Autorespond"]
            .iter()
            .any(|name| incoming.header(name).is_some_and(|value| first_word(value) != "no"))
        || incoming.header("X-Auto-Response-Suppress").is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            ["all", "oof", "autoreply"].iter().any(|word| value.contains(word))
        })
}

/// Without parameters and comments.
pub(super) fn first_word(value: &str) -> String {
    value.trim().split([';', ' ', '(', ',']).next().unwrap_or_default().to_ascii_lowercase()
}
