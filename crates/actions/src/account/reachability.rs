//! Whom mail does not reach: marked by a report of final failure about a letter of ours, until they write to us or staff says
//! that it is mended.

pub use storage::unreachable::Unreachable;

use super::person::require_staff;
use crate::{Actor, Door, Result, Tx};
use domain::{UserId, person::EmailAddress};
use storage::outbound::Outbound;

/// Marks those whom the letter went to; what a report says of others is not believed.
pub async fn mark(tx: &mut Tx, letter: &Outbound, gone: &[(String, String)]) -> Result<()> {
    let now = tx.now();
    let system = Actor::system(Door::Email);
    let was_sent = |address: &str| letter.letter.recipients.iter().any(|sent| sent.eq_ignore_ascii_case(address));
    for (address, reason) in gone.iter().filter(|(address, _)| was_sent(address)) {
        let Ok(address) = EmailAddress::parse(address) else { continue };
        let Some(user) = storage::person::by_email(&mut tx.db, &address).await? else { continue };
        let is_known = !storage::unreachable::of_users(&mut tx.db, &[user.id]).await?.is_empty();
        storage::unreachable::mark(&mut tx.db, user.id, &address, reason, now).await?;
        if !is_known {
            storage::audit::append(&mut tx.db, system.id(), "mail bounces", &format!("{address}: {reason}"), now).await?;
        }
    }
    Ok(())
}

/// Somebody wrote to us, so their address is in use.
pub async fn wrote(tx: &mut Tx, author: &Actor) -> Result<()> {
    unmark(tx, author, author.id()).await
}

/// Staff knows better than the report.
pub async fn believe(tx: &mut Tx, actor: &Actor, id: UserId) -> Result<()> {
    require_staff(tx, actor, None)?;
    unmark(tx, actor, id).await
}

async fn unmark(tx: &mut Tx, actor: &Actor, id: UserId) -> Result<()> {
    if storage::unreachable::clear(&mut tx.db, id).await? {
        let name = storage::person::get(&mut tx.db, id).await?.map_or_else(String::new, |user| user.name);
        let now = tx.now();
        storage::audit::append(&mut tx.db, actor.id(), "mail arrives again", &name, now).await?;
    }
    Ok(())
}

/// Those of some people whom mail does not reach; for staff.
pub async fn unreachable(tx: &mut Tx, actor: &Actor, people: &[UserId]) -> Result<Vec<Unreachable>> {
    match require_staff(tx, actor, None) {
        Ok(()) => Ok(storage::unreachable::of_users(&mut tx.db, people).await?),
        Err(_) => Ok(vec![]),
    }
}
