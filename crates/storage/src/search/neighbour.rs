//! The ticket beside another in a list, found by key: whatever the length of the list, one row is read (IR-283).

use super::{Context, OrderBy, Sql, filter, order};
use crate::{Result, Tx, db::Number};
use domain::TicketId;
use query::Query;

/// Which of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    First,
    Previous,
    Next,
    Last,
}

/// The number of the ticket at a place; `from` need not match the query itself any more.
pub async fn neighbour(
    tx: &mut Tx,
    query: &Query,
    context: &Context,
    order: &[OrderBy],
    (from, place): (TicketId, Place),
) -> Result<Option<TicketId>> {
    let mut order = order.to_vec();
    if !order.iter().any(|by| by.column == super::Order::Id) {
        let descending = !order.is_empty() && order.iter().all(|by| by.descending);
        order.push(OrderBy { column: super::Order::Id, descending });
    }
    if matches!(place, Place::Previous | Place::Last) {
        for by in &mut order {
            by.descending = !by.descending;
        }
    }
    let mut sql = Sql::begin(tx, query, context).await?;
    sql.push("SELECT t.id AS n FROM tickets t WHERE ");
    filter(&mut sql, query, context)?;
    if matches!(place, Place::Previous | Place::Next) {
        let here = sql.bind(from.0);
        sql.push(&format!(" AND ({})", beyond(&order, &here)));
    }
    sql.push(&order::clause(&order));
    sql.push(" LIMIT 1");
    let rows: Vec<Number> = tx.all_built(sql.text, sql.values).await?;
    Ok(rows.first().map(|row| TicketId(row.n)))
}

/// Beyond the ticket in the order: equal in the keys before, beyond in one. An unset date is smaller than every date.
fn beyond(order: &[OrderBy], here: &str) -> String {
    let mut ways = Vec::new();
    let mut equal = String::new();
    for by in order {
        let key = by.column.sql();
        let its = format!("(SELECT {key} FROM tickets t WHERE t.id = {here})");
        let farther = match (by.column.may_be_null(), by.descending) {
            (false, false) => format!("{key} > {its}"),
            (false, true) => format!("{key} < {its}"),
            (true, false) => format!("({key} > {its} OR ({its} IS NULL AND {key} IS NOT NULL))"),
            (true, true) => format!("({key} < {its} OR ({key} IS NULL AND {its} IS NOT NULL))"),
        };
        ways.push(format!("({equal}{farther})"));
        equal.push_str(&format!("{key} IS NOT DISTINCT FROM {its} AND "));
    }
    ways.join(" OR ")
}
