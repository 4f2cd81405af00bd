//! The names a template can use.

use super::Cause;
use crate::{Result, Tx, message::NewMessage};
use domain::{
    Role,
    change::{Change, ChangeKind},
    queue::Queue,
};
use serde_json::{Map, Value, json};

/// Texts longer than this are cut in notifications; the page has all of it.
const LONGEST: usize = 200_000;

pub(super) async fn of(tx: &mut Tx, cause: Cause<'_>, queue: &Queue) -> Result<Value> {
    let Cause { actor, ticket, change, message, .. } = cause;
    let catalog = tx.catalog();
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let mut ids: Vec<_> = members.iter().filter(|(_, role, _)| *role == Role::Requestor).map(|(_, _, user)| *user).collect();
    ids.push(ticket.owner);
    let users = storage::person::by_ids(&mut tx.db, &ids).await?;
    let owner = users.iter().find(|user| user.id == ticket.owner);
    let requestors: Vec<&str> = users
        .iter()
        .filter(|user| user.id != ticket.owner || !ticket.is_owned())
        .filter_map(|user| user.email.as_ref())
        .map(domain::person::EmailAddress::as_str)
        .collect();
    let mut fields = Map::new();
    for field in catalog.fields_of(ticket.queue) {
        fields.insert(field.name.clone(), json!([]));
    }
    for (_, id, content) in storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await? {
        let name = catalog.field(id).map(|field| field.name.clone());
        if let Some(Value::Array(values)) = name.and_then(|name| fields.get_mut(&name)) {
            values.push(Value::String(content));
        }
    }
    Ok(json!({
        "installation": catalog.installation(),
        "marker": format!("[{} #{}]", catalog.tag_of(queue), ticket.id),
        "ticket": {
            "id": ticket.id.0,
            "subject": ticket.subject,
            "status": ticket.status,
            "priority": ticket.priority,
            "level": ticket.level,
            "due": ticket.due.map(|due| due.to_string()),
            "created": ticket.created.to_string(),
            "owner": owner.map_or("Nobody", |owner| owner.name.as_str()),
            "url": format!("{}/tickets/{}", tx.desk().public_url(), ticket.id),
        },
        "queue": {
            "name": queue.name,
            "description": queue.description,
            "correspond_address": catalog.address(queue, false).map(|address| address.to_string()).unwrap_or_default(),
        },
        "actor": { "name": actor.user.display_name(), "email": actor.email().map(ToString::to_string).unwrap_or_default() },
        "requestors": requestors,
        "fields": fields,
        "change": { "kind": change.what.kind.as_str(), "field": change.what.field, "old": change.what.old, "new": change.what.new },
        "message": { "text": text(change, message) },
    }))
}

fn text(change: &Change, message: Option<&NewMessage>) -> String {
    let text = message.map_or("", |message| message.text.as_str());
    let shown: String = text.chars().take(LONGEST).collect();
    if change.what.kind == ChangeKind::Create { shown.trim().to_owned() } else { shown.trim_end().to_owned() }
}
