//! The HTTP door that `rt-mailgate` and our own pipe post to (MG-001 … MG-033). Stores first, then works on the message at
//! once so that the answer can tell a refusal; what takes longer is answered `ok`, because it is on the disk.

mod form;
mod urlencoded;

use std::sync::Arc;
use std::time::Duration;

use actions::inbox::{self, Outcome};
use actions::{Desk, Tx};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use domain::TicketId;
use tokio::sync::Semaphore;

use crate::buffer::{Overflow, pages};
use crate::intake::{Arriving, Intake};
use crate::parse::{Limits, parse};
use crate::process::{Deed, Processor, given};
use form::{Form, Unusable};

/// Of the line that tells how the address was extended.
const LONGEST_EXTENSION: usize = 1_000;

pub const PATH: &str = "/REST/1.0/NoAuth/mail-gateway";

#[derive(Clone, Copy, Debug)]
pub struct GatewayLimits {
    pub max_message_bytes: usize,
    /// All messages being received together, at least one of full size.
    pub max_buffered_bytes: usize,
    /// For a request to arrive; the client gives up after 180 s (MG-005).
    pub receive_timeout: Duration,
    /// How long the answer waits for the message to be worked on.
    pub answer_within: Duration,
}

impl Default for GatewayLimits {
    fn default() -> Self {
        Self {
            max_message_bytes: 50 * 1024 * 1024,
            max_buffered_bytes: 64 * 1024 * 1024,
            receive_timeout: Duration::from_secs(150),
            answer_within: Duration::from_secs(20),
        }
    }
}

struct Gateway {
    desk: Desk,
    intake: Intake,
    processor: Processor,
    limits: GatewayLimits,
    room: Arc<Semaphore>,
}

/// With a doubled slash too: `rt-mailgate --url http://host/` asks for that (MG-002). It sets its own limit of the body.
pub fn router(desk: Desk, intake: Intake, processor: Processor, limits: GatewayLimits) -> Router {
    let bytes = limits.max_buffered_bytes.max(limits.max_message_bytes);
    let gateway = Gateway { desk, intake, processor, limits, room: Arc::new(Semaphore::new(pages(bytes))) };
    Router::new()
        .route(PATH, any(post))
        .route("//REST/1.0/NoAuth/mail-gateway", any(post))
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::new(gateway))
}

async fn post(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    if request.method() != Method::POST {
        return Answer::NotOk.into_response();
    }
    let form = form::read(request, &gateway.limits, gateway.room.clone());
    let answer = match tokio::time::timeout(gateway.limits.receive_timeout, form).await {
        Ok(Ok(form)) => gateway.take(form).await,
        Ok(Err(unusable)) => Answer::of(&unusable),
        Err(_) => Answer::Later("the request did not arrive in time".to_owned()),
    };
    if let Answer::Later(reason) = &answer {
        tracing::warn!(reason, "mail put off at the gateway");
    }
    answer.into_response()
}

impl Gateway {
    async fn take(&self, form: Form) -> Answer {
        if Deed::list(&form.action).is_none() {
            return Answer::Later(format!("unknown action “{}”", form.action));
        }
        let queue = match self.place(&form).await {
            Ok(Some(queue)) => queue,
            Ok(None) => return Answer::Later(format!("unknown queue “{}” and no ticket", form.queue)),
            Err(error) => return Answer::Later(error.to_string()),
        };
        let Form { action, ticket, message, room, .. } = form;
        let arriving = Arriving { door: "gateway", sender: None, recipient: String::new(), queue, action, ticket, raw: message };
        let stored = self.intake.store(arriving).await;
        drop(room);
        match stored {
            Ok(id) => self.work_on(id).await,
            Err(trouble) => Answer::Later(trouble.message),
        }
    }

    /// The queue it is for, as its address was extended (IR-149); one that is not there is no matter where a ticket is named. Neither
    /// queue nor ticket is a mistake in the mail server's set-up: the message waits there (MG-021, MG-033).
    async fn place(&self, form: &Form) -> actions::Result<Option<String>> {
        let mut tx = self.desk.read().await?;
        let catalog = tx.catalog();
        if let Some(queue) = catalog.queue_named(&form.queue).filter(|queue| !queue.disabled) {
            let told = if form.extension.is_empty() { extension_of(&form.message) } else { Some(form.extension.as_str()) };
            return Ok(Some(catalog.queue_of_extension(queue, told.unwrap_or_default()).name.clone()));
        }
        let raw = form.message.clone();
        let limits = Limits { message_bytes: self.limits.max_message_bytes, ..Limits::default() };
        let read = tokio::task::spawn_blocking(move || parse(&raw, &limits).map(|incoming| incoming.subject));
        let subject = read.await.ok().and_then(Result::ok).unwrap_or_default();
        let leads = leads_to_a_ticket(&mut tx, &form.ticket, &subject).await?;
        Ok(leads.then(|| form.queue.clone()))
    }

    async fn work_on(&self, id: i64) -> Answer {
        let worked = tokio::time::timeout(self.limits.answer_within, self.outcome_of(id)).await;
        match worked {
            Ok(Ok(Outcome::Refused(_))) => Answer::NotOk,
            Ok(Ok(Outcome::Done(_) | Outcome::Dropped(_))) | Err(_) => Answer::Ok,
            Ok(Err(error)) => {
                tracing::warn!(inbound.id = id, %error, "stored, but not worked on yet");
                Answer::Ok
            }
        }
    }

    /// A worker may have been faster; then its result is waited for.
    async fn outcome_of(&self, id: i64) -> actions::Result<Outcome> {
        loop {
            if let Some(outcome) = self.processor.process_one(id).await? {
                return Ok(outcome);
            }
            if let Some(outcome) = inbox::outcome(&mut self.desk.read().await?, id).await? {
                return Ok(outcome);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// What `rt-mailgate` and our pipe put before the message (TC-183); further down it is the sender's own word.
fn extension_of(message: &[u8]) -> Option<&str> {
    let line = message.split(|byte| *byte == b'\n').next()?;
    let (name, value) = std::str::from_utf8(line.get(..line.len().min(LONGEST_EXTENSION))?).ok()?.split_once(':')?;
    name.eq_ignore_ascii_case("X-RT-Mail-Extension").then(|| value.trim())
}

async fn leads_to_a_ticket(tx: &mut Tx, field: &str, subject: &str) -> actions::Result<bool> {
    match given(tx, field, subject) {
        Some(number) => Ok(inbox::resolve_ticket(tx, TicketId(number)).await?.is_some()),
        None => Ok(false),
    }
}

/// What `rt-mailgate` understands; reasons stand in the log only (MG-011, MG-012).
enum Answer {
    Ok,
    NotOk,
    TooLarge,
    Later(String),
}

impl Answer {
    fn of(unusable: &Unusable) -> Self {
        match unusable {
            Unusable::Overflow(Overflow::TooLarge) => Self::TooLarge,
            Unusable::Overflow(Overflow::NoRoom) => Self::Later("other messages take all the room".to_owned()),
            Unusable::Broken(reason) => Self::Later(reason.clone()),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::Ok => (StatusCode::OK, "ok\n"),
            Self::NotOk => (StatusCode::OK, "not ok - operation unsuccessful\n"),
            Self::Later(_) => (StatusCode::OK, "temporary failure - operation unsuccessful\n"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "temporary failure - message too large\n"),
        };
        (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
    }
}
