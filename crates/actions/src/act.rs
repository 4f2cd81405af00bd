//! Acts: what one person did in one transaction at the web or the API, rules' answers included, kept so that
//! [`crate::undo`] can take it back. Noted while history is recorded, written at the commit.

use crate::{Acted, Actor, Door, Result, Tx, automation};
use domain::{ActId, BatchId, Ticket, TicketId, UserId};
use storage::act::{Act, ActTicket};

/// What the transaction changed so far.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    actor: Option<(UserId, Acted)>,
    tickets: Vec<Before>,
    /// Savepoints, and how many tickets were noted by then.
    marks: Vec<(u32, usize)>,
    batch: Option<BatchId>,
    undo_of: Option<ActId>,
}

#[derive(Debug)]
struct Before {
    ticket: TicketId,
    /// `None` when it was made here.
    row: Option<Ticket>,
}

impl Noted {
    pub(crate) fn mark(&mut self, point: u32) {
        self.marks.push((point, self.tickets.len()));
    }
    pub(crate) fn unmark(&mut self, point: u32) {
        self.marks.retain(|(mark, _)| *mark < point);
    }
    pub(crate) fn forget_since(&mut self, point: u32) {
        if let Some((_, many)) = self.marks.iter().find(|(mark, _)| *mark == point) {
            self.tickets.truncate(*many);
        }
        self.unmark(point);
    }
}

impl Tx {
    /// What is done here is one act of a batch.
    pub fn in_batch(&mut self, batch: BatchId) {
        self.noted.batch = Some(batch);
    }
    /// What was done so far is an act of its own, though the transaction goes on.
    pub(crate) async fn end_act(&mut self) -> Result<Option<ActId>> {
        automation::run_batch(self).await?;
        let batch = self.noted.batch;
        let act = keep(self).await?;
        self.noted.batch = batch;
        Ok(act)
    }
    pub(crate) fn is_undoing(&mut self, act: ActId) {
        self.noted.undo_of = Some(act);
    }
}

/// Before the ticket's row is written: remembers how it was. Mail, commands and jobs have nobody who could want it back.
pub(crate) async fn note(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    if !matches!(actor.door, Door::Web | Door::Rest2) {
        return Ok(());
    }
    if !actor.is_system() {
        tx.noted.actor.get_or_insert_with(|| (actor.id(), actor.acted.clone()));
    }
    if tx.noted.tickets.iter().any(|noted| noted.ticket == ticket.id) {
        return Ok(());
    }
    let row = if ticket.version == 0 { None } else { storage::ticket::get(&mut tx.db, ticket.id).await? };
    tx.noted.tickets.push(Before { ticket: ticket.id, row });
    Ok(())
}

/// Writes the act down, if a person did anything.
pub(crate) async fn keep(tx: &mut Tx) -> Result<Option<ActId>> {
    let noted = std::mem::take(&mut tx.noted);
    let (Some((actor, acted)), false) = (noted.actor, noted.tickets.is_empty()) else { return Ok(None) };
    let ids: Vec<TicketId> = noted.tickets.iter().map(|before| before.ticket).collect();
    let rows = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let act = Act { id: ActId(0), actor, created: tx.now, batch: noted.batch, undo_of: noted.undo_of, undone: None };
    let id = storage::act::insert(&mut tx.db, &act).await?;
    for Before { ticket, row } in noted.tickets {
        let Some(after) = rows.iter().find(|row| row.id == ticket) else { continue };
        let version_before = row.as_ref().map_or(0, |row| row.version);
        let touched = ActTicket { ticket, version_before, version_after: after.version, before: row, after: after.clone() };
        if touched.version_before < touched.version_after {
            storage::act::insert_ticket(&mut tx.db, id, &touched).await?;
        }
    }
    acted.note(id);
    Ok(Some(id))
}
