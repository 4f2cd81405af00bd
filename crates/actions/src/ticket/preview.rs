//! What an update would do: it is carried out, looked at and taken back (TC-026).

use super::{Create, Update, create, update};
use crate::{Actor, Desk, Posted, Result, Tx, automation};
use domain::TicketId;
use storage::unreachable::Unreachable;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Who would get mail, by which rule, in the order of the rules.
    pub posted: Vec<Posted>,
    /// Rules that would act, each once.
    pub rules: Vec<String>,
    /// Those among them whom mail did not reach.
    pub unreachable: Vec<Unreachable>,
}

/// Of so many recipients it is looked up.
const MOST_LOOKED_UP: usize = 500;

/// Refused like the update itself. Nothing is left of it.
pub async fn preview(desk: &Desk, actor: &Actor, id: TicketId, input: Update) -> Result<Preview> {
    let mut tx = desk.write().await?;
    let outcome = update(&mut tx, actor, id, Update { version: None, ..input }).await.map(drop);
    look(tx, outcome).await
}

/// The same for a new ticket.
pub async fn preview_create(desk: &Desk, actor: &Actor, input: Create) -> Result<Preview> {
    let mut tx = desk.write().await?;
    let outcome = create(&mut tx, actor, input).await.map(drop);
    look(tx, outcome).await
}

async fn look(mut tx: Tx, outcome: Result<()>) -> Result<Preview> {
    let outcome = match outcome {
        Ok(()) => automation::run_batch(&mut tx).await,
        refused => refused,
    };
    let mut rules: Vec<String> = Vec::new();
    for rule in std::mem::take(&mut tx.ran) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let posted = std::mem::take(&mut tx.posted);
    let unreachable = match outcome {
        Ok(()) => {
            let addresses: Vec<_> = posted.iter().take(MOST_LOOKED_UP).map(|posted| &posted.address).collect();
            storage::unreachable::of_addresses(&mut tx.db, &addresses).await?
        }
        Err(_) => vec![],
    };
    tx.rollback().await?;
    outcome.map(|()| Preview { posted, rules, unreachable })
}
