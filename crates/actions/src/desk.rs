//! The handle doors hold, and the transaction they begin from it.

use crate::{
    Catalog, Clock, Error, Result, act, automation,
    live::{Newsroom, Note},
};
use domain::{ActId, QueueId, TicketId, UserId, digest::Frequency, person::EmailAddress};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, RwLock, Weak},
    time::Duration,
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How old a count may be that another process may have made wrong.
const FRESH: SignedDuration = SignedDuration::from_secs(2);

/// Searches of one person at the same time, and how long another waits.
const SEARCHES: usize = 3;
const LONGEST_TURN: Duration = Duration::from_secs(15);

/// What the machine decides and the verbs need to know.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Where browsers reach us, without a slash at the end.
    pub public_url: String,
    /// Whom rules may call; how is the jobs' to know.
    pub receivers: Vec<String>,
}

/// Something that open pages may want to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    TicketChanged(TicketId),
    /// Who is at a ticket, or who holds its lock.
    PeopleChanged(TicketId),
}

/// One recipient of one letter, and the rule that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub rule: String,
    pub address: EmailAddress,
    pub name: Option<String>,
    /// Hidden from the others.
    pub hidden: bool,
    /// Whether they get it now, in a digest or not at all.
    pub frequency: Frequency,
}

/// Begins transactions; cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    db: storage::Db,
    clock: Arc<dyn Clock>,
    surroundings: Surroundings,
    catalog: RwLock<Option<Arc<Catalog>>>,
    outbox_filled: Notify,
    inbox_filled: Notify,
    heavy: Arc<Semaphore>,
    searches: Mutex<HashMap<UserId, Weak<Semaphore>>>,
    counts: Mutex<Counted>,
    news: Newsroom,
}

/// Open tickets by queue and status, as they were counted last.
pub(crate) type Counts = Arc<Vec<(QueueId, String, i64)>>;

/// A copy that is thrown away when this process changes a ticket, and soon anyway, because others may.
#[derive(Default)]
struct Counted {
    changes: u64,
    last: Option<(Timestamp, Counts)>,
}

/// One transaction: the moment it began, the catalog it sees, and what must happen after its commit.
pub struct Tx {
    pub(crate) db: storage::Tx,
    desk: Desk,
    catalog: Arc<Catalog>,
    pub(crate) now: Timestamp,
    /// How deep rules have called verbs that called rules.
    pub(crate) depth: u32,
    pub(crate) savepoints: u32,
    pub(crate) batch: Vec<automation::Later>,
    /// What rules did and wrote in this transaction: what a preview shows (TC-026).
    pub(crate) ran: Vec<String>,
    pub(crate) posted: Vec<Posted>,
    /// What rules did, noted when the transaction ends.
    pub(crate) runs: Vec<storage::rule::Run>,
    /// What an undoing will have to know.
    pub(crate) noted: act::Noted,
    touched: Vec<TicketId>,
    people_changed: Vec<TicketId>,
    outbox_filled: bool,
    inbox_filled: bool,
}

impl Desk {
    #[must_use]
    pub fn new(db: storage::Db, clock: Arc<dyn Clock>, surroundings: Surroundings) -> Self {
        let news = Newsroom::new(hex::encode(clock.random()));
        Self(Arc::new(Inner {
            db,
            clock,
            surroundings,
            catalog: RwLock::new(None),
            outbox_filled: Notify::new(),
            inbox_filled: Notify::new(),
            heavy: Arc::new(Semaphore::new(1)),
            searches: Mutex::default(),
            counts: Mutex::default(),
            news,
        }))
    }

    /// Opens `sqlite://…` or `postgres://…`.
    pub async fn open(url: &str, clock: Arc<dyn Clock>, surroundings: Surroundings) -> Result<Self> {
        Ok(Self::new(storage::Db::open(url, storage::Options::default()).await?, clock, surroundings))
    }

    /// For looking only: each statement stands alone and nothing can be written on SQLite.
    pub async fn read(&self) -> Result<Tx> {
        let db = self.0.db.read().await?;
        self.begin(db).await
    }

    /// For changing: all of it happens at [`Tx::commit`], or none.
    pub async fn write(&self) -> Result<Tx> {
        let db = self.0.db.write().await?;
        self.begin(db).await
    }

    async fn begin(&self, mut db: storage::Tx) -> Result<Tx> {
        let catalog = self.catalog(&mut db).await?;
        let now = self.0.clock.now();
        let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
        Ok(Tx {
            db,
            desk: self.clone(),
            catalog,
            now,
            depth: 0,
            savepoints: 0,
            batch: vec![],
            ran: vec![],
            posted: vec![],
            runs: vec![],
            noted: act::Noted::default(),
            touched: vec![],
            people_changed: vec![],
            outbox_filled: false,
            inbox_filled: false,
        })
    }

    async fn catalog(&self, db: &mut storage::Tx) -> Result<Arc<Catalog>> {
        let version = storage::catalog::version(db).await?;
        let known = self.0.catalog.read().ok().and_then(|catalog| catalog.clone());
        if let Some(catalog) = known.filter(|catalog| catalog.version == version && catalog.is_directory_current()) {
            return Ok(catalog);
        }
        // at the beginning of a transaction only committed data is seen
        let catalog = Arc::new(Catalog::new(storage::catalog::read(db).await?));
        self.keep(&catalog);
        Ok(catalog)
    }

    /// Keeps a catalog that committed data was read from.
    fn keep(&self, catalog: &Arc<Catalog>) {
        if let Ok(mut kept) = self.0.catalog.write()
            && kept.as_ref().is_none_or(|kept| kept.version <= catalog.version)
        {
            *kept = Some(catalog.clone());
        }
    }

    #[must_use]
    pub fn db(&self) -> &storage::Db {
        &self.0.db
    }
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
    #[must_use]
    pub fn random(&self) -> [u8; 16] {
        self.0.clock.random()
    }
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.surroundings.public_url
    }
    /// Names of those whom rules may call.
    #[must_use]
    pub fn receivers(&self) -> &[String] {
        &self.0.surroundings.receivers
    }
    /// The last count and how many changes this process had made by then, if it is fresh.
    pub(crate) fn counted(&self, now: Timestamp) -> (u64, Option<Counts>) {
        let Ok(counted) = self.0.counts.lock() else { return (0, None) };
        let fresh = counted.last.as_ref().filter(|(at, _)| now.duration_since(*at).abs() < FRESH);
        (counted.changes, fresh.map(|(_, counts)| counts.clone()))
    }
    /// Keeps a count, unless something changed since it was begun.
    pub(crate) fn keep_counts(&self, changes: u64, now: Timestamp, counts: &Counts) {
        if let Ok(mut counted) = self.0.counts.lock()
            && counted.changes == changes
        {
            counted.last = Some((now, counts.clone()));
        }
    }
    pub(crate) fn news(&self) -> &Newsroom {
        &self.0.news
    }
    pub(crate) fn forget_counts(&self) {
        if let Ok(mut counted) = self.0.counts.lock() {
            counted.changes += 1;
            counted.last = None;
        }
    }

    /// The place of what takes many megabytes of memory for a moment: whoever holds it is alone with that. It is waited for before a
    /// transaction is begun, never within one.
    #[must_use]
    pub fn heavy(&self) -> Arc<Semaphore> {
        self.0.heavy.clone()
    }

    /// A turn at searching, held while one searches: one person's searches wait for each other, and leave connections to the others.
    /// It is taken before the connection is.
    pub async fn search_turn(&self, user: UserId) -> Result<OwnedSemaphorePermit> {
        let busy = || Error::Unavailable(format!("user {user} has {SEARCHES} searches running already"));
        let places = {
            let mut searches = self.0.searches.lock().map_err(|_| busy())?;
            searches.retain(|_, places| places.strong_count() > 0);
            let places = searches.get(&user).and_then(Weak::upgrade).unwrap_or_else(|| Arc::new(Semaphore::new(SEARCHES)));
            searches.insert(user, Arc::downgrade(&places));
            places
        };
        let turn = tokio::time::timeout(LONGEST_TURN, places.acquire_owned()).await;
        turn.ok().and_then(std::result::Result::ok).ok_or_else(busy)
    }

    /// Waits until this process puts mail into the outbox.
    pub async fn outbox_filled(&self) {
        self.0.outbox_filled.notified().await;
    }
    /// Waits until this process takes a message in.
    pub async fn inbox_filled(&self) {
        self.0.inbox_filled.notified().await;
    }
}

impl Tx {
    /// The moment everything in this transaction happens at.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }
    #[must_use]
    pub fn catalog(&self) -> Arc<Catalog> {
        self.catalog.clone()
    }
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.desk
    }
    /// Unguessable, in hex.
    #[must_use]
    pub fn random_hex(&self) -> String {
        hex::encode(self.desk.random())
    }
    /// Acts at another moment than now: the demo world tells of the past.
    pub fn pretend(&mut self, now: Timestamp) {
        self.now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
    }

    /// Makes everything lasting, then wakes whoever waits for it.
    pub async fn commit(self) -> Result<()> {
        self.commit_act().await.map(drop)
    }

    /// The same, with the number of the act if it was one: something that a person did and that can be asked for again.
    pub async fn commit_act(mut self) -> Result<Option<ActId>> {
        self.end_step().await?;
        let act = act::keep(&mut self).await?;
        self.db.commit().await?;
        self.desk.keep(&self.catalog);
        if !self.touched.is_empty() {
            self.desk.forget_counts();
        }
        for ticket in self.touched {
            self.desk.tell_of_change(ticket);
        }
        for ticket in self.people_changed {
            self.desk.tell(Live::PeopleChanged(ticket));
            self.desk.pass_on(&Note::People(ticket));
        }
        if self.outbox_filled {
            self.desk.0.outbox_filled.notify_waiters();
            self.desk.0.outbox_filled.notify_one();
        }
        if self.inbox_filled {
            self.desk.0.inbox_filled.notify_one();
        }
        Ok(act)
    }

    /// Does what a commit does before its end, when more that is independent of it follows in the same transaction.
    pub async fn end_step(&mut self) -> Result<()> {
        automation::run_batch(self).await?;
        let runs = std::mem::take(&mut self.runs);
        Ok(storage::rule::insert_runs(&mut self.db, &runs).await?)
    }

    /// Undoes everything now; a drop does so some time later.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.db.rollback().await?)
    }

    pub(crate) fn touch(&mut self, ticket: TicketId) {
        if !self.touched.contains(&ticket) {
            self.touched.push(ticket);
        }
    }
    /// A lock came or went.
    pub(crate) fn tell_of_people(&mut self, ticket: TicketId) {
        if !self.people_changed.contains(&ticket) {
            self.people_changed.push(ticket);
        }
    }
    pub(crate) fn outbox_was_filled(&mut self) {
        self.outbox_filled = true;
    }
    pub(crate) fn inbox_was_filled(&mut self) {
        self.inbox_filled = true;
    }
    /// After a verb changed what the catalog shows: marks it and reads it again.
    pub(crate) async fn catalog_changed(&mut self) -> Result<()> {
        storage::catalog::touch(&mut self.db).await?;
        self.catalog = Arc::new(Catalog::new(storage::catalog::read(&mut self.db).await?));
        Ok(())
    }
    pub(crate) async fn savepoint(&mut self) -> Result<u32> {
        self.savepoints += 1;
        self.db.savepoint(self.savepoints).await?;
        self.noted.mark(self.savepoints);
        Ok(self.savepoints)
    }
    pub(crate) async fn release(&mut self, point: u32) -> Result<()> {
        self.noted.unmark(point);
        Ok(self.db.release(point).await?)
    }
    pub(crate) async fn rollback_to(&mut self, point: u32) -> Result<()> {
        self.noted.forget_since(point);
        Ok(self.db.rollback_to(point).await?)
    }
}
