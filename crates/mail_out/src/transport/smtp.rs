//! Sends over SMTP with a pool of connections, encrypted as configured.
//! When a server answers an envelope of several recipients with a refusal nobody got the message, so it is offered
//! again to each alone: one bad address must not keep the mail from the others.

use std::time::Duration;

use lettre::address::Envelope as LettreEnvelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::{Envelope, SendError, Sending, Transport, checked};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// Plain text, for a relay on the same machine.
    None,
    /// STARTTLS, and no mail without it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// What we call ourselves in `EHLO`; the machine's address when not given.
    pub hello_name: Option<String>,
    /// For each step of the conversation.
    pub timeout: Duration,
}

pub struct Smtp {
    inner: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// Connects only when the first message is sent. An error names the setting that is wrong.
    pub fn new(settings: SmtpSettings) -> Result<Self, String> {
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|error| format!("host: {error}"));
        let tls = match settings.encryption {
            Encryption::None => Tls::None,
            Encryption::StartTls => Tls::Required(tls()?),
            Encryption::Tls => Tls::Wrapper(tls()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(settings.timeout));
        if let Some(name) = settings.hello_name {
            builder = builder.hello_name(ClientId::Domain(name));
        }
        if let Some((user, password)) = settings.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { inner: builder.build() })
    }

    async fn offer(&self, envelope: &Envelope, raw: &[u8]) -> Result<(), Refusal> {
        let parsed = lettre_envelope(envelope).map_err(|message| Refusal { permanent: true, answered: true, message })?;
        // lettre ends the message with a line end of its own.
        let raw = raw.strip_suffix(b"\r\n").unwrap_or(raw);
        match self.inner.send_raw(&parsed, raw).await {
            Ok(_) => Ok(()),
            Err(error) => Err(Refusal {
                permanent: error.is_permanent(),
                answered: error.is_permanent() || error.is_transient(),
                message: described(&error),
            }),
        }
    }

    async fn offer_each(&self, envelope: &Envelope, raw: &[u8]) -> Result<(), SendError> {
        let mut refused: Vec<(String, Refusal)> = Vec::new();
        for recipient in &envelope.to {
            let alone = Envelope { from: envelope.from.clone(), to: vec![recipient.clone()] };
            if let Err(refusal) = self.offer(&alone, raw).await {
                refused.push((recipient.clone(), refusal));
            }
        }
        let Some((_, first)) = refused.first() else {
            return Ok(());
        };
        Err(SendError {
            // Mixed fates are tried again as a whole; the permanent ones then stand alone.
            permanent: refused.iter().all(|(_, refusal)| refusal.permanent),
            message: first.message.clone(),
            pending: refused.iter().map(|(recipient, _)| recipient.clone()).collect(),
        })
    }
}

impl Transport for Smtp {
    fn send<'a>(&'a self, envelope: &'a Envelope, raw: &'a [u8]) -> Sending<'a> {
        Box::pin(async move {
            checked(envelope)?;
            match self.offer(envelope, raw).await {
                Ok(()) => Ok(()),
                Err(refusal) if refusal.answered && envelope.to.len() > 1 => self.offer_each(envelope, raw).await,
                Err(refusal) => {
                    Err(SendError { permanent: refusal.permanent, ..SendError::temporary(envelope, refusal.message) })
                }
            }
        })
    }
}

struct Refusal {
    permanent: bool,
    /// The server said no, so nobody has the message; otherwise the connection broke and we cannot know.
    answered: bool,
    message: String,
}

fn lettre_envelope(envelope: &Envelope) -> Result<LettreEnvelope, String> {
    let parsed = |text: &String| text.parse::<Address>().map_err(|error| format!("{text:?}: {error}"));
    let from = envelope.from.as_ref().map(parsed).transpose()?;
    let to = envelope.to.iter().map(parsed).collect::<Result<Vec<_>, _>>()?;
    LettreEnvelope::new(from, to).map_err(|error| error.to_string())
}

fn described(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        cause = inner.source();
    }
    text.chars().take(500).collect()
}
