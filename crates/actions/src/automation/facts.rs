//! What conditions may ask about a change and its ticket, loaded in as few questions as its rules need.

use super::Scene;
use crate::{Result, Tx, access};
use domain::{
    QueueId, Role, Ticket, TicketId, TicketKind,
    change::{ChangeKind, NewChange},
    link::LinkKind,
};
use rules::Happened;

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

/// `None` for a ticket whose queue is gone.
pub(super) async fn gather(tx: &mut Tx, scene: Scene<'_>) -> Result<Option<Facts>> {
    let catalog = tx.catalog();
    let ticket = access::load(tx, scene.ticket, false).await?;
    let Some(queue) = catalog.queue(ticket.queue) else { return Ok(None) };
    let what = &scene.change.what;
    let is_asked =
        |field: &str| catalog.rules().iter().any(|rule| rule.definition.on.contains(&what.kind) && rule.asks_about(field));
    let by_requestor = what.kind.is_message()
        && storage::person::roles_of_tickets(&mut tx.db, &[ticket.id])
            .await?
            .iter()
            .any(|(_, role, user)| *role == Role::Requestor && *user == scene.actor.id());
    let incidents: Vec<TicketId> = storage::ticket::linked(&mut tx.db, ticket.id, LinkKind::MemberOf, true)
        .await?
        .iter()
        .filter(|parent| parent.kind == TicketKind::Incident)
        .map(|parent| parent.id)
        .collect();
    let owner = match storage::person::get(&mut tx.db, ticket.owner).await? {
        Some(owner) if is_asked("Owner") => owner.name,
        _ => String::new(),
    };
    let fields = if is_asked("CF") || is_asked("CustomField") { held(tx, &ticket).await? } else { vec![] };
    let new_class = match what.kind {
        ChangeKind::Status => catalog
            .lifecycle(queue)
            .and_then(|lifecycle| lifecycle.class(what.new.as_deref().unwrap_or_default()))
            .map_or("", domain::StatusClass::as_str),
        _ => "",
    };
    Ok(Some(Facts {
        queue: queue.id,
        queue_name: queue.name.clone(),
        lifecycle: queue.lifecycle.clone(),
        owner,
        fields,
        custom_field: custom_field(tx, what),
        new_class,
        by_staff: catalog.is_staff(scene.actor.id()),
        by_requestor,
        has_incident: !incidents.is_empty(),
        links_incident: links_incident(what, &incidents),
        ticket,
    }))
}

async fn held(tx: &mut Tx, ticket: &Ticket) -> Result<Vec<(String, String)>> {
    let catalog = tx.catalog();
    let held = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    Ok(held.into_iter().filter_map(|(_, id, content)| Some((catalog.field(id)?.name.clone(), content))).collect())
}

fn custom_field(tx: &Tx, what: &NewChange) -> String {
    let id = what.field.as_deref().filter(|_| what.kind == ChangeKind::CustomField).and_then(|id| id.parse().ok());
    id.and_then(|id| tx.catalog().field(domain::FieldId(id)).map(|field| field.name.clone())).unwrap_or_default()
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
