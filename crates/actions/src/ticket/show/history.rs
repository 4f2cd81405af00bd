//! A ticket's history as the actor may see it; what they may not see is left out without a trace (TC-097).

use crate::{
    Actor, Error, Result, Tx, access,
    ticket::fields::{EntryField, fields_of_entries},
};
use domain::{
    ChangeId, Right, Ticket, TicketId, UserId,
    change::{Change, ChangeKind},
    file_kind::{self, Found, HEAD},
    html_text::to_text,
    invitation::{Invitation, invitation},
    person::User,
};
use std::collections::HashMap;
use storage::part::Part;

/// One shown change.
#[derive(Clone, Debug)]
pub struct Entry {
    pub change: Change,
    pub actor: User,
    /// Every MIME node of the message, containers included.
    pub parts: Vec<ShownPart>,
    /// The message as plain text, made from its HTML where it has no other; empty without a message.
    pub text: String,
    /// The HTML alternative as it was sent, unsanitised: never put it on a page as it is.
    pub html: Option<String>,
    /// What the first calendar part says (TC-110).
    pub event: Option<Invitation>,
    /// Fields of the entry itself (IR-102), those the actor may see.
    pub fields: Vec<EntryField>,
    /// For a record of outgoing mail: where it stands.
    pub outgoing: Option<Outgoing>,
    /// People and tickets that old and new values name, for the sentence: number and name.
    pub names: Vec<(i64, String)>,
    /// The same people as others call them.
    pub called: Vec<(i64, String)>,
}

#[derive(Clone, Debug)]
pub struct ShownPart {
    pub id: i64,
    pub position: i64,
    pub parent: Option<i64>,
    pub content_type: String,
    pub file_name: Option<String>,
    pub disposition: String,
    pub content_id: Option<String>,
    pub headers: String,
    pub size: i64,
    pub has_content: bool,
    /// What its first bytes say it is; of messages themselves nobody asks.
    pub found: Option<Found>,
}

#[derive(Clone, Debug)]
pub struct Outgoing {
    /// `queued`, `sent`, `failed` or `withdrawn`.
    pub state: String,
    pub recipients: Vec<String>,
    pub last_error: String,
}

/// Texts longer than this are offered as a download only (TC-110 says 25 KiB; people paste logs).
const INLINE: i64 = 256 * 1024;

/// A part of a history.
#[derive(Clone, Debug)]
pub struct Window {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Where the next older part begins.
    pub older: Option<i64>,
}

/// Up to `limit` entries, seen or not, below a place that an earlier window named; without one, the newest. Merged tickets are
/// shown together, by time (TC-085).
pub async fn window(tx: &mut Tx, actor: &Actor, id: TicketId, before: Option<i64>, limit: i64) -> Result<Window> {
    let ticket = access::ticket(tx, actor, id).await?;
    let family = storage::merge::family(&mut tx.db, ticket.id).await?;
    if family.len() == 1 {
        // sequences have no gaps, so the next window begins where this one must end
        let end = before.unwrap_or(i64::MAX).min(ticket.version.saturating_add(1)).max(1);
        let changes = storage::change::before(&mut tx.db, ticket.id, end, limit).await?;
        let older = Some(end.saturating_sub(limit)).filter(|older| *older > 1);
        return Ok(Window { entries: entries(tx, actor, &ticket, changes, true).await?, older });
    }
    let place = match before {
        Some(number) => storage::change::get(&mut tx.db, ChangeId(number)).await?,
        None => None,
    };
    let place = place.filter(|change| family.contains(&change.ticket)).map(|change| (change.created, change.id));
    let mut changes = storage::change::before_together(&mut tx.db, &family, place, limit + 1).await?;
    let more = changes.len() as i64 > limit;
    changes.truncate(usize::try_from(limit).unwrap_or(0));
    let older = changes.last().filter(|_| more).map(|change| change.id.0);
    Ok(Window { entries: entries(tx, actor, &ticket, changes, true).await?, older })
}

/// Up to `limit` entries of the ticket's own history with a sequence below `before`, newest first. `i64::MAX` starts at the end.
pub async fn history(tx: &mut Tx, actor: &Actor, id: TicketId, before: i64, limit: i64) -> Result<Vec<Entry>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let changes = storage::change::before(&mut tx.db, ticket.id, before, limit).await?;
    entries(tx, actor, &ticket, changes, true).await
}

/// The entry with this sequence of a ticket, or of one that was merged into it.
pub async fn entry_at(tx: &mut Tx, actor: &Actor, id: TicketId, sequence: i64) -> Result<Option<Entry>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let Some(change) = storage::change::at(&mut tx.db, id, sequence).await? else { return Ok(None) };
    Ok(entries(tx, actor, &ticket, vec![change], true).await?.pop())
}

/// The mail that an entry records, as it went out. Whoever was given the entry may see it.
pub async fn recorded_mail(tx: &mut Tx, entry: &Entry) -> Result<Option<Vec<u8>>> {
    let Some(id) = entry.change.what.data.clone().filter(|_| is_record(entry.change.what.kind)) else { return Ok(None) };
    Ok(storage::outbound::raw(&mut tx.db, &id).await?)
}

/// The same from the other end: above `after`, oldest first.
pub async fn history_from(tx: &mut Tx, actor: &Actor, id: TicketId, after: i64, limit: i64) -> Result<Vec<Entry>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let changes = storage::change::after(&mut tx.db, ticket.id, after, limit).await?;
    entries(tx, actor, &ticket, changes, true).await
}

/// Create and Correspond entries, oldest first.
pub async fn correspondence(tx: &mut Tx, actor: &Actor, id: TicketId, limit: i64) -> Result<Vec<Entry>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let family = storage::merge::family(&mut tx.db, ticket.id).await?;
    let changes = storage::change::correspondence(&mut tx.db, &family, limit).await?;
    entries(tx, actor, &ticket, changes, true).await
}

/// Changes of a ticket that the caller has loaded already, without their texts.
pub(crate) async fn entries_of(tx: &mut Tx, actor: &Actor, ticket: &Ticket, changes: Vec<Change>) -> Result<Vec<Entry>> {
    entries(tx, actor, ticket, changes, false).await
}

/// The same with them.
pub(crate) async fn entries_with_texts(tx: &mut Tx, actor: &Actor, ticket: &Ticket, changes: Vec<Change>) -> Result<Vec<Entry>> {
    entries(tx, actor, ticket, changes, true).await
}

/// One entry with its ticket's number.
pub async fn entry(tx: &mut Tx, actor: &Actor, id: ChangeId) -> Result<Entry> {
    let change = storage::change::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    let ticket = access::ticket(tx, actor, change.ticket).await?;
    entries(tx, actor, &ticket, vec![change], true).await?.pop().ok_or(Error::NotFound)
}

/// A part's content, for a download. The change and the part must belong together (TC-115).
pub async fn file(tx: &mut Tx, actor: &Actor, change: ChangeId, part: i64) -> Result<(ShownPart, Vec<u8>)> {
    let entry = entry(tx, actor, change).await?;
    let shown = entry.parts.into_iter().find(|shown| shown.id == part && shown.has_content).ok_or(Error::NotFound)?;
    let stored = storage::part::get(&mut tx.db, part).await?.and_then(|part| part.blob).ok_or(Error::NotFound)?;
    let content = storage::blob::get(&mut tx.db, &stored).await?.ok_or(Error::NotFound)?;
    Ok((shown, content))
}

/// Entries of a ticket that the actor may see; without texts they cost less.
pub(super) async fn entries(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &Ticket,
    changes: Vec<Change>,
    with_texts: bool,
) -> Result<Vec<Entry>> {
    let rights = access::rights(tx, actor, ticket).await?;
    let shown: Vec<Change> = changes.into_iter().filter(|change| is_visible(tx, actor, ticket, &rights, change)).collect();
    let ids: Vec<ChangeId> = shown.iter().filter(|change| change.message.is_some()).map(|change| change.id).collect();
    let parts = storage::part::of_changes(&mut tx.db, &ids).await?;
    let fields = fields_of_entries(tx, actor, ticket.queue, &ids).await?;
    let readable: Vec<i64> =
        parts.iter().filter(|part| with_texts && (is_body(part) || is_calendar(part))).map(|part| part.id).collect();
    let contents = storage::blob::of_parts(&mut tx.db, &readable, INLINE).await?;
    let found = if with_texts { found(tx, parts.iter().filter(|part| !is_body(part))).await? } else { Founds::default() };
    let users = people_of(tx, &shown).await?;
    let mails: Vec<String> =
        shown.iter().filter(|change| is_record(change.what.kind)).filter_map(|change| change.what.data.clone()).collect();
    let mails = storage::outbound::by_message_ids(&mut tx.db, &mails).await?;
    let mut entries = Vec::with_capacity(shown.len());
    for change in shown {
        let mine: Vec<&Part> = parts.iter().filter(|part| part.change == change.id).collect();
        let body = |kind: &str| {
            let part = mine.iter().find(|part| is_body(part) && part.content_type == kind)?;
            contents.iter().find(|(id, _)| *id == part.id).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        };
        let html = body("text/html");
        let calendar = mine.iter().find(|part| is_calendar(part));
        let calendar = calendar.and_then(|part| contents.iter().find(|(id, _)| *id == part.id));
        let mail = change
            .what
            .data
            .as_ref()
            .filter(|_| is_record(change.what.kind))
            .and_then(|id| mails.iter().find(|mail| mail.letter.message_id == *id));
        entries.push(Entry {
            text: body("text/plain").or_else(|| html.as_deref().map(to_text)).unwrap_or_default(),
            html,
            event: calendar.and_then(|(_, bytes)| invitation(&String::from_utf8_lossy(bytes))),
            fields: fields.iter().filter(|(id, _)| *id == change.id).map(|(_, field)| field.clone()).collect(),
            actor: users.iter().find(|user| user.id == change.actor).cloned().ok_or(Error::NotFound)?,
            names: users.iter().map(|user| (user.id.0, user.name.clone())).collect(),
            called: users.iter().map(|user| (user.id.0, user.display_name().to_owned())).collect(),
            outgoing: mail.map(|mail| Outgoing {
                state: mail.state.clone(),
                recipients: mail.letter.recipients.clone(),
                last_error: mail.last_error.clone(),
            }),
            parts: mine.into_iter().map(|part| shown_part(part, &found)).collect(),
            change,
        });
    }
    Ok(entries)
}

fn is_record(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::EmailRecord | ChangeKind::CommentEmailRecord)
}

/// A part that is the message itself rather than a file beside it (TC-108).
pub(crate) fn is_body(part: &Part) -> bool {
    part.blob.is_some()
        && part.file_name.is_none()
        && part.disposition != "attachment"
        && matches!(part.content_type.as_str(), "text/plain" | "text/html")
}

/// Programs often send it as a file, too.
fn is_calendar(part: &Part) -> bool {
    part.blob.is_some() && part.content_type == "text/calendar"
}

pub(super) fn is_visible(tx: &Tx, actor: &Actor, ticket: &Ticket, rights: &[Right], change: &Change) -> bool {
    let may = |right| rights.contains(&right);
    match change.what.kind {
        kind if kind.is_internal() => may(Right::ShowTicketComments),
        ChangeKind::EmailRecord => may(Right::ShowOutgoingEmail),
        ChangeKind::CommentEmailRecord => may(Right::ShowOutgoingEmail) && may(Right::ShowTicketComments),
        ChangeKind::CustomField => {
            let field = change.what.field.as_deref().and_then(|id| id.parse().ok());
            field.is_some_and(|field| tx.catalog().grants.on_field(&actor.identity, Right::SeeCustomField, field, ticket.queue))
        }
        ChangeKind::Withdrawn | ChangeKind::AttachmentTruncate | ChangeKind::AttachmentDrop => {
            change.what.field.as_deref() != Some("Comment") || may(Right::ShowTicketComments)
        }
        _ => true,
    }
}

/// Authors, and users that owner and watcher changes name by number.
async fn people_of(tx: &mut Tx, changes: &[Change]) -> Result<Vec<User>> {
    let mut ids: Vec<UserId> = changes.iter().map(|change| change.actor).collect();
    for change in changes {
        let names_people = matches!(change.what.kind, ChangeKind::AddWatcher | ChangeKind::DelWatcher)
            || change.what.field.as_deref() == Some("Owner");
        if names_people {
            ids.extend([&change.what.old, &change.what.new].into_iter().flatten().filter_map(|id| id.parse::<UserId>().ok()));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(storage::person::by_ids(&mut tx.db, &ids).await?)
}

/// What files are, by number of their part.
pub(super) type Founds = HashMap<i64, Found>;

/// Files of one page that are looked into; a message of thousands has no more to say.
const MOST_FOUND: usize = 2_000;

pub(super) async fn found<'a>(tx: &mut Tx, parts: impl Iterator<Item = &'a Part>) -> Result<Founds> {
    let ids: Vec<i64> = parts.filter(|part| part.blob.is_some()).map(|part| part.id).take(MOST_FOUND).collect();
    let heads = storage::blob::heads_of_parts(&mut tx.db, &ids, HEAD as i64).await?;
    Ok(heads.into_iter().filter_map(|(id, head)| Some((id, file_kind::found(&head)?))).collect())
}

pub(super) fn shown_part(part: &Part, found: &Founds) -> ShownPart {
    ShownPart {
        id: part.id,
        position: part.position,
        parent: part.parent,
        content_type: part.content_type.clone(),
        file_name: part.file_name.clone(),
        disposition: part.disposition.clone(),
        content_id: part.content_id.clone(),
        headers: part.headers.clone(),
        size: part.size,
        has_content: part.blob.is_some(),
        found: found.get(&part.id).copied(),
    }
}
