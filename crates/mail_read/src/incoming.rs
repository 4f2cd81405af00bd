//! A message as we understood it: decoded headers and the MIME tree as a flat list. Plain data; the untouched
//! original is kept elsewhere. No text in here holds a NUL, which PostgreSQL would refuse.

mod main_text;

use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Without angle brackets, like all message ids here.
    pub message_id: Option<String>,
    /// The first usable address of Reply-To, From, Sender (TC-189).
    pub sender: Option<Mailbox>,
    /// The usable addresses of From alone.
    pub from: Vec<Mailbox>,
    /// Where complaints about this message go: the first usable of Errors-To, Reply-To, From, Sender (TC-185).
    pub errors_to: Option<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub subject: String,
    pub date: Option<Timestamp>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    /// In their order, decoded, each on one line.
    pub headers: Vec<(String, String)>,
    /// In tree order: a parent stands before its children. The first is the message's own body.
    pub parts: Vec<Part>,
    pub marks: Marks,
}

/// What could not be kept or shown as it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub headers_truncated: bool,
    /// The parts over the limit are kept together as one attachment.
    pub too_many_parts: bool,
    /// What was nested deeper than the limit is kept closed, as one attachment.
    pub too_deep: bool,
    /// A transfer encoding was broken; what could be read of it is kept.
    pub broken_encoding: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index of the part that holds this one.
    pub parent: Option<usize>,
    /// `type/subtype` in lower case.
    pub content_type: String,
    /// Without folder and control characters.
    pub file_name: Option<String>,
    pub disposition: Option<Disposition>,
    pub content_id: Option<String>,
    /// The charset that a text had before it became UTF-8.
    pub charset_original: Option<String>,
    /// All fields for an attached message, else the part's own.
    pub headers: Vec<(String, String)>,
    pub body: PartBody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    Inline,
    Attachment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartBody {
    Text(String),
    Binary(Vec<u8>),
    /// Holds other parts: a multipart or an attached message.
    Container,
}

impl Incoming {
    /// The decoded value of the first field of that name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.headers.iter();
        let (_, value) = fields.find(|(given, _)| given.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let fields = self.headers.iter();
        fields.filter(move |(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Part {
    pub fn text(&self) -> Option<&str> {
        match &self.body {
            PartBody::Text(text) => Some(text),
            PartBody::Binary(_) | PartBody::Container => None,
        }
    }

    /// Shown as a file, not as the message's text.
    pub fn is_attachment(&self) -> bool {
        self.disposition == Some(Disposition::Attachment) || self.file_name.is_some()
    }
}
