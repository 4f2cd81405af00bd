//! The one way into the house for mail of every door. What arrives while the last messages are being written is written
//! together, in one transaction: one flush of the disk for all of it is what makes hundreds of durable mails a second possible.

mod filter;
mod group;
mod recipients;

use std::sync::Arc;
use std::time::Duration;

use actions::Desk;
use tokio::sync::{mpsc, oneshot};

use crate::lmtp::Trouble;
use filter::Came;
pub use filter::Filter;

/// Messages that may wait to be written; their bytes are bounded by the doors.
const WAITING: usize = 256;
/// The longest that a door waits for a place.
const PATIENCE: Duration = Duration::from_secs(30);

/// A message and how it came.
#[derive(Clone, Debug)]
pub struct Arriving {
    /// `lmtp`, `gateway` or `imap`.
    pub door: &'static str,
    /// Envelope sender; `None` is the empty one, or that the door knows none.
    pub sender: Option<String>,
    /// Envelope recipient, where the door knows it.
    pub recipient: String,
    /// By name or number.
    pub queue: String,
    /// `correspond` or `comment`.
    pub action: String,
    /// A ticket's number given beside the message, as typed.
    pub ticket: String,
    pub raw: Arc<Vec<u8>>,
}

/// Cheap to clone; all clones write together.
#[derive(Clone)]
pub struct Intake {
    desk: Desk,
    waiting: mpsc::Sender<Waiting>,
    filter: Option<Filter>,
}

/// A message and who wants to know when it is safe.
struct Waiting {
    message: Arriving,
    stored: oneshot::Sender<Result<i64, Trouble>>,
}

impl Intake {
    /// Its writer runs until the last clone is gone. Everything passes the filter, if there is one.
    pub fn start(desk: Desk, filter: Option<Filter>) -> Self {
        let (waiting, queue) = mpsc::channel(WAITING);
        tokio::spawn(group::write(desk.clone(), queue));
        Self { desk, waiting, filter }
    }

    /// The number of the stored message, which is on the disk from then on.
    pub async fn store(&self, mut message: Arriving) -> Result<i64, Trouble> {
        message.raw = self.filtered(&Came::of(&message), message.raw.clone()).await?;
        self.write(message).await
    }

    async fn filtered(&self, came: &Came<'_>, raw: Arc<Vec<u8>>) -> Result<Arc<Vec<u8>>, Trouble> {
        match &self.filter {
            None => Ok(raw),
            Some(filter) => filter.judge(came, raw).await,
        }
    }

    async fn write(&self, message: Arriving) -> Result<i64, Trouble> {
        let (stored, answer) = oneshot::channel();
        let waiting = Waiting { message, stored };
        match self.waiting.send_timeout(waiting, PATIENCE).await {
            Ok(()) => answer.await.unwrap_or_else(|_| Err(later())),
            Err(_) => Err(later()),
        }
    }
}

/// The reason is in the log; it is nobody's business outside.
fn later() -> Trouble {
    Trouble { temporary: true, message: "Cannot store mail now, try again later".to_owned() }
}
