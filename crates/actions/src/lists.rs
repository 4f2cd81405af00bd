//! Lists of tickets: searches with the asker's rights inside, and the counts of the home page.

mod all;
mod detail;
mod extra;
mod plain;
mod reading;

use crate::{Actor, Error, Result, Tx, access, desk::Counts};
pub use all::{numbers, of_numbers};
pub use detail::{Detailed, detailed};
use domain::{
    QueueId, Right, Role, StatusClass, Ticket, TicketId, UserId, custom_field::CustomField, person::User, queue::Queue,
};
pub use extra::add_extra;
use jiff::tz::TimeZone;
pub use plain::{has_text, plain, requestors};
use query::Query;
pub use reading::{Reading, read};
use std::sync::Arc;
use storage::search::{Context, FieldScope, LifecycleScope, Visibility};
pub use storage::search::{FIELDS, Order, OrderBy, Page, Place, Position, Way};

/// A row of a list with what its columns need.
#[derive(Clone, Debug)]
pub struct Listed {
    pub ticket: Ticket,
    pub queue: String,
    /// As people call them.
    pub owner: String,
    pub requestors: Vec<User>,
    /// Messages of others the asker has not seen (IR-290).
    pub unread: i64,
    /// What the queue calls its priority (TC-073).
    pub priority: Option<String>,
    /// Open tickets that it waits for and the asker may see (TC-086).
    pub pending: Vec<TicketId>,
    /// Incidents it is a member of, when a column asks.
    pub incidents: i64,
    /// Names and values of fields, when a column asks.
    pub fields: Vec<(String, String)>,
}

/// Reads a query; what is wrong with it names the place.
pub fn parse(text: &str) -> Result<Query> {
    query::parse(text).map_err(|error| Error::invalid("query", error.to_string()))
}

/// One page of matching tickets that the actor may see.
pub async fn search(tx: &mut Tx, actor: &Actor, query: &Query, order: &[OrderBy], page: Page) -> Result<Vec<Ticket>> {
    let context = context(tx, actor);
    Ok(storage::search::tickets(&mut tx.db, query, &context, order, page).await?)
}

/// Matching tickets next to a position, the nearest first: it costs the same however far down the list that is.
pub async fn search_from(
    tx: &mut Tx,
    actor: &Actor,
    query: &Query,
    order: &[OrderBy],
    (position, way, limit): (&Position, Way, i64),
) -> Result<Vec<Ticket>> {
    let context = context(tx, actor);
    Ok(storage::search::from(&mut tx.db, (query, &context), order, (position, way), limit).await?)
}

/// Where a ticket that the actor was shown stands in an order.
pub async fn position(tx: &mut Tx, shown: &Listed, order: &[OrderBy]) -> Result<Option<Position>> {
    Ok(storage::search::position(&mut tx.db, shown.ticket.id, order).await?)
}

pub async fn count(tx: &mut Tx, actor: &Actor, query: &Query) -> Result<i64> {
    let context = context(tx, actor);
    Ok(storage::search::count(&mut tx.db, query, &context).await?)
}

/// Counts no further than `most`, so that it costs the same however many there are.
pub async fn count_up_to(tx: &mut Tx, actor: &Actor, query: &Query, most: i64) -> Result<i64> {
    let context = context(tx, actor);
    Ok(storage::search::count_up_to(&mut tx.db, query, &context, most).await?)
}

/// The ticket at a place beside another in a list, of those the actor may see (IR-283).
pub async fn neighbour(
    tx: &mut Tx,
    actor: &Actor,
    query: &Query,
    order: &[OrderBy],
    from: (TicketId, Place),
) -> Result<Option<TicketId>> {
    let context = context(tx, actor);
    Ok(storage::search::neighbour(&mut tx.db, query, &context, order, from).await?)
}

/// Whether a query, read from `text`, can be answered for this actor; what cannot names its place, as people count it.
pub fn check(tx: &Tx, actor: &Actor, query: &Query, text: &str) -> Result<()> {
    storage::search::check(query, &context(tx, actor)).map_err(|error| {
        let character = text.get(..error.span.start).unwrap_or_default().chars().count() + 1;
        Error::invalid("query", format!("at character {character}: {error}"))
    })
}

/// How SQLite or PostgreSQL is asked for a query's condition; for case files.
pub fn written(tx: &Tx, actor: &Actor, query: &Query, sqlite: bool) -> Result<String> {
    storage::search::written(query, &context(tx, actor), sqlite).map_err(|error| Error::invalid("query", error.to_string()))
}

/// How the database would answer; for tests of what a list costs.
pub async fn explain(tx: &mut Tx, actor: &Actor, query: &Query, order: &[OrderBy], page: Page) -> Result<String> {
    let context = context(tx, actor);
    Ok(storage::search::explain(&mut tx.db, query, &context, order, page).await?)
}

/// Those of the constituency that the actor works in.
#[must_use]
pub fn within(tx: &Tx, actor: &Actor, mut tickets: Vec<Ticket>) -> Vec<Ticket> {
    let catalog = tx.catalog();
    tickets.retain(|ticket| catalog.queue(ticket.queue).is_some_and(|queue| actor.works_in(queue)));
    tickets
}

/// Rows with names, requestors and unread counts, in a constant number of statements.
pub async fn listed(tx: &mut Tx, actor: &Actor, tickets: Vec<Ticket>) -> Result<Vec<Listed>> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let members = storage::person::roles_of_tickets(&mut tx.db, &ids).await?;
    let mut people: Vec<UserId> = tickets.iter().map(|ticket| ticket.owner).collect();
    people.extend(members.iter().filter(|(_, role, _)| *role == Role::Requestor).map(|(_, _, user)| *user));
    people.sort_unstable();
    people.dedup();
    let users = storage::person::by_ids(&mut tx.db, &people).await?;
    let unread = storage::person::unread(&mut tx.db, actor.id(), &ids).await?;
    let pending = pending(tx, actor, &ids).await?;
    let catalog = tx.catalog();
    let scale = catalog.scale();
    let label = |ticket: &Ticket| {
        let own = catalog.queue(ticket.queue).and_then(|queue| queue.scale.as_ref());
        own.unwrap_or(&scale).label(ticket.priority).map(str::to_owned)
    };
    let user = |id: UserId| users.iter().find(|user| user.id == id);
    // what may not be seen is not counted (TC-090)
    let reads_comments = |ticket: &Ticket| {
        let held = members.iter().filter(|(id, _, user)| *id == ticket.id && *user == actor.id());
        let mut roles: Vec<Role> = held.map(|(_, role, _)| *role).collect();
        roles.extend((ticket.owner == actor.id()).then_some(Role::Owner));
        roles.extend(Role::WATCHERS.into_iter().filter(|role| catalog.queue_watchers(ticket.queue, *role).contains(&actor.id())));
        catalog.grants.on_ticket(&actor.identity, Right::ShowTicketComments, ticket.queue, &roles)
    };
    let row = |ticket: Ticket| Listed {
        queue: catalog.queue(ticket.queue).map(|queue| queue.name.clone()).unwrap_or_default(),
        owner: user(ticket.owner).map(|owner| owner.display_name().to_owned()).unwrap_or_default(),
        requestors: members
            .iter()
            .filter(|(id, role, _)| *id == ticket.id && *role == Role::Requestor)
            .filter_map(|(_, _, id)| user(*id).cloned())
            .collect(),
        priority: label(&ticket),
        pending: pending.iter().filter(|(id, _)| *id == ticket.id).map(|(_, other)| *other).collect(),
        unread: unread
            .iter()
            .filter(|(id, is_comment, _)| *id == ticket.id && (!is_comment || reads_comments(&ticket)))
            .map(|(_, _, n)| n)
            .sum(),
        incidents: 0,
        fields: vec![],
        ticket,
    };
    Ok(tickets.into_iter().map(row).collect())
}

/// Open tickets that others wait for, as far as the actor may see them.
async fn pending(tx: &mut Tx, actor: &Actor, ids: &[TicketId]) -> Result<Vec<(TicketId, TicketId)>> {
    let pairs = storage::ticket::open_dependencies(&mut tx.db, ids).await?;
    let targets: Vec<TicketId> = pairs.iter().map(|(_, target)| *target).collect();
    let targets = storage::ticket::by_ids(&mut tx.db, &targets).await?;
    let visible = access::visible_of(tx, actor, &targets).await?;
    Ok(pairs.into_iter().filter(|(_, target)| visible.iter().any(|ticket| ticket.id == *target)).collect())
}

/// One line of the queue list: how many open tickets in each status (IR-293).
#[derive(Clone, Debug)]
pub struct QueueCounts {
    pub queue: Queue,
    /// Open statuses of the lifecycle, in order, with counts.
    pub statuses: Vec<(String, i64)>,
}

/// The queues whose tickets the actor may see.
pub async fn queue_counts(tx: &mut Tx, actor: &Actor) -> Result<Vec<QueueCounts>> {
    let catalog = tx.catalog();
    let queues = access::queues_with(tx, actor, Right::ShowTicket);
    let counts = open_counts(tx).await?;
    let line = |queue: Queue| {
        let lifecycle = catalog.lifecycle(&queue);
        let statuses = lifecycle.into_iter().flat_map(|lifecycle| lifecycle.initial.iter().chain(&lifecycle.active));
        let count =
            |status: &String| counts.iter().find(|(id, name, _)| *id == queue.id && name == status).map_or(0, |(_, _, n)| *n);
        QueueCounts { statuses: statuses.map(|status| (status.clone(), count(status))).collect(), queue: queue.clone() }
    };
    Ok(queues.into_iter().map(line).collect())
}

/// Of all queues, so that one count serves everybody; who may see which is decided by the caller.
async fn open_counts(tx: &mut Tx) -> Result<Counts> {
    let (changes, fresh) = tx.desk().counted(tx.now());
    if let Some(counts) = fresh {
        return Ok(counts);
    }
    let ids: Vec<QueueId> = tx.catalog().queues().map(|queue| queue.id).collect();
    let counts: Counts = Arc::new(storage::ticket::count_open_by_status(&mut tx.db, &ids).await?);
    tx.desk().keep_counts(changes, tx.now(), &counts);
    Ok(counts)
}

/// Sequence of the oldest message of others that the actor has not seen, and of the newest change.
pub async fn first_unread(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Option<(i64, i64)>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let first = storage::person::first_unread(&mut tx.db, actor.id(), ticket.id).await?;
    Ok(first.map(|sequence| (sequence, ticket.version)))
}

/// Marks everything on a ticket as read by the actor.
pub async fn mark_seen(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
    let ticket = access::ticket(tx, actor, id).await?;
    storage::person::mark_seen(&mut tx.db, actor.id(), ticket.id, ticket.version).await?;
    storage::person::mark_merged_seen(&mut tx.db, actor.id(), ticket.id).await?;
    Ok(())
}

pub(crate) fn context(tx: &Tx, actor: &Actor) -> Context {
    let catalog = tx.catalog();
    let seen: Vec<&Queue> =
        catalog.queues().filter(|queue| catalog.grants.on_queue(&actor.identity, Right::SeeQueue, queue.id)).collect();
    let lifecycle_queues = |name: &str| catalog.queues().filter(|queue| queue.lifecycle == name).map(|queue| queue.id).collect();
    let visible_field = |field: &&CustomField| {
        let somewhere = |queue: &Queue| catalog.grants.on_field(&actor.identity, Right::SeeCustomField, field.id, queue.id);
        catalog.queues().any(somewhere)
    };
    Context {
        me: actor.id(),
        visible: visibility(tx, actor, Right::ShowTicket),
        comments: visibility(tx, actor, Right::ShowTicketComments),
        now: tx.now(),
        zone: zone_of(actor),
        groups: actor.identity.groups.clone(),
        scale: catalog.scale(),
        scales: catalog.queues().filter_map(|queue| Some((queue.id, queue.scale.clone()?))).collect(),
        queues: seen.iter().map(|queue| (queue.id, queue.name.clone())).collect(),
        lifecycles: catalog
            .lifecycles
            .iter()
            .map(|lifecycle| LifecycleScope {
                name: lifecycle.name.clone(),
                classes: [
                    (StatusClass::Initial, &lifecycle.initial),
                    (StatusClass::Active, &lifecycle.active),
                    (StatusClass::Inactive, &lifecycle.inactive),
                ]
                .into_iter()
                .filter(|(_, statuses)| !statuses.is_empty())
                .map(|(class, _)| class)
                .collect(),
                queues: lifecycle_queues(&lifecycle.name),
            })
            .collect(),
        fields: catalog
            .fields()
            .filter(visible_field)
            .map(|field| FieldScope { id: field.id, name: field.name.clone(), kind: field.kind, numeric: field.is_numeric() })
            .collect(),
    }
}

/// The zone the actor's dates are read and shown in.
#[must_use]
pub fn zone_of(actor: &Actor) -> TimeZone {
    actor.user.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

/// The tickets on which a right is held.
fn visibility(tx: &Tx, actor: &Actor, right: Right) -> Visibility {
    let catalog = tx.catalog();
    let superuser = catalog.grants.is_superuser(&actor.identity);
    if superuser && actor.within.is_none() {
        return Visibility { everything: true, ..Visibility::default() };
    }
    let on_queue = |queue: &&Queue| {
        let by_watching = catalog
            .grants
            .roles(right, queue.id)
            .any(|role| role != Role::Owner && catalog.queue_watchers(queue.id, role).contains(&actor.id()));
        superuser || by_watching || catalog.grants.on_queue(&actor.identity, right, queue.id)
    };
    let (open, rest): (Vec<&Queue>, Vec<&Queue>) =
        catalog.queues().filter(|queue| actor.works_in(queue)).partition(|queue| on_queue(queue));
    let by_role = Role::ALL.into_iter().filter_map(|role| {
        let queues: Vec<QueueId> = rest
            .iter()
            .filter(|queue| catalog.grants.roles(right, queue.id).any(|granted| granted == role))
            .map(|queue| queue.id)
            .collect();
        (!queues.is_empty()).then_some((role, queues))
    });
    Visibility { everything: false, queues: open.iter().map(|queue| queue.id).collect(), by_role: by_role.collect() }
}
