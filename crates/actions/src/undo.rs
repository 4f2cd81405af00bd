//! Taking acts back by compensating changes: history stays whole, rules are not asked again, letters that still wait are
//! withdrawn. Only by whoever did it (or an administrator), only for a while, and never over what somebody changed since.

mod family;
mod letters;
mod merges;
mod put_back;
mod recent;

use crate::{Actor, Error, Result, Tx, access, hook};
use domain::{
    ActId, BatchId, Right, TicketId,
    change::{Change, ChangeKind},
    setting::list,
};
use jiff::SignedDuration;
pub use recent::{RecentAct, recent, standing};
use storage::act::{Act, ActTicket};

/// What became of an undoing; tickets that the actor may not see are put back too, and not named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Put back, at least in part.
    pub restored: Vec<TicketId>,
    /// Where something stayed because it changed meanwhile.
    pub changed_meanwhile: Vec<TicketId>,
    /// Letters that were caught, and those that were out already.
    pub withdrawn: usize,
    pub sent: usize,
    /// A message that was not sent after all, to be offered again.
    pub unsent: Option<Unsent>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsent {
    pub ticket: TicketId,
    pub sequence: i64,
    pub is_reply: bool,
}

impl Undone {
    /// Both together, for a batch.
    pub fn add(&mut self, other: Self) {
        self.restored.extend(other.restored);
        self.changed_meanwhile.extend(other.changed_meanwhile);
        self.withdrawn += other.withdrawn;
        self.sent += other.sent;
        self.unsent = self.unsent.or(other.unsent);
    }
}

/// Takes one act back. Making a ticket cannot be undone, nor can a message that is out.
pub async fn undo(tx: &mut Tx, actor: &Actor, id: ActId) -> Result<Undone> {
    let act = storage::act::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    may_undo(tx, actor, &act)?;
    take_back(tx, actor, &act).await
}

/// Takes up to `limit` acts of a batch back, the newest first. `true` while more may be left: commit, then ask again.
pub async fn undo_batch(tx: &mut Tx, actor: &Actor, batch: BatchId, limit: i64) -> Result<(Undone, bool)> {
    let is_running = storage::batch::get(&mut tx.db, batch).await?.is_some_and(|batch| batch.finished.is_none());
    if is_running {
        return Err(Error::Conflict("This is still going on; undo it when it is done.".to_owned()));
    }
    let acts = storage::act::standing_of_batch(&mut tx.db, batch, limit).await?;
    let is_more = acts.len() as i64 == limit;
    let mut undone = Undone::default();
    for act in acts {
        may_undo(tx, actor, &act)?;
        let attempt = tx.attempt().await?;
        let outcome = take_back(tx, actor, &act).await;
        if let Ok(one) = tx.settle(attempt, outcome).await? {
            undone.add(one);
        } else {
            // it will not go away by asking again
            storage::act::mark_undone(&mut tx.db, act.id, tx.now).await?;
            for touched in storage::act::tickets(&mut tx.db, act.id).await? {
                if access::ticket(tx, actor, touched.ticket).await.is_ok() {
                    undone.changed_meanwhile.push(touched.ticket);
                }
            }
        }
        tx.end_act().await?;
    }
    Ok((undone, is_more))
}

/// One's own acts, and for administrators everybody's; others' do not exist.
fn may_undo(tx: &Tx, actor: &Actor, act: &Act) -> Result<()> {
    if act.actor != actor.id() && access::require_global(tx, actor, Right::SuperUser).is_err() {
        return Err(Error::NotFound);
    }
    if act.undone.is_some() {
        return Err(Error::Conflict("This was undone already.".to_owned()));
    }
    let hours = tx.catalog().setting_number(list::UNDO_WINDOW);
    if tx.now.duration_since(act.created) > SignedDuration::from_hours(hours) {
        return Err(Error::invalid("act", format!("It is too late to undo this: more than {hours} hours have passed.")));
    }
    Ok(())
}

async fn take_back(tx: &mut Tx, actor: &Actor, act: &Act) -> Result<Undone> {
    let touched = storage::act::tickets(&mut tx.db, act.id).await?;
    refuse_what_stays(&touched)?;
    if !storage::act::mark_undone(&mut tx.db, act.id, tx.now).await? {
        return Err(Error::Conflict("This was undone already.".to_owned()));
    }
    tx.is_undoing(act.id);
    let mut histories = Vec::with_capacity(touched.len());
    for one in &touched {
        // all are locked before anything is judged, in order of number
        storage::ticket::lock(&mut tx.db, one.ticket).await?.ok_or(Error::NotFound)?;
        let many = one.version_after - one.version_before;
        let changes: Vec<Change> = storage::change::after(&mut tx.db, one.ticket, one.version_before, many).await?;
        if changes.iter().any(|change| change.what.kind == ChangeKind::Withdrawn) {
            return Err(Error::invalid("act", "A message that was taken back is not sent by undoing that; write it again."));
        }
        histories.push(changes);
    }
    let ids: Vec<TicketId> = touched.iter().map(|one| one.ticket).collect();
    let former = family::breaches(tx, &ids).await?;
    let letters = letters::withdraw(tx, histories.iter().flatten()).await?;
    let mut undone = Undone { withdrawn: letters.withdrawn, sent: letters.sent, ..Undone::default() };
    let parted = merges::take_back(tx, actor, histories.iter().flatten()).await?;
    for (one, changes) in touched.iter().zip(&histories) {
        let is_parted = parted.contains(&one.ticket);
        let touched = if is_parted { merges::without_times(one) } else { one.clone() };
        let put = put_back::Task { actor, act: act.id, touched: &touched, changes, said: letters.said(changes) };
        let mut outcome = put.run(tx).await?;
        outcome.is_changed |= is_parted;
        undone.unsent = undone.unsent.or(outcome.unsent);
        hook::take_back(tx, one.ticket, act.created).await?;
        if access::ticket(tx, actor, one.ticket).await.is_ok() {
            undone.restored.extend(outcome.is_changed.then_some(one.ticket));
            undone.changed_meanwhile.extend(outcome.is_kept.then_some(one.ticket));
        }
    }
    if undone.restored.is_empty() && undone.changed_meanwhile.is_empty() {
        return Err(Error::invalid("act", "Nothing of this can be taken back: what was said stays said."));
    }
    family::settle(tx, actor, &ids, &former).await?;
    Ok(undone)
}

fn refuse_what_stays(touched: &[ActTicket]) -> Result<()> {
    if let Some(made) = touched.iter().find(|one| one.before.is_none()) {
        return Err(Error::invalid(
            "act",
            format!("This made #{}, and a ticket that was made stays. Reject or abandon it instead.", made.ticket),
        ));
    }
    Ok(())
}
