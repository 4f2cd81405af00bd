//! One's own acts, for the page and for the notice after each.

use super::may_undo;
use crate::{Actor, Result, Tx, access, ticket::show::Entry};
use domain::{ActId, BatchId, TicketId};
use jiff::Timestamp;
use storage::act::Act;

/// More tickets of one act are not named in lists.
const NAMED: i64 = 500;

#[derive(Clone, Debug)]
pub struct RecentAct {
    pub id: ActId,
    pub created: Timestamp,
    pub batch: Option<BatchId>,
    /// Was itself an undoing.
    pub is_undo: bool,
    pub undone: Option<Timestamp>,
    /// Whether undoing it may be offered.
    pub is_standing: bool,
    /// The tickets that it changed and that can be seen, the one it began with first.
    pub tickets: Vec<TicketId>,
    /// What it began with.
    pub first: Option<Entry>,
}

/// Up to `limit` with a number below `before`, newest first; a batch is one.
pub async fn recent(tx: &mut Tx, actor: &Actor, before: ActId, limit: i64) -> Result<Vec<RecentAct>> {
    let acts = storage::act::recent(&mut tx.db, actor.id(), before, limit).await?;
    told(tx, actor, acts).await
}

/// An act of the actor's that can be undone now, if it is one.
pub async fn standing(tx: &mut Tx, actor: &Actor, id: ActId) -> Result<Option<RecentAct>> {
    let act = storage::act::get(&mut tx.db, id).await?.filter(|act| act.actor == actor.id());
    let told = told(tx, actor, act.into_iter().collect()).await?;
    Ok(told.into_iter().next().filter(|act| act.is_standing))
}

async fn told(tx: &mut Tx, actor: &Actor, acts: Vec<Act>) -> Result<Vec<RecentAct>> {
    let ids: Vec<ActId> = acts.iter().map(|act| act.id).collect();
    let firsts = storage::act::firsts(&mut tx.db, &ids, NAMED).await?;
    let mut recent = Vec::with_capacity(acts.len());
    for act in acts {
        let mut tickets = Vec::new();
        let mut first = None;
        let mine: Vec<_> = firsts.iter().filter(|first| first.act == act.id).collect();
        for one in &mine {
            let Ok(ticket) = access::ticket(tx, actor, one.ticket).await else { continue };
            tickets.push(ticket.id);
            if first.is_none() {
                let changes = storage::change::by_ids(&mut tx.db, &[one.change]).await?;
                first = crate::ticket::show::entries_of(tx, actor, &ticket, changes).await?.pop();
            }
        }
        let is_new = mine.iter().any(|one| one.is_new);
        recent.push(RecentAct {
            is_standing: !is_new && may_undo(tx, actor, &act).is_ok(),
            id: act.id,
            created: act.created,
            batch: act.batch,
            is_undo: act.undo_of.is_some(),
            undone: act.undone,
            tickets,
            first,
        });
    }
    Ok(recent)
}
