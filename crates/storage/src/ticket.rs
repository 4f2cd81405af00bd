//! Rows of `tickets`.

use crate::{Instant, Result, Tx, db::Number, value::Value};
use domain::{QueueId, StatusClass, Ticket, TicketId, TicketKind, UserId, link::LinkKind};
use jiff::Timestamp;
use sqlx::FromRow;

/// Every column, in one place.
pub(crate) const COLUMNS: &str = "t.id, t.merged_into, t.queue_id, t.kind, t.subject, t.description, t.status, t.status_class, t.owner_id, t.level, \
    t.initial_priority, t.priority, t.final_priority, t.time_estimated, t.time_worked, t.time_left, t.starts_at, t.started_at, t.due_at, \
    t.told_at, t.resolved_at, t.created_at, t.creator_id, t.updated_at, t.updater_id, t.version, t.head, t.unanswered_since, t.last_answer_at, \
    t.snoozed_until";

#[derive(FromRow)]
pub(crate) struct TicketRow {
    id: i64,
    merged_into: Option<i64>,
    queue_id: i64,
    kind: String,
    subject: String,
    description: String,
    status: String,
    status_class: String,
    owner_id: i64,
    level: Option<String>,
    initial_priority: i64,
    priority: i64,
    final_priority: i64,
    time_estimated: i64,
    time_worked: i64,
    time_left: i64,
    starts_at: Option<Instant>,
    started_at: Option<Instant>,
    due_at: Option<Instant>,
    told_at: Option<Instant>,
    resolved_at: Option<Instant>,
    created_at: Instant,
    creator_id: i64,
    updated_at: Instant,
    updater_id: i64,
    version: i64,
    head: Vec<u8>,
    unanswered_since: Option<Instant>,
    last_answer_at: Option<Instant>,
    snoozed_until: Option<Instant>,
}

impl From<TicketRow> for Ticket {
    fn from(row: TicketRow) -> Self {
        let moment = |instant: Option<Instant>| instant.map(Timestamp::from);
        Self {
            id: TicketId(row.id),
            merged_into: row.merged_into.map(TicketId),
            queue: QueueId(row.queue_id),
            kind: TicketKind::of_lifecycle(&row.kind),
            subject: row.subject,
            description: row.description,
            status: row.status,
            status_class: StatusClass::parse(&row.status_class).unwrap_or(StatusClass::Active),
            owner: UserId(row.owner_id),
            level: row.level,
            initial_priority: row.initial_priority,
            priority: row.priority,
            final_priority: row.final_priority,
            time_estimated: row.time_estimated,
            time_worked: row.time_worked,
            time_left: row.time_left,
            starts: moment(row.starts_at),
            started: moment(row.started_at),
            due: moment(row.due_at),
            told: moment(row.told_at),
            resolved: moment(row.resolved_at),
            created: row.created_at.into(),
            creator: UserId(row.creator_id),
            updated: row.updated_at.into(),
            updater: UserId(row.updater_id),
            version: row.version,
            head: row.head,
            unanswered_since: moment(row.unanswered_since),
            last_answer: moment(row.last_answer_at),
            snoozed_until: moment(row.snoozed_until),
        }
    }
}

fn instant(moment: Option<Timestamp>) -> Value {
    moment.map(crate::instant::to_microseconds).into()
}

/// With every moment as exact as the database keeps it.
fn as_stored(ticket: &Ticket) -> Ticket {
    let exact = |moment: Timestamp| Timestamp::from(Instant::from(moment));
    Ticket {
        starts: ticket.starts.map(exact),
        started: ticket.started.map(exact),
        due: ticket.due.map(exact),
        told: ticket.told.map(exact),
        resolved: ticket.resolved.map(exact),
        updated: exact(ticket.updated),
        unanswered_since: ticket.unanswered_since.map(exact),
        last_answer: ticket.last_answer.map(exact),
        snoozed_until: ticket.snoozed_until.map(exact),
        ..ticket.clone()
    }
}

/// Inserts the row; its number is given by the database and `ticket.id` is not looked at.
pub async fn insert(tx: &mut Tx, ticket: &Ticket) -> Result<TicketId> {
    let row: Number = tx
        .one(
            "INSERT INTO tickets (queue_id, kind, subject, status, status_class, is_open, owner_id, level, initial_priority, priority, final_priority, \
             time_estimated, time_worked, time_left, starts_at, started_at, due_at, told_at, resolved_at, created_at, creator_id, updated_at, \
             updater_id, version, head, unanswered_since, last_answer_at, description) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28) RETURNING id AS n",
            [
                ticket.queue.0.into(),
                ticket.kind.lifecycle().into(),
                ticket.subject.as_str().into(),
                ticket.status.as_str().into(),
                ticket.status_class.as_str().into(),
                ticket.is_open().into(),
                ticket.owner.0.into(),
                ticket.level.clone().into(),
                ticket.initial_priority.into(),
                ticket.priority.into(),
                ticket.final_priority.into(),
                ticket.time_estimated.into(),
                ticket.time_worked.into(),
                ticket.time_left.into(),
                instant(ticket.starts),
                instant(ticket.started),
                instant(ticket.due),
                instant(ticket.told),
                instant(ticket.resolved),
                instant(Some(ticket.created)),
                ticket.creator.0.into(),
                instant(Some(ticket.updated)),
                ticket.updater.0.into(),
                ticket.version.into(),
                ticket.head.clone().into(),
                instant(ticket.unanswered_since),
                instant(ticket.last_answer),
                ticket.description.as_str().into(),
            ],
        )
        .await?;
    let id = TicketId(row.n);
    if tx.is_transaction() {
        // nobody else sees it yet
        tx.kept().keep_ticket(&Ticket { id, created: Instant::from(ticket.created).into(), ..as_stored(ticket) });
    }
    Ok(id)
}

/// Every column that can change.
fn changeable(ticket: &Ticket) -> [(&'static str, Value); 27] {
    [
        ("merged_into", ticket.merged_into.map(|id| id.0).into()),
        ("queue_id", ticket.queue.0.into()),
        ("kind", ticket.kind.lifecycle().into()),
        ("subject", ticket.subject.as_str().into()),
        ("description", ticket.description.as_str().into()),
        ("status", ticket.status.as_str().into()),
        ("status_class", ticket.status_class.as_str().into()),
        ("is_open", ticket.is_open().into()),
        ("owner_id", ticket.owner.0.into()),
        ("level", ticket.level.clone().into()),
        ("priority", ticket.priority.into()),
        ("final_priority", ticket.final_priority.into()),
        ("time_estimated", ticket.time_estimated.into()),
        ("time_worked", ticket.time_worked.into()),
        ("time_left", ticket.time_left.into()),
        ("starts_at", instant(ticket.starts)),
        ("started_at", instant(ticket.started)),
        ("due_at", instant(ticket.due)),
        ("told_at", instant(ticket.told)),
        ("resolved_at", instant(ticket.resolved)),
        ("updated_at", instant(Some(ticket.updated))),
        ("updater_id", ticket.updater.0.into()),
        ("version", ticket.version.into()),
        ("head", ticket.head.clone().into()),
        ("unanswered_since", instant(ticket.unanswered_since)),
        ("last_answer_at", instant(ticket.last_answer)),
        ("snoozed_until", instant(ticket.snoozed_until)),
    ]
}

/// Writes the columns that differ from what is known to be stored, or all: an index that need not change costs nothing.
pub async fn update(tx: &mut Tx, ticket: &Ticket) -> Result<()> {
    let stored = tx.kept().ticket(ticket.id).map(|stored| changeable(&stored));
    let mut values: Vec<Value> = vec![ticket.id.0.into()];
    let mut set = Vec::new();
    for (place, (column, value)) in changeable(ticket).into_iter().enumerate() {
        if stored.as_ref().and_then(|stored| stored.get(place)).is_none_or(|(_, stored)| *stored != value) {
            values.push(value);
            set.push(format!("{column} = ${}", values.len()));
        }
    }
    if set.is_empty() {
        return Ok(());
    }
    tx.run_built(format!("UPDATE tickets SET {} WHERE id = $1", set.join(", ")), values).await?;
    tx.kept().renew_ticket(&as_stored(ticket));
    Ok(())
}

pub async fn get(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>> {
    if let Some(ticket) = tx.kept().ticket(id) {
        return Ok(Some(ticket));
    }
    Ok(by_ids(tx, &[id]).await?.pop())
}

/// The row, locked until the transaction ends (TC-027). SQLite has one writer, so there it is locked already.
pub async fn lock(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>> {
    if let Some(ticket) = tx.kept().ticket(id) {
        return Ok(Some(ticket));
    }
    let lock = if tx.is_postgres() { " FOR UPDATE" } else { "" };
    let rows: Vec<TicketRow> =
        tx.all_built(format!("SELECT {COLUMNS} FROM tickets t WHERE t.id = $1{lock}"), vec![id.0.into()]).await?;
    let ticket = rows.into_iter().next().map(Ticket::from);
    if let Some(ticket) = ticket.as_ref().filter(|_| tx.is_transaction()) {
        tx.kept().keep_ticket(ticket);
    }
    Ok(ticket)
}

/// The same of several, in order of number, so that two who do this do not wait for each other.
pub async fn lock_all(tx: &mut Tx, ids: &[TicketId]) -> Result<()> {
    if ids.is_empty() || !tx.is_transaction() {
        return Ok(());
    }
    let mut values = vec![];
    let list = crate::db::bind_list(&mut values, ids.iter().map(|id| id.0));
    let lock = if tx.is_postgres() { " FOR UPDATE" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM tickets t WHERE t.id IN ({list}) ORDER BY t.id{lock}");
    let rows: Vec<TicketRow> = tx.all_built(sql, values).await?;
    for row in rows {
        tx.kept().keep_ticket(&row.into());
    }
    Ok(())
}

/// In order of number.
pub async fn by_ids(tx: &mut Tx, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    if let Some(kept) = tx.kept().all_tickets(ids) {
        return Ok(kept);
    }
    let mut values = vec![];
    let list = crate::db::bind_list(&mut values, ids.iter().map(|id| id.0));
    let rows: Vec<TicketRow> =
        tx.all_built(format!("SELECT {COLUMNS} FROM tickets t WHERE t.id IN ({list}) ORDER BY t.id"), values).await?;
    Ok(rows.into_iter().map(Ticket::from).collect())
}

/// The tickets at the other ends of this one's links: targets when it is the base, bases when it is the target.
pub async fn linked(tx: &mut Tx, id: TicketId, kind: LinkKind, as_base: bool) -> Result<Vec<Ticket>> {
    if tx.kept().is_unlinked(id, kind, as_base) {
        return Ok(vec![]);
    }
    let (mine, theirs) = if as_base { ("base_id", "target_id") } else { ("target_id", "base_id") };
    let sql = format!(
        "SELECT {COLUMNS} FROM links l JOIN tickets t ON t.id = l.{theirs} WHERE l.{mine} = $1 AND l.kind = $2 ORDER BY t.id"
    );
    let rows: Vec<TicketRow> = tx.all_built(sql, vec![id.0.into(), kind.as_str().into()]).await?;
    if rows.is_empty() {
        tx.kept().keep_unlinked(id, kind, as_base);
    }
    Ok(rows.into_iter().map(Ticket::from).collect())
}

#[derive(FromRow)]
struct Pair {
    base: i64,
    target: i64,
}

/// Of some tickets, which open ones each depends on (TC-086).
pub async fn open_dependencies(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, TicketId)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![];
    let list = crate::db::bind_list(&mut values, tickets.iter().map(|id| id.0));
    let sql = format!(
        "SELECT l.base_id AS base, l.target_id AS target FROM links l JOIN tickets d ON d.id = l.target_id \
         WHERE l.base_id IN ({list}) AND l.kind = 'DependsOn' AND d.is_open AND d.merged_into IS NULL ORDER BY 1, 2 LIMIT 1000"
    );
    let rows: Vec<Pair> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (TicketId(row.base), TicketId(row.target))).collect())
}

#[derive(FromRow)]
struct StatusCount {
    queue_id: i64,
    status: String,
    n: i64,
}

/// How many open tickets each of the queues holds in each status.
pub async fn count_open_by_status(tx: &mut Tx, queues: &[QueueId]) -> Result<Vec<(QueueId, String, i64)>> {
    let mut values = vec![];
    let list = crate::db::bind_list(&mut values, queues.iter().map(|id| id.0));
    let sql = format!(
        "SELECT queue_id, status, COUNT(*) AS n FROM tickets WHERE queue_id IN ({list}) AND is_open \
         AND merged_into IS NULL GROUP BY queue_id, status"
    );
    let rows: Vec<StatusCount> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (QueueId(row.queue_id), row.status, row.n)).collect())
}

#[derive(FromRow)]
struct StatusText {
    status: String,
}

/// Every status that a ticket of these queues has now.
pub async fn statuses_of_queues(tx: &mut Tx, queues: &[QueueId]) -> Result<Vec<String>> {
    let mut values = vec![];
    let list = crate::db::bind_list(&mut values, queues.iter().map(|id| id.0));
    let sql = format!("SELECT DISTINCT status FROM tickets WHERE queue_id IN ({list}) ORDER BY status");
    let rows: Vec<StatusText> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| row.status).collect())
}

/// Whether a queue has ever had a ticket.
pub async fn any_in(tx: &mut Tx, queue: QueueId) -> Result<bool> {
    let row: Option<Number> = tx.first("SELECT id AS n FROM tickets WHERE queue_id = $1 LIMIT 1", [queue.0.into()]).await?;
    Ok(row.is_some())
}

/// After a lifecycle moved a status to another of its three lists.
pub async fn reclassify(tx: &mut Tx, queues: &[QueueId], status: &str, class: StatusClass) -> Result<()> {
    for queue in queues {
        tx.run(
            "UPDATE tickets SET status_class = $3, is_open = $4 WHERE queue_id = $1 AND status = $2 AND status_class <> $3",
            [queue.0.into(), status.into(), class.as_str().into(), class.is_open().into()],
        )
        .await?;
    }
    tx.kept().forget_tickets();
    Ok(())
}

/// How many open tickets have a service level.
pub async fn count_open_with_level(tx: &mut Tx, level: &str) -> Result<i64> {
    let row: Number = tx.one("SELECT COUNT(*) AS n FROM tickets WHERE level = $1 AND is_open", [level.into()]).await?;
    Ok(row.n)
}

#[derive(FromRow)]
struct Ids {
    id: i64,
}

/// Numbers above `after`, for walking all tickets in steps.
pub async fn ids_after(tx: &mut Tx, after: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    let rows: Vec<Ids> =
        tx.all("SELECT id FROM tickets WHERE id > $1 ORDER BY id LIMIT $2", [after.0.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(|row| TicketId(row.id)).collect())
}

#[derive(FromRow)]
struct Updated {
    id: i64,
    updated_at: Instant,
}

/// Tickets changed after a moment, longest ago first.
pub async fn updated_after(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<Vec<(TicketId, Timestamp)>> {
    let sql = "SELECT id, updated_at FROM tickets WHERE updated_at > $1 ORDER BY updated_at, id LIMIT $2";
    let rows: Vec<Updated> = tx.all(sql, [Instant::from(moment).into(), limit.into()]).await?;
    Ok(rows.into_iter().map(|row| (TicketId(row.id), row.updated_at.into())).collect())
}
