//! Writes each message as a file into a Maildir, for demonstrations, tests and sites that pick mail up themselves.
//! The envelope stands in front as `Return-Path` and `Delivered-To` lines, as a delivering server would add it.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::{Envelope, SendError, Sending, Transport, checked};

static COUNTER: AtomicU64 = AtomicU64::new(0);

pub struct Maildir {
    folder: PathBuf,
}

impl Maildir {
    /// The folder and its `tmp`, `new` and `cur` are made when missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    async fn deliver(&self, envelope: &Envelope, raw: &[u8]) -> io::Result<()> {
        for name in ["tmp", "new", "cur"] {
            fs::create_dir_all(self.folder.join(name)).await?;
        }
        let name = unique_name();
        let draft = self.folder.join("tmp").join(&name);
        let written = write_synced(&draft, envelope, raw).await;
        if let Err(error) = written {
            let _ = fs::remove_file(&draft).await;
            return Err(error);
        }
        fs::rename(&draft, self.folder.join("new").join(&name)).await?;
        // The rename is durable only once the folder is.
        fs::File::open(self.folder.join("new")).await?.sync_all().await
    }
}

impl Transport for Maildir {
    fn send<'a>(&'a self, envelope: &'a Envelope, raw: &'a [u8]) -> Sending<'a> {
        Box::pin(async move {
            checked(envelope)?;
            self.deliver(envelope, raw).await.map_err(|error| SendError::temporary(envelope, format!("Maildir: {error}")))
        })
    }
}

async fn write_synced(path: &std::path::Path, envelope: &Envelope, raw: &[u8]) -> io::Result<()> {
    let mut head = format!("Return-Path: <{}>\r\n", envelope.from.as_deref().unwrap_or_default());
    for recipient in &envelope.to {
        head.push_str(&format!("Delivered-To: {recipient}\r\n"));
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).await?;
    file.write_all(head.as_bytes()).await?;
    file.write_all(raw).await?;
    file.flush().await?;
    file.sync_all().await
}

/// Unique within the folder: time, process and a counter, as the Maildir convention asks.
fn unique_name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{}.M{:06}P{}Q{count}.watchbell", now.as_secs(), now.subsec_micros(), std::process::id())
}
