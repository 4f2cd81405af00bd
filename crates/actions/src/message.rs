//! A message somebody wrote, as a form, a mail or an API call hands it to a verb.

mod again;
pub(crate) mod enclosed;
mod markdown;
pub(crate) mod size;

pub use again::attach_again;
pub use markdown::as_written;

use crate::ticket::FieldInput;
use domain::{FieldId, change::Hasher, person::EmailAddress};

/// One MIME node. Containers have no content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPart {
    /// Index of the container in the same message.
    pub parent: Option<usize>,
    pub content_type: String,
    pub file_name: Option<String>,
    /// `inline`, `attachment` or empty.
    pub disposition: String,
    pub content_id: Option<String>,
    /// Decoded headers, one a line, as `Name: value`.
    pub headers: String,
    pub content: Option<Vec<u8>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// Only when it differs from the ticket's.
    pub subject: Option<String>,
    pub parts: Vec<NewPart>,
    /// What was written, as plain text: what rules scan and notifications quote.
    pub text: String,
    /// The same as HTML, where its author wrote with Markdown; never what somebody outside sent.
    pub html: Option<String>,
    pub message_id: Option<String>,
    pub references: Vec<String>,
    /// One-time recipients.
    pub cc: Vec<EmailAddress>,
    pub bcc: Vec<EmailAddress>,
    /// Addresses that get no mail for this message.
    pub squelched: Vec<EmailAddress>,
    /// Written by a machine (TC-188).
    pub automatic: bool,
    /// Asks not to open the ticket (TC-155).
    pub no_autoopen: bool,
    /// What was typed into the fields of this entry (IR-102); `None` when nobody was asked.
    pub fields: Option<Vec<FieldInput>>,
    /// What became of it; a verb fills this in.
    pub field_values: Vec<(FieldId, String)>,
}

impl NewMessage {
    /// A plain text, as a form sends it.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into().replace('\0', "").replace("\r\n", "\n");
        let part =
            NewPart { content_type: "text/plain".to_owned(), content: Some(text.clone().into_bytes()), ..NewPart::default() };
        Self { parts: vec![part], text, ..Self::default() }
    }

    #[must_use]
    pub fn attach(mut self, file_name: &str, content_type: &str, content: Vec<u8>) -> Self {
        let name: String =
            file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
        self.parts.push(NewPart {
            content_type: clean_type(content_type),
            file_name: Some(if name.is_empty() { "attachment".to_owned() } else { name }),
            disposition: "attachment".to_owned(),
            content: Some(content),
            ..NewPart::default()
        });
        self
    }

    /// Nothing was written and nothing attached (TC-023).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && !self.parts.iter().any(|part| part.file_name.is_some())
    }
}

/// A media type that is safe to store and to send: `type/subtype` in lower case, no parameters.
#[must_use]
pub fn clean_type(text: &str) -> String {
    let bare = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |token: &str| {
        !token.is_empty() && token.len() <= 100 && token.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c))
    };
    match bare.split_once('/') {
        Some((kind, subtype)) if is_token(kind) && is_token(subtype) => bare,
        _ => "application/octet-stream".to_owned(),
    }
}

/// The digest that a change carries of its message: over every part, content by its blob's hash, and over the fields of the entry,
/// if it has any.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = PartSeal<'a>>, fields: &[(FieldId, String)]) -> Vec<u8> {
    let mut hasher = Hasher::new();
    for part in parts {
        hasher.number(part.parent.unwrap_or(-1));
        hasher.bytes(part.content_type.as_bytes());
        hasher.optional(part.file_name.map(str::as_bytes));
        hasher.bytes(part.disposition.as_bytes());
        hasher.optional(part.content_id.map(str::as_bytes));
        hasher.bytes(part.headers.as_bytes());
        hasher.optional(part.blob);
    }
    for (field, content) in fields {
        // no part begins with this number
        hasher.number(-2);
        hasher.number(field.0);
        hasher.bytes(content.as_bytes());
    }
    hasher.finish()
}

/// The same of parts as they are stored, for those who write history without verbs: imports and measurements.
#[must_use]
pub fn digest_of_stored(parts: &[storage::part::Part]) -> Vec<u8> {
    digest(parts.iter().map(crate::history::seal), &[])
}

/// What is sealed of one part.
pub(crate) struct PartSeal<'a> {
    pub(crate) parent: Option<i64>,
    pub(crate) content_type: &'a str,
    pub(crate) file_name: Option<&'a str>,
    pub(crate) disposition: &'a str,
    pub(crate) content_id: Option<&'a str>,
    pub(crate) headers: &'a str,
    pub(crate) blob: Option<&'a [u8]>,
}
