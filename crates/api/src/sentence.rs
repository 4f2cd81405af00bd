//! What a change did, in the sentences that RT's clients look for (API-074, API-111).

use crate::shape::{SYSTEM, login};
use actions::{Catalog, ticket::show::Entry};
use domain::{
    FieldId, QueueId, UserId,
    change::{Change, ChangeKind, NewChange},
    custom_field::CustomField,
    link::LinkKind,
    person::User,
};
use jiff::Timestamp;

/// A change of a ticket's own columns, as the answer to an update says it.
pub(crate) fn of_update(change: &Change, catalog: &Catalog) -> String {
    column(&change.what, catalog).unwrap_or_else(|| change.what.kind.as_str().to_owned())
}

/// A whole entry of history with who did it.
pub(crate) fn description(entry: &Entry, catalog: &Catalog) -> String {
    let what = &entry.change.what;
    let user = |id: &Option<String>| {
        let id = id.as_deref().unwrap_or_default();
        if id == UserId::SYSTEM.to_string() {
            return SYSTEM.to_owned();
        }
        entry.names.iter().find(|(number, _)| number.to_string() == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    };
    let field = what.field.as_deref().unwrap_or_default();
    let sentence = match what.kind {
        ChangeKind::Create => "Ticket created".to_owned(),
        ChangeKind::Correspond => "Correspondence added".to_owned(),
        ChangeKind::Comment => "Comments added".to_owned(),
        ChangeKind::EmailRecord => "Outgoing email recorded".to_owned(),
        ChangeKind::CommentEmailRecord => "Outgoing email about a comment recorded".to_owned(),
        ChangeKind::SystemError => "System error".to_owned(),
        ChangeKind::AddReminder => format!("Reminder '{}' added", what.data.as_deref().unwrap_or_default()),
        ChangeKind::OpenReminder => format!("Reminder '{}' reopened", what.data.as_deref().unwrap_or_default()),
        ChangeKind::ResolveReminder => format!("Reminder '{}' completed", what.data.as_deref().unwrap_or_default()),
        ChangeKind::Withdrawn => "Message taken back before it was sent".to_owned(),
        ChangeKind::Delivery => "Outgoing email sent again or cancelled".to_owned(),
        ChangeKind::AttachmentTruncate => format!("File '{}' truncated", what.new.as_deref().unwrap_or_default()),
        ChangeKind::AttachmentDrop => format!("File '{}' dropped", what.new.as_deref().unwrap_or_default()),
        ChangeKind::Bounce => "Bounce received".to_owned(),
        ChangeKind::ForwardTicket => format!("Forwarded ticket to {}", what.data.as_deref().unwrap_or_default()),
        ChangeKind::ForwardTransaction => format!("Forwarded a transaction to {}", what.data.as_deref().unwrap_or_default()),
        ChangeKind::AddWatcher => format!("{field} {} added", user(&what.new)),
        ChangeKind::DelWatcher => format!("{field} {} deleted", user(&what.old)),
        ChangeKind::AddLink => format!("{field} {} added", end(what.new.as_deref())),
        ChangeKind::DeleteLink => format!("{field} {} deleted", end(what.old.as_deref())),
        ChangeKind::CustomField => {
            let known = field.parse::<FieldId>().ok().and_then(|id| catalog.field(id));
            known.map_or_else(|| "A custom field changed".to_owned(), |field| of_field(field, what))
        }
        ChangeKind::Set if field == "Owner" => format!("Owner changed from {} to {}", user(&what.old), user(&what.new)),
        ChangeKind::Status | ChangeKind::Set | ChangeKind::Told => column(what, catalog).unwrap_or_default(),
    };
    format!("{sentence} by {}", login(&entry.actor))
}

fn end(value: Option<&str>) -> String {
    let value = value.unwrap_or_default();
    if value.parse::<i64>().is_ok() { format!("ticket #{value}") } else { value.to_owned() }
}

fn column(what: &NewChange, catalog: &Catalog) -> Option<String> {
    let field = what.field.as_deref()?;
    let (old, new) = (what.old.as_deref(), what.new.as_deref());
    Some(match field {
        // the verb notes the logins
        "Owner" => format!("Owner changed from {}", what.data.as_deref().unwrap_or_default()),
        "Queue" => format!("Queue changed from {} to {}", queue(old, catalog), queue(new, catalog)),
        "Starts" | "Started" | "Due" | "Told" | "Resolved" | "SnoozedUntil" => {
            format!("{field} changed from {} to {}", date(old), date(new))
        }
        _ => format!("{field} changed from {} to {}", quoted(old), quoted(new)),
    })
}

fn queue(id: Option<&str>, catalog: &Catalog) -> String {
    let known = id.and_then(|id| id.parse().ok()).and_then(|id| catalog.queue(QueueId(id)));
    known.map_or_else(|| id.unwrap_or_default().to_owned(), |queue| queue.name.clone())
}

fn date(text: Option<&str>) -> String {
    match text.map(str::parse::<Timestamp>) {
        Some(Ok(moment)) => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        _ => "Not set".to_owned(),
    }
}

fn quoted(text: Option<&str>) -> String {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => format!("'{text}'"),
        None => "(no value)".to_owned(),
    }
}

/// Values of fields are spoken of differently for one and for many.
pub(crate) fn of_field(field: &CustomField, what: &NewChange) -> String {
    let name = &field.name;
    match (what.old.as_deref(), what.new.as_deref()) {
        (Some(old), Some(new)) => format!("{name} {old} changed to {new}"),
        (None, Some(new)) if field.is_single() => format!("{name} {new} added"),
        (None, Some(new)) => format!("{new} added as a value for {name}"),
        (old, None) => format!("{} is no longer a value for custom field {name}", old.unwrap_or_default()),
    }
}

pub(crate) fn added(user: &User, role: &str) -> String {
    format!("Added {} as {role} for this ticket", login(user))
}

pub(crate) fn removed(user: &User, role: &str) -> String {
    format!("{} is no longer {role} for this ticket", login(user))
}

/// A link made or taken away, read from where it starts.
pub(crate) fn of_link(kind: LinkKind, base: &str, target: &str, made: bool) -> String {
    match (kind, made) {
        (LinkKind::DependsOn, true) => format!("{base} depends on {target}."),
        (LinkKind::DependsOn, false) => format!("{base} no longer depends on {target}."),
        (LinkKind::MemberOf, true) => format!("{base} member of {target}."),
        (LinkKind::MemberOf, false) => format!("{base} no longer member of {target}."),
        (LinkKind::RefersTo, true) => format!("{base} refers to {target}."),
        (LinkKind::RefersTo, false) => format!("{base} no longer refers to {target}."),
    }
}
