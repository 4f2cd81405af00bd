//! Failure reports of mail systems that write for people only: Exim and Gmail name the addresses in a field of the header, qmail
//! and its kin in the text (QSBMF).

use super::bounce::{Bounce, MOST_FAILED};
use super::report;
use crate::incoming::{Incoming, Mailbox};

pub(super) fn read(incoming: &Incoming) -> Option<Bounce> {
    let mut failed = in_header(incoming);
    if failed.is_empty() && !is_from_daemon(incoming) {
        return None;
    }
    let text = incoming.main_text();
    if failed.is_empty() {
        failed = in_text(&text);
    }
    failed.truncate(MOST_FAILED);
    let quoted = || report::original(incoming, "message-id").or_else(|| report::value(after_break(&text), "message-id"));
    let original_message_id = if failed.is_empty() { None } else { quoted().and_then(|id| report::message_id(&id)) };
    (!failed.is_empty()).then_some(Bounce { failed, gone: vec![], original_message_id })
}

fn in_header(incoming: &Incoming) -> Vec<String> {
    let lists = incoming.header_values("X-Failed-Recipients").flat_map(|value| value.split(','));
    lists.filter_map(report::address).collect()
}

fn is_from_daemon(incoming: &Incoming) -> bool {
    let daemon = |mailbox: &Mailbox| mailbox.address.to_ascii_lowercase().starts_with("mailer-daemon@");
    incoming.from.iter().chain(&incoming.sender).any(daemon)
}

/// `Hi. This is the qmail-send program …`, then a paragraph `<address>:` with the reason for each.
fn in_text(text: &str) -> Vec<String> {
    if !text.trim_start().starts_with("Hi. This is the") {
        return vec![];
    }
    let paragraphs = text.split("\n\n").take_while(|paragraph| !paragraph.starts_with("---"));
    let named = paragraphs.filter_map(|paragraph| paragraph.trim_start().strip_prefix('<')?.split_once(">:"));
    named.filter_map(|(address, _)| report::address(address)).collect()
}

/// The message returned stands beneath a line of dashes.
fn after_break(text: &str) -> &str {
    text.find("\n---").and_then(|at| text.get(at..)).unwrap_or_default()
}
