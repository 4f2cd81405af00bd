//! Tickets: in lists from a search, whole with hyperlinks from a view (API-050 … API-053, API-110).

use super::{Column, FieldValues, Look, Object, Record, end, reference, self_link, to_uri};
use actions::{lists::Detailed, ticket::show::TicketView};
use domain::{Role, Ticket, lifecycle::Update, person::User, queue::Queue};
use serde_json::{Value, json};

pub(crate) const COLUMNS: [&str; 29] = [
    "id",
    "Type",
    "EffectiveId",
    "Queue",
    "Subject",
    "Status",
    "Owner",
    "Requestor",
    "Cc",
    "AdminCc",
    "Creator",
    "Created",
    "LastUpdatedBy",
    "LastUpdated",
    "Priority",
    "InitialPriority",
    "FinalPriority",
    "TimeEstimated",
    "TimeWorked",
    "TimeLeft",
    "Starts",
    "Started",
    "Due",
    "Resolved",
    "Told",
    "SnoozedUntil",
    "SLA",
    "CustomFields",
    "_hyperlinks",
];

pub(crate) struct TicketRecord {
    ticket: Ticket,
    queue: Queue,
    owner: User,
    creator: User,
    updater: User,
    people: Vec<(Role, User)>,
    fields: Vec<FieldValues>,
    /// What only a view knows: rights, links and lifecycle actions.
    view: Option<TicketView>,
}

impl TicketRecord {
    pub(crate) fn of_list(row: Detailed) -> Self {
        let fields = row.fields.into_iter().map(|(field, values)| FieldValues { field, values }).collect();
        let Detailed { ticket, queue, owner, creator, updater, people, .. } = row;
        Self { ticket, queue, owner, creator, updater, people, fields, view: None }
    }

    pub(crate) fn of_view(view: TicketView) -> Self {
        Self {
            ticket: Ticket::clone(&view.ticket),
            queue: view.queue.clone(),
            owner: view.owner.clone(),
            creator: view.creator.clone(),
            updater: view.updater.clone(),
            people: view.people.clone(),
            fields: view.fields.iter().map(|one| FieldValues { field: one.field.clone(), values: one.values.clone() }).collect(),
            view: Some(view),
        }
    }

    fn role(&self, role: Role) -> Column<'_> {
        Column::Many(self.people.iter().filter(|(held, _)| *held == role).map(|(_, user)| user as &dyn Record).collect())
    }

    /// Planned and spent time is for staff.
    fn minutes(minutes: i64, look: &Look) -> Column<'static> {
        if look.actor.user.privileged { Column::number(minutes) } else { Column::Unset }
    }

    fn moments(&self, name: &str) -> Option<Column<'_>> {
        let ticket = &self.ticket;
        Some(Column::moment(match name {
            "Starts" => ticket.starts,
            "Started" => ticket.started,
            "Due" => ticket.due,
            "Resolved" => ticket.resolved,
            "SnoozedUntil" if ticket.snoozed_until.is_none() => return Some(Column::Unset),
            "SnoozedUntil" => ticket.snoozed_until,
            "Created" => Some(ticket.created),
            "LastUpdated" => Some(ticket.updated),
            "Told" if ticket.told.is_none() => return Some(Column::Unset),
            "Told" => ticket.told,
            _ => return None,
        }))
    }
}

impl Record for TicketRecord {
    fn placeholder(&self, look: &Look) -> Object {
        reference(look.site, "ticket", self.ticket.id)
    }

    fn column<'a>(&'a self, name: &str, look: &Look<'a>) -> Option<Column<'a>> {
        let ticket = &self.ticket;
        Some(match name {
            "id" => Column::Value(json!(ticket.id.0)),
            "Type" => Column::text("ticket"),
            "EffectiveId" if look.whole => Column::Value(Value::Object(self.placeholder(look))),
            "EffectiveId" => Column::number(ticket.id),
            "Queue" => Column::One(&self.queue),
            "Subject" => Column::text(ticket.subject.as_str()),
            "Status" => Column::text(ticket.status.as_str()),
            "Owner" => Column::One(&self.owner),
            "Requestor" => self.role(Role::Requestor),
            "Cc" => self.role(Role::Cc),
            "AdminCc" => self.role(Role::AdminCc),
            "Creator" => Column::One(&self.creator),
            "LastUpdatedBy" => Column::One(&self.updater),
            "Priority" => Column::number(ticket.priority),
            "InitialPriority" => Column::number(ticket.initial_priority),
            "FinalPriority" => Column::number(ticket.final_priority),
            "TimeEstimated" => Self::minutes(ticket.time_estimated, look),
            "TimeWorked" => Self::minutes(ticket.time_worked, look),
            "TimeLeft" => Self::minutes(ticket.time_left, look),
            "SLA" => Column::optional(ticket.level.as_deref()),
            "CustomFields" => Column::Many(self.fields.iter().map(|field| field as &dyn Record).collect()),
            "CustomRoles" => Column::Value(json!({})),
            "_hyperlinks" => Column::Value(self.view.as_ref().map_or_else(|| json!([]), |view| hyperlinks(view, look))),
            _ => return self.moments(name),
        })
    }
}

fn hyperlinks(view: &TicketView, look: &Look) -> Value {
    let site = look.site;
    let id = view.ticket.id;
    let of_ticket = |part: &str| site.url(format_args!("ticket/{id}/{part}"));
    let mut links = vec![self_link(site, "ticket", id.0), json!({ "ref": "history", "_url": of_ticket("history") })];
    if view.may_reply() {
        links.push(json!({ "ref": "correspond", "_url": of_ticket("correspond") }));
    }
    if view.may_comment() {
        links.push(json!({ "ref": "comment", "_url": of_ticket("comment") }));
    }
    links.extend(view.links.iter().map(|link| end(site, link.kind, link.outgoing, link.ticket.id)));
    links.extend(view.uris.iter().map(|(kind, uri)| to_uri(*kind, uri)));
    links.extend(view.actions.iter().map(|action| {
        let (update, url) = match action.update {
            Update::Respond => (Some("Respond"), of_ticket("correspond")),
            Update::Comment => (Some("Comment"), of_ticket("comment")),
            Update::None => (None, site.url(format_args!("ticket/{id}"))),
        };
        let mut link =
            json!({ "ref": "lifecycle", "from": view.ticket.status, "to": action.to, "label": action.label, "_url": url });
        if let Some(update) = update {
            link["update"] = json!(update);
        }
        link
    }));
    links.extend(view.fields.iter().map(|one| FieldValues::link(&one.field, site)));
    Value::Array(links)
}
