//! Mailboxes at a mail server (RFC 9051): each is emptied into the inbox, message by message. A message leaves the mailbox only after
//! it is on our disk; what cannot be taken in stays there, flagged, for people to look at. Between messages the server tells us of new
//! ones (IDLE, RFC 2177), or we ask every minute. Lost connections are made anew, with growing pauses.

mod connect;
mod empty;
mod token;

use std::path::PathBuf;
use std::time::Duration;

use actions::{Desk, lease};
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::Intake;

/// Of several processes one empties a mailbox. What it says is good for so long.
const LEASE: SignedDuration = SignedDuration::from_mins(3);
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImapMailbox {
    /// What it is called here, in the log and the metrics.
    pub name: String,
    pub host: String,
    pub port: u16,
    pub encryption: ImapEncryption,
    /// Certificates (PEM) to believe besides the usual ones.
    pub ca_file: Option<PathBuf>,
    pub username: String,
    pub secret: ImapSecret,
    pub folder: String,
    /// Name or number of the queue that its messages are for.
    pub queue: String,
    /// `correspond` or `comment`.
    pub action: String,
    pub afterwards: Afterwards,
    /// How often it is looked into where the server cannot tell of new messages.
    pub poll: Duration,
    pub max_message_bytes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImapEncryption {
    /// Plain text, for a server on the same machine.
    None,
    /// STARTTLS, and nothing without it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

#[derive(Clone, PartialEq, Eq)]
pub enum ImapSecret {
    Password(String),
    /// Tokens are fetched with a refresh token (RFC 6749 section 6) and shown as XOAUTH2.
    OAuth2(OAuth2),
}

#[derive(Clone, PartialEq, Eq)]
pub struct OAuth2 {
    pub token_url: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    pub refresh_token: String,
    pub scope: Option<String>,
}

impl std::fmt::Debug for ImapSecret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Password(_) => "a password",
            Self::OAuth2(_) => "OAuth 2.0",
        })
    }
}

/// What becomes of a message that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Afterwards {
    Delete,
    MoveTo(String),
}

/// Empties the mailbox until `shutdown`.
pub async fn run(desk: Desk, intake: Intake, mailbox: ImapMailbox, shutdown: CancellationToken) {
    let door = Door { holder: format!("{:x}", u128::from_be_bytes(desk.random())), desk, intake, mailbox };
    let mut pause = FIRST_PAUSE;
    while !shutdown.is_cancelled() {
        let name = door.mailbox.name.as_str();
        let result = tokio::select! {
            () = shutdown.cancelled() => return,
            result = door.attend(&mut pause) => result,
        };
        metrics::gauge!("watchbell_imap_connected", "mailbox" => name.to_owned()).set(0.0);
        match result {
            Ok(()) => {}
            Err(error) => tracing::warn!(mailbox = name, %error, pause = pause.as_secs(), "the mailbox cannot be emptied now"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

struct Door {
    desk: Desk,
    intake: Intake,
    mailbox: ImapMailbox,
    /// Tells this process from others.
    holder: String,
}

impl Door {
    /// One connection, as long as it lasts. Ends without an error where another process has the mailbox.
    async fn attend(&self, pause: &mut Duration) -> anyhow::Result<()> {
        if !self.is_ours().await? {
            *pause = FIRST_PAUSE * 10;
            return Ok(());
        }
        let mut session = connect::connect(&self.mailbox).await?;
        metrics::gauge!("watchbell_imap_connected", "mailbox" => self.mailbox.name.clone()).set(1.0);
        tracing::info!(mailbox = self.mailbox.name, "emptying the mailbox");
        loop {
            empty::empty(&mut session, &self.mailbox, &self.intake).await?;
            *pause = FIRST_PAUSE;
            session = empty::wait(session, &self.mailbox).await?;
            if !self.is_ours().await? {
                return Ok(());
            }
        }
    }

    async fn is_ours(&self) -> anyhow::Result<bool> {
        Ok(lease::take(&self.desk, &format!("imap {}", self.mailbox.name), &self.holder, LEASE).await?)
    }
}
