//! Doing it without keeping it: what would become of each ticket, found by the verbs themselves. The door throws the transaction away.

use super::{Wanted, Work, carry_out};
use crate::{Actor, Result, Tx};
use domain::TicketId;
use storage::batch::Item;

/// As many as are tried; of more people are told what can be seen from outside.
pub const REHEARSED: usize = 50;

#[derive(Clone, Debug)]
pub struct Rehearsed {
    pub ticket: TicketId,
    /// `done`, `warned`, `skipped` or `failed`, as it would be.
    pub outcome: &'static str,
    pub note: String,
}

/// The first of them, in order, each after the ones before it.
pub async fn rehearse(tx: &mut Tx, actor: &Actor, work: &Work, wanted: &[Wanted]) -> Result<Vec<Rehearsed>> {
    work.check(tx, actor).await?;
    let mut found = Vec::new();
    for (position, wanted) in wanted.iter().take(REHEARSED).enumerate() {
        let item = Item {
            position: position as i64,
            ticket: wanted.ticket,
            version: wanted.seen,
            outcome: String::new(),
            note: String::new(),
        };
        let outcome = carry_out::one(tx, actor, work, &item).await?;
        tx.end_act().await?;
        found.push(Rehearsed { ticket: wanted.ticket, outcome: outcome.name, note: outcome.note });
    }
    Ok(found)
}
