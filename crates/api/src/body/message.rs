//! What was written and attached, as a verb takes it.

use super::{File, Refusal};
use crate::{
    ask::{Wanted, scalar},
    failure::{Failure, Outcome},
    shape::Object,
};
use actions::message::{NewMessage, clean_type};

#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) content: Option<String>,
    pub(crate) content_type: String,
    pub(crate) files: Vec<File>,
}

impl Draft {
    /// Takes content and files out of the object; files of a multipart form come after those.
    pub(crate) fn take(object: &mut Object, uploaded: Vec<File>, refusal: Refusal) -> Outcome<Self> {
        let mut files = File::all(object, refusal)?;
        files.extend(uploaded);
        let content = object.remove("Content").and_then(|value| scalar(&value));
        let content_type = object.remove("ContentType").and_then(|value| scalar(&value)).filter(|text| !text.trim().is_empty());
        if content.is_some() && content_type.is_none() && refusal == Refusal::AtMessage {
            return Err(Failure::bad("ContentType is a required field for application/json"));
        }
        let content_type = content_type.map_or_else(|| "text/plain".to_owned(), |text| clean_type(&text));
        if !matches!(content_type.as_str(), "text/plain" | "text/html") {
            return Err(Failure::bad(format!("ContentType '{content_type}' is neither text/plain nor text/html")));
        }
        Ok(Self { content, content_type, files })
    }

    pub(crate) fn message(self) -> NewMessage {
        let content = self.content.unwrap_or_default();
        let mut message = NewMessage::text(content.as_str());
        if self.content_type == "text/html" {
            message.text = domain::html_text::to_text(&content);
            if let Some(part) = message.parts.first_mut() {
                part.content_type = self.content_type;
            }
        }
        self.files.into_iter().fold(message, |message, file| message.attach(&file.name, &file.content_type, file.content))
    }
}

pub(crate) fn subject_of(object: &Object) -> Option<String> {
    match object.get("Subject").and_then(Wanted::read) {
        Some(Wanted::This(subject)) => Some(domain::ticket::clean_subject(&subject)),
        _ => None,
    }
}
