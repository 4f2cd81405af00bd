//! Rows of `reminders` (TC-087).

use crate::{Instant, Result, Tx, db::Number};
use domain::{TicketId, UserId};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub id: i64,
    pub ticket: TicketId,
    pub subject: String,
    pub owner: UserId,
    pub due: Option<Timestamp>,
    pub creator: UserId,
    pub created: Timestamp,
    pub completed: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    ticket_id: i64,
    subject: String,
    owner_id: i64,
    due_at: Option<Instant>,
    creator_id: i64,
    created_at: Instant,
    completed_at: Option<Instant>,
}

impl From<Row> for Reminder {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            ticket: TicketId(row.ticket_id),
            subject: row.subject,
            owner: UserId(row.owner_id),
            due: row.due_at.map(Timestamp::from),
            creator: UserId(row.creator_id),
            created: row.created_at.into(),
            completed: row.completed_at.map(Timestamp::from),
        }
    }
}

async fn read(tx: &mut Tx, rest: &str, values: Vec<crate::value::Value>) -> Result<Vec<Reminder>> {
    let sql =
        format!("SELECT id, ticket_id, subject, owner_id, due_at, creator_id, created_at, completed_at FROM reminders {rest}");
    let rows: Vec<Row> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(Reminder::from).collect())
}

/// The number is given by the database.
pub async fn insert(tx: &mut Tx, reminder: &Reminder) -> Result<i64> {
    let row: Number = tx
        .one(
            "INSERT INTO reminders (ticket_id, subject, owner_id, due_at, creator_id, created_at) VALUES ($1,$2,$3,$4,$5,$6) RETURNING id AS n",
            [
                reminder.ticket.0.into(),
                reminder.subject.as_str().into(),
                reminder.owner.0.into(),
                reminder.due.into(),
                reminder.creator.0.into(),
                Instant::from(reminder.created).into(),
            ],
        )
        .await?;
    Ok(row.n)
}

pub async fn update(tx: &mut Tx, reminder: &Reminder) -> Result<()> {
    tx.run(
        "UPDATE reminders SET subject = $2, owner_id = $3, due_at = $4, completed_at = $5 WHERE id = $1",
        [
            reminder.id.into(),
            reminder.subject.as_str().into(),
            reminder.owner.0.into(),
            reminder.due.into(),
            reminder.completed.into(),
        ],
    )
    .await?;
    Ok(())
}

pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Reminder>> {
    Ok(read(tx, "WHERE id = $1", vec![id.into()]).await?.pop())
}

/// Open ones first, each by number.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId, limit: i64) -> Result<Vec<Reminder>> {
    let order = "WHERE ticket_id = $1 ORDER BY CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END, id LIMIT $2";
    read(tx, order, vec![ticket.0.into(), limit.into()]).await
}

/// Open ones of one person, what is due first coming first, those without a date last.
pub async fn open_of_owner(tx: &mut Tx, owner: UserId, limit: i64) -> Result<Vec<Reminder>> {
    let order =
        "WHERE owner_id = $1 AND completed_at IS NULL ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT $2";
    read(tx, order, vec![owner.0.into(), limit.into()]).await
}
