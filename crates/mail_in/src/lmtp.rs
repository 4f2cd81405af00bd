//! The LMTP door (RFC 2033): takes mail from the mail server and answers for each recipient on its own, after the
//! intake has made the message durable. Knows the protocol and its limits; the intake knows what mail is.

mod data;
mod session;
mod tls;
mod wire;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::buffer;
use session::{Channel, Session};
pub use tls::Tls;

/// Who a message is from and for, as the mail server told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// `None` is the empty sender `<>`.
    pub from: Option<String>,
    pub to: Vec<String>,
    pub peer: Option<SocketAddr>,
}

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Trouble {
    /// The mail server shall keep the message and try again; otherwise it bounces.
    pub temporary: bool,
    /// Shown to the mail server, and by it perhaps to the sender.
    pub message: String,
}

pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where the mail goes.
pub trait Intake: Send + Sync + 'static {
    /// Whether mail to this address is ours to take.
    fn knows<'a>(&'a self, address: &'a str) -> Answer<'a, Result<bool, Trouble>>;

    /// One answer for each recipient, in order. `Ok` promises that the message survives a crash from here on.
    fn accept(&self, envelope: Envelope, raw: Arc<Vec<u8>>) -> Answer<'_, Vec<Result<(), Trouble>>>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LmtpLimits {
    pub max_message_bytes: usize,
    /// All messages being received together, at least one of full size; one that finds no room is put off.
    pub max_buffered_bytes: usize,
    /// The longest that a large message waits for room, if its sender told the size.
    pub room_timeout: Duration,
    pub max_recipients: usize,
    pub max_connections: usize,
    /// For each command, and for each piece of a message or an answer.
    pub command_timeout: Duration,
    /// For a message as a whole.
    pub data_timeout: Duration,
}

impl Default for LmtpLimits {
    fn default() -> Self {
        Self {
            max_message_bytes: 50 * 1024 * 1024,
            max_buffered_bytes: 64 * 1024 * 1024,
            room_timeout: Duration::from_mins(2),
            max_recipients: 100,
            max_connections: 100,
            command_timeout: Duration::from_mins(5),
            data_timeout: Duration::from_mins(15),
        }
    }
}

/// Serves until `shutdown`, then lets running messages be finished and closes the other connections. With a certificate mail
/// servers are offered STARTTLS.
pub async fn serve(
    listener: TcpListener,
    intake: Arc<dyn Intake>,
    limits: LmtpLimits,
    tls: Option<Tls>,
    shutdown: CancellationToken,
) {
    let slots = Arc::new(Semaphore::new(limits.max_connections));
    let bytes = limits.max_buffered_bytes.max(limits.max_message_bytes);
    let room = Arc::new(Semaphore::new(buffer::pages(bytes)));
    let tasks = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => match slots.clone().try_acquire_owned() {
                Ok(slot) => {
                    let session = Session {
                        intake: intake.clone(),
                        limits,
                        room: room.clone(),
                        shutdown: shutdown.clone(),
                        peer,
                        state: session::State::default(),
                        channel: if tls.is_some() { Channel::MayEncrypt } else { Channel::Plain },
                    };
                    tasks.spawn(converse(session, stream, tls.clone(), slot));
                }
                Err(_) => drop(tasks.spawn(turn_away(stream))),
            },
            Err(error) => {
                // Out of file descriptors, most likely: wait for some to come free.
                tracing::warn!(%error, "LMTP connection not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    tasks.close();
    tasks.wait().await;
}

async fn converse(session: Session, stream: TcpStream, tls: Option<Tls>, slot: OwnedSemaphorePermit) {
    let _ = stream.set_nodelay(true);
    if let Err(error) = talk(session, stream, tls).await {
        tracing::debug!(%error, "LMTP connection ended early");
    }
    drop(slot);
}

async fn talk(session: Session, stream: TcpStream, tls: Option<Tls>) -> std::io::Result<()> {
    let (reader, writer) = stream.into_split();
    let Some((session, reader, writer)) = session.run(reader, writer).await? else { return Ok(()) };
    let Some(tls) = tls else { return Ok(()) };
    let (reader, writer) = tokio::io::split(tls.encrypt(reader, writer).await?);
    session.run(reader, writer).await.map(drop)
}

async fn turn_away(mut stream: TcpStream) {
    let answer = stream.write_all(b"421 4.3.2 Too many connections, try again later\r\n");
    let _ = tokio::time::timeout(Duration::from_secs(5), answer).await;
}
