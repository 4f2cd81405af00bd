//! Tickets that match a query and that the asker may see. Values become parameters and columns come from a list, so no text
//! of the asker reaches the SQL; rights are part of the statement, so pages and counts are exact (TC-237).

mod chart;
mod condition;
mod field;
mod neighbour;
mod order;
mod position;

pub use chart::{Axis, ChartRow, chart};
pub use field::NAMES as FIELDS;
pub use neighbour::{Place, neighbour};
pub use order::{Order, OrderBy};
pub use position::{Position, Way, from, position};

use crate::value::Value;
use crate::{
    Error, Result, Tx,
    db::{Number, in_list},
    ticket::{COLUMNS, TicketRow},
};
use domain::{FieldId, GroupId, QueueId, Role, StatusClass, Ticket, TicketId, UserId, custom_field::FieldKind, priority::Scale};
use jiff::{Timestamp, tz::TimeZone};
use query::{Query, Span};

/// Which tickets the asker may see.
#[derive(Clone, Debug, Default)]
pub struct Visibility {
    pub everything: bool,
    /// Queues all of whose tickets may be seen.
    pub queues: Vec<QueueId>,
    /// Queues where only holders of a role may see a ticket.
    pub by_role: Vec<(Role, Vec<QueueId>)>,
}

/// One lifecycle as the search sees it.
#[derive(Clone, Debug)]
pub struct LifecycleScope {
    pub name: String,
    pub classes: Vec<StatusClass>,
    pub queues: Vec<QueueId>,
}

/// One custom field as the search sees it.
#[derive(Clone, Debug)]
pub struct FieldScope {
    pub id: FieldId,
    pub name: String,
    pub kind: FieldKind,
    /// Its values are whole numbers and compared as such (TC-145).
    pub numeric: bool,
}

/// Everything around a query that is not in its text.
#[derive(Clone, Debug)]
pub struct Context {
    pub me: UserId,
    pub visible: Visibility,
    /// And on which of them the comments may be read.
    pub comments: Visibility,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub queues: Vec<(QueueId, String)>,
    pub lifecycles: Vec<LifecycleScope>,
    /// Groups the asker is in: they may hold roles (TC-056).
    pub groups: Vec<GroupId>,
    /// Names of priorities: the installation's, and those of queues that have their own.
    pub scale: Scale,
    pub scales: Vec<(QueueId, Scale)>,
    /// Only those that the asker may see; to them the others do not exist (TC-138).
    pub fields: Vec<FieldScope>,
}

/// What the query asks for and we cannot answer, with the place in its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unanswerable {
    pub message: String,
    pub span: Span,
}

/// A statement being put together: text and the values its places stand for.
#[derive(Default)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
    /// Ranges of addresses that match so often that looking through the tickets finds some sooner.
    pub(crate) frequent: Vec<String>,
    /// Questions to the full text that so many texts answer.
    pub(crate) common: Vec<String>,
    /// SQLite has no statistics to weigh one index against another.
    pub(crate) sqlite: bool,
}

impl Sql {
    async fn begin(tx: &mut Tx, query: &Query, context: &Context) -> Result<Self> {
        let frequent = field::frequent(tx, query, context).await?;
        let common = field::common(tx, query).await?;
        Ok(Self { frequent, common, sqlite: !tx.is_postgres(), ..Self::default() })
    }
    /// The same knowledge for another statement.
    fn afresh(&self) -> Self {
        Self { frequent: self.frequent.clone(), common: self.common.clone(), sqlite: self.sqlite, ..Self::default() }
    }
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }
    /// Adds a value and returns its place, `$n`.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
}

/// Where a page starts.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub limit: i64,
    pub offset: i64,
}

/// One page of matching tickets.
pub async fn tickets(tx: &mut Tx, query: &Query, context: &Context, order: &[OrderBy], page: Page) -> Result<Vec<Ticket>> {
    let mut sql = Sql::begin(tx, query, context).await?;
    sql.push(&format!("SELECT {COLUMNS} FROM tickets t WHERE "));
    filter(&mut sql, query, context)?;
    sql.push(&order::clause(order));
    sql.push(&format!(" LIMIT {} OFFSET {}", page.limit.max(0), page.offset.max(0)));
    let rows: Vec<TicketRow> = tx.all_built(sql.text, sql.values).await?;
    Ok(rows.into_iter().map(Ticket::from).collect())
}

/// The numbers of all that match, in order.
pub async fn numbers(tx: &mut Tx, query: &Query, context: &Context, order: &[OrderBy], most: i64) -> Result<Vec<TicketId>> {
    let mut sql = Sql::begin(tx, query, context).await?;
    sql.push("SELECT t.id AS n FROM tickets t WHERE ");
    filter(&mut sql, query, context)?;
    sql.push(&order::clause(order));
    sql.push(&format!(" LIMIT {}", most.max(0)));
    let rows: Vec<Number> = tx.all_built(sql.text, sql.values).await?;
    Ok(rows.into_iter().map(|row| TicketId(row.n)).collect())
}

/// How many tickets match.
pub async fn count(tx: &mut Tx, query: &Query, context: &Context) -> Result<i64> {
    let mut sql = Sql::begin(tx, query, context).await?;
    sql.push("SELECT COUNT(*) AS n FROM tickets t WHERE ");
    filter(&mut sql, query, context)?;
    let rows: Vec<Number> = tx.all_built(sql.text, sql.values).await?;
    Ok(rows.first().map_or(0, |row| row.n))
}

/// How many match, counting no further than `most`: what a page shows beside a list.
pub async fn count_up_to(tx: &mut Tx, query: &Query, context: &Context, most: i64) -> Result<i64> {
    let mut sql = Sql::begin(tx, query, context).await?;
    sql.push("SELECT COUNT(*) AS n FROM (SELECT 1 FROM tickets t WHERE ");
    filter(&mut sql, query, context)?;
    sql.push(&format!(" LIMIT {}) found", most.max(0)));
    let rows: Vec<Number> = tx.all_built(sql.text, sql.values).await?;
    Ok(rows.first().map_or(0, |row| row.n))
}

/// The statement's plan as the database tells it, for tests of what a list costs.
pub async fn explain(tx: &mut Tx, query: &Query, context: &Context, order: &[OrderBy], page: Page) -> Result<String> {
    #[derive(sqlx::FromRow)]
    struct PostgresLine {
        #[sqlx(rename = "QUERY PLAN")]
        line: String,
    }
    #[derive(sqlx::FromRow)]
    struct SqliteLine {
        detail: String,
    }
    let mut sql = Sql::begin(tx, query, context).await?;
    sql.push(if tx.is_postgres() { "EXPLAIN " } else { "EXPLAIN QUERY PLAN " });
    sql.push(&format!("SELECT {COLUMNS} FROM tickets t WHERE "));
    filter(&mut sql, query, context)?;
    sql.push(&order::clause(order));
    sql.push(&format!(" LIMIT {} OFFSET {}", page.limit.max(0), page.offset.max(0)));
    let lines: Vec<String> = if tx.is_postgres() {
        tx.explain_postgres::<PostgresLine>(sql.text, sql.values).await?.into_iter().map(|row| row.line).collect()
    } else {
        tx.explain_sqlite::<SqliteLine>(sql.text, sql.values).await?.into_iter().map(|row| row.detail).collect()
    };
    Ok(lines.join("\n"))
}

/// Not merged away, not deleted unless asked for (TC-260), visible, and matching.
fn filter(sql: &mut Sql, query: &Query, context: &Context) -> Result<()> {
    if !query::fields(query).iter().any(|field| field.is("EffectiveId")) {
        sql.push("t.merged_into IS NULL AND ");
    }
    sql.push("t.status <> 'deleted' AND ");
    let visible = visible(sql, &context.visible, context);
    sql.push(&visible);
    sql.push(" AND ");
    condition::compile(sql, query, context).map_err(|error| Error::Search(error.to_string()))
}

/// The condition of a query alone, as SQLite or PostgreSQL is asked it, with the values of its places; for case files.
pub fn written(query: &Query, context: &Context, sqlite: bool) -> Result<String, Unanswerable> {
    let mut sql = Sql { sqlite, ..Sql::default() };
    condition::compile(&mut sql, query, context)?;
    let values: Vec<String> = sql.values.iter().map(Value::to_string).collect();
    Ok(if values.is_empty() { sql.text } else { format!("{} -- {}", sql.text, values.join(", ")) })
}

/// Checks that a query can be answered, without asking the database.
pub fn check(query: &Query, context: &Context) -> Result<(), Unanswerable> {
    condition::compile(&mut Sql::default(), query, context)
}

/// That `t` is one of these tickets.
fn visible(sql: &mut Sql, visible: &Visibility, context: &Context) -> String {
    if visible.everything {
        return "1 = 1".to_owned();
    }
    // who sees several queues is not to be served queue by queue: that would lose the order
    let column = if sql.sqlite && visible.queues.len() > 1 { "+t.queue_id" } else { "t.queue_id" };
    let mut ways = vec![format!("{column} IN ({})", in_list(visible.queues.iter().map(|id| id.0)))];
    for (role, queues) in &visible.by_role {
        let queues = in_list(queues.iter().map(|id| id.0));
        let me = sql.bind(context.me.0);
        if *role == Role::Owner {
            ways.push(format!("(t.queue_id IN ({queues}) AND t.owner_id = {me})"));
            continue;
        }
        let role = role.as_str();
        let groups = in_list(context.groups.iter().map(|id| id.0));
        let by_group = format!(
            " OR EXISTS (SELECT 1 FROM role_groups w WHERE w.ticket_id = t.id AND w.role = '{role}' AND w.group_id IN ({groups}))"
        );
        let by_group = if context.groups.is_empty() { "" } else { &by_group };
        ways.push(format!(
            "(t.queue_id IN ({queues}) AND (EXISTS (SELECT 1 FROM role_members v WHERE v.ticket_id = t.id AND v.role = '{role}' AND v.user_id = {me}){by_group}))"
        ));
    }
    format!("({})", ways.join(" OR "))
}
