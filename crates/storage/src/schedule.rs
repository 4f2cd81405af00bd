//! When rules by the clock run next, and how far a process is that runs one.

use crate::{Instant, Result, Tx};
use domain::{RuleId, TicketId};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub rule: RuleId,
    pub pattern: String,
    pub next: Timestamp,
    pub held_until: Option<Timestamp>,
    /// The last ticket that is done.
    pub after: TicketId,
}

#[derive(FromRow)]
struct ScheduleRow {
    rule_id: i64,
    pattern: String,
    next_at: Instant,
    held_until: Option<Instant>,
    after_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Schedule>> {
    let sql = "SELECT rule_id, pattern, next_at, held_until, after_id FROM rule_schedules ORDER BY rule_id";
    let rows: Vec<ScheduleRow> = tx.all(sql, []).await?;
    let schedule = |row: ScheduleRow| Schedule {
        rule: RuleId(row.rule_id),
        pattern: row.pattern,
        next: row.next_at.into(),
        held_until: row.held_until.map(Into::into),
        after: TicketId(row.after_id),
    };
    Ok(rows.into_iter().map(schedule).collect())
}

/// Begins anew. Nothing happens where the same pattern stands already: another process was first.
pub async fn begin(tx: &mut Tx, rule: RuleId, pattern: &str, next: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO rule_schedules (rule_id, pattern, next_at) VALUES ($1,$2,$3) ON CONFLICT (rule_id) DO UPDATE \
         SET pattern = excluded.pattern, next_at = excluded.next_at, held_until = NULL, after_id = 0 \
         WHERE rule_schedules.pattern <> excluded.pattern",
        [rule.0.into(), pattern.into(), Instant::from(next).into()],
    )
    .await?;
    Ok(())
}

/// For a rule that is switched off or by the clock no more.
pub async fn end(tx: &mut Tx, rule: RuleId) -> Result<()> {
    tx.run("DELETE FROM rule_schedules WHERE rule_id = $1", [rule.0.into()]).await?;
    Ok(())
}

/// Takes a rule that is due and that nobody holds; `false` when somebody was first.
pub async fn claim(tx: &mut Tx, rule: RuleId, now: Timestamp, until: Timestamp) -> Result<bool> {
    let sql = "UPDATE rule_schedules SET held_until = $3 \
               WHERE rule_id = $1 AND next_at <= $2 AND (held_until IS NULL OR held_until <= $2)";
    Ok(tx.run(sql, [rule.0.into(), Instant::from(now).into(), Instant::from(until).into()]).await? > 0)
}

/// Notes that a ticket is done, in the transaction of what was done, and holds on. `false` when it is somebody else's by now.
pub async fn advance(tx: &mut Tx, rule: RuleId, held: Timestamp, after: TicketId, until: Timestamp) -> Result<bool> {
    let sql = "UPDATE rule_schedules SET after_id = $3, held_until = $4 WHERE rule_id = $1 AND held_until = $2 AND after_id < $3";
    let values = [rule.0.into(), Instant::from(held).into(), after.0.into(), Instant::from(until).into()];
    Ok(tx.run(sql, values).await? > 0)
}

/// Lets go until the next time.
pub async fn finish(tx: &mut Tx, rule: RuleId, held: Timestamp, next: Timestamp) -> Result<()> {
    let sql = "UPDATE rule_schedules SET next_at = $3, held_until = NULL, after_id = 0 WHERE rule_id = $1 AND held_until = $2";
    tx.run(sql, [rule.0.into(), Instant::from(held).into(), Instant::from(next).into()]).await?;
    Ok(())
}
