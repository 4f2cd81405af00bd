//! Files in JSON: base64 with or without line breaks (API-104, API-123).

use crate::{
    failure::{Failure, Outcome},
    shape::Object,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) content: Vec<u8>,
}

/// RT words the same refusal differently for creates and for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    AtCreate,
    AtMessage,
}

impl Refusal {
    fn missing(self, key: &str) -> Failure {
        Failure::bad(match self {
            Self::AtCreate => format!("Field {key} is required for each attachment in Attachments"),
            Self::AtMessage => format!("{key} is a required field for each attachment in Attachments"),
        })
    }
}

impl File {
    /// The files of an object, taken out of it.
    pub(crate) fn all(object: &mut Object, refusal: Refusal) -> Outcome<Vec<Self>> {
        match object.remove("Attachments") {
            None | Some(Value::Null) => Ok(vec![]),
            Some(Value::Array(elements)) => elements.into_iter().map(|element| Self::one(element, refusal)).collect(),
            Some(_) => Err(Failure::bad("Attachments must be an array")),
        }
    }

    fn one(element: Value, refusal: Refusal) -> Outcome<Self> {
        let Value::Object(mut element) = element else { return Err(Failure::bad("Each element of Attachments must be a hash")) };
        let mut text = |key: &str| match element.remove(key) {
            // an empty file is a file
            Some(Value::String(text)) if !text.is_empty() || key == "FileContent" => Ok(text),
            _ => Err(refusal.missing(key)),
        };
        let (name, content_type, mut encoded) = (text("FileName")?, text("FileType")?, text("FileContent")?);
        encoded.retain(|c| !c.is_ascii_whitespace());
        let content =
            STANDARD.decode(encoded).map_err(|_| Failure::bad(format!("FileContent of '{}' is not base64", shown(&name))))?;
        Ok(Self { name, content_type, content })
    }
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}
