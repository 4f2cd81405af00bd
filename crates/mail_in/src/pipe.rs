//! What a mail server pipes a message into: posts it to the gateway as `rt-mailgate` does and says in the exit code whether
//! the mail server shall keep the message (MG-011). Runs in a short-lived process of its own.

use std::io::{Read, Write};
use std::time::Duration;

use crate::gateway::PATH;

/// The mail server tries again (`EX_TEMPFAIL`).
const LATER: i32 = 75;
const MISUSE: i32 = 1;
const REDIRECTS: usize = 3;

/// Where to, and what the mail server knows about the message.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Where browsers reach us, without the gateway's path.
    pub url: String,
    pub queue: String,
    pub action: String,
    pub ticket: Option<String>,
    /// What followed the `+` in the address; told in a header of the message (TC-183).
    pub extension: Option<String>,
    pub timeout: Duration,
}

impl Delivery {
    pub fn new(url: impl Into<String>, queue: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            queue: queue.into(),
            action: action.into(),
            ticket: None,
            extension: None,
            timeout: Duration::from_mins(3),
        }
    }
}

impl Delivery {
    /// What followed the `+`, and what the alias says that it stands for (TC-183): `queue`, `action` or `ticket` put it there.
    /// Anything else is what followed, told by the alias itself.
    pub fn extend(&mut self, meaning: Option<&str>, told: Option<&str>) {
        let told = told.filter(|told| !told.is_empty());
        match (meaning, told) {
            (Some("queue"), Some(told)) => told.clone_into(&mut self.queue),
            (Some("action"), Some(told)) => told.clone_into(&mut self.action),
            (Some("ticket"), Some(told)) => self.ticket = Some(told.to_owned()),
            _ => {}
        }
        let named = meaning.filter(|meaning| !matches!(*meaning, "queue" | "action" | "ticket"));
        self.extension = named.or(told).map(str::to_owned);
    }
}

/// The exit code; what went wrong is written to `complaints`.
pub fn deliver(delivery: &Delivery, mut message: impl Read, mut complaints: impl Write) -> i32 {
    let mut raw = Vec::new();
    let outcome = match message.read_to_end(&mut raw) {
        Err(error) => Err((LATER, format!("the message cannot be read: {error}"))),
        Ok(_) if raw.is_empty() => Err((0, "there was no message on standard input".to_owned())),
        Ok(_) => post(delivery, &raw),
    };
    let Err((code, complaint)) = outcome else { return 0 };
    // nobody is left to be told when this fails
    let _ = writeln!(complaints, "{complaint}");
    code
}

fn post(delivery: &Delivery, raw: &[u8]) -> Result<(), (i32, String)> {
    let boundary = format!("watchbell-{:032x}", rand::random::<u128>());
    let body = form(delivery, raw, &boundary);
    let kind = format!("multipart/form-data; boundary={boundary}");
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(delivery.timeout))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent("watchbell mail-gate")
        .build()
        .into();
    let mut url = format!("{}{PATH}", delivery.url.trim_end_matches('/'));
    for _ in 0..=REDIRECTS {
        let sent = agent.post(&url).header("Content-Type", &kind).send(body.as_slice());
        let mut answer = sent.map_err(|error| match error {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => (MISUSE, format!("{url} is no address of a gateway: {error}")),
            error => (LATER, format!("{url} does not answer: {error}")),
        })?;
        let location = answer.headers().get("Location").and_then(|value| value.to_str().ok());
        match location.filter(|_| answer.status().is_redirection()) {
            Some(location) => url = absolute(&url, location),
            None => return understood(answer.status().as_u16(), &answer.body_mut().read_to_string().unwrap_or_default()),
        }
    }
    Err((LATER, "redirected too often".to_owned()))
}

fn understood(status: u16, text: &str) -> Result<(), (i32, String)> {
    if (200..300).contains(&status) && (text.starts_with("ok") || text.starts_with("not ok")) {
        return Ok(());
    }
    let said: String = text.chars().take(500).map(|character| if character.is_control() { ' ' } else { character }).collect();
    Err((LATER, format!("status {status}: {}", said.trim())))
}

/// The form of `rt-mailgate`: the message is a file without a name (MG-004).
fn form(delivery: &Delivery, raw: &[u8], boundary: &str) -> Vec<u8> {
    let mut body = Vec::with_capacity(raw.len() + 2_000);
    let fields = [("queue", Some(&delivery.queue)), ("action", Some(&delivery.action)), ("ticket", delivery.ticket.as_ref())];
    for (name, value) in fields {
        if let Some(value) = value {
            body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
    }
    let disposition = "Content-Disposition: form-data; name=\"message\"; filename=\"\"";
    body.extend(format!("--{boundary}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
    if let Some(extension) = &delivery.extension {
        let extension: String = extension.chars().filter(|character| !character.is_control()).collect();
        body.extend(format!("X-RT-Mail-Extension: {extension}\n").bytes());
    }
    body.extend_from_slice(raw);
    body.extend(format!("\r\n--{boundary}--\r\n").bytes());
    body
}

/// Redirects name a whole address, or a path on the same host.
fn absolute(current: &str, location: &str) -> String {
    if location.contains("://") {
        return location.to_owned();
    }
    let host_end = current.split_once("://").map_or(0, |(scheme, rest)| scheme.len() + 3 + rest.find('/').unwrap_or(rest.len()));
    let host = current.get(..host_end).unwrap_or_default();
    let slash = if location.starts_with('/') { "" } else { "/" };
    format!("{host}{slash}{location}")
}
