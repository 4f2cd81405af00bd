//! How mail reaches people, and what waits for their digests.

use crate::{
    Instant, Result, Tx,
    db::{Number, bind_list},
    value::Value,
};
use domain::{ChangeId, TicketId, UserId};
use jiff::Timestamp;
use sqlx::FromRow;

/// Addresses asked for in one statement.
const AT_ONCE: usize = 256;

#[derive(FromRow)]
struct ChoiceRow {
    id: i64,
    email: String,
    value: String,
}

/// Of those behind these addresses who chose how mail reaches them: who, address, choice.
pub async fn choices(tx: &mut Tx, addresses: &[&str]) -> Result<Vec<(UserId, String, String)>> {
    let mut found = Vec::new();
    for some in addresses.chunks(AT_ONCE) {
        let places = (1..=some.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(",");
        let sql = format!(
            "SELECT u.id, u.email, p.value FROM users u JOIN user_preferences p ON p.user_id = u.id AND p.name = 'mail_frequency' \
             WHERE u.email IN ({places})"
        );
        let rows: Vec<ChoiceRow> = tx.all_built(sql, some.iter().map(|address| Value::from(*address)).collect()).await?;
        found.extend(rows.into_iter().map(|row| (UserId(row.id), row.email, row.value)));
    }
    Ok(found)
}

/// Who gets no mail at all, by number; above `after`.
pub async fn suspended(tx: &mut Tx, after: UserId, limit: i64) -> Result<Vec<UserId>> {
    let rows: Vec<Number> = tx
        .all(
            "SELECT user_id AS n FROM user_preferences WHERE name = 'mail_frequency' AND value = 'suspended' AND user_id > $1 \
             ORDER BY user_id LIMIT $2",
            [after.0.into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| UserId(row.n)).collect())
}

/// Several letters about one change are told of once.
pub async fn remember(tx: &mut Tx, user: UserId, ticket: TicketId, change: ChangeId, due: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO digests (user_id, ticket_id, change_id, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, change_id) DO NOTHING",
        [user.0.into(), ticket.0.into(), change.0.into(), Instant::from(due).into()],
    )
    .await?;
    Ok(())
}

/// Nobody is to hear of these changes any more.
pub async fn forget(tx: &mut Tx, changes: &[ChangeId]) -> Result<()> {
    let mut values = vec![];
    let list = bind_list(&mut values, changes.iter().map(|change| change.0));
    tx.run_built(format!("DELETE FROM digests WHERE change_id IN ({list})"), values).await?;
    Ok(())
}

/// Whose digest is due.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<UserId>> {
    let rows: Vec<Number> = tx
        .all(
            "SELECT DISTINCT user_id AS n FROM digests WHERE due_at <= $1 ORDER BY user_id LIMIT $2",
            [Instant::from(now).into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| UserId(row.n)).collect())
}

#[derive(FromRow)]
struct WaitingRow {
    id: i64,
    ticket_id: i64,
    change_id: i64,
}

/// Takes what is due for somebody, oldest first; of several processes one gets it.
pub async fn take(tx: &mut Tx, user: UserId, now: Timestamp, limit: i64) -> Result<Vec<(TicketId, ChangeId)>> {
    let mut rows: Vec<WaitingRow> = tx
        .all(
            "DELETE FROM digests WHERE id IN (SELECT id FROM digests WHERE user_id = $1 AND due_at <= $2 ORDER BY id LIMIT $3) \
             RETURNING id, ticket_id, change_id",
            [user.0.into(), Instant::from(now).into(), limit.into()],
        )
        .await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows.into_iter().map(|row| (TicketId(row.ticket_id), ChangeId(row.change_id))).collect())
}
