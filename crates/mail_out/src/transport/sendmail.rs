//! Hands messages to a `sendmail` program: arguments as they are, no shell, the message on its standard input.

use std::io;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::{Envelope, SendError, Sending, Transport, checked};

const DEFAULT_TIMEOUT: Duration = Duration::from_mins(2);

/// Exit statuses of `sysexits.h` that trying again does not change: bad data, no such user, no such host.
const PERMANENT: [i32; 3] = [65, 67, 68];

pub struct Sendmail {
    program: PathBuf,
    timeout: Duration,
}

impl Sendmail {
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), timeout: DEFAULT_TIMEOUT }
    }

    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    async fn run(&self, envelope: &Envelope, raw: &[u8]) -> io::Result<Output> {
        let mut child = Command::new(&self.program)
            .args(["-oi", "-f", envelope.from.as_deref().unwrap_or("<>"), "--"])
            .args(&envelope.to)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut input = child.stdin.take();
        let message = local_line_ends(raw);
        let feed = async move {
            if let Some(pipe) = input.as_mut() {
                // A program that ends early breaks the pipe; its exit status tells the story.
                let _ = pipe.write_all(&message).await;
                let _ = pipe.shutdown().await;
            }
        };
        let ((), output) = tokio::join!(feed, child.wait_with_output());
        output
    }
}

impl Transport for Sendmail {
    fn send<'a>(&'a self, envelope: &'a Envelope, raw: &'a [u8]) -> Sending<'a> {
        Box::pin(async move {
            checked(envelope)?;
            match tokio::time::timeout(self.timeout, self.run(envelope, raw)).await {
                Err(_) => Err(SendError::temporary(envelope, "sendmail did not end in time")),
                Ok(Err(error)) => Err(SendError::temporary(envelope, format!("{}: {error}", self.program.display()))),
                Ok(Ok(output)) => judged(envelope, &output),
            }
        })
    }
}

fn judged(envelope: &Envelope, output: &Output) -> Result<(), SendError> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: String = said.trim().chars().take(500).collect();
    let message = format!("sendmail: {}: {said}", output.status);
    let permanent = output.status.code().is_some_and(|code| PERMANENT.contains(&code));
    Err(SendError { permanent, ..SendError::temporary(envelope, message) })
}

/// Local programs expect LF line ends.
fn local_line_ends(raw: &[u8]) -> Vec<u8> {
    let mut local = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(text) => {
                local.extend_from_slice(text);
                local.push(b'\n');
            }
            None => local.extend_from_slice(line),
        }
    }
    local
}
