//! The outbox: mail written in the transaction of what it is about, sent afterwards.

use crate::{
    Instant, Result, Tx,
    db::{Number, with_raw, without_raw},
};
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
    /// Since when it has been tried.
    pub queued: Timestamp,
    /// When it is tried next, while it is queued.
    pub next: Timestamp,
    /// A sender holds it.
    pub claimed_until: Option<Timestamp>,
}

#[derive(FromRow)]
struct OutboundRow {
    id: i64,
    ticket_id: Option<i64>,
    message_id: String,
    sender: Option<String>,
    recipients: String,
    raw: Option<Vec<u8>>,
    state: String,
    tries: i64,
    last_error: String,
    created_at: Instant,
    sent_at: Option<Instant>,
    queued_at: Option<Instant>,
    next_at: Instant,
    claimed_until: Option<Instant>,
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
                raw: row.raw.unwrap_or_default(),
            },
            state: row.state,
            tries: row.tries,
            last_error: row.last_error,
            created: row.created_at.into(),
            sent: row.sent_at.map(Timestamp::from),
            queued: row.queued_at.unwrap_or(row.created_at).into(),
            next: row.next_at.into(),
            claimed_until: row.claimed_until.map(Timestamp::from),
        }
    }
}

fn columns() -> String {
    with_raw("outbound", COLUMNS)
}

const COLUMNS: &str = "id, ticket_id, message_id, sender, recipients, raw, state, tries, last_error, created_at, sent_at, \
    queued_at, next_at, claimed_until";

/// To be sent from `due` on.
pub async fn insert(tx: &mut Tx, letter: &NewOutbound, now: Timestamp, due: Timestamp) -> Result<i64> {
    let (now, due) = (Instant::from(now), Instant::from(due));
    let row: Number = tx
        .one(
            "INSERT INTO outbound (ticket_id, message_id, sender, recipients, next_at, created_at, queued_at) VALUES ($1,$2,$3,$4,$6,$5,$5) RETURNING id AS n",
            [
                letter.ticket.map(|id| id.0).into(),
                letter.message_id.as_str().into(),
                letter.sender.clone().into(),
                letter.recipients.join("\n").into(),
                now.into(),
                due.into(),
            ],
        )
        .await?;
    tx.run("INSERT INTO outbound_raw (id, raw) VALUES ($1, $2)", [row.n.into(), letter.raw.clone().into()]).await?;
    Ok(row.n)
}

/// Tries during which a letter holds up later ones of its ticket. One that fails longer than that must not keep its ticket silent.
const HOLDS_UP: i64 = 4;

/// Takes up to `limit` letters whose time has come and moves their next try to `until`, so that a sender that dies leaves
/// them to be tried again then, and no two senders take the same one. A letter waits for an earlier one of its ticket.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Outbound>> {
    let lock = if tx.is_postgres() { "FOR UPDATE OF o SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE outbound SET next_at = $2, claimed_until = $2, tries = tries + 1 WHERE id IN \
         (SELECT o.id FROM outbound o WHERE o.state = 'queued' AND o.next_at <= $1 AND NOT EXISTS (SELECT 1 FROM outbound e \
         WHERE e.ticket_id = o.ticket_id AND e.id < o.id AND e.state = 'queued' AND e.tries < {HOLDS_UP} AND e.next_at > o.next_at) \
         ORDER BY o.next_at, o.id LIMIT $3 {lock}) RETURNING {}",
        columns()
    );
    let rows: Vec<OutboundRow> =
        tx.all_built(sql, vec![Instant::from(now).into(), Instant::from(until).into(), limit.into()]).await?;
    let mut letters: Vec<Outbound> = rows.into_iter().map(Outbound::from).collect();
    letters.sort_by_key(|letter| letter.id);
    Ok(letters)
}

impl Outbound {
    /// Whether later letters of its ticket wait for it.
    #[must_use]
    pub fn holds_up_others(&self) -> bool {
        self.tries < HOLDS_UP
    }
}

/// Makes letters that are claimed due again.
pub async fn release(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(
        "UPDATE outbound SET next_at = $1, claimed_until = NULL WHERE state = 'queued' AND claimed_until > $1",
        [Instant::from(now).into()],
    )
    .await
}

pub async fn sent(tx: &mut Tx, id: i64, now: Timestamp) -> Result<()> {
    tx.run(
        "UPDATE outbound SET state = 'sent', sent_at = $2, last_error = '', claimed_until = NULL WHERE id = $1",
        [id.into(), Instant::from(now).into()],
    )
    .await?;
    Ok(())
}

pub async fn postpone(tx: &mut Tx, id: i64, until: Timestamp, error: &str) -> Result<()> {
    tx.run(
        "UPDATE outbound SET next_at = $2, last_error = $3, claimed_until = NULL WHERE id = $1",
        [id.into(), Instant::from(until).into(), error.into()],
    )
    .await?;
    Ok(())
}

/// Claimed but not tried: as if it had not been claimed, to be looked at again from `due` on.
pub async fn put_back(tx: &mut Tx, id: i64, due: Timestamp) -> Result<()> {
    tx.run(
        "UPDATE outbound SET next_at = $2, tries = tries - 1, claimed_until = NULL WHERE id = $1",
        [id.into(), Instant::from(due).into()],
    )
    .await?;
    Ok(())
}

/// Puts a letter that waits or failed in line anew, due now, unless a sender holds it.
pub async fn requeue(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            "UPDATE outbound SET state = 'queued', next_at = $2, queued_at = $2, tries = 0, last_error = '', claimed_until = NULL \
             WHERE id = $1 AND state IN ('queued', 'failed') AND (claimed_until IS NULL OR claimed_until <= $2)",
            [id.into(), Instant::from(now).into()],
        )
        .await?;
    Ok(rows > 0)
}

/// Takes a letter that waits or failed out of the line, unless a sender holds it.
pub async fn cancel(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let rows = tx
        .run(
            "UPDATE outbound SET state = 'cancelled' WHERE id = $1 AND state IN ('queued', 'failed') \
             AND (claimed_until IS NULL OR claimed_until <= $2)",
            [id.into(), Instant::from(now).into()],
        )
        .await?;
    Ok(rows > 0)
}

/// A letter, without its bytes.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Outbound>> {
    let sql = format!("SELECT {} FROM outbound WHERE id = $1", without_raw(tx, COLUMNS));
    let rows: Vec<OutboundRow> = tx.all_built(sql, vec![id.into()]).await?;
    Ok(rows.into_iter().next().map(Outbound::from))
}

/// Letters that wait or failed, newest first, without their bytes.
pub async fn open(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<Outbound>> {
    let sql = format!(
        "SELECT {} FROM outbound WHERE state IN ('queued', 'failed') AND id < $1 ORDER BY id DESC LIMIT $2",
        without_raw(tx, COLUMNS)
    );
    let rows: Vec<OutboundRow> = tx.all_built(sql, vec![before.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Outbound::from).collect())
}

pub async fn failed(tx: &mut Tx, id: i64, error: &str) -> Result<()> {
    tx.run(
        "UPDATE outbound SET state = 'failed', last_error = $2, claimed_until = NULL WHERE id = $1",
        [id.into(), error.into()],
    )
    .await?;
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

/// Letters by their Message-IDs, without their bytes.
pub async fn by_message_ids(tx: &mut Tx, ids: &[String]) -> Result<Vec<Outbound>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let places = (1..=ids.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(",");
    let sql = format!("SELECT {} FROM outbound WHERE message_id IN ({places})", without_raw(tx, COLUMNS));
    let rows: Vec<OutboundRow> = tx.all_built(sql, ids.iter().map(|id| id.as_str().into()).collect()).await?;
    Ok(rows.into_iter().map(Outbound::from).collect())
}

#[derive(FromRow)]
struct Bytes {
    raw: Vec<u8>,
}

/// A letter as it was sent.
pub async fn raw(tx: &mut Tx, message_id: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT r.raw FROM outbound o JOIN outbound_raw r ON r.id = o.id WHERE o.message_id = $1";
    let row: Option<Bytes> = tx.first(sql, [message_id.into()]).await?;
    Ok(row.map(|row| row.raw))
}

pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Outbound>> {
    let rows: Vec<OutboundRow> = tx
        .all_built(format!("SELECT {} FROM outbound WHERE ticket_id = $1 ORDER BY id", columns()), vec![ticket.0.into()])
        .await?;
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
