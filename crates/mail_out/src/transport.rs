//! The ways a finished message leaves the system. Each is told the envelope and the bytes, and answers whether
//! the message was taken. Trying again is the outbox's work.

mod maildir;
mod memory;
mod sendmail;
mod signing;
mod smtp;

use std::future::Future;
use std::pin::Pin;

pub use maildir::Maildir;
pub use memory::Memory;
pub use sendmail::Sendmail;
pub use signing::Signing;
pub use smtp::{Encryption, Smtp, SmtpSettings};

/// Who the message is from and for, as the mail servers see it (RFC 5321 section 2.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// `None` is the empty sender `<>`, to which nothing bounces.
    pub from: Option<String>,
    pub to: Vec<String>,
}

/// Why a message was not taken. Everybody in the envelope who is not in `pending` has it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SendError {
    /// Trying again is of no use for anybody in `pending`.
    pub permanent: bool,
    pub message: String,
    /// The recipients who still have no mail: to be tried again, or told as failed.
    pub pending: Vec<String>,
}

impl SendError {
    fn temporary(envelope: &Envelope, message: impl Into<String>) -> Self {
        Self { permanent: false, message: message.into(), pending: envelope.to.clone() }
    }

    fn permanent(envelope: &Envelope, message: impl Into<String>) -> Self {
        Self { permanent: true, ..Self::temporary(envelope, message) }
    }
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

pub trait Transport: Send + Sync + 'static {
    fn send<'a>(&'a self, envelope: &'a Envelope, raw: &'a [u8]) -> Sending<'a>;
}

/// Envelope addresses reach command lines and protocol lines: no blanks, controls or brackets.
fn checked(envelope: &Envelope) -> Result<(), SendError> {
    let good = |address: &String| {
        !address.is_empty()
            && address.len() <= 320
            && !address.starts_with('-')
            && !address
                .chars()
                .any(|character| character.is_control() || character.is_whitespace() || matches!(character, '<' | '>'))
    };
    if envelope.to.is_empty() {
        return Err(SendError::permanent(envelope, "to: no recipient"));
    }
    match envelope.to.iter().chain(&envelope.from).find(|address| !good(address)) {
        None => Ok(()),
        Some(address) => Err(SendError::permanent(envelope, format!("not a mail address: {address:?}"))),
    }
}
