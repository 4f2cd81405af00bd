//! One connection: commands in, answers out, in order (so pipelined commands need no care).

mod commands;
mod receive;

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::wire::{Line, Wire};
use super::{Intake, LmtpLimits};

const MOST_MISTAKES: usize = 20;

pub(super) struct Session {
    pub intake: Arc<dyn Intake>,
    pub limits: LmtpLimits,
    /// Pages that all messages being received share.
    pub room: Arc<Semaphore>,
    pub shutdown: CancellationToken,
    pub peer: SocketAddr,
    pub state: State,
    pub channel: Channel,
}

/// How private the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    Plain,
    /// STARTTLS is offered.
    MayEncrypt,
    Encrypted,
}

#[derive(Default)]
pub(super) struct State {
    greeted: bool,
    /// MAIL was said: a message is being announced.
    announced: bool,
    /// `None` is `<>`.
    sender: Option<String>,
    recipients: Vec<String>,
    /// As the sender told it; nothing when it did not.
    size: usize,
    /// For a large message.
    place: Option<OwnedSemaphorePermit>,
    mistakes: usize,
}

/// What an answered command leads to.
enum Next {
    Command,
    Data { bare_line_ends: bool },
    Encrypt,
    End,
}

impl Session {
    /// Until the conversation ends, or until it shall go on encrypted: then with everything forgotten that was said in the clear
    /// (RFC 3207 section 4.2).
    pub(super) async fn run<R, W>(mut self, reader: R, writer: W) -> io::Result<Option<(Self, R, W)>>
    where
        R: AsyncRead + Unpin,
        W: AsyncWrite + Unpin,
    {
        let mut wire = Wire::new(reader, writer, self.limits.command_timeout);
        if self.channel != Channel::Encrypted {
            wire.say("220 watchbell LMTP ready").await?;
        }
        loop {
            wire.flush_when_idle().await?;
            let (answer, next) = self.turn(&mut wire).await?;
            if !answer.is_empty() {
                wire.say(&answer).await?;
            }
            match next {
                Next::End => return wire.flush().await.map(|()| None),
                Next::Encrypt => {
                    let (reader, writer) = wire.into_halves().await?;
                    return Ok(Some((Self { state: State::default(), channel: Channel::Encrypted, ..self }, reader, writer)));
                }
                Next::Data { bare_line_ends } => self.receive(&mut wire, bare_line_ends).await?,
                Next::Command if self.state.mistakes > MOST_MISTAKES => {
                    wire.say("421 4.7.0 Too many mistakes").await?;
                    return wire.flush().await.map(|()| None);
                }
                Next::Command => {}
            }
        }
    }

    /// Reads one command and decides the answer. Shutdown is seen between commands only.
    async fn turn<R, W>(&mut self, wire: &mut Wire<R, W>) -> io::Result<(String, Next)>
    where
        R: AsyncRead + Unpin,
        W: AsyncWrite + Unpin,
    {
        let line = tokio::select! {
            biased;
            () = self.shutdown.cancelled() => {
                return Ok(("421 4.3.2 Shutting down".to_owned(), Next::End));
            }
            line = wire.line() => line,
        };
        match line {
            Ok(Line::Whole(line)) => Ok(self.command(&line).await),
            Ok(Line::TooLong) => Ok((self.mistake("500 5.5.2 Line too long"), Next::Command)),
            Ok(Line::Closed) => Ok((String::new(), Next::End)),
            Err(error) if error.kind() == ErrorKind::TimedOut => Ok(("421 4.4.2 Timed out waiting".to_owned(), Next::End)),
            Err(error) => Err(error),
        }
    }

    fn mistake(&mut self, answer: &str) -> String {
        self.state.mistakes += 1;
        answer.to_owned()
    }

    fn forget_message(&mut self) {
        self.state.announced = false;
        self.state.sender = None;
        self.state.recipients.clear();
        self.state.size = 0;
        self.state.place = None;
    }
}
