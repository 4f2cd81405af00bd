//! Reads the form of the gateway, piece by piece into bounded memory: a file part with or without a name, a plain field, or
//! urlencoded; the message's bytes are never taken for text (MG-003, MG-004).

use std::sync::Arc;

use axum::RequestExt;
use axum::body::Body;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{GatewayLimits, urlencoded};
use crate::buffer::{Buffer, Overflow};

/// Of the fields beside the message.
const LONGEST_FIELD: usize = 1_000;
const MOST_FIELDS: usize = 50;

pub(super) struct Form {
    pub(super) queue: String,
    pub(super) action: String,
    pub(super) ticket: String,
    /// What followed the `+` in the address (IR-149).
    pub(super) extension: String,
    pub(super) message: Arc<Vec<u8>>,
    /// What the message takes of the room for all, as long as it is in memory.
    pub(super) room: Option<OwnedSemaphorePermit>,
}

pub(super) enum Unusable {
    Overflow(Overflow),
    Broken(String),
}

impl From<Overflow> for Unusable {
    fn from(overflow: Overflow) -> Self {
        Self::Overflow(overflow)
    }
}

fn broken(what: impl std::fmt::Display) -> Unusable {
    Unusable::Broken(what.to_string())
}

impl Form {
    fn empty() -> Self {
        Self {
            queue: "1".to_owned(),
            action: "correspond".to_owned(),
            ticket: String::new(),
            extension: String::new(),
            message: Arc::default(),
            room: None,
        }
    }

    /// Unknown fields say nothing to us (MG-003); an empty one is like one that is not there.
    fn set(&mut self, name: &str, value: &[u8]) {
        let value = String::from_utf8_lossy(value.get(..LONGEST_FIELD).unwrap_or(value)).replace('\0', "");
        let value = value.trim().to_owned();
        match name {
            _ if value.is_empty() => {}
            "queue" => self.queue = value,
            "action" => self.action = value.to_ascii_lowercase(),
            "ticket" => self.ticket = value,
            "extension" => self.extension = value,
            _ => {}
        }
    }

    fn set_message(&mut self, buffer: Buffer) -> Result<(), Unusable> {
        let (bytes, room) = buffer.finish()?;
        self.message = Arc::new(bytes);
        self.room = room;
        Ok(())
    }
}

pub(super) async fn read(request: Request, limits: &GatewayLimits, room: Arc<Semaphore>) -> Result<Form, Unusable> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.to_ascii_lowercase();
    let buffer = Buffer::new(room, limits.max_message_bytes);
    if kind.starts_with("multipart/form-data") {
        read_multipart(request, buffer).await
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        read_urlencoded(request.with_limited_body().into_body(), buffer).await
    } else {
        Err(broken("neither a multipart nor an urlencoded form"))
    }
}

async fn read_multipart(request: Request, buffer: Buffer) -> Result<Form, Unusable> {
    let mut multipart = Multipart::from_request(request, &()).await.map_err(broken)?;
    let mut form = Form::empty();
    let mut buffer = Some(buffer);
    for _ in 0..MOST_FIELDS {
        let Some(field) = multipart.next_field().await.map_err(broken)? else {
            return if buffer.is_none() { Ok(form) } else { Err(broken("there is no message")) };
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "message"
            && let Some(buffer) = buffer.take()
        {
            form.set_message(read_message(field, buffer).await?)?;
        } else {
            form.set(&name, &read_field(field).await?);
        }
    }
    Err(broken("too many fields"))
}

/// What overflows is read no further: the client sees the connection end, and keeps the mail.
async fn read_message(mut field: Field<'_>, mut buffer: Buffer) -> Result<Buffer, Unusable> {
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        buffer.push(&piece);
        buffer.check()?;
    }
    Ok(buffer)
}

async fn read_field(mut field: Field<'_>) -> Result<Vec<u8>, Unusable> {
    let mut value = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        let room = LONGEST_FIELD.saturating_sub(value.len());
        value.extend_from_slice(piece.get(..room).unwrap_or(&piece));
    }
    Ok(value)
}

async fn read_urlencoded(body: Body, mut buffer: Buffer) -> Result<Form, Unusable> {
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        buffer.push(&piece.map_err(broken)?);
        buffer.check()?;
    }
    let (encoded, room) = buffer.finish()?;
    let mut form = Form::empty();
    let mut message = None;
    for (name, value) in urlencoded::fields(&encoded).take(MOST_FIELDS) {
        if name == "message" {
            message.get_or_insert_with(|| urlencoded::decode(value));
        } else {
            form.set(&name, &urlencoded::decode(value.get(..3 * LONGEST_FIELD).unwrap_or(value)));
        }
    }
    form.message = Arc::new(message.ok_or_else(|| broken("there is no message"))?);
    form.room = room;
    Ok(form)
}
