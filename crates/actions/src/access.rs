//! Loading is checking: what a verb writes to, and what a page shows, came out of here for that actor. Nothing else makes a
//! [`Visible`].

mod held;

use crate::{Actor, Door, Error, Result, Tx};
use domain::{
    QueueId, Right, Role, Ticket, TicketId, TicketKind,
    custom_field::{Bearer, CustomField},
    queue::Queue,
    right::Identity,
};
pub use held::Held;
use std::ops::Deref;

/// Something its holder was allowed to load.
#[derive(Clone, Debug)]
pub struct Visible<T>(T);

impl<T> Deref for Visible<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl Visible<Ticket> {
    pub(crate) fn into_inner(self) -> Ticket {
        self.0
    }
}

/// How many merges are followed before we call it a circle.
const MERGES: usize = 20;

/// A ticket to look at. Merged numbers lead to what they were merged into (TC-016).
pub async fn ticket(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Visible<Ticket>> {
    with_right(tx, actor, id, Right::ShowTicket, false).await
}

/// A ticket to change, locked until the transaction ends. Without the right it is forbidden to those who can see it, and not
/// there for the others.
pub async fn ticket_for(tx: &mut Tx, actor: &Actor, id: TicketId, right: Right) -> Result<Visible<Ticket>> {
    with_right(tx, actor, id, right, true).await
}

async fn with_right(tx: &mut Tx, actor: &Actor, id: TicketId, right: Right, lock: bool) -> Result<Visible<Ticket>> {
    let ticket = load(tx, id, lock).await?;
    if may(tx, actor, &ticket, right).await? {
        is_worked_with(tx, actor, ticket.kind)?;
        return Ok(Visible(ticket));
    }
    if right != Right::ShowTicket && may(tx, actor, &ticket, Right::ShowTicket).await? {
        return Err(Error::Forbidden(right));
    }
    Err(Error::NotFound)
}

/// A ticket to change for somebody who holds any of the rights.
pub async fn ticket_for_any(tx: &mut Tx, actor: &Actor, id: TicketId, rights: &[Right]) -> Result<Visible<Ticket>> {
    let ticket = load(tx, id, true).await?;
    for right in rights {
        if may(tx, actor, &ticket, *right).await? {
            is_worked_with(tx, actor, ticket.kind)?;
            return Ok(Visible(ticket));
        }
    }
    match rights.first() {
        Some(right) if may(tx, actor, &ticket, Right::ShowTicket).await? => Err(Error::Forbidden(*right)),
        _ => Err(Error::NotFound),
    }
}

/// Whether there is such a ticket at all, whoever asks: clients of RT are told 403 apart from 404 (API-025).
pub async fn ticket_exists(tx: &mut Tx, id: TicketId) -> Result<bool> {
    Ok(storage::ticket::get(&mut tx.db, id).await?.is_some())
}

/// People at pages and programs over REST are told of a type that is disabled (IR-012). Mail about its tickets is still taken in, and
/// rules and the machine's commands go on.
fn is_worked_with(tx: &Tx, actor: &Actor, kind: TicketKind) -> Result<()> {
    let asks = matches!(actor.door, Door::Web | Door::Rest2) && !actor.is_system();
    if asks { tx.catalog().require(kind) } else { Ok(()) }
}

pub(crate) async fn load(tx: &mut Tx, id: TicketId, lock: bool) -> Result<Ticket> {
    let mut id = id;
    for _ in 0..MERGES {
        let found =
            if lock { storage::ticket::lock(&mut tx.db, id).await? } else { storage::ticket::get(&mut tx.db, id).await? };
        let ticket = found.ok_or(Error::NotFound)?;
        match ticket.merged_into {
            Some(target) => id = target,
            None => return Ok(ticket),
        }
    }
    Err(Error::NotFound)
}

/// Whether the actor holds a right on a ticket, by themselves, their groups, or a role there.
pub async fn may(tx: &mut Tx, actor: &Actor, ticket: &Ticket, right: Right) -> Result<bool> {
    let catalog = tx.catalog();
    let who = &actor.identity;
    if catalog.grants.on_queue(who, right, ticket.queue) {
        return Ok(true);
    }
    let by_role: Vec<Role> = catalog.grants.roles(right, ticket.queue).collect();
    if by_role.contains(&Role::Owner) && ticket.owner == who.user {
        return Ok(true);
    }
    let watching: Vec<Role> = by_role.into_iter().filter(|role| *role != Role::Owner).collect();
    if watching.iter().any(|role| catalog.queue_watchers(ticket.queue, *role).contains(&who.user)) {
        return Ok(true);
    }
    if watching.is_empty() {
        return Ok(false);
    }
    Ok(roles_held(tx, who, ticket.id).await?.iter().any(|role| watching.contains(role)))
}

/// The roles that somebody holds on a ticket, themselves or by a group they are in (TC-056); the owner's aside.
async fn roles_held(tx: &mut Tx, who: &Identity, ticket: TicketId) -> Result<Vec<Role>> {
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket]).await?;
    let mut roles: Vec<Role> = members.iter().filter(|(_, _, user)| *user == who.user).map(|(_, role, _)| *role).collect();
    if !who.groups.is_empty() {
        let groups = storage::watcher::groups_of_tickets(&mut tx.db, &[ticket]).await?;
        roles.extend(groups.iter().filter(|(_, _, group)| who.groups.contains(group)).map(|(_, role, _)| *role));
    }
    Ok(roles)
}

/// Those of some tickets that the actor may see, in a constant number of statements.
pub(crate) async fn visible_of(tx: &mut Tx, actor: &Actor, tickets: &[Ticket]) -> Result<Vec<Ticket>> {
    let held = Held::load(tx, actor, tickets).await?;
    Ok(tickets.iter().filter(|ticket| held.any(ticket, &[Right::ShowTicket])).cloned().collect())
}

/// Every right the actor holds on a ticket, asked at once: what a page offers.
pub async fn rights(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<Vec<Right>> {
    let catalog = tx.catalog();
    let mut roles = roles_held(tx, &actor.identity, ticket.id).await?;
    if ticket.owner == actor.id() {
        roles.push(Role::Owner);
    }
    roles.extend(Role::WATCHERS.into_iter().filter(|role| catalog.queue_watchers(ticket.queue, *role).contains(&actor.id())));
    Ok(Right::ALL
        .iter()
        .copied()
        .filter(|right| catalog.grants.on_ticket(&actor.identity, *right, ticket.queue, &roles))
        .collect())
}

/// A queue to put something in; `NotFound` for a missing, a disabled and a forbidden one alike (API-102).
pub fn queue_for(tx: &Tx, actor: &Actor, id: QueueId, right: Right) -> Result<Queue> {
    let catalog = tx.catalog();
    let queue = catalog.queue(id).filter(|queue| !queue.disabled).ok_or(Error::NotFound)?;
    if !catalog.grants.on_queue(&actor.identity, right, id) {
        return Err(Error::NotFound);
    }
    is_worked_with(tx, actor, queue.kind())?;
    Ok(queue.clone())
}

/// Enabled queues where the actor holds a right, in order; of the constituency they work in, and none of a type that is disabled.
#[must_use]
pub fn queues_with(tx: &Tx, actor: &Actor, right: Right) -> Vec<Queue> {
    let catalog = tx.catalog();
    catalog
        .queues()
        .filter(|queue| !queue.disabled && actor.works_in(queue) && !catalog.is_disabled(queue.kind()))
        .filter(|queue| catalog.grants.on_queue(&actor.identity, right, queue.id))
        .cloned()
        .collect()
}

/// Fields of a queue that the actor may see, or also change, in the boxes that this queue shows them in.
#[must_use]
pub fn fields_with(tx: &Tx, actor: &Actor, queue: QueueId, right: Right) -> Vec<CustomField> {
    held_with(tx, actor, (Bearer::Ticket, queue), &[right])
}

/// Fields that a new ticket of the queue may be given by this actor (TC-138).
#[must_use]
pub fn fields_to_fill(tx: &Tx, actor: &Actor, queue: QueueId) -> Vec<CustomField> {
    held_with(tx, actor, (Bearer::Ticket, queue), &[Right::ModifyCustomField, Right::SetInitialCustomField])
}

/// Fields that an entry in the history of the queue's tickets may be given (TC-104).
#[must_use]
pub fn entry_fields(tx: &Tx, actor: &Actor, queue: QueueId) -> Vec<CustomField> {
    held_with(tx, actor, (Bearer::Change, queue), &[Right::ModifyCustomField, Right::SetInitialCustomField])
}

fn held_with(tx: &Tx, actor: &Actor, (bearer, queue): (Bearer, QueueId), rights: &[Right]) -> Vec<CustomField> {
    let catalog = tx.catalog();
    let may = |field: &&CustomField| rights.iter().any(|right| catalog.grants.on_field(&actor.identity, *right, field.id, queue));
    let shown = |field: &CustomField| CustomField { grouping: catalog.grouping_of(field, queue).to_owned(), ..field.clone() };
    catalog.fields_for(bearer, queue).filter(may).map(shown).collect()
}

/// For what only administrators do.
pub fn require_global(tx: &Tx, actor: &Actor, right: Right) -> Result<()> {
    if tx.catalog().grants.globally(&actor.identity, right) { Ok(()) } else { Err(Error::Forbidden(right)) }
}
