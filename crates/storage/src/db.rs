//! The one place that knows there are two databases.

use crate::value::Value;
use crate::{bind, error::Result, kept::Kept};
use sqlx::{
    AssertSqlSafe, FromRow, Pool, Postgres, Sqlite, Transaction,
    pool::{PoolConnection, PoolOptions},
    postgres::{PgConnectOptions, PgRow},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous},
};
use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// Of SQLite's machine, between two looks at the clock: some hundred microseconds.
const STEPS: i32 = 10_000;
/// Statements that a connection keeps prepared: more than the program has.
const STATEMENTS: usize = 500;

/// A handle on the database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    /// Those who want to write and may not yet.
    waiting: Arc<AtomicUsize>,
    longest_reading: Duration,
}

#[derive(Clone)]
enum Pools {
    Postgres { read: Pool<Postgres>, write: Pool<Postgres> },
    Sqlite { read: Pool<Sqlite>, write: Pool<Sqlite> },
}

/// One that waits to write, until it may or gives up.
struct Turn<'a>(&'a AtomicUsize);

impl<'a> Turn<'a> {
    fn wait(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Tells a statement of SQLite when its time is over. Each begins anew.
struct Watch {
    born: Instant,
    /// Microseconds since it was born.
    end: Arc<AtomicU64>,
    longest: Duration,
}

impl Watch {
    fn begin(longest: Duration) -> Self {
        Self { born: Instant::now(), end: Arc::default(), longest }
    }

    fn restart(&self) {
        self.end.store(microseconds(self.born.elapsed() + self.longest), Ordering::Relaxed);
    }

    /// Whether to go on, asked by the database every now and then.
    fn question(&self) -> impl FnMut() -> bool + Send + 'static {
        let (born, end) = (self.born, self.end.clone());
        move || microseconds(born.elapsed()) < end.load(Ordering::Relaxed)
    }
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// How many connections to hold.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub readers: u32,
    pub postgres_connections: u32,
    /// A statement that only reads is stopped after this, so that no search holds up the others for long.
    pub longest_reading: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 6, postgres_connections: 16, longest_reading: Duration::from_secs(10) }
    }
}

/// One connection: what every query takes. From [`Db::read`] each statement stands alone; from [`Db::write`] it is a
/// transaction that [`Tx::commit`] ends and a drop undoes.
pub struct Tx {
    inner: Inner,
    kept: Kept,
    /// PostgreSQL has its own.
    watch: Option<Watch>,
}

enum Inner {
    Postgres(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(Transaction<'static, Sqlite>),
}

/// A row type that both databases can fill; `#[derive(FromRow)]` is enough.
pub trait Row: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}

impl Db {
    /// `postgres://…` or `sqlite://path`.
    pub async fn open(url: &str, options: Options) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let connect = PgConnectOptions::from_str(url)?.statement_cache_capacity(STATEMENTS);
            let pool = || {
                PoolOptions::new()
                    .max_connections(options.postgres_connections.div_ceil(2))
                    .acquire_timeout(Duration::from_secs(10))
                    .test_before_acquire(false)
            };
            let write = pool().connect_with(connect.clone()).await?;
            let limit = options.longest_reading.as_millis().to_string();
            let read = pool().connect_lazy_with(connect.options([("statement_timeout", limit)]));
            return Ok(Self::new(Pools::Postgres { read, write }, options));
        }
        // FULL: a committed transaction is on the disk, because a 250 to a mail server is a promise.
        let connect = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(STATEMENTS)
            .pragma("cache_size", "-20000")
            .pragma("temp_store", "memory");
        // One writer: SQLite has one write lock, and waiting for it here, in turn, is fairer than in busy_timeout.
        let write = PoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            .connect_with(connect.clone())
            .await?;
        let read = PoolOptions::new()
            .max_connections(options.readers)
            .test_before_acquire(false)
            .connect_with(connect.read_only(true))
            .await?;
        Ok(Self::new(Pools::Sqlite { read, write }, options))
    }

    pub async fn read(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Postgres { read, .. } => Inner::Postgres(read.acquire().await?),
            Pools::Sqlite { read, .. } => Inner::Sqlite(read.acquire().await?),
        };
        let mut tx = Tx { inner, kept: Kept::default(), watch: None };
        if let Inner::Sqlite(connection) = &mut tx.inner {
            let watch = Watch::begin(self.longest_reading);
            connection.lock_handle().await?.set_progress_handler(STEPS, watch.question());
            tx.watch = Some(watch);
        }
        Ok(tx)
    }

    fn new(pools: Pools, options: Options) -> Self {
        Self { pools, waiting: Arc::default(), longest_reading: options.longest_reading }
    }

    /// Whether somebody waits to write: whoever does several things in one transaction had better come to an end.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    pub async fn write(&self) -> Result<Tx> {
        let _turn = Turn::wait(&self.waiting);
        let inner = match &self.pools {
            Pools::Postgres { write, .. } => Inner::PostgresTx(write.begin().await?),
            Pools::Sqlite { write, .. } => Inner::SqliteTx(write.begin_with("BEGIN IMMEDIATE").await?),
        };
        Ok(Tx { inner, kept: Kept::default(), watch: None })
    }

    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.pools, Pools::Postgres { .. })
    }

    /// For what only PostgreSQL can.
    pub(crate) fn postgres(&self) -> Option<&Pool<Postgres>> {
        match &self.pools {
            Pools::Postgres { write, .. } => Some(write),
            Pools::Sqlite { .. } => None,
        }
    }

    pub async fn close(&self) {
        match &self.pools {
            Pools::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

/// Runs `$e` with `$c` a connection of whichever database and `$a` the values in its form.
macro_rules! on {
    ($tx:expr, $values:expr, |$c:ident, $a:ident| $e:expr) => {{
        if let Some(watch) = &$tx.watch {
            watch.restart();
        }
        match &mut $tx.inner {
            Inner::Postgres(x) => {
                let ($c, $a) = (&mut **x, bind::postgres($values));
                $e
            }
            Inner::PostgresTx(x) => {
                let ($c, $a) = (&mut **x, bind::postgres($values));
                $e
            }
            Inner::Sqlite(x) => {
                let ($c, $a) = (&mut **x, bind::sqlite($values));
                $e
            }
            Inner::SqliteTx(x) => {
                let ($c, $a) = (&mut **x, bind::sqlite($values));
                $e
            }
        }
    }};
}

impl Tx {
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.inner, Inner::Postgres(_) | Inner::PostgresTx(_))
    }

    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::PostgresTx(tx) => tx.commit().await?,
            Inner::SqliteTx(tx) => tx.commit().await?,
            Inner::Postgres(_) | Inner::Sqlite(_) => {}
        }
        Ok(())
    }

    /// Undoes everything now. A drop does too, but some time later: until then others find the rows locked.
    pub async fn rollback(self) -> Result<()> {
        match self.inner {
            Inner::PostgresTx(tx) => tx.rollback().await?,
            Inner::SqliteTx(tx) => tx.rollback().await?,
            Inner::Postgres(_) | Inner::Sqlite(_) => {}
        }
        Ok(())
    }

    /// Marks a point that [`Tx::rollback_to`] can return to; nested points are told apart by their number.
    pub async fn savepoint(&mut self, number: u32) -> Result<()> {
        self.script(format!("SAVEPOINT p{number}")).await
    }
    pub async fn release(&mut self, number: u32) -> Result<()> {
        self.script(format!("RELEASE SAVEPOINT p{number}")).await
    }
    pub async fn rollback_to(&mut self, number: u32) -> Result<()> {
        self.kept.forget();
        self.script(format!("ROLLBACK TO SAVEPOINT p{number}")).await?;
        self.release(number).await
    }

    pub(crate) fn kept(&mut self) -> &mut Kept {
        &mut self.kept
    }
    /// Whether locks hold until it ends.
    pub(crate) fn is_transaction(&self) -> bool {
        matches!(self.inner, Inner::PostgresTx(_) | Inner::SqliteTx(_))
    }

    /// Fixed SQL in the common dialect; values are `$1`, `$2`, … on both.
    pub async fn all<T: Row>(&mut self, sql: &'static str, values: impl Into<Vec<Value>>) -> Result<Vec<T>> {
        let values = values.into();
        Ok(on!(self, values, |c, a| sqlx::query_as_with(sql, a).fetch_all(c).await)?)
    }
    pub async fn first<T: Row>(&mut self, sql: &'static str, values: impl Into<Vec<Value>>) -> Result<Option<T>> {
        let values = values.into();
        Ok(on!(self, values, |c, a| sqlx::query_as_with(sql, a).fetch_optional(c).await)?)
    }
    pub async fn one<T: Row>(&mut self, sql: &'static str, values: impl Into<Vec<Value>>) -> Result<T> {
        self.first(sql, values).await?.ok_or(crate::Error::NotFound)
    }
    /// The number of rows touched.
    pub async fn run(&mut self, sql: &'static str, values: impl Into<Vec<Value>>) -> Result<u64> {
        let values = values.into();
        Ok(on!(self, values, |c, a| sqlx::query_with(sql, a).execute(c).await?.rows_affected()))
    }

    /// The same for SQL that this crate put together from its own words and from integers.
    pub(crate) async fn run_built(&mut self, sql: String, values: Vec<Value>) -> Result<u64> {
        Ok(on!(self, values, |c, a| sqlx::query_with(AssertSqlSafe(sql), a).execute(c).await?.rows_affected()))
    }
    /// SQL that this crate put together from its own words and from integers.
    pub(crate) async fn all_built<T: Row>(&mut self, sql: String, values: Vec<Value>) -> Result<Vec<T>> {
        Ok(on!(self, values, |c, a| sqlx::query_as_with(AssertSqlSafe(sql), a).fetch_all(c).await)?)
    }
    /// Plans have columns of their own on each database, so their rows are told apart here.
    pub(crate) async fn explain_postgres<T>(&mut self, sql: String, values: Vec<Value>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let arguments = bind::postgres(values);
        Ok(match &mut self.inner {
            Inner::Postgres(c) => sqlx::query_as_with(AssertSqlSafe(sql), arguments).fetch_all(&mut **c).await?,
            Inner::PostgresTx(c) => sqlx::query_as_with(AssertSqlSafe(sql), arguments).fetch_all(&mut **c).await?,
            Inner::Sqlite(_) | Inner::SqliteTx(_) => vec![],
        })
    }
    pub(crate) async fn explain_sqlite<T>(&mut self, sql: String, values: Vec<Value>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let arguments = bind::sqlite(values);
        Ok(match &mut self.inner {
            Inner::Sqlite(c) => sqlx::query_as_with(AssertSqlSafe(sql), arguments).fetch_all(&mut **c).await?,
            Inner::SqliteTx(c) => sqlx::query_as_with(AssertSqlSafe(sql), arguments).fetch_all(&mut **c).await?,
            Inner::Postgres(_) | Inner::PostgresTx(_) => vec![],
        })
    }
    /// Several statements at once, without values: for migrations and savepoints.
    pub(crate) async fn script(&mut self, sql: String) -> Result<()> {
        on!(self, vec![], |c, _a| sqlx::raw_sql(AssertSqlSafe(sql)).execute(c).await.map(|_| ())?);
        Ok(())
    }
}

/// One number: what counts and inserts return.
#[derive(FromRow)]
pub(crate) struct Number {
    pub(crate) n: i64,
}

/// More places than this are not worth a statement of their own.
const MOST_PLACES: usize = 256;

/// The inside of `IN (…)` with its integers bound behind the values there are. There are as many places as the next power of two,
/// so that there are few statements to tell apart, which stay prepared; never none, so that the statement stays legal.
pub(crate) fn bind_list(values: &mut Vec<Value>, ids: impl IntoIterator<Item = i64>) -> String {
    let mut ids: Vec<i64> = ids.into_iter().collect();
    let Some(last) = ids.last().copied() else { return "NULL".to_owned() };
    if ids.len() > MOST_PLACES {
        return in_list(ids);
    }
    ids.resize(ids.len().next_power_of_two(), last);
    let first = values.len() + 1;
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let places: Vec<String> = (first..first + ids.len()).map(|place| format!("${place}")).collect();
    places.join(",")
}

/// Columns with the message's bytes, which stand in a table of their own; unset when they are kept no longer.
pub(crate) fn with_raw(table: &str, columns: &str) -> String {
    columns.replace(" raw,", &format!(" (SELECT r.raw FROM {table}_raw r WHERE r.id = {table}.id) AS raw,"))
}

/// Columns with an empty value in place of the message's bytes, which are large.
pub(crate) fn without_raw(tx: &Tx, columns: &str) -> String {
    columns.replace(" raw,", if tx.is_postgres() { " ''::bytea AS raw," } else { " x'' AS raw," })
}

/// Renders integers as the inside of `IN (…)`; never empty, so that the statement stays legal.
pub(crate) fn in_list(ids: impl IntoIterator<Item = i64>) -> String {
    let list = ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(",");
    if list.is_empty() { "NULL".to_owned() } else { list }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_like_lengths_make_one_statement() {
        let bound = |ids: &[i64]| {
            let mut values = vec![Value::from(9_i64)];
            (bind_list(&mut values, ids.iter().copied()), values.len())
        };
        assert_eq!(bound(&[5, 6, 7]), ("$2,$3,$4,$5".to_owned(), 5), "the last one twice");
        assert_eq!(bound(&[5, 6, 7, 8]), bound(&[1, 2, 3]));
        assert_eq!(bound(&[5]), ("$2".to_owned(), 2));
        assert_eq!(bound(&[]), ("NULL".to_owned(), 1));
        let many: Vec<i64> = (0..300).collect();
        assert_eq!(bound(&many).1, 1, "a long list is part of its statement");
    }
}
