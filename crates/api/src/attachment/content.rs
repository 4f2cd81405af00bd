//! The content of an attachment as base64 in lines of 76, written piece by piece so that a large file is in memory once.

use crate::{answer::JSON, shape::Object};
use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::convert::Infallible;

/// Bytes that make one line of 76 characters.
const LINE: usize = 57;
const LINES: usize = 1000;

/// The object with one more key, `Content`: null for containers.
pub(super) fn answer(mut object: Object, content: Option<Vec<u8>>) -> Response {
    let Some(content) = content else {
        object.insert("Content".to_owned(), Value::Null);
        return crate::answer::ok(&object);
    };
    // an object ends in its closing brace, which the new key goes before
    let mut head = Value::Object(object).to_string();
    head.pop();
    head.push_str(",\"Content\":\"");
    let content = Bytes::from(content);
    let length = content.len();
    let pieces =
        (0..length).step_by(LINE * LINES).map(move |start| encoded(&content.slice(start..length.min(start + LINE * LINES))));
    let all = std::iter::once(head).chain(pieces).chain(std::iter::once("\"}".to_owned()));
    let stream = futures_util::stream::iter(all.map(Ok::<_, Infallible>));
    ([(header::CONTENT_TYPE, JSON)], Body::from_stream(stream)).into_response()
}

/// Base64 needs no escapes in JSON but for the line ends.
fn encoded(piece: &[u8]) -> String {
    piece.chunks(LINE).map(|line| STANDARD.encode(line) + "\\n").collect()
}
