//! What conditions may ask about a change and its ticket, loaded in as few questions as its rules need.

use super::Scene;
use crate::{Result, Tx, access};
use domain::{
    FieldId, QueueId, Role, StatusClass, Ticket, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
    queue::Queue,
};
use rules::{Happened, Rule};

pub(super) struct Facts {
    ticket: Ticket,
    queue: QueueId,
    queue_name: String,
    lifecycle: String,
    owner: String,
    fields: Vec<(String, String)>,
    custom_field: String,
    new_class: &'static str,
    by_staff: bool,
    by_requestor: bool,
    has_incident: bool,
    links_incident: bool,
}

/// What is loaded only when a rule asks about it.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) owner: bool,
    pub(super) fields: bool,
}

impl Asked {
    pub(super) fn by<'a>(rules: impl Iterator<Item = &'a Rule>) -> Self {
        rules.fold(Self { owner: false, fields: false }, |asked, rule| Self {
            owner: asked.owner || rule.asks_about("Owner"),
            fields: asked.fields || rule.asks_about("CF") || rule.asks_about("CustomField"),
        })
    }
}

/// `None` for a ticket whose queue is gone.
pub(super) async fn gather(tx: &mut Tx, scene: Scene<'_>) -> Result<Option<Facts>> {
    let catalog = tx.catalog();
    let ticket = access::load(tx, scene.ticket, false).await?;
    let asked = Asked::by(catalog.rules().iter().filter(|rule| rule.definition.on.contains(&scene.change.what.kind)));
    Ok(gather_all(tx, vec![(scene.change, ticket)], asked).await?.pop().flatten())
}

/// The same for many changes with their tickets, in a constant number of statements.
pub(super) async fn gather_all(tx: &mut Tx, changes: Vec<(&Change, Ticket)>, asked: Asked) -> Result<Vec<Option<Facts>>> {
    let mut ids: Vec<TicketId> = changes.iter().map(|(_, ticket)| ticket.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let writers = changes.iter().any(|(change, _)| change.what.kind.is_message());
    let members = if writers { storage::person::roles_of_tickets(&mut tx.db, &ids).await? } else { vec![] };
    let incidents = storage::link::incidents_of(&mut tx.db, &ids).await?;
    let owners: Vec<UserId> = if asked.owner { changes.iter().map(|(_, ticket)| ticket.owner).collect() } else { vec![] };
    let owners = if owners.is_empty() { vec![] } else { storage::person::by_ids(&mut tx.db, &owners).await? };
    let held = if asked.fields { storage::custom_field::of_tickets(&mut tx.db, &ids).await? } else { vec![] };
    let one = |(change, ticket): (&Change, Ticket)| {
        let catalog = tx.catalog();
        let queue = catalog.queue(ticket.queue)?;
        let what = &change.what;
        let is_writer =
            |(id, role, user): &(TicketId, Role, UserId)| *id == ticket.id && *role == Role::Requestor && *user == change.actor;
        let parents: Vec<TicketId> = incidents.iter().filter(|(id, _)| *id == ticket.id).map(|(_, parent)| *parent).collect();
        let new_class = match what.kind {
            ChangeKind::Status => class(tx, queue, what.new.as_deref()).map_or("", StatusClass::as_str),
            _ => "",
        };
        let value = |(_, id, content): &(TicketId, FieldId, String)| Some((catalog.field(*id)?.name.clone(), content.clone()));
        Some(Facts {
            queue: queue.id,
            queue_name: queue.name.clone(),
            lifecycle: queue.lifecycle.clone(),
            owner: owners.iter().find(|user| user.id == ticket.owner).map(|user| user.name.clone()).unwrap_or_default(),
            fields: held.iter().filter(|(id, _, _)| *id == ticket.id).filter_map(value).collect(),
            custom_field: custom_field(tx, what),
            new_class,
            by_staff: catalog.is_staff(change.actor),
            by_requestor: what.kind.is_message() && members.iter().any(is_writer),
            has_incident: !parents.is_empty(),
            links_incident: links_incident(what, &parents),
            ticket,
        })
    };
    Ok(changes.into_iter().map(one).collect())
}

/// The class of a status in the lifecycle of a queue.
pub(super) fn class(tx: &Tx, queue: &Queue, status: Option<&str>) -> Option<StatusClass> {
    tx.catalog().lifecycle(queue)?.class(status.unwrap_or_default())
}

fn custom_field(tx: &Tx, what: &NewChange) -> String {
    let id = what.field.as_deref().filter(|_| what.kind == ChangeKind::CustomField).and_then(|id| id.parse().ok());
    id.and_then(|id| tx.catalog().field(FieldId(id)).map(|field| field.name.clone())).unwrap_or_default()
}

/// Created in an Incident, made a member of one, or merged with a ticket that has one (IR-181).
fn links_incident(what: &NewChange, incidents: &[TicketId]) -> bool {
    let is_incident = |text: &Option<String>| {
        text.as_deref().and_then(|id| id.parse::<TicketId>().ok()).is_some_and(|id| incidents.contains(&id))
    };
    match (what.kind, what.field.as_deref()) {
        (ChangeKind::Create, _) | (ChangeKind::AddLink, Some("HasMerged")) => !incidents.is_empty(),
        (ChangeKind::AddLink, Some("MemberOf")) => is_incident(&what.new),
        _ => false,
    }
}

impl Facts {
    pub(super) fn happened<'a>(&'a self, scene: Scene<'a>) -> Happened<'a> {
        let message = scene.occasion.message.as_deref();
        Happened {
            change: &scene.change.what,
            queue: self.queue,
            queue_name: &self.queue_name,
            lifecycle: &self.lifecycle,
            status: &self.ticket.status,
            class: self.ticket.status_class.as_str(),
            old_class: scene.occasion.old_class.unwrap_or(self.ticket.status_class).as_str(),
            subject: &self.ticket.subject,
            owner: &self.owner,
            priority: self.ticket.priority,
            by_staff: self.by_staff,
            by_requestor: self.by_requestor,
            automatic: message.is_some_and(|message| message.automatic),
            no_autoopen: message.is_some_and(|message| message.no_autoopen),
            door: scene.actor.door.how_reported(),
            new_class: self.new_class,
            custom_field: &self.custom_field,
            has_incident: self.has_incident,
            links_incident: self.links_incident,
            fields: &self.fields,
        }
    }
}
