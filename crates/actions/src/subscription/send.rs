//! Sending dashboards whose time has come. What each reader gets is put together with their rights before anything is written; then
//! all letters go into the outbox in the transaction that marks the subscription as done, so that a crash sends none twice.

use super::content;
use crate::{
    Actor, Desk, Door, Result, Tx,
    automatic::{self, Automatic},
    dashboard, digest, lists,
};
use domain::{
    UserId,
    dashboard::{Dashboard, SavedSearch, Widget},
    subscription::{Recipient, Subscription},
};
use jiff::tz::TimeZone;
use mail_out::Attachment;
use serde_json::json;
use storage::outbound::NewOutbound;

/// The template.
const TEMPLATE: &str = "Dashboard";
/// Subscriptions looked at in one round.
const MOST: i64 = 500;
/// People who get one.
const MOST_READERS: usize = 500;

/// Writes the dashboards that are due. One that cannot be written is tried again in the next round. Returns how many letters were.
pub async fn send_due(desk: &Desk) -> Result<u64> {
    let mut look = desk.read().await?;
    let now = look.now();
    let due = storage::subscription::due(&mut look.db, now, MOST).await?;
    drop(look);
    let mut written = 0;
    for subscription in due {
        match send(desk, &subscription).await {
            Ok(letters) => written += letters,
            Err(error) => tracing::error!(subscription.id, %error, "a dashboard cannot be sent now"),
        }
    }
    Ok(written)
}

async fn send(desk: &Desk, subscription: &Subscription) -> Result<u64> {
    let mut look = desk.read().await?;
    let subscriber = subscriber(&mut look, subscription.user).await?;
    let letters = match &subscriber {
        Some(subscriber) => letters(&mut look, subscriber, subscription).await?,
        None => vec![],
    };
    drop(look);
    let mut tx = desk.write().await?;
    let now = tx.now();
    let zone = subscriber.as_ref().map_or(TimeZone::UTC, lists::zone_of);
    let kept = subscription.next.unwrap_or(now);
    // after a long stop once is enough
    let next = subscription
        .schedule
        .following(kept, &zone)
        .map(|next| if next > now { Some(next) } else { subscription.schedule.next(now, &zone) });
    let sent = (!letters.is_empty()).then_some(now);
    if !storage::subscription::advance(&mut tx.db, subscription, next.flatten(), sent).await? {
        return Ok(0);
    }
    for letter in &letters {
        storage::outbound::insert(&mut tx.db, letter, now, now).await?;
    }
    if !letters.is_empty() {
        tx.outbox_was_filled();
    }
    tx.commit().await?;
    Ok(letters.len() as u64)
}

/// Whose it is, while they work here.
async fn subscriber(tx: &mut Tx, id: UserId) -> Result<Option<Actor>> {
    let user = storage::person::get(&mut tx.db, id).await?.filter(|user| user.privileged);
    Ok(user.and_then(|user| Actor::of(tx, user, Door::Email)))
}

/// A dashboard that the subscriber may not read any more goes to nobody.
async fn letters(tx: &mut Tx, subscriber: &Actor, subscription: &Subscription) -> Result<Vec<NewOutbound>> {
    let (found, widgets) = match dashboard::dashboard(tx, subscriber, subscription.dashboard).await {
        Err(crate::Error::NotFound) => return Ok(vec![]),
        other => other?,
    };
    let searches = dashboard::saved_searches(tx, subscriber).await?;
    let what = What { dashboard: &found, widgets: &widgets, searches: &searches, subscriber, subscription };
    let mut letters = Vec::new();
    for reader in readers(tx, subscription) {
        letters.extend(letter(tx, &what, reader).await?);
    }
    Ok(letters)
}

/// Everybody once, groups as they are now.
fn readers(tx: &Tx, subscription: &Subscription) -> Vec<UserId> {
    let catalog = tx.catalog();
    let mut readers: Vec<UserId> = Vec::new();
    for recipient in &subscription.recipients {
        match recipient {
            Recipient::User(id) => readers.push(*id),
            Recipient::Group(group) => readers.extend(catalog.members_of(*group)),
        }
    }
    let mut seen = std::collections::HashSet::new();
    readers.retain(|id| seen.insert(*id));
    readers.truncate(MOST_READERS);
    readers
}

struct What<'a> {
    dashboard: &'a Dashboard,
    widgets: &'a [Widget],
    searches: &'a [SavedSearch],
    subscriber: &'a Actor,
    subscription: &'a Subscription,
}

/// `None` for those who are disabled, have no address or want no mail, and where there is nothing to tell.
async fn letter(tx: &mut Tx, what: &What<'_>, reader: UserId) -> Result<Option<NewOutbound>> {
    let Some((actor, address)) = digest::reader(tx, reader).await? else { return Ok(None) };
    let tables = content::tables(tx, &actor, (what.widgets, what.searches), what.subscription.rows).await?;
    if what.subscription.suppress_empty && tables.iter().all(|table| table.rows.is_empty()) {
        return Ok(None);
    }
    let spreadsheet = Attachment {
        file_name: Some(format!("{}.xlsx", what.dashboard.name)),
        content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        bytes: content::book(&tables)?,
    };
    let context = json!({
        "installation": tx.catalog().installation(),
        "dashboard": {
            "name": what.dashboard.name,
            "url": format!("{}/dashboards/{}", tx.desk().public_url(), what.dashboard.id),
            "html": content::html(&tables),
            "reader": actor.user.display_name(),
            "subscriber": what.subscriber.user.display_name(),
        },
    });
    let headers = [("X-RT-Dashboard-Id", what.dashboard.id), ("X-RT-Dashboard-Subscription-Id", what.subscription.id)];
    let automatic = Automatic {
        template: TEMPLATE,
        kind: "dashboard",
        to: (&actor.user, &address),
        from: None,
        context,
        headers: headers.map(|(name, id)| (name.to_owned(), id.to_string())).to_vec(),
        attachments: if tables.is_empty() { vec![] } else { vec![spreadsheet] },
    };
    Ok(Some(automatic::letter(tx, automatic)?))
}
