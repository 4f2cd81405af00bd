//! One wish about many tickets: what it would do, and doing it in steps that survive a restart. Each step is one transaction
//! that carries its tickets' changes and their outcomes together, so that nothing is done twice (IR-397 … IR-403).

mod carry_out;
mod outlook;
mod rehearse;
mod wish;
mod work;

use crate::{Actor, Desk, Door, Error, Result, Tx};
pub use domain::bulk::{Deed, Verdict};
use domain::{BatchId, TicketId};
use jiff::{SignedDuration, Timestamp};
pub use outlook::{Outlook, Wanted, incidents_of, outlook, wanted_by};
pub use rehearse::{REHEARSED, Rehearsed, rehearse};
pub use storage::batch::{Batch, Item};
pub use wish::{Date, FieldWish, Wish};
pub use work::{Words, Work};

/// As many tickets as one wish may name.
pub const MOST: usize = 5_000;
/// Tickets of one step.
const STEP: i64 = 50;
/// Steps that whoever asks waits for.
const AWAITED: usize = 4;
/// A batch untouched for this long has lost its worker.
const ALONE: SignedDuration = SignedDuration::from_secs(10);

/// Writes the wish down, so that it will be carried out whatever happens now.
pub async fn begin(tx: &mut Tx, actor: &Actor, work: &Work, wanted: &[Wanted]) -> Result<BatchId> {
    if wanted.is_empty() {
        return Err(Error::invalid("tickets", "Choose at least one ticket."));
    }
    if wanted.len() > MOST {
        return Err(Error::invalid("tickets", format!("At most {MOST} tickets can be changed at once.")));
    }
    work.check(tx, actor).await?;
    let text = serde_json::to_string(work).map_err(|error| Error::Internal(error.into()))?;
    let items: Vec<(TicketId, Option<i64>)> = wanted.iter().map(|wanted| (wanted.ticket, wanted.seen)).collect();
    let now = tx.now();
    Ok(storage::batch::insert(&mut tx.db, actor.id(), &text, &items, now).await?)
}

/// One step of a batch, in a transaction of its own; `true` when nothing is left to do.
pub async fn step(desk: &Desk, id: BatchId) -> Result<bool> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    storage::batch::lock(&mut tx.db, id, now).await?;
    let batch = storage::batch::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    let items = storage::batch::waiting(&mut tx.db, id, STEP).await?;
    let actor = match storage::person::get(&mut tx.db, batch.actor).await? {
        Some(user) => Actor::of(&tx, user, Door::Web),
        None => None,
    };
    let work: Work = serde_json::from_str(&batch.work).map_err(|error| Error::Internal(error.into()))?;
    tx.in_batch(id);
    look_up(&mut tx, &items).await?;
    for mut item in items.iter().cloned() {
        let outcome = match &actor {
            Some(actor) => carry_out::one(&mut tx, actor, &work, &item).await?,
            None => carry_out::Outcome::refused("whoever wished it may not sign in any more"),
        };
        (item.outcome, item.note) = (outcome.name.to_owned(), outcome.note);
        storage::batch::settle(&mut tx.db, id, &item).await?;
        // each ticket's is undone or kept for itself
        tx.end_act().await?;
    }
    let is_finished = (items.len() as i64) < STEP;
    if is_finished && batch.finished.is_none() {
        storage::batch::finish(&mut tx.db, id, now).await?;
    }
    tx.commit().await?;
    Ok(is_finished)
}

/// What each ticket's verbs will ask for, asked for once for all.
async fn look_up(tx: &mut Tx, items: &[Item]) -> Result<()> {
    let ids: Vec<TicketId> = items.iter().map(|item| item.ticket).collect();
    storage::ticket::lock_all(&mut tx.db, &ids).await?;
    storage::person::roles_of_tickets(&mut tx.db, &ids).await?;
    storage::watcher::groups_of_tickets(&mut tx.db, &ids).await?;
    Ok(())
}

/// Does the first steps before it answers; a longer batch goes on without anybody waiting, and [`resume`] picks up what a
/// stopped process leaves.
pub async fn work_off(desk: &Desk, id: BatchId) -> Result<()> {
    for _ in 0..AWAITED {
        if step(desk, id).await? {
            return Ok(());
        }
    }
    let desk = desk.clone();
    tokio::spawn(async move {
        loop {
            match step(&desk, id).await {
                Ok(false) => {}
                Ok(true) => return,
                Err(error) => return tracing::warn!(batch = id.0, %error, "a batch is left for later"),
            }
        }
    });
    Ok(())
}

/// Works off what others left: requests that ended early, processes that were stopped. How many batches were finished.
pub async fn resume(desk: &Desk) -> Result<usize> {
    let mut tx = desk.read().await?;
    let since = tx.now().checked_sub(ALONE).unwrap_or(tx.now());
    let batches = storage::batch::left_alone(&mut tx.db, since).await?;
    drop(tx);
    for id in &batches {
        while !step(desk, *id).await? {}
    }
    Ok(batches.len())
}

/// How a batch stands, for whoever wished it.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: BatchId,
    pub deed: Deed,
    pub created: Timestamp,
    pub is_finished: bool,
    pub done: i64,
    pub waiting: i64,
    /// Left alone: not theirs to change, changed meanwhile, nothing to do.
    pub skipped: i64,
    pub failed: i64,
}

/// Others' batches do not exist for the actor.
pub async fn report(tx: &mut Tx, actor: &Actor, id: BatchId) -> Result<Report> {
    let batch = storage::batch::get(&mut tx.db, id).await?.filter(|batch| batch.actor == actor.id()).ok_or(Error::NotFound)?;
    let work: Work = serde_json::from_str(&batch.work).map_err(|error| Error::Internal(error.into()))?;
    let counts = storage::batch::counts(&mut tx.db, id).await?;
    let of = |name: &str| counts.iter().find(|(outcome, _)| outcome == name).map_or(0, |(_, n)| *n);
    Ok(Report {
        id,
        deed: work.deed(),
        created: batch.created,
        is_finished: batch.finished.is_some(),
        done: of("done") + of("warned"),
        waiting: of("waiting"),
        skipped: of("skipped"),
        failed: of("failed"),
    })
}

/// Outcomes in the order people want to know of them: what failed, what was left, what needs a second look, the rest.
pub async fn results(tx: &mut Tx, actor: &Actor, id: BatchId, limit: i64) -> Result<Vec<Item>> {
    report(tx, actor, id).await?;
    let mut items = Vec::new();
    for outcome in ["failed", "skipped", "warned", "done"] {
        let room = limit - items.len() as i64;
        if room > 0 {
            items.extend(storage::batch::with_outcome(&mut tx.db, id, outcome, -1, room).await?);
        }
    }
    Ok(items)
}
