//! What somebody hears of all at once, instead of letter by letter (TC-179): written when its time has come, with what they may see
//! then, and forgotten in the same transaction.

use crate::{
    Actor, Desk, Door, Error, Result, Tx, access,
    automatic::{self, Automatic},
    ticket::show::{self, Entry},
};
use domain::{
    ChangeId, Right, Ticket, TicketId, UserId,
    change::ChangeKind,
    digest::Frequency,
    person::{EmailAddress, User},
    preference,
};
use serde_json::{Value, json};
use storage::outbound::NewOutbound;

const TEMPLATE: &str = "Email Digest";
/// People looked at in one round.
const MOST_PEOPLE: i64 = 1_000;
/// Changes in one letter; more make another letter.
const MOST_CHANGES: i64 = 200;
/// Of each message.
const LONGEST_TEXT: usize = 600;

/// Writes the digests that are due. One that cannot be written is kept for the next round. Returns how many were.
pub async fn write_due(desk: &Desk) -> Result<u64> {
    let mut look = desk.read().await?;
    let now = look.now();
    let people = storage::digest::due(&mut look.db, now, MOST_PEOPLE).await?;
    drop(look);
    let mut written = 0;
    for user in people {
        match write(desk, user).await {
            Ok(letter) => written += u64::from(letter),
            Err(error) => tracing::error!(user.id = user.0, %error, "a digest cannot be written now"),
        }
    }
    Ok(written)
}

/// Whether there was something to say.
async fn write(desk: &Desk, id: UserId) -> Result<bool> {
    let mut tx = desk.write().await?;
    let now = tx.now();
    let waiting = storage::digest::take(&mut tx.db, id, now, MOST_CHANGES).await?;
    let letter = match reader(&mut tx, id).await? {
        Some((actor, address)) => compose(&mut tx, &actor, &address, &waiting).await?,
        None => None,
    };
    let is_letter = letter.is_some();
    if let Some(letter) = letter {
        storage::outbound::insert(&mut tx.db, &letter, now, now).await?;
        tx.outbox_was_filled();
    }
    tx.commit().await?;
    Ok(is_letter)
}

/// Nobody who is disabled, has no address or wants no mail by now.
pub(crate) async fn reader(tx: &mut Tx, id: UserId) -> Result<Option<(Actor, EmailAddress)>> {
    let Some(user) = storage::person::get(&mut tx.db, id).await? else { return Ok(None) };
    let suspended = frequency_of(tx, id).await? == Frequency::Suspended;
    let address = user.email.clone().filter(|address| !suspended && !tx.catalog().is_own_address(address));
    Ok(address.and_then(|address| Some((Actor::of(tx, user, Door::Email)?, address))))
}

async fn frequency_of(tx: &mut Tx, id: UserId) -> Result<Frequency> {
    let preferences = crate::account::preferences_of(tx, id).await?;
    Ok(Frequency::parse(preferences.text(preference::MAIL_FREQUENCY)))
}

async fn compose(
    tx: &mut Tx,
    actor: &Actor,
    address: &EmailAddress,
    waiting: &[(TicketId, ChangeId)],
) -> Result<Option<NewOutbound>> {
    let (mut tickets, mut from) = (Vec::new(), None);
    for id in in_order(waiting) {
        let changes: Vec<ChangeId> = waiting.iter().filter(|(ticket, _)| *ticket == id).map(|(_, change)| *change).collect();
        let ticket = match access::ticket(tx, actor, id).await {
            Ok(ticket) => ticket,
            // not theirs to see any more
            Err(Error::NotFound | Error::Forbidden(_) | Error::Disabled(_)) => continue,
            Err(error) => return Err(error),
        };
        let changes = storage::change::by_ids(&mut tx.db, &changes).await?;
        let mut entries = show::entries_with_texts(tx, actor, &ticket, changes).await?;
        entries.sort_by_key(|entry| entry.change.id);
        if !entries.is_empty() {
            let catalog = tx.catalog();
            from = from.or_else(|| catalog.queue(ticket.queue).and_then(|queue| catalog.address(queue, false)));
            tickets.push(told(tx, &ticket, &entries));
        }
    }
    if tickets.is_empty() {
        return Ok(None);
    }
    let frequency = match frequency_of(tx, actor.id()).await? {
        // they chose otherwise meanwhile
        Frequency::Each | Frequency::Suspended => "last",
        still => still.as_str(),
    };
    let context = json!({
        "installation": tx.catalog().installation(),
        "digest": { "frequency": frequency, "name": actor.user.display_name(), "tickets": tickets },
    });
    let to = (&actor.user, address);
    let automatic = Automatic { template: TEMPLATE, kind: "digest", to, from, context, headers: vec![], attachments: vec![] };
    Ok(Some(automatic::letter(tx, automatic)?))
}

/// Tickets as they come first.
fn in_order(waiting: &[(TicketId, ChangeId)]) -> Vec<TicketId> {
    let mut tickets: Vec<TicketId> = Vec::new();
    for (ticket, _) in waiting {
        if !tickets.contains(ticket) {
            tickets.push(*ticket);
        }
    }
    tickets
}

fn told(tx: &Tx, ticket: &Ticket, entries: &[Entry]) -> Value {
    let catalog = tx.catalog();
    json!({
        "id": ticket.id.0,
        "subject": ticket.subject,
        "status": ticket.status,
        "queue": catalog.queue(ticket.queue).map(|queue| queue.name.clone()).unwrap_or_default(),
        "url": format!("{}/tickets/{}", tx.desk().public_url(), ticket.id),
        "changes": entries.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(entry: &Entry) -> Value {
    let what = &entry.change.what;
    let names_people =
        matches!(what.kind, ChangeKind::AddWatcher | ChangeKind::DelWatcher) || what.field.as_deref() == Some("Owner");
    let name = |id: &str| {
        let called = entry.called.iter().find(|(number, _)| number.to_string() == id).filter(|_| names_people);
        called.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    };
    json!({
        "kind": what.kind.as_str(),
        "field": what.field,
        "old": what.old.as_deref().map(name),
        "new": what.new.as_deref().map(name),
        "at": entry.change.created.to_string(),
        "actor": entry.actor.display_name(),
        "text": entry.text.trim().chars().take(LONGEST_TEXT).collect::<String>(),
    })
}

/// Who suspended their mail, above a number, for administrators.
pub async fn suspended(tx: &mut Tx, actor: &Actor, after: UserId, limit: i64) -> Result<Vec<User>> {
    access::require_global(tx, actor, Right::ShowConfigTab)?;
    let ids = storage::digest::suspended(&mut tx.db, after, limit).await?;
    Ok(storage::person::by_ids(&mut tx.db, &ids).await?)
}

/// Whether nothing is to be sent to an address.
pub(crate) async fn is_suspended(tx: &mut Tx, address: &str) -> Result<bool> {
    let choices = storage::digest::choices(&mut tx.db, &[&address.to_lowercase()]).await?;
    Ok(choices.iter().any(|(_, _, choice)| Frequency::parse(choice) == Frequency::Suspended))
}
