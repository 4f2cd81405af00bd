//! Recognises notices that somebody's mail program read, or threw away, a mail (RFC 8098).

use super::report;
use crate::incoming::Incoming;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Who got the mail.
    pub recipient: Option<String>,
    /// `displayed`, `deleted`, `dispatched`, `processed`.
    pub what: String,
    pub original_message_id: Option<String>,
}

const NOTIFICATION: [&str; 2] = ["message/disposition-notification", "message/global-disposition-notification"];

pub fn receipt(incoming: &Incoming) -> Option<Receipt> {
    let root = incoming.parts.first()?;
    let text = report::fields(incoming, &NOTIFICATION).filter(|_| root.content_type == "multipart/report")?;
    let disposition = report::value(text, "disposition")?;
    let what = disposition.split_once(';').map_or(disposition.as_str(), |(_, what)| what);
    let what: String = what.trim().chars().take_while(char::is_ascii_alphabetic).take(20).collect();
    let recipient = ["final-recipient", "original-recipient"];
    Some(Receipt {
        recipient: recipient.iter().filter_map(|name| report::value(text, name)).find_map(|value| report::address(&value)),
        what: what.to_ascii_lowercase(),
        original_message_id: report::value(text, "original-message-id").and_then(|id| report::message_id(&id)),
    })
}
