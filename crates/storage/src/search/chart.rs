//! How many tickets of a search are in each group, and what is calculated of them, in one statement: the same condition and the
//! same rights as in lists, so that a chart tells nothing that a list would not (TC-284, TC-285).

use super::{
    Context, Sql,
    field::{calendar_group, date_column, number_column, roles},
    filter,
};
use crate::{Result, Tx, db::in_list};
use domain::{
    FieldId, QueueId,
    chart::{Function, Grouping, Measure, Quantity},
};
use query::Query;
use sqlx::FromRow;

/// One grouping. Values of custom fields count only in queues where the asker may see them.
#[derive(Clone, Debug)]
pub struct Axis {
    pub grouping: Grouping,
    pub fields: Vec<(FieldId, Vec<QueueId>)>,
}

/// One group, or one within another. What has no value has no key; queues have their number.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ChartRow {
    pub key: Option<String>,
    pub within: Option<String>,
    pub n: i64,
    pub first: Option<i64>,
    pub second: Option<i64>,
    pub third: Option<i64>,
}

/// What follows a value in a text column of this length is not told apart.
const LONGEST_KEY: usize = 255;
/// Larger sums are not told apart, so that none is too large for its column.
const MOST: &str = "9000000000000000";

/// The largest groups, at most so many.
pub async fn chart(
    tx: &mut Tx,
    query: &Query,
    context: &Context,
    (axes, measures): (&[Axis], &[Measure]),
    most: i64,
) -> Result<Vec<ChartRow>> {
    let mut sql = Sql::begin(tx, query, context).await?;
    let mut joins = String::new();
    let mut keys = Vec::new();
    for (place, axis) in axes.iter().take(2).enumerate() {
        let (key, join) = key(&sql, axis, context, place);
        keys.push(format!("NULLIF({key}, '')"));
        joins.push_str(&join);
    }
    let number = keys.len();
    keys.resize(2, "CAST(NULL AS TEXT)".to_owned());
    let mut values: Vec<String> = measures.iter().take(3).map(|measure| value(&sql, *measure)).collect();
    values.resize(3, "CAST(NULL AS BIGINT)".to_owned());
    sql.push(&format!(
        "SELECT {} AS key, {} AS within, COUNT(*) AS n, {} AS first, {} AS second, {} AS third FROM tickets t{joins} WHERE ",
        keys[0], keys[1], values[0], values[1], values[2]
    ));
    filter(&mut sql, query, context)?;
    let grouped = if number == 2 { "1, 2" } else { "1" };
    sql.push(&format!(" GROUP BY {grouped} ORDER BY n DESC, {grouped} LIMIT {}", most.max(0)));
    tx.all_built(sql.text, sql.values).await
}

/// The text that tells groups apart, and what has to be joined for it.
fn key(sql: &Sql, axis: &Axis, context: &Context, place: usize) -> (String, String) {
    match &axis.grouping {
        Grouping::Plain(name) => (plain(name), String::new()),
        Grouping::Date(name, part) => {
            let column = date_column(&name.to_ascii_lowercase()).unwrap_or("t.created_at");
            (calendar_group(sql, column, part, context).unwrap_or_else(|| "''".to_owned()), String::new())
        }
        Grouping::Person(name, part) => {
            let part = match *part {
                "RealName" => "real_name",
                "EmailAddress" => "email",
                "Organization" => "organization",
                _ => "name",
            };
            (format!("u{place}.{part}"), person(name, place))
        }
        Grouping::Field(_) => {
            let seen: Vec<String> = axis
                .fields
                .iter()
                .map(|(field, queues)| {
                    let queues = in_list(queues.iter().map(|queue| queue.0));
                    format!("(v{place}.field_id = {field} AND t.queue_id IN ({queues}))")
                })
                .collect();
            let seen = if seen.is_empty() { "FALSE".to_owned() } else { seen.join(" OR ") };
            let join = format!(" LEFT JOIN custom_field_values v{place} ON v{place}.ticket_id = t.id AND ({seen})");
            (format!("substr(v{place}.content, 1, {LONGEST_KEY})"), join)
        }
    }
}

fn plain(name: &str) -> String {
    match name {
        "Status" => "t.status".to_owned(),
        "StatusClass" => "t.status_class".to_owned(),
        "SLA" => "t.level".to_owned(),
        "Queue" => "CAST(t.queue_id AS TEXT)".to_owned(),
        _ => format!("CAST({} AS TEXT)", number_column(&name.to_ascii_lowercase()).unwrap_or("t.priority")),
    }
}

/// Somebody who holds two of the roles of `Watcher` counts once.
fn person(name: &str, place: usize) -> String {
    let column = match name {
        "Owner" => "t.owner_id",
        "Creator" => "t.creator_id",
        "LastUpdatedBy" => "t.updater_id",
        _ => {
            let roles = roles(&name.to_ascii_lowercase()).unwrap_or_default();
            let roles: Vec<String> = roles.iter().map(|role| format!("'{role}'")).collect();
            let roles = roles.join(",");
            return format!(
                " LEFT JOIN role_members m{place} ON m{place}.ticket_id = t.id AND m{place}.role IN ({roles}) AND NOT EXISTS \
                 (SELECT 1 FROM role_members o WHERE o.ticket_id = t.id AND o.user_id = m{place}.user_id AND o.role IN ({roles}) \
                 AND o.role < m{place}.role) LEFT JOIN users u{place} ON u{place}.id = m{place}.user_id"
            );
        }
    };
    format!(" LEFT JOIN users u{place} ON u{place}.id = {column}")
}

/// Whole minutes or seconds.
fn value(sql: &Sql, measure: Measure) -> String {
    let (function, quantity) = match measure {
        Measure::Count => return "COUNT(*)".to_owned(),
        Measure::Of(function, quantity) => (function, quantity),
    };
    let amount = amount(sql, quantity);
    match function {
        Function::Min => format!("MIN({amount})"),
        Function::Max => format!("MAX({amount})"),
        Function::Avg => format!("CAST(ROUND(AVG({amount})) AS BIGINT)"),
        // TOTAL does not overflow, but knows no NULL
        Function::Sum if sql.sqlite => {
            format!("CASE WHEN COUNT({amount}) > 0 THEN CAST(MIN(TOTAL({amount}), {MOST}) AS BIGINT) END")
        }
        Function::Sum => format!("CAST(LEAST(SUM({amount}), {MOST}) AS BIGINT)"),
    }
}

fn amount(sql: &Sql, quantity: Quantity) -> String {
    let Some((from, to)) = quantity.between else {
        return number_column(&quantity.name.to_ascii_lowercase()).unwrap_or("t.time_worked").to_owned();
    };
    let column = |name: &str| date_column(&name.to_ascii_lowercase()).unwrap_or("t.created_at");
    let (from, to) = (column(from), column(to));
    if sql.sqlite {
        format!("(({to} - {from}) / 1000000)")
    } else {
        format!("CAST(TRUNC(EXTRACT(EPOCH FROM ({to} - {from}))) AS BIGINT)")
    }
}
