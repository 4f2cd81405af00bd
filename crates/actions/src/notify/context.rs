//! The names a template can use, filled in; `rules::NAMES` lists them.

use super::Cause;
use crate::{Result, Tx, message::NewMessage, sentence};
use domain::{
    FieldId, Role, Ticket, UserId,
    change::{Change, ChangeKind},
    markdown::lines_of,
    person::User,
    queue::Queue,
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Texts longer than this are cut in notifications; the page has all of it.
const LONGEST: usize = 200_000;

pub(crate) async fn of(tx: &mut Tx, cause: Cause<'_>, queue: &Queue) -> Result<Value> {
    let Cause { actor, ticket, change, message, .. } = cause;
    let catalog = tx.catalog();
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let mut ids: Vec<UserId> = members.iter().map(|(_, _, user)| *user).collect();
    ids.push(ticket.owner);
    ids.extend(people_in(change));
    let users = storage::person::by_ids(&mut tx.db, &ids).await?;
    let owner = users.iter().find(|user| user.id == ticket.owner);
    let addresses = |role: Role| {
        let holds = |user: &&User| members.iter().any(|(_, held, id)| *held == role && *id == user.id);
        users.iter().filter(holds).filter_map(|user| user.email.as_ref()).map(ToString::to_string).collect::<Vec<_>>()
    };
    let requestor = members.iter().find(|(_, role, _)| *role == Role::Requestor).map(|(_, _, user)| user);
    let requestor = requestor.and_then(|id| users.iter().find(|user| user.id == *id));
    let summary = sentence::of(&change.what, &catalog, |id| {
        let known = users.iter().find(|user| user.id.to_string() == id);
        known.map_or_else(|| id.to_owned(), |user| user.display_name().to_owned())
    });
    let fields = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    let of_change = storage::custom_field::of_changes(&mut tx.db, &[change.id]).await?;
    let address = |comment: bool| catalog.address(queue, comment).map(|address| address.to_string()).unwrap_or_default();
    Ok(json!({
        "installation": catalog.installation(),
        "marker": format!("[{} #{}]", catalog.tag_of(queue), ticket.id),
        "ticket": of_ticket(tx, ticket, owner),
        "owner": {
            "id": ticket.owner.0,
            "login": owner.map_or("Nobody", |owner| owner.name.as_str()),
            "name": owner.map_or("Nobody", User::display_name),
            "email": owner.and_then(|owner| owner.email.as_ref()).map(ToString::to_string).unwrap_or_default(),
        },
        "queue": {
            "id": queue.id.0,
            "name": queue.name,
            "description": queue.description,
            "correspond_address": address(false),
            "comment_address": address(true),
        },
        "actor": { "name": actor.user.display_name(), "email": actor.email().map(ToString::to_string).unwrap_or_default() },
        "requestor": {
            "name": requestor.map_or("", User::display_name),
            "email": requestor.and_then(|user| user.email.as_ref()).map(ToString::to_string).unwrap_or_default(),
        },
        "requestors": addresses(Role::Requestor),
        "ccs": addresses(Role::Cc),
        "admin_ccs": addresses(Role::AdminCc),
        "fields": lists(tx, queue, fields.into_iter().map(|(_, field, content)| (field, content))),
        "change": {
            "id": change.id.0,
            "kind": change.what.kind.as_str(),
            "summary": summary,
            "description": format!("{summary} by {}", actor.user.display_name()),
            "field": change.what.field,
            "old": change.what.old,
            "new": change.what.new,
            "data": change.what.data,
            "time_taken": change.what.time_taken,
            "at": change.created.to_string(),
            "fields": lists(tx, queue, of_change.into_iter().map(|(_, field, content)| (field, content))),
        },
        "message": {
            "subject": message.and_then(|message| message.subject.as_deref()),
            "text": text(change, message),
            "html": html(change, message),
        },
        // in digests and in dashboards by mail alone
        "digest": { "frequency": "", "name": "", "tickets": [] },
        "dashboard": { "name": "", "url": "", "html": "", "reader": "", "subscriber": "" },
    }))
}

fn of_ticket(tx: &Tx, ticket: &Ticket, owner: Option<&User>) -> Value {
    let date = |date: Option<Timestamp>| date.map(|date| date.to_string());
    json!({
        "id": ticket.id.0,
        "type": ticket.kind,
        "subject": ticket.subject,
        "description": ticket.description,
        "status": ticket.status,
        "priority": ticket.priority,
        "initial_priority": ticket.initial_priority,
        "final_priority": ticket.final_priority,
        "level": ticket.level,
        "time_estimated": ticket.time_estimated,
        "time_worked": ticket.time_worked,
        "time_left": ticket.time_left,
        "created": ticket.created.to_string(),
        "updated": ticket.updated.to_string(),
        "starts": date(ticket.starts),
        "started": date(ticket.started),
        "due": date(ticket.due),
        "told": date(ticket.told),
        "resolved": date(ticket.resolved),
        "owner": owner.map_or("Nobody", |owner| owner.name.as_str()),
        "url": format!("{}/tickets/{}", tx.desk().public_url(), ticket.id),
    })
}

/// Values by the name of their field. Fields of the queue that are empty are there, so that a template may ask for them.
fn lists(tx: &Tx, queue: &Queue, values: impl Iterator<Item = (FieldId, String)>) -> Map<String, Value> {
    let catalog = tx.catalog();
    let mut fields: Map<String, Value> = catalog.fields_of(queue.id).map(|field| (field.name.clone(), json!([]))).collect();
    for (id, content) in values {
        let Some(field) = catalog.field(id) else { continue };
        if let Value::Array(list) = fields.entry(field.name.clone()).or_insert_with(|| json!([])) {
            list.push(Value::String(content));
        }
    }
    fields
}

/// Those whom it names by their number.
fn people_in(change: &Change) -> Vec<UserId> {
    let names_people = matches!(change.what.kind, ChangeKind::AddWatcher | ChangeKind::DelWatcher);
    if !names_people && change.what.field.as_deref() != Some("Owner") {
        return vec![];
    }
    [&change.what.old, &change.what.new].into_iter().flatten().filter_map(|id| id.parse().ok()).collect()
}

/// For templates that are HTML: as its author formatted it, else line by line. Nothing in it can run or load.
fn html(change: &Change, message: Option<&NewMessage>) -> String {
    let formatted = message.and_then(|message| message.html.clone());
    formatted.unwrap_or_else(|| lines_of(&text(change, message)))
}

fn text(change: &Change, message: Option<&NewMessage>) -> String {
    let text = message.map_or("", |message| message.text.as_str());
    let shown: String = text.chars().take(LONGEST).collect();
    if change.what.kind == ChangeKind::Create { shown.trim().to_owned() } else { shown.trim_end().to_owned() }
}
