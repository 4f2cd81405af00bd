//! Carrying out what rules want, each rule for itself, with a note of what became of it.

use super::{Scene, Step, carry_out::carry_out};
use crate::{Error, Result, Tx};
use storage::rule::Run;

/// An error is told in the log up to here.
const LONGEST_ERROR: usize = 1_000;

/// All under one savepoint; only when one fails are they run again one by one, each under its own.
pub(super) async fn run(tx: &mut Tx, scene: Scene<'_>, steps: &[Step]) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let attempt = tx.attempt().await?;
    let mut all = true;
    for step in steps {
        match one(tx, scene, step).await {
            Ok(()) => {}
            Err(Error::Unavailable(what)) => return Err(Error::Unavailable(what)),
            Err(_) => {
                all = false;
                break;
            }
        }
    }
    if all {
        return tx.keep_attempt(attempt).await;
    }
    tx.undo_attempt(attempt).await?;
    for step in steps {
        let attempt = tx.attempt().await?;
        match one(tx, scene, step).await {
            Ok(()) => tx.keep_attempt(attempt).await?,
            Err(Error::Unavailable(what)) => return Err(Error::Unavailable(what)),
            Err(error) => {
                tx.undo_attempt(attempt).await?;
                tracing::error!(ticket.id = scene.ticket.0, rule = step.name, %error, "a rule failed; what triggered it stands");
                note(tx, scene, step, Some(error.to_string()), 0);
            }
        }
    }
    Ok(())
}

async fn one(tx: &mut Tx, scene: Scene<'_>, step: &Step) -> Result<()> {
    let began = tx.desk().now();
    for effect in &step.effects {
        Box::pin(carry_out(tx, scene, step, effect)).await?;
    }
    tx.ran.push(step.name.clone());
    let milliseconds = tx.desk().now().duration_since(began).as_millis();
    note(tx, scene, step, None, i64::try_from(milliseconds).unwrap_or(i64::MAX));
    Ok(())
}

fn note(tx: &mut Tx, scene: Scene<'_>, step: &Step, error: Option<String>, milliseconds: i64) {
    let error = error.map(|error| error.chars().take(LONGEST_ERROR).collect());
    let (rule, ticket, change, ran) = (step.rule, scene.ticket, scene.change.id, tx.now());
    let run = Run { rule, ticket, change, ran, error, milliseconds, note: String::new() };
    tx.runs.push(run);
}

/// Rules that called each other too deep: they are not carried out, and their log says so.
pub(super) fn stopped(tx: &mut Tx, scene: Scene<'_>, steps: &[Step]) {
    for step in steps {
        tracing::error!(ticket.id = scene.ticket.0, rule = step.name, "rules call each other without end; stopped");
        note(tx, scene, step, Some("Rules call each other without end; this one was not carried out.".to_owned()), 0);
    }
}
