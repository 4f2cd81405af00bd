//! Rules of the batch stage: each runs once a ticket, when the whole update is done, and may look at every change of it; the first
//! that its condition holds for is the one it answers (TC-149, IR-174).

use super::{DEPTH, Occasion, Scene, Step, facts, run, step};
use crate::{Actor, Result, Tx};
use domain::{TicketId, change::Change};
use rules::{Stage, plan};

/// A change that waits for the end of the update.
pub(crate) struct Later {
    actor: Actor,
    ticket: TicketId,
    change: Change,
    occasion: Occasion,
}

/// Keeps a change that rules of the batch stage may want to answer.
pub(super) fn wait(tx: &mut Tx, scene: Scene<'_>) {
    let catalog = tx.catalog();
    let wanted = catalog
        .rules()
        .iter()
        .any(|rule| rule.definition.stage == Stage::Batch && rule.definition.on.contains(&scene.change.what.kind));
    if wanted {
        tx.batch.push(Later {
            actor: scene.actor.clone(),
            ticket: scene.ticket,
            change: scene.change.clone(),
            occasion: scene.occasion.clone(),
        });
    }
}

/// What these rules do makes changes, and those may have rules of the batch stage again: another round, but not without end.
pub(crate) async fn run_batch(tx: &mut Tx) -> Result<()> {
    for _ in 0..DEPTH {
        let waiting = std::mem::take(&mut tx.batch);
        if waiting.is_empty() {
            return Ok(());
        }
        let mut tickets: Vec<TicketId> = Vec::new();
        for later in &waiting {
            if !tickets.contains(&later.ticket) {
                tickets.push(later.ticket);
            }
        }
        for ticket in tickets {
            let changes: Vec<&Later> = waiting.iter().filter(|later| later.ticket == ticket).collect();
            run_ticket(tx, &changes).await?;
        }
    }
    if !tx.batch.is_empty() {
        tracing::error!("rules of the batch stage call each other without end; stopped");
        tx.batch.clear();
    }
    Ok(())
}

async fn run_ticket(tx: &mut Tx, changes: &[&Later]) -> Result<()> {
    let catalog = tx.catalog();
    let mut planned: Vec<(Step, usize)> = Vec::new();
    for (number, later) in changes.iter().enumerate() {
        let Some(facts) = facts::gather(tx, later.scene()).await? else { continue };
        for rule in plan(catalog.rules(), Stage::Batch, &facts.happened(later.scene())) {
            if !planned.iter().any(|(known, _)| known.rule == rule.id) {
                planned.push((step(rule), number));
            }
        }
    }
    // in the order of the rules, whichever change each answers
    let place = |step: &Step| catalog.rules().iter().position(|rule| rule.id == step.rule);
    planned.sort_by_key(|(step, _)| place(step));
    tx.depth += 1;
    for (step, number) in planned {
        let Some(later) = changes.get(number) else { continue };
        run::run(tx, later.scene(), std::slice::from_ref(&step)).await?;
    }
    tx.depth -= 1;
    Ok(())
}

impl Later {
    fn scene(&self) -> Scene<'_> {
        Scene { actor: &self.actor, ticket: self.ticket, change: &self.change, occasion: &self.occasion }
    }
}
