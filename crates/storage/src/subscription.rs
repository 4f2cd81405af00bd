//! Dashboards by mail: who wants which, and when.

use crate::{Instant, Result, Tx, db::Number, value::Value};
use domain::{
    UserId,
    subscription::{Frequency, Recipient, Schedule, Subscription, read_weekdays, written_weekdays},
};
use jiff::Timestamp;
use sqlx::FromRow;

const COLUMNS: &str =
    "id, dashboard_id, user_id, frequency, weekdays, every, day, hour, row_count, suppress_empty, recipients, next_at, sent_at";

#[derive(FromRow)]
struct Row {
    id: i64,
    dashboard_id: i64,
    user_id: i64,
    frequency: String,
    weekdays: String,
    every: i64,
    day: i64,
    hour: i64,
    #[sqlx(rename = "row_count")]
    shown: i64,
    suppress_empty: bool,
    recipients: String,
    next_at: Option<Instant>,
    sent_at: Option<Instant>,
}

impl From<Row> for Subscription {
    fn from(row: Row) -> Self {
        let schedule = Schedule {
            frequency: Frequency::parse(&row.frequency).unwrap_or(Frequency::Never),
            weekdays: read_weekdays(&row.weekdays),
            every: row.every as i8,
            day: row.day as i8,
            hour: row.hour as i8,
        };
        Self {
            id: row.id,
            dashboard: row.dashboard_id,
            user: UserId(row.user_id),
            schedule,
            rows: row.shown,
            suppress_empty: row.suppress_empty,
            recipients: row.recipients.lines().filter_map(Recipient::parse).collect(),
            next: row.next_at.map(Timestamp::from),
            sent: row.sent_at.map(Timestamp::from),
        }
    }
}

/// All but the number and when it was sent.
pub async fn insert(tx: &mut Tx, one: &Subscription) -> Result<i64> {
    let mut values: Vec<Value> = vec![one.dashboard.into(), one.user.0.into()];
    values.extend(content(one));
    let row: Number = tx
        .one(
            "INSERT INTO subscriptions (dashboard_id, user_id, frequency, weekdays, every, day, hour, row_count, suppress_empty, \
             recipients, next_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) RETURNING id AS n",
            values,
        )
        .await?;
    Ok(row.n)
}

/// What a form says of it.
pub async fn update(tx: &mut Tx, one: &Subscription) -> Result<()> {
    let mut values: Vec<Value> = vec![one.id.into()];
    values.extend(content(one));
    tx.run(
        "UPDATE subscriptions SET frequency=$2, weekdays=$3, every=$4, day=$5, hour=$6, row_count=$7, suppress_empty=$8, \
         recipients=$9, next_at=$10 WHERE id=$1",
        values,
    )
    .await?;
    Ok(())
}

fn content(one: &Subscription) -> [Value; 9] {
    let recipients: Vec<String> = one.recipients.iter().map(|recipient| recipient.written()).collect();
    [
        one.schedule.frequency.name().into(),
        written_weekdays(&one.schedule.weekdays).into(),
        i64::from(one.schedule.every).into(),
        i64::from(one.schedule.day).into(),
        i64::from(one.schedule.hour).into(),
        one.rows.into(),
        one.suppress_empty.into(),
        recipients.join("\n").into(),
        one.next.into(),
    ]
}

/// Oldest first.
pub async fn of_user(tx: &mut Tx, user: UserId, limit: i64) -> Result<Vec<Subscription>> {
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE user_id = $1 ORDER BY id LIMIT $2");
    let rows: Vec<Row> = tx.all_built(sql, vec![user.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}

pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    tx.run("DELETE FROM subscriptions WHERE id = $1", [id.into()]).await?;
    Ok(())
}

/// Those whose time has come, longest overdue first.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Subscription>> {
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE next_at <= $1 ORDER BY next_at, id LIMIT $2");
    let rows: Vec<Row> = tx.all_built(sql, vec![Instant::from(now).into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}

/// Marks one that was due as done, so that of several processes one writes its letters; `false` for the others.
pub async fn advance(tx: &mut Tx, one: &Subscription, next: Option<Timestamp>, sent: Option<Timestamp>) -> Result<bool> {
    let sent = sent.or(one.sent);
    let touched = tx
        .run(
            "UPDATE subscriptions SET next_at = $3, sent_at = $4 WHERE id = $1 AND next_at = $2",
            [one.id.into(), one.next.into(), next.into(), sent.into()],
        )
        .await?;
    Ok(touched > 0)
}
