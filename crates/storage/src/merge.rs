//! Which ticket was merged into which, and what the target got from it: enough to give everything back (TC-085).

mod links;
mod people;

use crate::{
    Instant, Result, Tx,
    db::{Number, bind_list},
};
use domain::{TicketId, UserId};
use jiff::Timestamp;
pub use links::{carry as carry_links, give_back as give_back_links};
pub use people::{People, carry as carry_people, hand_over, people, remember_value, take_people, values};
use sqlx::FromRow;

/// One merge that still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub id: i64,
    pub source: TicketId,
    pub target: TicketId,
    pub actor: UserId,
    pub at: Timestamp,
    /// Minutes that the target got: estimated, worked, left.
    pub times: [i64; 3],
    /// What the two were before.
    pub source_status: String,
    pub target_status: String,
    pub target_started: Option<Timestamp>,
    /// The target's version once everything about the merge was done.
    pub target_version: i64,
}

#[derive(FromRow)]
struct MergeRow {
    id: i64,
    source_id: i64,
    target_id: i64,
    actor_id: i64,
    merged_at: Instant,
    time_estimated: i64,
    time_worked: i64,
    time_left: i64,
    source_status: String,
    target_status: String,
    target_started: Option<Instant>,
    target_version: i64,
}

const COLUMNS: &str = "m.id, m.source_id, m.target_id, m.actor_id, m.merged_at, m.time_estimated, m.time_worked, m.time_left, \
    m.source_status, m.target_status, m.target_started, m.target_version";

impl From<MergeRow> for Merge {
    fn from(row: MergeRow) -> Self {
        Self {
            id: row.id,
            source: TicketId(row.source_id),
            target: TicketId(row.target_id),
            actor: UserId(row.actor_id),
            at: row.merged_at.into(),
            times: [row.time_estimated, row.time_worked, row.time_left],
            source_status: row.source_status,
            target_status: row.target_status,
            target_started: row.target_started.map(Timestamp::from),
            target_version: row.target_version,
        }
    }
}

/// Its number is given by the database; `merge.id` is not looked at.
pub async fn insert(tx: &mut Tx, merge: &Merge) -> Result<i64> {
    let row: Number = tx
        .one(
            "INSERT INTO merges (source_id, target_id, actor_id, merged_at, time_estimated, time_worked, time_left, source_status, \
             target_status, target_started, target_version) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) RETURNING id AS n",
            [
                merge.source.0.into(),
                merge.target.0.into(),
                merge.actor.0.into(),
                Instant::from(merge.at).into(),
                merge.times[0].into(),
                merge.times[1].into(),
                merge.times[2].into(),
                merge.source_status.as_str().into(),
                merge.target_status.as_str().into(),
                merge.target_started.into(),
                merge.target_version.into(),
            ],
        )
        .await?;
    Ok(row.n)
}

/// Notes how far the target's history went when the merge was done.
pub async fn finish(tx: &mut Tx, merge: i64, version: i64) -> Result<()> {
    tx.run("UPDATE merges SET target_version = $2 WHERE id = $1", [merge.into(), version.into()]).await?;
    Ok(())
}

/// Forgets it, and with it what was carried over.
pub async fn delete(tx: &mut Tx, merge: i64) -> Result<()> {
    for table in ["merged_people", "merged_values"] {
        tx.run_built(format!("DELETE FROM {table} WHERE merge_id = $1"), vec![merge.into()]).await?;
    }
    tx.run("DELETE FROM merges WHERE id = $1", [merge.into()]).await?;
    Ok(())
}

pub async fn of_source(tx: &mut Tx, source: TicketId) -> Result<Option<Merge>> {
    let sql = format!("SELECT {COLUMNS} FROM merges m WHERE m.source_id = $1");
    let rows: Vec<MergeRow> = tx.all_built(sql, vec![source.0.into()]).await?;
    Ok(rows.into_iter().next().map(Merge::from))
}

/// Everything that a ticket consists of by merging, however deep, oldest first.
pub async fn into_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Merge>> {
    let sql =
        format!("SELECT {COLUMNS} FROM tickets t JOIN merges m ON m.source_id = t.id WHERE t.merged_into = $1 ORDER BY m.id");
    let rows: Vec<MergeRow> = tx.all_built(sql, vec![ticket.0.into()]).await?;
    Ok(rows.into_iter().map(Merge::from).collect())
}

#[derive(FromRow)]
struct Pair {
    id: i64,
    merged_into: i64,
}

/// Tickets merged into any of these, each with the one it went into.
pub async fn merged_into(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, TicketId)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    let sql = format!("SELECT id, merged_into FROM tickets WHERE merged_into IN ({list}) ORDER BY id");
    let rows: Vec<Pair> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (TicketId(row.id), TicketId(row.merged_into))).collect())
}

/// The ticket itself and everything merged into it.
pub async fn family(tx: &mut Tx, ticket: TicketId) -> Result<Vec<TicketId>> {
    let merged = merged_into(tx, &[ticket]).await?;
    Ok(std::iter::once(ticket).chain(merged.into_iter().map(|(source, _)| source)).collect())
}

/// Lets numbers lead somewhere else, or to themselves again.
pub async fn point(tx: &mut Tx, tickets: &[TicketId], to: Option<TicketId>) -> Result<()> {
    let mut values = vec![to.map(|id| id.0).into()];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    tx.run_built(format!("UPDATE tickets SET merged_into = $1 WHERE id IN ({list})"), values).await?;
    tx.kept().forget_tickets();
    crate::text::point(tx, tickets, to).await
}
