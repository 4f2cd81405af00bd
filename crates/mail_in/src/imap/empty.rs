//! Taking messages out of an open folder, and waiting for the next ones.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use async_imap::extensions::idle::IdleResponse;
use futures_util::TryStreamExt;

use super::connect::Open;
use super::{Afterwards, ImapMailbox};
use crate::{Arriving, Intake};

/// Messages that are neither taken in already nor left for people.
const WAITING: &str = "UNDELETED UNFLAGGED";
/// One message, on a slow line.
const LONGEST_FETCH: Duration = Duration::from_mins(10);
const LONGEST_ANSWER: Duration = Duration::from_mins(1);
/// The lease on the mailbox is prolonged that often.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Everything that waits, oldest first.
pub(super) async fn empty(session: &mut Open, mailbox: &ImapMailbox, intake: &Intake) -> Result<()> {
    let found = timed(session.uid_search(WAITING)).await.context("looking for messages")?;
    let mut uids: Vec<u32> = found.into_iter().collect();
    uids.sort_unstable();
    for uid in uids {
        take(session, mailbox, intake, uid).await.with_context(|| format!("message {uid}"))?;
    }
    Ok(())
}

async fn take(session: &mut Open, mailbox: &ImapMailbox, intake: &Intake, uid: u32) -> Result<()> {
    let Some(size) = size(session, uid).await? else { return Ok(()) };
    if size > mailbox.max_message_bytes {
        return leave(session, mailbox, uid, &format!("it has {size} bytes, and {} are the most", mailbox.max_message_bytes))
            .await;
    }
    let Some(raw) = tokio::time::timeout(LONGEST_FETCH, content(session, uid)).await.context("it takes too long")?? else {
        return Ok(());
    };
    let message = Arriving {
        door: "imap",
        sender: None,
        recipient: String::new(),
        queue: mailbox.queue.clone(),
        action: mailbox.action.clone(),
        ticket: String::new(),
        raw: Arc::new(raw),
    };
    match intake.store(message).await {
        Ok(_) => remove(session, mailbox, uid).await,
        Err(trouble) if trouble.temporary => bail!("{trouble}"),
        Err(trouble) => leave(session, mailbox, uid, &trouble.message).await,
    }
}

async fn size(session: &mut Open, uid: u32) -> Result<Option<usize>> {
    let answers: Vec<_> =
        timed(async { session.uid_fetch(uid.to_string(), "(UID RFC822.SIZE)").await?.try_collect().await }).await?;
    Ok(answers.iter().find(|answer| answer.uid == Some(uid)).and_then(|answer| answer.size).map(|size| size as usize))
}

/// Without marking it as read: who looks into the mailbox shall see what is still to be fetched.
async fn content(session: &mut Open, uid: u32) -> Result<Option<Vec<u8>>> {
    let answers: Vec<_> = session.uid_fetch(uid.to_string(), "(UID BODY.PEEK[])").await?.try_collect().await?;
    Ok(answers.iter().find(|answer| answer.uid == Some(uid)).and_then(|answer| answer.body()).map(<[u8]>::to_vec))
}

async fn remove(session: &mut Open, mailbox: &ImapMailbox, uid: u32) -> Result<()> {
    let set = uid.to_string();
    let capabilities = timed(session.capabilities()).await?;
    match &mailbox.afterwards {
        Afterwards::MoveTo(folder) if capabilities.has_str("MOVE") => {
            return timed(session.uid_mv(&set, folder)).await.with_context(|| format!("moving it to {folder}"));
        }
        Afterwards::MoveTo(folder) => {
            timed(session.uid_copy(&set, folder)).await.with_context(|| format!("copying it to {folder}"))?;
        }
        Afterwards::Delete => {}
    }
    flag(session, &set, "\\Deleted").await?;
    // without UIDPLUS only everything that is marked could be expunged, which may be somebody else's: then marking is enough
    if capabilities.has_str("UIDPLUS") {
        timed(async { session.uid_expunge(&set).await?.try_collect::<Vec<_>>().await }).await?;
    }
    Ok(())
}

async fn leave(session: &mut Open, mailbox: &ImapMailbox, uid: u32, reason: &str) -> Result<()> {
    tracing::error!(mailbox = mailbox.name, uid, reason, "a message stays in the mailbox, flagged");
    metrics::counter!("watchbell_imap_left_total", "mailbox" => mailbox.name.clone()).increment(1);
    flag(session, &uid.to_string(), "\\Flagged").await
}

async fn flag(session: &mut Open, set: &str, flag: &str) -> Result<()> {
    let query = format!("+FLAGS.SILENT ({flag})");
    timed(async { session.uid_store(set, query).await?.try_collect::<Vec<_>>().await }).await?;
    Ok(())
}

async fn timed<T>(answer: impl Future<Output = async_imap::error::Result<T>>) -> Result<T> {
    Ok(tokio::time::timeout(LONGEST_ANSWER, answer).await.context("the server does not answer")??)
}

/// Until there is something new, or for a while.
pub(super) async fn wait(mut session: Open, mailbox: &ImapMailbox) -> Result<Open> {
    if !timed(session.capabilities()).await?.has_str("IDLE") {
        tokio::time::sleep(mailbox.poll).await;
        timed(session.noop()).await?;
        return Ok(session);
    }
    let mut idle = session.idle();
    timed(idle.init()).await?;
    let (told, interrupt) = idle.wait_with_timeout(LONGEST_WAIT);
    let told = told.await?;
    drop(interrupt);
    if matches!(told, IdleResponse::ManualInterrupt) {
        bail!("interrupted");
    }
    timed(idle.done()).await
}
