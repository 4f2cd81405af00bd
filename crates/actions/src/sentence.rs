//! What a change did, in the sentences that RT's clients and templates look for (API-074, API-111, TC-159).

use crate::Catalog;
use domain::{
    FieldId, QueueId,
    change::{ChangeKind, NewChange},
    custom_field::CustomField,
};
use jiff::Timestamp;

/// A whole change, without who made it. `user` is what people are called, by their number.
#[must_use]
pub fn of(what: &NewChange, catalog: &Catalog, user: impl Fn(&str) -> String) -> String {
    let field = what.field.as_deref().unwrap_or_default();
    match what.kind {
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
        ChangeKind::AddWatcher => format!("{field} {} added", user(what.new.as_deref().unwrap_or_default())),
        ChangeKind::DelWatcher => format!("{field} {} deleted", user(what.old.as_deref().unwrap_or_default())),
        ChangeKind::AddLink => format!("{field} {} added", end(what.new.as_deref())),
        ChangeKind::DeleteLink => format!("{field} {} deleted", end(what.old.as_deref())),
        ChangeKind::CustomField => {
            let known = field.parse::<FieldId>().ok().and_then(|id| catalog.field(id));
            known.map_or_else(|| "A custom field changed".to_owned(), |field| of_field(field, what))
        }
        ChangeKind::Set if field == "Owner" => format!(
            "Owner changed from {} to {}",
            user(what.old.as_deref().unwrap_or_default()),
            user(what.new.as_deref().unwrap_or_default())
        ),
        ChangeKind::Status | ChangeKind::Set | ChangeKind::Told => of_column(what, catalog).unwrap_or_default(),
    }
}

fn end(value: Option<&str>) -> String {
    let value = value.unwrap_or_default();
    if value.parse::<i64>().is_ok() { format!("ticket #{value}") } else { value.to_owned() }
}

/// A change of a ticket's own columns; of nothing else.
#[must_use]
pub fn of_column(what: &NewChange, catalog: &Catalog) -> Option<String> {
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
#[must_use]
pub fn of_field(field: &CustomField, what: &NewChange) -> String {
    let name = &field.name;
    match (what.old.as_deref(), what.new.as_deref()) {
        (Some(old), Some(new)) => format!("{name} {old} changed to {new}"),
        (None, Some(new)) if field.is_single() => format!("{name} {new} added"),
        (None, Some(new)) => format!("{new} added as a value for {name}"),
        (old, None) => format!("{} is no longer a value for custom field {name}", old.unwrap_or_default()),
    }
}
