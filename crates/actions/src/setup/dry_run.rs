//! Trying a rule before it is stored or switched on.

use super::automation::{RuleInput, definition};
use crate::{
    Actor, Error, Result, Tx, access,
    automation::{DryRun, against_the_past},
    lists,
};
use domain::{Right, RuleId};
use rules::Rule;
use storage::search::{Order, OrderBy, Page};

/// Tickets that a rule by the clock is tried on.
const MOST: i64 = 1_000;
const TOLD: i64 = 50;

/// What the rule would have answered of the newest changes; for a rule by the clock, what its search finds now. Only tickets that the
/// actor may see count.
pub async fn dry_run(tx: &mut Tx, actor: &Actor, input: &RuleInput) -> Result<DryRun> {
    access::require_global(tx, actor, Right::ShowScrips)?;
    let mut errors = Vec::new();
    let definition = definition(tx, actor, input, &mut errors);
    // what it would do does not matter
    errors.retain(|error| error.field != "effects");
    Error::unless_empty(errors)?;
    if let Some(schedule) = &definition.schedule {
        let query = query::parse(&schedule.search).map_err(|error| Error::invalid("search", error.to_string()))?;
        let fired = lists::count_up_to(tx, actor, &query, MOST).await?;
        let page = Page { limit: TOLD, offset: 0 };
        let tickets = lists::search(tx, actor, &query, &[OrderBy::descending(Order::Id)], page).await?;
        let fired = usize::try_from(fired).unwrap_or(0);
        let tickets = tickets.into_iter().map(|ticket| (ticket.id, ticket.subject)).collect();
        return Ok(DryRun { looked_at: fired, fired, tickets, cut: fired as i64 >= MOST });
    }
    let text = serde_json::to_string(&definition).map_err(|error| Error::Internal(error.into()))?;
    let rule = Rule::read(RuleId(0), &input.name, &text).map_err(|error| Error::invalid("when", error.to_string()))?;
    against_the_past(tx, actor, rule).await
}
