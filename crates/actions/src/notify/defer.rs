//! Who wants no letters of their own: what is told later in a digest, and who gets no mail at all (TC-179).

use super::{Cause, left_out::Why, recipients::Addressed};
use crate::{Actor, Door, Posted, Result, Tx, access};
use domain::{Right, Ticket, UserId, digest::Frequency};

/// Takes them out of the recipients. What waits for a digest is remembered in the transaction of the letter. Returns what a preview
/// tells of them.
pub(super) async fn defer(tx: &mut Tx, cause: Cause<'_>, addressed: &mut Addressed) -> Result<Vec<Posted>> {
    let addresses = addressed.everyone();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut posted = Vec::new();
    for (user, address, choice) in storage::digest::choices(&mut tx.db, &addresses).await? {
        let frequency = Frequency::parse(&choice);
        let why = match frequency {
            Frequency::Each => continue,
            Frequency::Suspended => Why::Suspended,
            // a digest tells what somebody may see on the page; to others the letter is all there is
            _ if !may_see(tx, user, cause.ticket).await? => continue,
            Frequency::Daily => Why::Daily,
            Frequency::Weekly => Why::Weekly,
        };
        let catalog = tx.catalog();
        if let Some(due) = catalog.digest_times().next(frequency, tx.now(), &catalog.zone()) {
            storage::digest::remember(&mut tx.db, user, cause.ticket.id, cause.change.id, due).await?;
        }
        let gone = addressed.take_out(&address, why);
        posted.extend(gone.map(|gone| Posted { rule: cause.rule.to_owned(), frequency, ..gone }));
    }
    Ok(posted)
}

async fn may_see(tx: &mut Tx, user: UserId, ticket: &Ticket) -> Result<bool> {
    let Some(user) = storage::person::get(&mut tx.db, user).await? else { return Ok(false) };
    match Actor::of(tx, user, Door::Email) {
        Some(reader) => access::may(tx, &reader, ticket, Right::ShowTicket).await,
        None => Ok(false),
    }
}
