//! Letting the rules answer a change: planned purely in `rules`, carried out here by verbs, as the system (IR-172).

mod batch;
mod carry_out;
mod dates;
mod dry_run;
mod facts;
mod family;
mod fields;
pub(crate) mod institution;
mod joining;
mod moving;
mod network;
mod notes;
mod numbers;
mod ownership;
mod run;
mod schedule;
mod status;
mod team;

use crate::{Actor, Result, Tx, message::NewMessage};
use domain::{RuleId, StatusClass, TicketId, change::Change};
use rules::{Effect, Stage, plan};
use std::sync::Arc;

pub(crate) use batch::{Later, run_batch};
pub use dry_run::DryRun;
pub(crate) use dry_run::against_the_past;
pub use schedule::run_schedules;

/// Rules may call verbs that call rules; deeper than this is a circle in the rules.
const DEPTH: u32 = 12;

/// What a change itself does not say, and rules want to know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occasion {
    /// Shared: a message may be large, and effects that wait each know their occasion.
    pub(crate) message: Option<Arc<NewMessage>>,
    /// Class of the status before the change.
    pub(crate) old_class: Option<StatusClass>,
}

impl Occasion {
    pub(crate) fn with_message(message: NewMessage) -> Self {
        Self { message: Some(Arc::new(message)), old_class: None }
    }
    pub(crate) fn after(old_class: StatusClass) -> Self {
        Self { message: None, old_class: Some(old_class) }
    }
}

/// What an effect is carried out about.
#[derive(Clone, Copy)]
struct Scene<'a> {
    actor: &'a Actor,
    ticket: TicketId,
    change: &'a Change,
    occasion: &'a Occasion,
}

/// What one rule wants done.
struct Step {
    rule: RuleId,
    name: String,
    effects: Vec<Effect>,
}

/// Carries out what the rules answer to a change. A rule that fails undoes only itself (IR-173).
pub(crate) async fn react(tx: &mut Tx, actor: &Actor, id: TicketId, change: &Change, occasion: &Occasion) -> Result<()> {
    let scene = Scene { actor, ticket: id, change, occasion };
    batch::wait(tx, scene);
    let steps = planned(tx, scene).await?;
    if tx.depth >= DEPTH {
        run::stopped(tx, scene, &steps);
        return Ok(());
    }
    tx.depth += 1;
    let outcome = Box::pin(run::run(tx, scene, &steps)).await;
    tx.depth -= 1;
    outcome
}

async fn planned(tx: &mut Tx, scene: Scene<'_>) -> Result<Vec<Step>> {
    let catalog = tx.catalog();
    let kind = scene.change.what.kind;
    let is_asked = |rule: &rules::Rule| rule.definition.stage == Stage::Immediate && rule.definition.on.contains(&kind);
    if !catalog.rules().iter().any(is_asked) {
        return Ok(vec![]);
    }
    let Some(facts) = facts::gather(tx, scene).await? else { return Ok(vec![]) };
    Ok(plan(catalog.rules(), Stage::Immediate, &facts.happened(scene)).into_iter().map(step).collect())
}

fn step(rule: &rules::Rule) -> Step {
    Step { rule: rule.id, name: rule.name.clone(), effects: rule.definition.effects.clone() }
}
