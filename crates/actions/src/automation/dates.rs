//! Rules that set dates: by service level, and an Incident's from its children.

use crate::{
    Actor, Result, Tx, access, incident,
    ticket::{Basics, set_basics},
};
use domain::{
    StatusClass, Ticket, TicketKind,
    change::{Change, ChangeKind},
    link::LinkKind,
    queue::Queue,
    service_level::{
        self, METRICS, Progress, ServiceLevel, Spent,
        by_priority::Map,
        classic::{self, Event},
    },
    setting::list,
};
use jiff::Timestamp;

/// Changes of status looked at for the time spent in ignored ones.
const MOST_CHANGES: i64 = 500;

/// Every Incident of the ticket, and the ticket itself if it is one (IR-205, IR-211). Its own Due, set by hand, and links to what is
/// above it or beside it are no reason: they tell nothing of its children (IR-209).
pub(super) async fn incident_due(tx: &mut Tx, actor: &Actor, ticket: &Ticket, change: &Change) -> Result<()> {
    let is_own = match change.what.kind {
        ChangeKind::AddLink | ChangeKind::DeleteLink => change.what.field.as_deref() != Some("HasMerged"),
        _ => change.what.field.as_deref() == Some("Due"),
    };
    if ticket.kind == TicketKind::Incident && !is_own {
        incident::set_due_from_children(tx, actor, ticket.id).await?;
    }
    for parent in storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, true).await? {
        if parent.kind == TicketKind::Incident {
            incident::set_due_from_children(tx, actor, parent.id).await?;
        }
    }
    Ok(())
}

/// What a change makes of Starts and Due, by the level in force or by the historic scheme. A Due given at creation stands until
/// something else happens.
pub(super) async fn by_service_level(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &Ticket,
    change: &Change,
    old_class: Option<StatusClass>,
) -> Result<()> {
    let catalog = tx.catalog();
    let Some(queue) = catalog.queue(ticket.queue) else { return Ok(()) };
    if catalog.is_classic() {
        return by_classic_scheme(tx, actor, (ticket, queue), change, old_class).await;
    }
    if queue.levels_disabled {
        return Ok(());
    }
    let Some((level, calendar)) = ticket.level.as_deref().and_then(|name| catalog.level_in(queue, name)) else { return Ok(()) };
    let mut basics = Basics::default();
    let is_new = change.what.kind == ChangeKind::Create;
    if (is_new || change.what.field.as_deref() == Some("SLA")) && (ticket.starts.is_none() || !is_new) {
        basics.starts = service_level::starts(level, &calendar, ticket.created).map(Some);
    }
    if !(is_new && ticket.due.is_some()) {
        let spent = if excludes_time(level) { spent(tx, ticket).await? } else { vec![] };
        let progress = Progress {
            created: ticket.created,
            oldest_unanswered_outside: ticket.unanswered_since,
            last_staff_answer: ticket.last_answer,
            status: &ticket.status,
            spent: &spent,
        };
        let due = if ticket.is_open() { service_level::due(level, &calendar, &progress) } else { None };
        basics.due = Some(due);
    }
    let current = access::load(tx, ticket.id, false).await?;
    set_basics(tx, actor, current.id, basics).await?;
    Ok(())
}

fn excludes_time(level: &ServiceLevel) -> bool {
    METRICS.iter().filter_map(|metric| metric.of(level).0).any(|promise| promise.exclude_ignored_time)
}

/// The statuses a ticket had, with from when until when, read from its history (TC-219).
async fn spent(tx: &mut Tx, ticket: &Ticket) -> Result<Vec<Spent>> {
    let changes = storage::change::of_status(&mut tx.db, ticket.id, MOST_CHANGES).await?;
    let mut from = ticket.created;
    let mut spent = Vec::with_capacity(changes.len() + 1);
    for change in changes {
        spent.push(Spent { status: change.what.old.unwrap_or_default(), from, until: change.created });
        from = change.created;
    }
    spent.push(Spent { status: ticket.status.clone(), from, until: tx.now() });
    Ok(spent)
}

/// IR-237 … IR-241. Incidents only start; their Due follows their children.
async fn by_classic_scheme(
    tx: &mut Tx,
    actor: &Actor,
    (ticket, queue): (&Ticket, &Queue),
    change: &Change,
    old_class: Option<StatusClass>,
) -> Result<()> {
    let catalog = tx.catalog();
    let Some(calendar) = catalog.calendar_of(queue) else { return Ok(()) };
    let now = tx.now();
    let is_new = change.what.kind == ChangeKind::Create;
    let field = change.what.field.as_deref().unwrap_or_default();
    let mut basics = Basics::default();
    if ticket.starts.is_none() && (is_new || field == "Queue") {
        basics.starts = Some(classic::starts(ticket.kind, &calendar, now));
    }
    if queue.levels_disabled || !ticket.kind.is_child() {
        set_basics(tx, actor, ticket.id, basics).await?;
        return Ok(());
    }
    let event = event_of(ticket, change, old_class);
    if event == Some(Event::Reopened) {
        let level = Some(classic::level_at(&calendar, now).to_owned()).filter(|name| catalog.level(name).is_some());
        set_basics(tx, actor, ticket.id, Basics { level: Some(level), ..Basics::default() }).await?;
    }
    let ticket = access::load(tx, ticket.id, false).await?;
    let level = ticket.level.as_deref().and_then(|name| catalog.level_in(queue, name));
    let of_level = (level.as_ref().map(|(level, _)| *level), level.as_ref().map_or(&calendar, |(_, calendar)| calendar));
    if field == "SLA" {
        basics.starts = of_level.0.map(|level| service_level::starts(level, of_level.1, ticket.created));
        basics.due =
            Some(classic::due(Event::Reopened, ticket.kind, of_level, asked_since(&ticket, now), catalog.days_ahead(queue)));
    }
    if let Some(event) = event
        && !(is_new && ticket.due.is_some())
    {
        basics.due = Some(classic::due(event, ticket.kind, of_level, now, catalog.days_ahead(queue)));
    }
    set_basics(tx, actor, ticket.id, basics).await?;
    Ok(())
}

/// What a new level is counted from.
fn asked_since(ticket: &Ticket, now: Timestamp) -> Timestamp {
    ticket.unanswered_since.unwrap_or(now)
}

fn event_of(ticket: &Ticket, change: &Change, old_class: Option<StatusClass>) -> Option<Event> {
    let was_open = old_class.unwrap_or(ticket.status_class).is_open();
    match change.what.kind {
        ChangeKind::Create => Some(Event::Created),
        ChangeKind::Correspond if ticket.unanswered_since.is_some() => Some(Event::OutsideReply),
        ChangeKind::Correspond => Some(Event::StaffReply),
        ChangeKind::Status if was_open && !ticket.is_open() => Some(Event::Closed),
        ChangeKind::Status if !was_open && ticket.is_open() => Some(Event::Reopened),
        _ => None,
    }
}

/// The level that the map gives a priority (IR-242): the ticket's own; an Incident's counts for its Reports and Investigations.
pub(super) async fn level_by_priority(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    let catalog = tx.catalog();
    let text = catalog.setting_text(list::LEVEL_BY_PRIORITY);
    if text.is_empty() {
        return Ok(());
    }
    let map = match Map::parse(text) {
        Ok(map) => map,
        Err(error) => {
            tracing::warn!(%error, "the map from priorities to service levels cannot be read; nothing is done");
            return Ok(());
        }
    };
    let Some(queue) = catalog.queue(ticket.queue) else { return Ok(()) };
    let Some(level) = map.level(ticket.priority, &catalog.scale_of(queue)).filter(|name| catalog.level(name).is_some()) else {
        return Ok(());
    };
    let targets = if ticket.kind == TicketKind::Incident {
        storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, false).await?
    } else {
        vec![ticket.clone()]
    };
    for target in targets {
        let counts = matches!(target.kind, TicketKind::Report | TicketKind::Investigation) || target.id == ticket.id;
        let has_levels = catalog.queue(target.queue).is_some_and(|queue| !queue.levels_disabled);
        if counts && has_levels && target.is_open() && target.level.as_deref() != Some(level) {
            set_basics(tx, actor, target.id, Basics { level: Some(Some(level.to_owned())), ..Basics::default() }).await?;
        }
    }
    Ok(())
}
