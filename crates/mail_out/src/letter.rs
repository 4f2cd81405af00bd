//! What a message says, as plain data. `compose` turns it into bytes.

use jiff::Timestamp;

/// A name and an address, as in `From`. The address is checked when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: String,
}

impl Mailbox {
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { name: Some(name.into()), address: address.into() }
    }

    pub fn bare(address: impl Into<String>) -> Self {
        Self { name: None, address: address.into() }
    }
}

/// One file sent along. `message/rfc822` is attached as a message when it is clean 7-bit mail,
/// otherwise as a file (RFC 2046 section 5.2.1 forbids encoding it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub file_name: Option<String>,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// A message to be sent. There is no Bcc: such recipients stand in the envelope only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// With or without angle brackets.
    pub message_id: String,
    pub date: Timestamp,
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    /// Further header fields, such as `Auto-Submitted`. Those that `compose` writes itself are ignored here.
    pub headers: Vec<(String, String)>,
    pub attachments: Vec<Attachment>,
}
