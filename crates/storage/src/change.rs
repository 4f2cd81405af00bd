//! Rows of `changes`: inserted, read, never anything else.

use crate::{
    Error, Instant, Result, Tx,
    db::{Number, bind_list},
};
use domain::{
    ChangeId, FieldId, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
};
use jiff::Timestamp;
use sqlx::FromRow;

const COLUMNS: &str =
    "id, ticket_id, sequence, actor_id, kind, field, old_value, new_value, data, time_taken, created_at, message, hash";

#[derive(FromRow)]
struct ChangeRow {
    id: i64,
    ticket_id: i64,
    sequence: i64,
    actor_id: i64,
    kind: String,
    field: Option<String>,
    old_value: Option<String>,
    new_value: Option<String>,
    data: Option<String>,
    time_taken: i64,
    created_at: Instant,
    message: Option<Vec<u8>>,
    hash: Vec<u8>,
}

impl TryFrom<ChangeRow> for Change {
    type Error = Error;
    fn try_from(row: ChangeRow) -> Result<Self> {
        let kind = ChangeKind::parse(&row.kind)
            .ok_or_else(|| Error::Corrupt(format!("change {} has the unknown kind “{}”", row.id, row.kind)))?;
        Ok(Self {
            id: ChangeId(row.id),
            ticket: TicketId(row.ticket_id),
            sequence: row.sequence,
            actor: UserId(row.actor_id),
            what: NewChange {
                kind,
                field: row.field,
                old: row.old_value,
                new: row.new_value,
                data: row.data,
                time_taken: row.time_taken,
            },
            created: row.created_at.into(),
            message: row.message,
            hash: row.hash,
        })
    }
}

/// Inserts all but the number, which the database gives.
pub async fn insert(tx: &mut Tx, change: &Change) -> Result<ChangeId> {
    let what = &change.what;
    let row: Number = tx
        .one(
            "INSERT INTO changes (ticket_id, sequence, actor_id, kind, field, old_value, new_value, data, time_taken, created_at, message, hash) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) RETURNING id AS n",
            [
                change.ticket.0.into(),
                change.sequence.into(),
                change.actor.0.into(),
                what.kind.as_str().into(),
                what.field.clone().into(),
                what.old.clone().into(),
                what.new.clone().into(),
                what.data.clone().into(),
                what.time_taken.into(),
                Instant::from(change.created).into(),
                change.message.clone().into(),
                change.hash.clone().into(),
            ],
        )
        .await?;
    Ok(ChangeId(row.n))
}

/// A window of a ticket's history: up to `limit` changes with a sequence below `before`, newest first.
pub async fn before(tx: &mut Tx, ticket: TicketId, before: i64, limit: i64) -> Result<Vec<Change>> {
    let sql = format!("SELECT {COLUMNS} FROM changes WHERE ticket_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3");
    read(tx, sql, vec![ticket.0.into(), before.into(), limit.into()]).await
}

/// Oldest first, with a sequence above `after`.
pub async fn after(tx: &mut Tx, ticket: TicketId, after: i64, limit: i64) -> Result<Vec<Change>> {
    let sql = format!("SELECT {COLUMNS} FROM changes WHERE ticket_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3");
    read(tx, sql, vec![ticket.0.into(), after.into(), limit.into()]).await
}

/// What each of these tickets began with.
pub async fn first_of(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<Change>> {
    let mut values = vec![];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    read(tx, format!("SELECT {COLUMNS} FROM changes WHERE ticket_id IN ({list}) AND sequence = 1"), values).await
}

/// A window of what several tickets went through together, newest first: older than a moment and number, or the newest.
pub async fn before_together(
    tx: &mut Tx,
    tickets: &[TicketId],
    before: Option<(Timestamp, ChangeId)>,
    limit: i64,
) -> Result<Vec<Change>> {
    let mut together = Vec::new();
    for ticket in tickets {
        let mut values = vec![ticket.0.into(), limit.into()];
        let older = match before {
            Some((at, id)) => {
                values.extend([Instant::from(at).into(), id.0.into()]);
                "AND (created_at < $3 OR (created_at = $3 AND id < $4))"
            }
            None => "",
        };
        let sql = format!("SELECT {COLUMNS} FROM changes WHERE ticket_id = $1 {older} ORDER BY sequence DESC LIMIT $2");
        together.extend(read(tx, sql, values).await?);
    }
    together.sort_by_key(|change| std::cmp::Reverse((change.created, change.id)));
    together.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(together)
}

/// The entry of a ticket with this sequence.
pub async fn at(tx: &mut Tx, ticket: TicketId, sequence: i64) -> Result<Option<Change>> {
    let sql = format!("SELECT {COLUMNS} FROM changes WHERE ticket_id = $1 AND sequence = $2");
    Ok(read(tx, sql, vec![ticket.0.into(), sequence.into()]).await?.pop())
}

/// Oldest first, only those that carry a message somebody wrote to or from outside (Create and Correspond).
pub async fn correspondence(tx: &mut Tx, tickets: &[TicketId], limit: i64) -> Result<Vec<Change>> {
    let mut values = vec![limit.into()];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    let sql = format!(
        "SELECT {COLUMNS} FROM changes WHERE ticket_id IN ({list}) AND kind IN ('Create', 'Correspond') \
         ORDER BY created_at, id LIMIT $1"
    );
    read(tx, sql, values).await
}

#[derive(FromRow)]
struct TimeRow {
    actor_id: i64,
    minutes: i64,
}

/// Minutes that each person worked on a ticket, most first.
pub async fn time_by_actor(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(UserId, i64)>> {
    let rows: Vec<TimeRow> = tx
        .all(
            "SELECT actor_id, CAST(SUM(time_taken) AS BIGINT) AS minutes FROM changes WHERE ticket_id = $1 AND time_taken <> 0 \
             GROUP BY actor_id HAVING SUM(time_taken) <> 0 ORDER BY 2 DESC, 1 LIMIT 100",
            [ticket.0.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (UserId(row.actor_id), row.minutes)).collect())
}

/// Every change of status, oldest first, up to `limit`.
pub async fn of_status(tx: &mut Tx, ticket: TicketId, limit: i64) -> Result<Vec<Change>> {
    let sql = format!("SELECT {COLUMNS} FROM changes WHERE ticket_id = $1 AND kind = 'Status' ORDER BY sequence LIMIT $2");
    read(tx, sql, vec![ticket.0.into(), limit.into()]).await
}

/// Who added a value to a ticket's field last; nobody for what the ticket began with.
pub async fn who_added(tx: &mut Tx, ticket: TicketId, field: FieldId, value: &str) -> Result<Option<UserId>> {
    let rows: Vec<Number> = tx
        .all(
            "SELECT actor_id AS n FROM changes WHERE ticket_id = $1 AND kind = 'CustomField' AND field = $2 AND new_value = $3 \
             ORDER BY sequence DESC LIMIT 1",
            [ticket.0.into(), field.to_string().into(), value.into()],
        )
        .await?;
    Ok(rows.first().map(|row| UserId(row.n)))
}

pub async fn get(tx: &mut Tx, id: ChangeId) -> Result<Option<Change>> {
    Ok(read(tx, format!("SELECT {COLUMNS} FROM changes WHERE id = $1"), vec![id.0.into()]).await?.pop())
}

/// The newest of all tickets, below a number; newest first.
pub async fn newest(tx: &mut Tx, before: ChangeId, limit: i64) -> Result<Vec<Change>> {
    read(
        tx,
        format!("SELECT {COLUMNS} FROM changes WHERE id < $1 ORDER BY id DESC LIMIT $2"),
        vec![before.0.into(), limit.into()],
    )
    .await
}

/// By their numbers, in order of them.
pub async fn by_ids(tx: &mut Tx, ids: &[ChangeId]) -> Result<Vec<Change>> {
    let mut values = vec![];
    let list = bind_list(&mut values, ids.iter().map(|id| id.0));
    read(tx, format!("SELECT {COLUMNS} FROM changes WHERE id IN ({list}) ORDER BY id"), values).await
}

async fn read(tx: &mut Tx, sql: String, values: Vec<crate::value::Value>) -> Result<Vec<Change>> {
    let rows: Vec<ChangeRow> = tx.all_built(sql, values).await?;
    rows.into_iter().map(Change::try_from).collect()
}
