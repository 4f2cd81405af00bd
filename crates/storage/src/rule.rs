//! Automation rules and what they did.

use crate::{Instant, Result, Tx, db::Number, value::Value};
use domain::{ChangeId, RuleId, TicketId};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct RuleRow {
    pub id: i64,
    pub name: String,
    pub position: i64,
    /// JSON.
    pub definition: String,
    pub enabled: bool,
}

/// In the order they run.
pub async fn all(tx: &mut Tx) -> Result<Vec<RuleRow>> {
    tx.all("SELECT id, name, position, definition, enabled FROM rules ORDER BY position, id", []).await
}

/// At the end.
pub async fn append(tx: &mut Tx, name: &str, definition: &str, enabled: bool) -> Result<RuleId> {
    let row: Number = tx
        .one(
            "INSERT INTO rules (name, position, definition, enabled) \
             VALUES ($1, (SELECT COALESCE(MAX(position), 0) + 1 FROM rules), $2, $3) RETURNING id AS n",
            [name.into(), definition.into(), enabled.into()],
        )
        .await?;
    Ok(RuleId(row.n))
}

pub async fn update(tx: &mut Tx, rule: &RuleRow) -> Result<()> {
    tx.run(
        "UPDATE rules SET name = $2, position = $3, definition = $4, enabled = $5 WHERE id = $1",
        [rule.id.into(), rule.name.as_str().into(), rule.position.into(), rule.definition.as_str().into(), rule.enabled.into()],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, rule: RuleId) -> Result<bool> {
    Ok(tx.run("DELETE FROM rules WHERE id = $1", [rule.0.into()]).await? > 0)
}

/// One rule answering one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub rule: RuleId,
    pub ticket: TicketId,
    pub change: ChangeId,
    pub ran: Timestamp,
    /// Why it was undone; none when it did what it should.
    pub error: Option<String>,
    pub milliseconds: i64,
    /// What somebody who was called answered; most runs have none.
    pub note: String,
}

/// Rows in one statement.
const ROWS: usize = 200;
const COLUMNS: usize = 7;

pub async fn insert_runs(tx: &mut Tx, runs: &[Run]) -> Result<()> {
    for some in runs.chunks(ROWS) {
        let mut values: Vec<Value> = Vec::with_capacity(some.len() * COLUMNS);
        for run in some {
            values.extend([
                run.rule.0.into(),
                run.ticket.0.into(),
                run.change.0.into(),
                Instant::from(run.ran).into(),
                run.error.clone().into(),
                run.milliseconds.into(),
                run.note.clone().into(),
            ]);
        }
        let places = |row: usize| {
            let places: Vec<String> = (1..=COLUMNS).map(|column| format!("${}", row * COLUMNS + column)).collect();
            format!("({})", places.join(","))
        };
        let rows = (0..some.len()).map(places).collect::<Vec<_>>().join(",");
        let sql =
            format!("INSERT INTO rule_runs (rule_id, ticket_id, change_id, ran_at, error, milliseconds, note) VALUES {rows}");
        let _: Vec<Number> = tx.all_built(sql, values).await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct RunRow {
    rule_id: i64,
    ticket_id: i64,
    change_id: i64,
    ran_at: Instant,
    error: Option<String>,
    milliseconds: i64,
    note: String,
}

/// The newest runs of a rule.
pub async fn runs(tx: &mut Tx, rule: RuleId, only_failed: bool, limit: i64) -> Result<Vec<Run>> {
    let sql = if only_failed {
        "SELECT rule_id, ticket_id, change_id, ran_at, error, milliseconds, note FROM rule_runs WHERE rule_id = $1 AND error IS NOT NULL ORDER BY id DESC LIMIT $2"
    } else {
        "SELECT rule_id, ticket_id, change_id, ran_at, error, milliseconds, note FROM rule_runs WHERE rule_id = $1 ORDER BY id DESC LIMIT $2"
    };
    let rows: Vec<RunRow> = tx.all(sql, [rule.0.into(), limit.into()]).await?;
    let run = |row: RunRow| Run {
        rule: RuleId(row.rule_id),
        ticket: TicketId(row.ticket_id),
        change: ChangeId(row.change_id),
        ran: row.ran_at.into(),
        error: row.error,
        milliseconds: row.milliseconds,
        note: row.note,
    };
    Ok(rows.into_iter().map(run).collect())
}

/// What a list shows of each rule: its last run, and whether one failed that is still known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub rule: RuleId,
    pub last: Option<Timestamp>,
    pub failures: bool,
}

/// One index probe a rule, whatever the number of runs.
pub async fn records(tx: &mut Tx) -> Result<Vec<Record>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        last: Option<Instant>,
        failures: bool,
    }
    let rows: Vec<Row> = tx
        .all(
            "SELECT r.id, (SELECT ran_at FROM rule_runs x WHERE x.rule_id = r.id ORDER BY x.id DESC LIMIT 1) AS last, \
             EXISTS (SELECT 1 FROM rule_runs x WHERE x.rule_id = r.id AND x.error IS NOT NULL) AS failures FROM rules r",
            [],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Record { rule: RuleId(row.id), last: row.last.map(Into::into), failures: row.failures })
        .collect())
}

/// Forgets all but the newest runs. Returns how many went.
pub async fn prune(tx: &mut Tx, keep: i64) -> Result<u64> {
    tx.run("DELETE FROM rule_runs WHERE id <= (SELECT COALESCE(MAX(id), 0) FROM rule_runs) - $1", [keep.into()]).await
}
