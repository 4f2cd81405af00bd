//! Whole tickets by the thousand, with numbers that the caller chooses: for measurements and imports, never for verbs. Nothing is
//! checked here beyond what the schema refuses; the chains of history are the caller's to make.

use crate::value::Value;
use crate::{Db, Instant, Result, Tx, db::Number, part::Part};
use domain::{
    FieldId, Role, Ticket, TicketId, UserId,
    change::{Change, blob_hash},
    custom_field::FieldValue,
    link::LinkKind,
};
use jiff::Timestamp;

/// The most values in one statement: enough to make round trips cheap, below what either database refuses.
const VALUES: usize = 2_000;

/// Rows of one table, waiting.
struct Rows {
    table: &'static str,
    columns: &'static [&'static str],
    values: Vec<Value>,
}

/// Rows of several tables, waiting to be written in an order that their references allow.
pub struct Bulk {
    tickets: Rows,
    changes: Rows,
    blobs: Rows,
    parts: Rows,
    members: Rows,
    field_values: Rows,
    links: Rows,
    message_ids: Rows,
}

impl Default for Bulk {
    fn default() -> Self {
        let rows = |table, columns| Rows { table, columns, values: vec![] };
        Self {
            tickets: rows("tickets", TICKET),
            changes: rows("changes", CHANGE),
            blobs: rows("blobs", &["hash", "size", "content"]),
            parts: rows("parts", PART),
            members: rows("role_members", &["ticket_id", "role", "user_id"]),
            field_values: rows("custom_field_values", &["ticket_id", "field_id", "content", "ip_low", "ip_high"]),
            links: rows("links", &["kind", "base_id", "target_id", "creator_id", "created_at"]),
            message_ids: rows("message_ids", &["message_id", "ticket_id", "incoming"]),
        }
    }
}

#[rustfmt::skip]
const TICKET: &[&str] = &[
    "id", "queue_id", "kind", "subject", "status", "status_class", "is_open", "owner_id", "level", "initial_priority", "priority",
    "final_priority", "starts_at", "started_at", "due_at", "told_at", "resolved_at", "created_at", "creator_id", "updated_at",
    "updater_id", "version", "head", "unanswered_since", "last_answer_at",
];
#[rustfmt::skip]
const CHANGE: &[&str] = &[
    "id", "ticket_id", "sequence", "actor_id", "kind", "field", "old_value", "new_value", "data", "time_taken", "created_at", "message",
    "hash",
];
const PART: &[&str] = &["change_id", "position", "content_type", "file_name", "disposition", "headers", "size", "blob"];

impl Bulk {
    pub fn ticket(&mut self, ticket: &Ticket) {
        self.tickets.values.extend([
            ticket.id.0.into(),
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
            ticket.starts.into(),
            ticket.started.into(),
            ticket.due.into(),
            ticket.told.into(),
            ticket.resolved.into(),
            Instant::from(ticket.created).into(),
            ticket.creator.0.into(),
            Instant::from(ticket.updated).into(),
            ticket.updater.0.into(),
            ticket.version.into(),
            ticket.head.clone().into(),
            ticket.unanswered_since.into(),
            ticket.last_answer.into(),
        ]);
    }

    pub fn change(&mut self, change: &Change) {
        let what = &change.what;
        self.changes.values.extend([
            change.id.0.into(),
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
        ]);
    }

    /// Returns the hash that parts name the content by.
    pub fn content(&mut self, content: &[u8]) -> Vec<u8> {
        let hash = blob_hash(content);
        self.blobs.values.extend([hash.clone().into(), (content.len() as i64).into(), content.to_vec().into()]);
        hash
    }

    /// A node without a container above it; its number is given by the database.
    pub fn part(&mut self, part: &Part) {
        self.parts.values.extend([
            part.change.0.into(),
            part.position.into(),
            part.content_type.as_str().into(),
            part.file_name.clone().into(),
            part.disposition.as_str().into(),
            part.headers.as_str().into(),
            part.size.into(),
            part.blob.clone().into(),
        ]);
    }

    pub fn member(&mut self, ticket: TicketId, role: Role, user: UserId) {
        self.members.values.extend([ticket.0.into(), role.as_str().into(), user.0.into()]);
    }

    pub fn field_value(&mut self, ticket: TicketId, field: FieldId, value: &FieldValue) {
        let (low, high) = value.ip.clone().map_or((None, None), |(low, high)| (Some(low), Some(high)));
        self.field_values.values.extend([
            ticket.0.into(),
            field.0.into(),
            value.content.as_str().into(),
            low.into(),
            high.into(),
        ]);
    }

    pub fn link(&mut self, kind: LinkKind, (base, target): (TicketId, TicketId), by: UserId, at: Timestamp) {
        let at = Instant::from(at);
        self.links.values.extend([kind.as_str().into(), base.0.into(), target.0.into(), by.0.into(), at.into()]);
    }

    pub fn message_id(&mut self, message_id: &str, ticket: TicketId, incoming: bool) {
        self.message_ids.values.extend([message_id.into(), ticket.0.into(), incoming.into()]);
    }

    /// Writes all that waits.
    pub async fn write(&mut self, tx: &mut Tx) -> Result<()> {
        let in_order = [
            &mut self.tickets,
            &mut self.changes,
            &mut self.blobs,
            &mut self.parts,
            &mut self.members,
            &mut self.field_values,
            &mut self.links,
            &mut self.message_ids,
        ];
        for rows in in_order {
            rows.write(tx).await?;
        }
        Ok(())
    }
}

impl Rows {
    async fn write(&mut self, tx: &mut Tx) -> Result<()> {
        let width = self.columns.len();
        let step = VALUES / width * width;
        let mut values = std::mem::take(&mut self.values).into_iter();
        loop {
            let some: Vec<Value> = values.by_ref().take(step).collect();
            if some.is_empty() {
                return Ok(());
            }
            let sql = self.statement(some.len() / width);
            let _: Vec<Number> = tx.all_built(sql, some).await?;
        }
    }

    fn statement(&self, rows: usize) -> String {
        let width = self.columns.len();
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns.join(","));
        for row in 0..rows {
            let places = (1..=width).map(|column| format!("${}", row * width + column)).collect::<Vec<_>>().join(",");
            sql.push_str(&format!("{}({places})", if row == 0 { "" } else { "," }));
        }
        if self.table == "blobs" {
            sql.push_str(" ON CONFLICT (hash) DO NOTHING");
        }
        sql
    }
}

/// The highest numbers given so far.
#[derive(Clone, Copy, Debug)]
pub struct Highest {
    pub ticket: i64,
    pub change: i64,
}

pub async fn highest(tx: &mut Tx) -> Result<Highest> {
    let ticket: Number = tx.one("SELECT COALESCE(MAX(id), 0) AS n FROM tickets", []).await?;
    let change: Number = tx.one("SELECT COALESCE(MAX(id), 0) AS n FROM changes", []).await?;
    Ok(Highest { ticket: ticket.n, change: change.n })
}

/// Lets the database go on counting after the numbers that were chosen; SQLite does so by itself.
pub async fn go_on_counting(tx: &mut Tx) -> Result<()> {
    if tx.is_postgres() {
        for table in ["tickets", "changes"] {
            tx.script(format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST(MAX(id), 1)) FROM {table}"))
                .await?;
        }
    }
    Ok(())
}

/// What the database itself does in quiet hours after so much was written: counts what is there, for its plans.
pub async fn tidy(db: &Db) -> Result<()> {
    if db.is_postgres() {
        return db.read().await?.script("VACUUM ANALYZE".to_owned()).await;
    }
    let mut tx = db.write().await?;
    tx.script("ANALYZE".to_owned()).await?;
    tx.commit().await
}
