//! A place in a list, told by the keys of a row: what comes after it is found by an index, however far down the list it is, and
//! whatever became of the row itself.

use super::{Context, OrderBy, Sql, filter, order};
use crate::{
    Instant, Result, Tx,
    ticket::{COLUMNS, TicketRow},
    value::Value,
};
use domain::{Ticket, TicketId};
use jiff::Timestamp;
use query::Query;

/// One key of a row for each column of a total order; `None` is an unset date. Dates are microseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position(pub Vec<Option<String>>);

/// Which way from a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    After,
    Before,
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    place: i64,
    key: Option<String>,
}

/// Where a ticket stands in an order now; `None` when there is no such ticket.
pub async fn position(tx: &mut Tx, id: TicketId, order: &[OrderBy]) -> Result<Option<Position>> {
    let keys = order::total(order);
    let postgres = tx.is_postgres();
    let one = |(place, by): (usize, &OrderBy)| {
        let key = by.column.sql();
        let text = match by.column.kind() {
            order::Kind::Date if postgres => format!("CAST(EXTRACT(EPOCH FROM {key}) * 1000000 AS bigint)"),
            _ => key.to_owned(),
        };
        format!("SELECT CAST({place} AS bigint) AS place, CAST({text} AS text) AS key FROM tickets t WHERE t.id = $1")
    };
    let statement: Vec<String> = keys.iter().enumerate().map(one).collect();
    let mut rows: Vec<KeyRow> = tx.all_built(statement.join(" UNION ALL "), vec![id.0.into()]).await?;
    rows.sort_by_key(|row| row.place);
    Ok((rows.len() == keys.len()).then(|| Position(rows.into_iter().map(|row| row.key).collect())))
}

/// Matching tickets next to a position, the nearest first: at most `limit`. A position that does not fit the order finds none.
pub async fn from(
    tx: &mut Tx,
    (query, context): (&Query, &Context),
    order: &[OrderBy],
    (position, way): (&Position, Way),
    limit: i64,
) -> Result<Vec<Ticket>> {
    let keys = if way == Way::Before { order::turned(order) } else { order::total(order) };
    let Some(position) = values(&keys, position) else { return Ok(vec![]) };
    let begun = Sql::begin(tx, query, context).await?;
    let mut found: Vec<Ticket> = Vec::new();
    // equal in all keys but the last, then in all but the last two …: each is one stretch of an index, or two
    for stretch in (0..keys.len()).rev().flat_map(|equal| stretches(&keys, &position, equal)) {
        let missing = limit - found.len() as i64;
        if missing <= 0 {
            break;
        }
        let mut sql = begun.afresh();
        sql.push(&format!("SELECT {COLUMNS} FROM tickets t WHERE "));
        filter(&mut sql, query, context)?;
        for (condition, value) in stretch {
            let value = value.map(|value| sql.bind(value)).unwrap_or_default();
            sql.push(&format!(" AND {condition}{value}"));
        }
        sql.push(&order::clause(&keys));
        sql.push(&format!(" LIMIT {missing}"));
        let rows: Vec<TicketRow> = tx.all_built(sql.text, sql.values).await?;
        found.extend(rows.into_iter().map(Ticket::from));
    }
    Ok(found)
}

/// Conditions that all hold, each with the value that ends it.
type Stretch = Vec<(String, Option<Value>)>;

/// Equal in the first `equal` keys and beyond in the next, the nearest first. Unset dates are before all others.
fn stretches(keys: &[OrderBy], position: &[Option<Value>], equal: usize) -> Vec<Stretch> {
    let same = |(by, value): (&OrderBy, &Option<Value>)| match value {
        Some(value) => (format!("{} = ", by.column.sql()), Some(value.clone())),
        None => (format!("{} IS NULL", by.column.sql()), None),
    };
    let equals: Stretch = keys.iter().zip(position).take(equal).map(same).collect();
    let (Some(by), Some(value)) = (keys.get(equal), position.get(equal)) else { return vec![] };
    let key = by.column.sql();
    let beyond = match (value, by.descending) {
        (None, true) => vec![],
        (None, false) => vec![(format!("{key} IS NOT NULL"), None)],
        (Some(value), false) => vec![(format!("{key} > "), Some(value.clone()))],
        (Some(value), true) => {
            let unset = by.column.may_be_null().then(|| (format!("{key} IS NULL"), None));
            [(format!("{key} < "), Some(value.clone()))].into_iter().chain(unset).collect()
        }
    };
    beyond.into_iter().map(|last| equals.iter().cloned().chain([last]).collect()).collect()
}

/// As the columns are compared; `None` when they do not fit.
fn values(keys: &[OrderBy], position: &Position) -> Option<Vec<Option<Value>>> {
    if keys.len() != position.0.len() {
        return None;
    }
    let one = |(by, text): (&OrderBy, &Option<String>)| -> Option<Option<Value>> {
        let Some(text) = text else { return by.column.may_be_null().then_some(None) };
        Some(Some(match by.column.kind() {
            order::Kind::Text => text.clone().into(),
            order::Kind::Number => text.parse::<i64>().ok()?.into(),
            order::Kind::Date => Instant::from(Timestamp::from_microsecond(text.parse().ok()?).ok()?).into(),
        }))
    };
    keys.iter().zip(&position.0).map(one).collect()
}
