//! What of a message is found by its words (TC-261, TC-262): its text with its subject, and text files; in the transaction
//! that records it. Messages from before there was a full text are read by a job, newest first.

use crate::{Desk, Result, Tx, ticket::show::is_body};
use domain::{
    ChangeId, TicketId,
    change::{Change, ChangeKind},
    html_text, search_words,
};
use std::borrow::Cow;
use storage::part::Part;

/// Bytes of a part that are read; what stands behind them is not found.
const LONGEST: usize = 4 * 1024 * 1024;
/// Parts read in one transaction.
const STEP: i64 = 100;

/// Notes the words of a message; `content` tells a part's bytes by its place.
pub(crate) async fn add<'a>(
    tx: &mut Tx,
    change: &Change,
    parts: &[Part],
    content: impl Fn(usize) -> Option<&'a [u8]>,
) -> Result<()> {
    if !change.what.kind.is_message() {
        return Ok(());
    }
    let mut subject = change.what.data.as_deref();
    for (place, part) in parts.iter().enumerate().filter(|(_, part)| is_read(part, parts)) {
        let Some(bytes) = content(place) else { continue };
        let words = words(subject.take().unwrap_or_default(), part, bytes);
        note(tx, change.ticket, change.what.kind, part.id, &words).await?;
    }
    Ok(())
}

async fn note(tx: &mut Tx, ticket: TicketId, kind: ChangeKind, part: i64, words: &[String]) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    Ok(storage::text::insert(&mut tx.db, part, ticket, kind == ChangeKind::Comment, words).await?)
}

/// Text and HTML; of a message that says the same in both ways, the text.
fn is_read(part: &Part, all: &[Part]) -> bool {
    let is_plain = |other: &Part| is_body(other) && other.content_type == "text/plain";
    let says_it_twice = is_body(part) && part.content_type == "text/html" && all.iter().any(is_plain);
    matches!(part.content_type.as_str(), "text/plain" | "text/html") && part.blob.is_some() && !says_it_twice
}

fn words(subject: &str, part: &Part, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes.get(..LONGEST).unwrap_or(bytes));
    let text = if part.content_type == "text/html" { Cow::Owned(html_text::to_text(&text)) } else { text };
    search_words::words(&format!("{subject}\n{text}"))
}

/// Reads some of the messages that were there before; how many parts it looked at, none when all have been read.
pub async fn read_older(desk: &Desk) -> Result<usize> {
    let mut tx = desk.write().await?;
    let waiting = storage::text::unread(&mut tx.db, STEP).await?;
    let Some(last) = waiting.last().map(|waiting| waiting.part) else {
        // numbers that no part has do not wait
        storage::text::read_down_to(&mut tx.db, 1).await?;
        tx.commit().await?;
        return Ok(0);
    };
    let mut changes: Vec<ChangeId> = waiting.iter().map(|waiting| waiting.change).collect();
    changes.dedup();
    let parts = storage::part::of_changes(&mut tx.db, &changes).await?;
    let ids: Vec<i64> = waiting.iter().map(|waiting| waiting.part).collect();
    let contents = storage::blob::of_parts(&mut tx.db, &ids, LONGEST as i64).await?;
    for one in &waiting {
        let siblings: Vec<Part> = parts.iter().filter(|part| part.change == one.change).cloned().collect();
        let part = siblings.iter().find(|part| part.id == one.part && is_read(part, &siblings));
        let content = contents.iter().find(|(id, _)| *id == one.part);
        let kind = ChangeKind::parse(&one.kind).filter(|kind| kind.is_message());
        if let (Some(part), Some((_, bytes)), Some(kind)) = (part, content, kind) {
            note(&mut tx, one.ticket, kind, part.id, &words("", part, bytes)).await?;
        }
    }
    storage::text::read_down_to(&mut tx.db, last).await?;
    tx.commit().await?;
    Ok(waiting.len())
}

/// How many parts of older messages at most still wait to be read.
pub async fn waiting(desk: &Desk) -> Result<i64> {
    let mut tx = desk.read().await?;
    Ok((storage::text::waiting_below(&mut tx.db).await? - 1).max(0))
}
