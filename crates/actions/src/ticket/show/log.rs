//! History and files one by one, for those who page through all of it or ask for one by its number.

use super::{
    Entry, ShownPart,
    history::{Founds, entries, is_visible, shown_part},
};
use crate::{Actor, Error, Result, Tx, access, access::Visible};
use domain::{ChangeId, Ticket, TicketId, UserId, change::Change};
use jiff::Timestamp;

/// Changes read at a time: however long a history is, memory holds few of it.
const STEP: i64 = 200;

/// A way through the histories of a ticket and of those merged into it, oldest first (TC-085).
struct Walk {
    /// Each ticket with the sequence it was read up to, what was read and not yet given, and whether there may be more.
    tickets: Vec<(TicketId, i64, Vec<Change>, bool)>,
}

impl Walk {
    async fn begin(tx: &mut Tx, ticket: TicketId) -> Result<Self> {
        let family = storage::merge::family(&mut tx.db, ticket).await?;
        Ok(Self { tickets: family.into_iter().map(|id| (id, 0, vec![], true)).collect() })
    }

    /// The next changes; `None` at the end.
    async fn step(&mut self, tx: &mut Tx) -> Result<Option<Vec<Change>>> {
        for (id, last, waiting, more) in &mut self.tickets {
            if waiting.is_empty() && *more {
                *waiting = storage::change::after(&mut tx.db, *id, *last, STEP).await?;
                *more = waiting.len() as i64 == STEP;
                *last = waiting.last().map_or(*last, |change| change.sequence);
            }
        }
        // up to where every ticket that goes on is known
        let place = |change: &Change| change.id;
        let known =
            self.tickets.iter().filter(|(_, _, _, more)| *more).filter_map(|(_, _, waiting, _)| waiting.last().map(place));
        let known = known.min();
        let mut step = Vec::new();
        for (_, _, waiting, _) in &mut self.tickets {
            let end = known.map_or(waiting.len(), |known| waiting.partition_point(|change| place(change) <= known));
            step.extend(waiting.drain(..end));
        }
        step.sort_by_key(place);
        Ok(Some(step).filter(|step| !step.is_empty()))
    }
}

/// One MIME node of a message with where it belongs.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub part: ShownPart,
    /// Number of the container that holds it.
    pub container: Option<i64>,
    pub change: ChangeId,
    pub ticket: TicketId,
    pub creator: UserId,
    pub created: Timestamp,
}

/// The newest change of a ticket, seen or not: what tells that it changed.
pub async fn newest(tx: &mut Tx, ticket: &Visible<Ticket>) -> Result<ChangeId> {
    let newest = storage::change::before(&mut tx.db, ticket.id, i64::MAX, 1).await?;
    newest.first().map(|change| change.id).ok_or(Error::NotFound)
}

/// Walks the visible changes, oldest first, and returns those that `wanted` asks for, without texts.
pub async fn log(tx: &mut Tx, actor: &Actor, id: TicketId, mut wanted: impl FnMut(&Change) -> bool + Send) -> Result<Vec<Entry>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let rights = access::rights(tx, actor, &ticket).await?;
    let mut walk = Walk::begin(tx, ticket.id).await?;
    let mut found = Vec::new();
    while let Some(step) = walk.step(tx).await? {
        found.extend(step.into_iter().filter(|change| is_visible(tx, actor, &ticket, &rights, change) && wanted(change)));
    }
    entries(tx, actor, &ticket, found, false).await
}

/// Walks the parts of all visible messages, oldest first, and returns those that `wanted` asks for.
pub async fn attachments(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    mut wanted: impl FnMut(&Attachment) -> bool + Send,
) -> Result<Vec<Attachment>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let rights = access::rights(tx, actor, &ticket).await?;
    let mut walk = Walk::begin(tx, ticket.id).await?;
    let mut found = Vec::new();
    while let Some(step) = walk.step(tx).await? {
        let shown = step.iter().filter(|change| change.message.is_some() && is_visible(tx, actor, &ticket, &rights, change));
        let shown: Vec<&Change> = shown.collect();
        found.extend(parts_of(tx, &shown).await?.into_iter().filter(&mut wanted));
    }
    Ok(found)
}

/// One part by its number, with its content if it has any.
pub async fn attachment(tx: &mut Tx, actor: &Actor, part: i64) -> Result<(Attachment, Option<Vec<u8>>)> {
    let stored = storage::part::get(&mut tx.db, part).await?.ok_or(Error::NotFound)?;
    let change = storage::change::get(&mut tx.db, stored.change).await?.ok_or(Error::NotFound)?;
    let ticket = access::ticket(tx, actor, change.ticket).await?;
    let rights = access::rights(tx, actor, &ticket).await?;
    if !is_visible(tx, actor, &ticket, &rights, &change) {
        return Err(Error::NotFound);
    }
    let found = parts_of(tx, &[&change]).await?.into_iter().find(|one| one.part.id == part).ok_or(Error::NotFound)?;
    let content = match &stored.blob {
        Some(hash) => storage::blob::get(&mut tx.db, hash).await?,
        None => None,
    };
    Ok((found, content))
}

async fn parts_of(tx: &mut Tx, changes: &[&Change]) -> Result<Vec<Attachment>> {
    let ids: Vec<ChangeId> = changes.iter().map(|change| change.id).collect();
    let parts = storage::part::of_changes(&mut tx.db, &ids).await?;
    let number = |change: ChangeId, position: i64| {
        parts.iter().find(|part| part.change == change && part.position == position).map(|part| part.id)
    };
    let whole = |part: &storage::part::Part| {
        let change = changes.iter().find(|change| change.id == part.change)?;
        Some(Attachment {
            part: shown_part(part, &Founds::default()),
            container: part.parent.and_then(|position| number(part.change, position)),
            change: change.id,
            ticket: change.ticket,
            creator: change.actor,
            created: change.created,
        })
    };
    Ok(parts.iter().filter_map(whole).collect())
}

/// Whether there is such a change at all, whoever asks: clients of RT are told 403 apart from 404 (API-025).
pub async fn change_exists(tx: &mut Tx, id: ChangeId) -> Result<bool> {
    Ok(storage::change::get(&mut tx.db, id).await?.is_some())
}

/// The same for a part.
pub async fn attachment_exists(tx: &mut Tx, part: i64) -> Result<bool> {
    Ok(storage::part::get(&mut tx.db, part).await?.is_some())
}
