//! Dashboards by mail (TC-291). Everybody gets what they themselves may see when it goes out, whoever had it sent; hence all who get
//! it have an account.

mod content;
mod input;
mod send;

pub use input::SubscriptionInput;
pub use send::send_due;

use crate::{Actor, Error, Result, Tx, dashboard, lists};
use domain::{
    Right,
    subscription::{Recipient, Subscription},
};

/// Of one person.
const MOST: i64 = 50;

/// Only people who work here have dashboards sent.
fn require(actor: &Actor) -> Result<()> {
    if actor.user.privileged { Ok(()) } else { Err(Error::Forbidden(Right::LoadSavedSearch)) }
}

/// Has a dashboard sent that the actor may read.
pub async fn subscribe(tx: &mut Tx, actor: &Actor, id: i64, input: &SubscriptionInput) -> Result<i64> {
    require(actor)?;
    dashboard::dashboard(tx, actor, id).await?;
    if subscriptions(tx, actor).await?.len() as i64 >= MOST {
        return Err(Error::invalid("", format!("At most {MOST} subscriptions, please.")));
    }
    let one = read(tx, actor, (0, id), input).await?;
    let number = storage::subscription::insert(&mut tx.db, &one).await?;
    note(tx, actor, "subscribe dashboard", number).await?;
    Ok(number)
}

/// One's own, oldest first.
pub async fn subscriptions(tx: &mut Tx, actor: &Actor) -> Result<Vec<Subscription>> {
    Ok(storage::subscription::of_user(&mut tx.db, actor.id(), MOST).await?)
}

pub async fn subscription(tx: &mut Tx, actor: &Actor, id: i64) -> Result<Subscription> {
    subscriptions(tx, actor).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

pub async fn change(tx: &mut Tx, actor: &Actor, id: i64, input: &SubscriptionInput) -> Result<()> {
    require(actor)?;
    let old = subscription(tx, actor, id).await?;
    let one = read(tx, actor, (id, old.dashboard), input).await?;
    storage::subscription::update(&mut tx.db, &one).await?;
    note(tx, actor, "change subscription", id).await
}

pub async fn unsubscribe(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    subscription(tx, actor, id).await?;
    storage::subscription::delete(&mut tx.db, id).await?;
    note(tx, actor, "unsubscribe dashboard", id).await
}

async fn note(tx: &mut Tx, actor: &Actor, kind: &str, id: i64) -> Result<()> {
    let now = tx.now();
    Ok(storage::audit::append(&mut tx.db, actor.id(), kind, &id.to_string(), now).await?)
}

async fn read(tx: &mut Tx, actor: &Actor, (id, dashboard): (i64, i64), input: &SubscriptionInput) -> Result<Subscription> {
    let (schedule, rows, recipients) = input::read(tx, input).await?;
    let next = schedule.next(tx.now(), &lists::zone_of(actor));
    let user = actor.id();
    Ok(Subscription { id, dashboard, user, schedule, rows, suppress_empty: input.suppress_empty, recipients, next, sent: None })
}

/// Recipients as a form shows them, a line each.
pub async fn recipient_lines(tx: &mut Tx, recipients: &[Recipient]) -> Result<String> {
    let catalog = tx.catalog();
    let mut lines = Vec::new();
    for recipient in recipients {
        let line = match recipient {
            Recipient::User(id) => storage::person::get(&mut tx.db, *id).await?.map(|user| user.name),
            Recipient::Group(id) => catalog.group_name(*id).map(str::to_owned),
        };
        lines.extend(line);
    }
    Ok(lines.join("\n"))
}
