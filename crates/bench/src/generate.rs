//! Fills an installation with tickets as a team would have them after three years: families of an Incident with its reports,
//! Investigations and Countermeasures, each with its history. Always the same for the same number. Written past the verbs, so no
//! mail leaves; `watchbell verify` finds every chain whole.

mod chance;
mod family;
mod long;
mod place;
mod told;
mod words;

use actions::Desk;
use anyhow::Result;
use chance::Chance;
use domain::TicketId;
use place::Place;
use storage::bulk::{self, Bulk};

/// Tickets in one transaction.
const STEP: i64 = 500;

/// Adds `count` tickets to an installation that has accounts and queues.
pub async fn generate(desk: &Desk, count: i64) -> Result<()> {
    let mut chance = Chance::new(7);
    let place = Place::prepare(desk, count).await?;
    let first = bulk::highest(&mut desk.db().read().await?).await?;
    let mut numbers = first;
    let mut bulk = Bulk::default();
    let mut written = 0;
    while numbers.ticket - first.ticket < count {
        let made = numbers.ticket - first.ticket;
        let age = 1.0 - made as f64 / count as f64;
        family::tell(
            &mut family::Teller { place: &place, chance: &mut chance, bulk: &mut bulk, numbers: &mut numbers },
            age,
            count - made,
        );
        if numbers.ticket - first.ticket - written >= STEP {
            write(desk, &mut bulk).await?;
            written = numbers.ticket - first.ticket;
        }
    }
    write(desk, &mut bulk).await?;
    let mut tx = desk.db().write().await?;
    bulk::go_on_counting(&mut tx).await?;
    tx.commit().await?;
    bulk::tidy(desk.db()).await?;
    Ok(())
}

/// Adds one report with so many messages.
pub async fn generate_long(desk: &Desk, messages: u64) -> Result<TicketId> {
    let place = Place::prepare(desk, 1).await?;
    let mut numbers = bulk::highest(&mut desk.db().read().await?).await?;
    let mut bulk = Bulk::default();
    let ticket = long::tell(&place, &mut bulk, &mut numbers, messages);
    write(desk, &mut bulk).await?;
    let mut tx = desk.db().write().await?;
    bulk::go_on_counting(&mut tx).await?;
    tx.commit().await?;
    Ok(ticket)
}

async fn write(desk: &Desk, bulk: &mut Bulk) -> Result<()> {
    let mut tx = desk.db().write().await?;
    bulk.write(&mut tx).await?;
    Ok(tx.commit().await?)
}
