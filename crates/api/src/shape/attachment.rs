//! MIME parts as RT's attachments (API section 12).

use super::{Column, Look, Object, Record, person, reference, self_link};
use actions::ticket::show::Attachment;
use serde_json::{Value, json};

/// All but the content, which is written out piece by piece.
pub(crate) const COLUMNS: [&str; 11] = [
    "id",
    "TransactionId",
    "Parent",
    "MessageId",
    "Subject",
    "Filename",
    "ContentType",
    "Headers",
    "Creator",
    "Created",
    "_hyperlinks",
];

pub(crate) struct Attached {
    pub(crate) attachment: Attachment,
    /// Decoded text, where a list asked for it.
    pub(crate) text: Option<String>,
}

impl Attached {
    pub(crate) fn new(attachment: Attachment) -> Self {
        Self { attachment, text: None }
    }

    fn header(&self, wanted: &str) -> &str {
        let lines = self.attachment.part.headers.lines().filter_map(|line| line.split_once(':'));
        lines
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim())
            .next()
            .unwrap_or_default()
    }

    /// One line each, always with type and length.
    fn headers(&self) -> String {
        let part = &self.attachment.part;
        let mut lines: Vec<String> = part.headers.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if self.header("Content-Type").is_empty() {
            lines.push(format!("Content-Type: {}", part.content_type));
        }
        if let (Some(name), true) = (&part.file_name, self.header("Content-Disposition").is_empty()) {
            lines.push(format!("Content-Disposition: attachment; filename=\"{}\"", name.replace(['"', '\\'], "_")));
        }
        if self.header("Content-Length").is_empty() {
            lines.push(format!("Content-Length: {}", part.size));
        }
        lines.join("\n")
    }

    /// A placeholder in full objects, the number in lists; a root part has none (API-152).
    fn parent(&self, look: &Look) -> Column<'static> {
        match self.attachment.container {
            Some(container) if look.whole => Column::Value(Value::Object(reference(look.site, "attachment", container))),
            Some(container) => Column::number(container),
            None => Column::number(0),
        }
    }
}

impl Record for Attached {
    fn placeholder(&self, look: &Look) -> Object {
        reference(look.site, "attachment", self.attachment.part.id)
    }

    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        let Attachment { part, change, creator, created, .. } = &self.attachment;
        Some(match name {
            "id" => Column::Value(json!(part.id)),
            "TransactionId" if look.whole => Column::Value(Value::Object(reference(look.site, "transaction", change))),
            "TransactionId" => Column::number(change),
            "Parent" => self.parent(look),
            "MessageId" => Column::text(self.header("Message-ID").trim_matches(['<', '>'])),
            "Subject" => Column::text(self.header("Subject")),
            "Filename" => Column::optional(part.file_name.as_deref()),
            "ContentType" => Column::text(part.content_type.as_str()),
            "ContentLength" => Column::number(part.size),
            "ContentEncoding" => Column::text("none"),
            "Content" => Column::text(self.text.as_deref().unwrap_or_default()),
            "Headers" => Column::text(self.headers()),
            "Creator" => person(*creator, look),
            "Created" => Column::moment(Some(*created)),
            "_hyperlinks" => Column::Value(json!([self_link(look.site, "attachment", part.id)])),
            _ => return None,
        })
    }
}
