//! Takes the message after DATA and answers for each recipient in order (RFC 2033 section 4.2). A message that is
//! too large is read to its end without being kept; one that breaks off is forgotten.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::Session;
use crate::buffer::{Buffer, Overflow};
use crate::lmtp::data::Unstuffer;
use crate::lmtp::wire::Wire;
use crate::lmtp::{Envelope, Trouble};

pub(super) const NO_ROOM: &str = "452 4.3.1 Too much mail at once, try again later";
const LONGEST_EXPLANATION: usize = 200;

impl Session {
    pub(super) async fn receive<R, W>(&mut self, wire: &mut Wire<R, W>, bare_line_ends: bool) -> io::Result<()>
    where
        R: AsyncRead + Unpin,
        W: AsyncWrite + Unpin,
    {
        wire.flush().await?;
        let buffer = Buffer::new(self.room.clone(), self.limits.max_message_bytes).in_its_place(self.state.place.take());
        let read = read_message(wire, buffer, bare_line_ends);
        let received = timeout(self.limits.data_timeout, read).await??;
        let recipients = std::mem::take(&mut self.state.recipients);
        let sender = self.state.sender.take();
        self.state.announced = false;
        let (raw, _room) = match received {
            Ok((bytes, room)) => (Arc::new(bytes), room),
            Err(overflow) => return refuse(wire, overflow, recipients.len()).await,
        };
        let count = recipients.len();
        let envelope = Envelope { from: sender, to: recipients, peer: Some(self.peer) };
        let mut answers = self.intake.accept(envelope, raw).await.into_iter();
        for _ in 0..count {
            let answer = match answers.next() {
                Some(Ok(())) => "250 2.0.0 Stored".to_owned(),
                Some(Err(trouble)) => explained(&trouble),
                None => "451 4.3.0 No answer".to_owned(),
            };
            wire.say(&answer).await?;
        }
        wire.flush().await
    }
}

type Received = Result<(Vec<u8>, Option<OwnedSemaphorePermit>), Overflow>;

async fn read_message<R, W>(wire: &mut Wire<R, W>, mut buffer: Buffer, bare_line_ends: bool) -> io::Result<Received>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let mut unstuffer = Unstuffer::new(bare_line_ends);
    loop {
        let piece = wire.piece().await?;
        if piece.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let length = piece.len();
        let end = unstuffer.feed(piece, |bytes| buffer.push(bytes));
        wire.consume(end.unwrap_or(length));
        if end.is_some() {
            return Ok(buffer.finish());
        }
    }
}

async fn refuse<R, W>(wire: &mut Wire<R, W>, overflow: Overflow, recipients: usize) -> io::Result<()>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let answer = match overflow {
        Overflow::TooLarge => "552 5.3.4 Message too large",
        Overflow::NoRoom => NO_ROOM,
    };
    for _ in 0..recipients {
        wire.say(answer).await?;
    }
    wire.flush().await
}

pub(super) fn explained(trouble: &Trouble) -> String {
    let code = if trouble.temporary { "451 4.3.0" } else { "554 5.0.0" };
    let text: String = trouble
        .message
        .chars()
        .map(|character| if character == ' ' || character.is_ascii_graphic() { character } else { ' ' })
        .take(LONGEST_EXPLANATION)
        .collect();
    format!("{code} {}", text.trim())
}
