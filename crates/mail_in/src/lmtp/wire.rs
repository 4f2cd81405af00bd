//! Both directions of one connection, buffered, with a time limit on every wait.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, BufWriter};
use tokio::time::timeout;

/// RFC 5321 section 4.5.3.1.4 asks for 512, and extensions add to it.
const LONGEST_LINE: usize = 2_048;
const READ_BUFFER: usize = 32 * 1024;
const WRITE_BUFFER: usize = 4 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// With its line end.
    Whole(Vec<u8>),
    /// Skipped to its end.
    TooLong,
    Closed,
}

pub(super) struct Wire<R, W> {
    reader: BufReader<R>,
    writer: BufWriter<W>,
    patience: Duration,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Unpin> Wire<R, W> {
    pub(super) fn new(reader: R, writer: W, patience: Duration) -> Self {
        Self {
            reader: BufReader::with_capacity(READ_BUFFER, reader),
            writer: BufWriter::with_capacity(WRITE_BUFFER, writer),
            patience,
        }
    }

    /// What came after the last line would be taken for something said in the encrypted part; whoever sends it is no mail server.
    pub(super) async fn into_halves(mut self) -> io::Result<(R, W)> {
        self.flush().await?;
        if !self.reader.buffer().is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "commands were sent along with STARTTLS"));
        }
        Ok((self.reader.into_inner(), self.writer.into_inner()))
    }

    pub(super) async fn say(&mut self, answer: &str) -> io::Result<()> {
        let sent = async {
            self.writer.write_all(answer.as_bytes()).await?;
            self.writer.write_all(b"\r\n").await
        };
        timeout(self.patience, sent).await?
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        timeout(self.patience, self.writer.flush()).await?
    }

    /// Answers wait while pipelined commands do, so that they leave together.
    pub(super) async fn flush_when_idle(&mut self) -> io::Result<()> {
        if self.reader.buffer().is_empty() {
            return self.flush().await;
        }
        Ok(())
    }

    pub(super) async fn line(&mut self) -> io::Result<Line> {
        timeout(self.patience, read_line(&mut self.reader)).await?
    }

    /// The bytes that have come, waiting for some if there are none. Empty when the connection is closed.
    pub(super) async fn piece(&mut self) -> io::Result<&[u8]> {
        timeout(self.patience, self.reader.fill_buf()).await?
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.reader.consume(count);
    }
}

async fn read_line<R: AsyncRead + Unpin>(reader: &mut BufReader<R>) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut too_long = false;
    loop {
        let piece = reader.fill_buf().await?;
        if piece.is_empty() {
            return Ok(Line::Closed);
        }
        let end = piece.iter().position(|&byte| byte == b'\n');
        let length = end.map_or(piece.len(), |end| end + 1);
        too_long |= line.len() + length > LONGEST_LINE;
        if !too_long {
            line.extend_from_slice(piece.get(..length).unwrap_or_default());
        }
        reader.consume(length);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Whole(line) });
        }
    }
}
