//! Queues (API-161).

use super::{Column, FieldValues, Look, Object, Record, person, reference, self_link};
use domain::{Right, Role, queue::Queue};
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 20] = [
    "id",
    "Name",
    "Description",
    "CorrespondAddress",
    "CommentAddress",
    "SubjectTag",
    "Lifecycle",
    "SortOrder",
    "SLADisabled",
    "Disabled",
    "Cc",
    "AdminCc",
    "Creator",
    "Created",
    "LastUpdated",
    "LastUpdatedBy",
    "CustomFields",
    "TicketCustomFields",
    "TicketTransactionCustomFields",
    "_hyperlinks",
];

fn hyperlinks(queue: &Queue, look: &Look) -> Value {
    let mut links = vec![self_link(look.site, "queue", queue.id.0)];
    if look.catalog.grants.on_queue(&look.actor.identity, Right::CreateTicket, queue.id) && !queue.disabled {
        links
            .push(json!({ "ref": "create", "type": "ticket", "_url": look.site.url(format_args!("ticket?Queue={}", queue.id)) }));
    }
    Value::Array(links)
}

fn watchers<'a>(queue: &Queue, role: Role, look: &Look<'a>) -> Column<'a> {
    let holders = look.catalog.queue_watchers(queue.id, role);
    let known = holders.into_iter().filter_map(|id| match person(id, look) {
        Column::One(user) => Some(user),
        _ => None,
    });
    Column::Many(known.collect())
}

fn ticket_fields(queue: &Queue, look: &Look) -> Value {
    let visible = look
        .catalog
        .fields_of(queue.id)
        .filter(|field| look.catalog.grants.on_field(&look.actor.identity, Right::SeeCustomField, field.id, queue.id));
    visible.map(|field| FieldValues::link(field, look.site)).collect()
}

impl Record for Queue {
    fn placeholder(&self, look: &Look) -> Object {
        reference(look.site, "queue", self.id)
    }

    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        let address = |address: &Option<domain::person::EmailAddress>| {
            Column::text(address.as_ref().map_or("", |address| address.as_str()))
        };
        Some(match name {
            "id" => Column::Value(json!(self.id.0)),
            "Name" => Column::text(self.name.as_str()),
            "Description" => Column::text(self.description.as_str()),
            "CorrespondAddress" => address(&self.correspond_address),
            "CommentAddress" => address(&self.comment_address),
            "SubjectTag" => Column::optional(self.subject_tag.as_deref()),
            "Lifecycle" => Column::text(self.lifecycle.as_str()),
            "SortOrder" => Column::number(self.sort_order),
            "SLADisabled" => Column::flag(self.levels_disabled),
            "Disabled" => Column::flag(self.disabled),
            "Cc" => watchers(self, Role::Cc, look),
            "AdminCc" => watchers(self, Role::AdminCc, look),
            "Creator" | "LastUpdatedBy" => person(domain::UserId::SYSTEM, look),
            "Created" | "LastUpdated" => Column::moment(None),
            "CustomFields" | "TicketTransactionCustomFields" => Column::Value(json!([])),
            "TicketCustomFields" => Column::Value(ticket_fields(self, look)),
            "_hyperlinks" => Column::Value(hyperlinks(self, look)),
            _ => return None,
        })
    }
}
