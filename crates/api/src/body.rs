//! Bodies of creates, updates and messages: JSON, or a multipart form with JSON and files, or the message itself
//! (API-030 … API-034, API-122).

mod charset;
mod file;
mod message;

pub(crate) use file::{File, Refusal};
pub(crate) use message::{Draft, subject_of};

use crate::{
    call::Call,
    failure::{Failure, Outcome},
    shape::Object,
};
use axum::{
    extract::{FromRequest, Multipart},
    http::{HeaderMap, header},
};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    Multipart,
    Form,
    Plain,
    Html,
    Other,
    Absent,
}

pub(crate) fn kind(headers: &HeaderMap) -> Kind {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Kind::Absent };
    let bare = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match bare.as_str() {
        "application/json" => Kind::Json,
        "multipart/form-data" => Kind::Multipart,
        "application/x-www-form-urlencoded" => Kind::Form,
        "text/plain" => Kind::Plain,
        "text/html" => Kind::Html,
        _ => Kind::Other,
    }
}

/// A create, an update or a message as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Submission {
    pub(crate) object: Object,
    pub(crate) files: Vec<File>,
}

impl Submission {
    /// An empty JSON body counts as an empty object (API-031).
    pub(crate) async fn read(call: &mut Call) -> Outcome<Self> {
        let mut submission = match call.kind() {
            Kind::Multipart => multipart(call).await?,
            Kind::Plain | Kind::Html => text(call)?,
            _ if call.body.iter().all(u8::is_ascii_whitespace) => Self::default(),
            _ => Self { object: object(call.json()?)?, files: vec![] },
        };
        call.merge_parameters(&mut submission.object);
        Ok(submission)
    }
}

fn object(value: Value) -> Outcome<Object> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Failure::bad("JSON object must be a HASH")),
    }
}

async fn multipart(call: &mut Call) -> Outcome<Submission> {
    let unreadable = || Failure::bad("The multipart/form-data body cannot be read");
    let mut form = Multipart::from_request(call.take_request(), &()).await.map_err(|_| unreadable())?;
    let (mut json, mut files) = (None, Vec::new());
    while let Some(part) = form.next_field().await.map_err(|_| unreadable())? {
        match part.name() {
            Some("JSON") => json = Some(part.bytes().await.map_err(|_| unreadable())?),
            Some("Attachments") => {
                let (name, content_type) =
                    (part.file_name().unwrap_or_default().to_owned(), part.content_type().unwrap_or_default().to_owned());
                let content = part.bytes().await.map_err(|_| unreadable())?.to_vec();
                files.push(File { name, content_type, content });
            }
            _ => {}
        }
    }
    let json = json.ok_or_else(|| Failure::bad("JSON is a required field for multipart/form-data"))?;
    let value = serde_json::from_slice(&json).map_err(|error| Failure::bad(format!("JSON parse error: {error}")))?;
    Ok(Submission { object: object(value)?, files })
}

/// The body is the message; the rest may come as parameters.
fn text(call: &mut Call) -> Outcome<Submission> {
    let content_type = if call.kind() == Kind::Html { "text/html" } else { "text/plain" };
    let body = std::mem::take(&mut call.body);
    let text = charset::decode(call.headers(), &body).ok_or_else(Failure::media_type)?;
    let mut object = Object::new();
    object.insert("Content".to_owned(), Value::String(text));
    object.insert("ContentType".to_owned(), Value::String(content_type.to_owned()));
    Ok(Submission { object, files: vec![] })
}

/// The text parts of a multipart form, as parameters.
pub(crate) async fn form_fields(call: &mut Call) -> Outcome<Vec<(String, String)>> {
    let unreadable = || Failure::bad("The multipart/form-data body cannot be read");
    let mut form = Multipart::from_request(call.take_request(), &()).await.map_err(|_| unreadable())?;
    let mut fields = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|_| unreadable())? {
        let name = part.name().unwrap_or_default().to_owned();
        fields.push((name, part.text().await.map_err(|_| unreadable())?));
    }
    Ok(fields)
}
