//! Charts: what a search finds, counted in groups, as far as the actor may see it (TC-284 … TC-286).

mod arranged;
mod condition;

pub use arranged::{Charted, Group};
pub use condition::narrowed;

use crate::{Actor, Error, FieldError, Result, Tx, access, lists};
use domain::{
    FieldId, QueueId, Right,
    chart::{Chart, Grouping},
};
use query::Query;
use storage::search::Axis;

/// Groups looked at; what is beyond is told of, not shown.
const MOST_GROUPS: i64 = 2_000;

/// Reads a chart's names and values; what is wrong is told beside its field.
pub fn read<'a>(text: impl Fn(&'static str) -> &'a str) -> Result<Chart> {
    Chart::read(text).map_err(invalid)
}

/// The same of a chart that a saved search keeps.
pub fn parse(text: &str) -> Result<Chart> {
    Chart::parse(text).map_err(invalid)
}

fn invalid(problems: Vec<domain::chart::Problem>) -> Error {
    Error::Invalid(problems.into_iter().map(|problem| FieldError::new(problem.name, problem.message)).collect())
}

/// The groups of what a query finds for this actor.
pub async fn chart(tx: &mut Tx, actor: &Actor, query: &Query, chart: &Chart) -> Result<Charted> {
    let mut axes = vec![axis(tx, actor, "group", &chart.group)?];
    if let Some(within) = &chart.within {
        axes.push(axis(tx, actor, "within", within)?);
    }
    let context = lists::context(tx, actor);
    let mut rows = storage::search::chart(&mut tx.db, query, &context, (&axes, &chart.measures), MOST_GROUPS + 1).await?;
    let more = rows.len() as i64 > MOST_GROUPS;
    rows.truncate(MOST_GROUPS as usize);
    Ok(arranged::arrange(chart.clone(), &rows, more, &tx.catalog()))
}

/// Fields of custom fields that the actor may see in no queue do not exist for them (TC-138).
fn axis(tx: &Tx, actor: &Actor, name: &'static str, grouping: &Grouping) -> Result<Axis> {
    let Grouping::Field(wanted) = grouping else { return Ok(Axis { grouping: grouping.clone(), fields: vec![] }) };
    let catalog = tx.catalog();
    let mut fields: Vec<(FieldId, Vec<QueueId>)> = Vec::new();
    for queue in catalog.queues() {
        for field in access::fields_with(tx, actor, queue.id, Right::SeeCustomField) {
            if !field.name.eq_ignore_ascii_case(wanted) {
                continue;
            }
            match fields.iter_mut().find(|(id, _)| *id == field.id) {
                Some((_, queues)) => queues.push(queue.id),
                None => fields.push((field.id, vec![queue.id])),
            }
        }
    }
    if fields.is_empty() {
        return Err(Error::invalid(name, format!("There is no field “{wanted}”.")));
    }
    Ok(Axis { grouping: grouping.clone(), fields })
}

/// Names of custom fields that the actor may group by.
#[must_use]
pub fn fields(tx: &Tx, actor: &Actor) -> Vec<String> {
    let catalog = tx.catalog();
    let seen = catalog.queues().flat_map(|queue| access::fields_with(tx, actor, queue.id, Right::SeeCustomField));
    let mut names: Vec<String> = seen.map(|field| field.name).collect();
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup();
    names
}
