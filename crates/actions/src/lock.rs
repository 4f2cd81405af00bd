//! Advisory locks (IR-507 … IR-512): telling others that somebody is at work on a ticket. Nobody is kept from acting.

use crate::{Actor, Error, Result, Tx, access};
use domain::{
    Right, Ticket, TicketId, TicketKind,
    lock::{Lock, LockKind},
    setting::list::LOCK_EXPIRY,
};
use jiff::SignedDuration;

/// More locks than this nobody holds in a shift.
const MOST: i64 = 200;

/// A lock as pages tell of it.
#[derive(Clone, Debug)]
pub struct Held {
    pub lock: Lock,
    /// As people call its holder.
    pub holder: String,
    pub mine: bool,
}

/// One of the asker's own, with its ticket.
#[derive(Clone, Debug)]
pub struct Mine {
    pub lock: Lock,
    pub ticket: Ticket,
}

/// What *Lock* does (IR-508).
pub async fn lock(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Held> {
    let ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?;
    let held = put(tx, actor, ticket.id, LockKind::Hard).await?;
    if held.mine {
        return Ok(held);
    }
    Err(Error::Conflict(format!("{} holds the lock of this ticket.", held.holder)))
}

/// While a form is open (IR-509). Whoever may only look is not at work; then there is no lock.
pub async fn lock_for_form(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    let ticket = access::ticket(tx, actor, id).await?;
    for right in [Right::ModifyTicket, Right::CommentOnTicket, Right::ReplyToTicket] {
        if access::may(tx, actor, &ticket, right).await? {
            put(tx, actor, ticket.id, LockKind::Auto).await?;
            return Ok(());
        }
    }
    Ok(())
}

/// After the form was sent; a lock of another kind stays (IR-509).
pub async fn form_is_done(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    let Some(lock) = storage::lock::get(&mut tx.db, id).await? else { return Ok(()) };
    if lock.holder == actor.id() && lock.kind == LockKind::Auto {
        drop_one(tx, &lock).await?;
    }
    Ok(())
}

/// Ends the asker's own lock, whatever its kind, and tells how long it was held (IR-510). `None` when there was none.
pub async fn unlock(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Option<SignedDuration>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let lock = storage::lock::get(&mut tx.db, ticket.id).await?.filter(|lock| lock.holder == actor.id());
    let Some(lock) = lock else { return Ok(None) };
    drop_one(tx, &lock).await?;
    Ok(Some(lock.held(tx.now())))
}

/// All of somebody's at once: on request and when they sign out (IR-510, IR-512).
pub async fn unlock_all(tx: &mut Tx, actor: &Actor) -> Result<u64> {
    for lock in storage::lock::of_user(&mut tx.db, actor.id(), MOST).await? {
        tx.tell_of_people(lock.ticket);
    }
    Ok(storage::lock::delete_of_user(&mut tx.db, actor.id()).await?)
}

/// The asker's locks on tickets they may see, oldest first (IR-512).
pub async fn mine(tx: &mut Tx, actor: &Actor) -> Result<Vec<Mine>> {
    let expiry = expiry(tx);
    let mut locks = storage::lock::of_user(&mut tx.db, actor.id(), MOST).await?;
    locks.retain(|lock| !lock.is_over(tx.now, expiry));
    let ids: Vec<TicketId> = locks.iter().map(|lock| lock.ticket).collect();
    let tickets = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let mut found = Vec::new();
    for lock in locks {
        let Some(ticket) = tickets.iter().find(|ticket| ticket.id == lock.ticket) else { continue };
        if access::may(tx, actor, ticket, Right::ShowTicket).await? {
            found.push(Mine { ticket: ticket.clone(), lock });
        }
    }
    Ok(found)
}

/// The lock of a ticket that the asker was found to see.
pub(crate) async fn of_ticket(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Option<Held>> {
    let expiry = expiry(tx);
    let lock = storage::lock::get(&mut tx.db, id).await?.filter(|lock| !lock.is_over(tx.now, expiry));
    match lock {
        Some(lock) => Ok(Some(held(tx, actor, lock).await?)),
        None => Ok(None),
    }
}

/// Whoever takes a Report has it locked until it is linked (IR-508).
pub(crate) async fn was_taken(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    if ticket.kind == TicketKind::Report && ticket.owner == actor.id() && !actor.is_system() {
        put(tx, actor, ticket.id, LockKind::Take).await?;
    }
    Ok(())
}

/// A Report came to an Incident: the lock from taking it has done its work (IR-508).
pub(crate) async fn was_linked(tx: &mut Tx, child: &Ticket, parent: &Ticket) -> Result<()> {
    if child.kind != TicketKind::Report || parent.kind != TicketKind::Incident {
        return Ok(());
    }
    match storage::lock::get(&mut tx.db, child.id).await? {
        Some(lock) if lock.kind == LockKind::Take => drop_one(tx, &lock).await,
        _ => Ok(()),
    }
}

/// Part of a merge: the lock of the merged ticket goes on to the target, or away (IR-511).
pub(crate) async fn was_merged(tx: &mut Tx, merged: TicketId, target: TicketId) -> Result<()> {
    let expiry = expiry(tx);
    let Some(lock) = storage::lock::get(&mut tx.db, merged).await? else { return Ok(()) };
    let there = storage::lock::get(&mut tx.db, target).await?.filter(|lock| !lock.is_over(tx.now, expiry));
    drop_one(tx, &lock).await?;
    if !lock.is_over(tx.now, expiry) && lock.passes_to(there.as_ref()) {
        let over = over(tx, expiry);
        storage::lock::put(&mut tx.db, &Lock { ticket: target, ..lock }, over).await?;
        tx.tell_of_people(target);
    }
    Ok(())
}

/// The asker's lock, or the one that stands in its way.
async fn put(tx: &mut Tx, actor: &Actor, ticket: TicketId, kind: LockKind) -> Result<Held> {
    let expiry = expiry(tx);
    let known = storage::lock::get(&mut tx.db, ticket).await?;
    let standing = known.as_ref().filter(|lock| !lock.is_over(tx.now, expiry) && !lock.gives_way_to(actor.id(), kind));
    if let Some(lock) = standing.cloned() {
        return held(tx, actor, lock).await;
    }
    let lock = Lock { ticket, holder: actor.id(), kind, since: tx.now };
    let over = over(tx, expiry);
    if storage::lock::put(&mut tx.db, &lock, over).await? {
        tx.tell_of_people(ticket);
        return held(tx, actor, lock).await;
    }
    let first = storage::lock::get(&mut tx.db, ticket).await?.unwrap_or(lock);
    held(tx, actor, first).await
}

async fn drop_one(tx: &mut Tx, lock: &Lock) -> Result<()> {
    storage::lock::delete(&mut tx.db, lock).await?;
    tx.tell_of_people(lock.ticket);
    Ok(())
}

async fn held(tx: &mut Tx, actor: &Actor, lock: Lock) -> Result<Held> {
    let mine = lock.holder == actor.id();
    let holder = match storage::person::get(&mut tx.db, lock.holder).await? {
        Some(user) => user.display_name().to_owned(),
        None => lock.holder.to_string(),
    };
    Ok(Held { lock, holder, mine })
}

/// Never, unless the installation chose a time (IR-510).
fn expiry(tx: &Tx) -> Option<SignedDuration> {
    let minutes = tx.catalog().setting_number(LOCK_EXPIRY);
    (minutes > 0).then(|| SignedDuration::from_mins(minutes))
}

/// Locks from before this moment have ended.
fn over(tx: &Tx, expiry: Option<SignedDuration>) -> Option<jiff::Timestamp> {
    tx.now.checked_sub(expiry?).ok()
}
