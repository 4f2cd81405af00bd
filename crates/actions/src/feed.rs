//! Feeds: what a search finds, at a secret address, as the person may see it who made it, at the moment of reading
//! (TC-281, TC-282). The secret is shown once and kept as a hash.

use crate::{
    Actor, Door, Error, Result, Tx,
    account::hash,
    lists::{self, Detailed, Order, OrderBy, Page},
    ticket::show::is_body,
};
use domain::{ChangeId, TicketId, change::ChangeKind, html_text::to_text};
use jiff::SignedDuration;
pub use storage::feed::Feed;

/// Of one person.
const MOST: i64 = 50;
/// Tickets in a feed.
const MOST_ITEMS: i64 = 100;
/// Of a ticket's first message.
const LONGEST_TEXT: usize = 2_000;
/// Longer bodies are not read at all.
const LONGEST_BODY: i64 = 64 * 1024;
const REMEMBER: SignedDuration = SignedDuration::from_hours(1);

/// One ticket of a feed.
#[derive(Clone, Debug)]
pub struct Item {
    pub of: Detailed,
    /// How its first message begins.
    pub text: String,
}

/// The secret of a new feed of one's own, never to be had again.
pub async fn create(tx: &mut Tx, actor: &Actor, name: &str, query: &str) -> Result<String> {
    let name = crate::dashboard::name(name)?;
    let query = query.trim();
    let parsed = lists::parse(query)?;
    lists::check(tx, actor, &parsed, query)?;
    if storage::feed::of_user(&mut tx.db, actor.id(), MOST).await?.len() as i64 >= MOST {
        return Err(Error::invalid("", format!("At most {MOST} feeds, please; revoke one first.")));
    }
    let secret = format!("{}{}", tx.random_hex(), tx.random_hex());
    let now = tx.now();
    storage::feed::insert(&mut tx.db, actor.id(), &hash(&secret), (&name, query), now).await?;
    storage::audit::append(&mut tx.db, actor.id(), "create feed", &name, now).await?;
    Ok(secret)
}

/// One's own.
pub async fn feeds(tx: &mut Tx, actor: &Actor) -> Result<Vec<Feed>> {
    Ok(storage::feed::of_user(&mut tx.db, actor.id(), MOST).await?)
}

/// From now on its address leads nowhere.
pub async fn revoke(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    if !storage::feed::delete(&mut tx.db, actor.id(), id).await? {
        return Err(Error::NotFound);
    }
    let now = tx.now();
    Ok(storage::audit::append(&mut tx.db, actor.id(), "revoke feed", &id.to_string(), now).await?)
}

/// Whose feed a secret opens; nobody's when it was revoked or its owner is disabled. The last value tells that its use should be
/// written down with [`used`].
pub async fn open(tx: &mut Tx, secret: &str) -> Result<(Actor, Feed, bool)> {
    let feed = storage::feed::by_hash(&mut tx.db, &hash(secret.trim())).await?.ok_or(Error::NotFound)?;
    let user = storage::person::get(&mut tx.db, feed.user).await?.ok_or(Error::NotFound)?;
    let actor = Actor::of(tx, user, Door::Web).ok_or(Error::NotFound)?;
    let now = tx.now();
    let stale = feed.used.is_none_or(|used| now.duration_since(used) > REMEMBER);
    Ok((actor, feed, stale))
}

pub async fn used(tx: &mut Tx, feed: &Feed) -> Result<()> {
    let now = tx.now();
    Ok(storage::feed::used(&mut tx.db, feed.id, now).await?)
}

/// Which tickets of a feed come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    Newest,
    /// Tickets without a date are left out.
    Due,
}

/// The tickets of a feed, with how their first messages begin: a constant number of statements.
pub async fn items(tx: &mut Tx, actor: &Actor, feed: &Feed, first: First) -> Result<Vec<Item>> {
    let mut query = lists::parse(&feed.query)?;
    let order = match first {
        First::Newest => OrderBy::descending(Order::Created),
        First::Due => OrderBy::ascending(Order::Due),
    };
    if first == First::Due {
        let has_due = query::Term::new(query::Field::named("Due"), query::Op::IsNot, query::Value::Null);
        query = query::Query::And(vec![query, query::Query::Term(has_due)]);
    }
    lists::check(tx, actor, &query, &feed.query)?;
    let tickets = lists::search(tx, actor, &query, &[order], Page { limit: MOST_ITEMS, offset: 0 }).await?;
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let texts = beginnings(tx, &ids).await?;
    let detailed = lists::detailed(tx, actor, tickets).await?;
    let text = |id: TicketId| texts.iter().find(|(ticket, _)| *ticket == id).map(|(_, text)| text.clone()).unwrap_or_default();
    Ok(detailed.into_iter().map(|of| Item { text: text(of.ticket.id), of }).collect())
}

/// Whoever sees a ticket sees what it began with.
async fn beginnings(tx: &mut Tx, ids: &[TicketId]) -> Result<Vec<(TicketId, String)>> {
    let changes = storage::change::first_of(&mut tx.db, ids).await?;
    let changes: Vec<_> = changes.into_iter().filter(|change| change.what.kind == ChangeKind::Create).collect();
    let of: Vec<ChangeId> = changes.iter().map(|change| change.id).collect();
    let mut parts = storage::part::of_changes(&mut tx.db, &of).await?;
    parts.retain(is_body);
    let bodies: Vec<i64> = parts.iter().map(|part| part.id).collect();
    let contents = storage::blob::of_parts(&mut tx.db, &bodies, LONGEST_BODY).await?;
    let text = |change: ChangeId| {
        let body = |kind: &str| {
            let part = parts.iter().find(|part| part.change == change && part.content_type == kind)?;
            contents.iter().find(|(id, _)| *id == part.id).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        };
        body("text/plain").or_else(|| body("text/html").as_deref().map(to_text)).unwrap_or_default()
    };
    let begin = |text: String| text.trim().chars().take(LONGEST_TEXT).collect::<String>();
    Ok(changes.iter().map(|change| (change.ticket, begin(text(change.id)))).collect())
}
