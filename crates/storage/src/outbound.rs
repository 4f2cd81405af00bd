//! The outbox: mail written in the transaction of what it is about, sent afterwards.

use crate::{Instant, Result, Tx, db::Number};
use domain::TicketId;
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOutbound {
    pub ticket: Option<TicketId>,
    /// Stable over every try, so that a receiver can tell a repeat.
    pub message_id: String,
    /// Envelope sender; `None` is the empty one.
    pub sender: Option<String>,
    pub recipients: Vec<String>,
    pub raw: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    pub id: i64,
    pub letter: NewOutbound,
    pub state: String,
    pub tries: i64,
    pub last_error: String,
    pub created: Timestamp,
    pub sent: Option<Timestamp>,
}

#[derive(FromRow)]
struct OutboundRow {
    id: i64,
    ticket_id: Option<i64>,
    message_id: String,
    sender: Option<String>,
    recipients: String,
    raw: Vec<u8>,
    state: String,
    tries: i64,
    last_error: String,
    created_at: Instant,
    sent_at: Option<Instant>,
}

impl From<OutboundRow> for Outbound {
    fn from(row: OutboundRow) -> Self {
        Self {
            id: row.id,
            letter: NewOutbound {
                ticket: row.ticket_id.map(TicketId),
                message_id: row.message_id,
                sender: row.sender,
                recipients: row.recipients.lines().map(str::to_owned).collect(),
                raw: row.raw,
            },
            state: row.state,
            tries: row.tries,
            last_error: row.last_error,
            created: row.created_at.into(),
            sent: row.sent_at.map(Timestamp::from),
        }
    }
}

const COLUMNS: &str = "id, ticket_id, message_id, sender, recipients, raw, state, tries, last_error, created_at, sent_at";

/// To be sent from `due` on.
pub async fn insert(tx: &mut Tx, letter: &NewOutbound, now: Timestamp, due: Timestamp) -> Result<i64> {
    let (now, due) = (Instant::from(now), Instant::from(due));
    let row: Number = tx
        .one(
            "INSERT INTO outbound (ticket_id, message_id, sender, recipients, raw, next_at, created_at) VALUES ($1,$2,$3,$4,$5,$7,$6) RETURNING id AS n",
            [
                letter.ticket.map(|id| id.0).into(),
                letter.message_id.as_str().into(),
                letter.sender.clone().into(),
                letter.recipients.join("\n").into(),
                letter.raw.clone().into(),
                now.into(),
                due.into(),
            ],
        )
        .await?;
    Ok(row.n)
}

/// Takes up to `limit` letters whose time has come and moves their next try to `until`, so that a sender that dies leaves
/// them to be tried again then, and no two senders take the same one.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Outbound>> {
    let lock = if tx.is_postgres() { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE outbound SET next_at = $2, tries = tries + 1 WHERE id IN \
         (SELECT id FROM outbound WHERE state = 'queued' AND next_at <= $1 ORDER BY next_at, id LIMIT $3 {lock}) RETURNING {COLUMNS}"
    );
    let rows: Vec<OutboundRow> =
        tx.all_built(sql, vec![Instant::from(now).into(), Instant::from(until).into(), limit.into()]).await?;
    let mut letters: Vec<Outbound> = rows.into_iter().map(Outbound::from).collect();
    letters.sort_by_key(|letter| letter.id);
    Ok(letters)
}

/// Makes letters that were claimed and neither sent nor put off due again: those to be tried by `until` that have no error.
pub async fn release(tx: &mut Tx, now: Timestamp, until: Timestamp) -> Result<u64> {
    tx.run(
        "UPDATE outbound SET next_at = $1 WHERE state = 'queued' AND next_at > $1 AND next_at <= $2 AND tries > 0 AND last_error = ''",
        [Instant::from(now).into(), Instant::from(until).into()],
    )
    .await
}

pub async fn sent(tx: &mut Tx, id: i64, now: Timestamp) -> Result<()> {
    tx.run(
        "UPDATE outbound SET state = 'sent', sent_at = $2, last_error = '' WHERE id = $1",
        [id.into(), Instant::from(now).into()],
    )
    .await?;
    Ok(())
}

pub async fn postpone(tx: &mut Tx, id: i64, until: Timestamp, error: &str) -> Result<()> {
    tx.run(
        "UPDATE outbound SET next_at = $2, last_error = $3 WHERE id = $1",
        [id.into(), Instant::from(until).into(), error.into()],
    )
    .await?;
    Ok(())
}

pub async fn failed(tx: &mut Tx, id: i64, error: &str) -> Result<()> {
    tx.run("UPDATE outbound SET state = 'failed', last_error = $2 WHERE id = $1", [id.into(), error.into()]).await?;
    Ok(())
}

/// Takes letters back that no sender has taken yet; the Message-IDs of those that were caught.
pub async fn withdraw(tx: &mut Tx, ids: &[String]) -> Result<Vec<String>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let places = (1..=ids.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(",");
    let sql = format!(
        "UPDATE outbound SET state = 'withdrawn' WHERE state = 'queued' AND tries = 0 AND message_id IN ({places}) RETURNING message_id"
    );
    let rows: Vec<MessageId> = tx.all_built(sql, ids.iter().map(|id| id.as_str().into()).collect()).await?;
    Ok(rows.into_iter().map(|row| row.message_id).collect())
}

/// State of each letter by its Message-ID.
pub async fn by_message_ids(tx: &mut Tx, ids: &[String]) -> Result<Vec<Outbound>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let places = (1..=ids.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(",");
    let sql = format!("SELECT {COLUMNS} FROM outbound WHERE message_id IN ({places})");
    let rows: Vec<OutboundRow> = tx.all_built(sql, ids.iter().map(|id| id.as_str().into()).collect()).await?;
    Ok(rows.into_iter().map(Outbound::from).collect())
}

pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Outbound>> {
    let rows: Vec<OutboundRow> =
        tx.all_built(format!("SELECT {COLUMNS} FROM outbound WHERE ticket_id = $1 ORDER BY id"), vec![ticket.0.into()]).await?;
    Ok(rows.into_iter().map(Outbound::from).collect())
}

/// How many letters wait, and how many failed for good.
pub async fn counts(tx: &mut Tx) -> Result<(i64, i64)> {
    let queued: Number = tx.one("SELECT COUNT(*) AS n FROM outbound WHERE state = 'queued'", []).await?;
    let failed: Number = tx.one("SELECT COUNT(*) AS n FROM outbound WHERE state = 'failed'", []).await?;
    Ok((queued.n, failed.n))
}

/// Remembers that a message with this id belongs to a ticket; `incoming` when somebody outside wrote it.
/// `false` when the ticket knew it already.
pub async fn remember(tx: &mut Tx, message_id: &str, ticket: TicketId, incoming: bool) -> Result<bool> {
    let rows = tx
        .run(
            "INSERT INTO message_ids (message_id, ticket_id, incoming) VALUES ($1, $2, $3) ON CONFLICT (message_id, ticket_id) DO NOTHING",
            [message_id.into(), ticket.0.into(), incoming.into()],
        )
        .await?;
    Ok(rows > 0)
}

/// The tickets that know a message by this id, newest first.
pub async fn tickets_of_message(tx: &mut Tx, message_id: &str) -> Result<Vec<TicketId>> {
    let rows: Vec<Number> = tx
        .all("SELECT ticket_id AS n FROM message_ids WHERE message_id = $1 ORDER BY ticket_id DESC LIMIT 20", [message_id.into()])
        .await?;
    Ok(rows.into_iter().map(|row| TicketId(row.n)).collect())
}

#[derive(FromRow)]
struct MessageId {
    message_id: String,
}

/// The newest messages from outside that a ticket knows, oldest first: what an answer refers to.
pub async fn last_incoming(tx: &mut Tx, ticket: TicketId, limit: i64) -> Result<Vec<String>> {
    let mut values = vec![limit.into()];
    let list = crate::db::bind_list(&mut values, crate::merge::family(tx, ticket).await?.into_iter().map(|id| id.0));
    let sql =
        format!("SELECT message_id FROM message_ids WHERE ticket_id IN ({list}) AND incoming = TRUE ORDER BY id DESC LIMIT $1");
    let rows: Vec<MessageId> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().rev().map(|row| row.message_id).collect())
}

/// Those who still have to get the letter.
pub async fn set_recipients(tx: &mut Tx, id: i64, recipients: &[String]) -> Result<()> {
    tx.run("UPDATE outbound SET recipients = $2 WHERE id = $1", [id.into(), recipients.join("\n").into()]).await?;
    Ok(())
}
