//! What stands in a column as text alone, for files and letters.

use super::Listed;
use domain::{layout::Column, moment::written};
use jiff::tz::TimeZone;

/// Columns that offer something to press have no text.
#[must_use]
pub fn has_text(column: &Column) -> bool {
    !matches!(column, Column::Take | Column::TakeOrSteal)
}

/// Dates are in the reader's time zone, times in minutes.
#[must_use]
pub fn plain(column: &Column, row: &Listed, zone: &TimeZone) -> String {
    let ticket = &row.ticket;
    let date = |at: Option<jiff::Timestamp>| at.map(|at| written(at, zone)).unwrap_or_default();
    match column {
        Column::Id => ticket.id.to_string(),
        Column::Subject => ticket.subject.clone(),
        Column::Requestors => requestors(row),
        Column::Status => ticket.status.clone(),
        Column::Queue => row.queue.clone(),
        Column::Owner if ticket.is_owned() => row.owner.clone(),
        Column::Owner | Column::Take | Column::TakeOrSteal => String::new(),
        Column::Due => date(ticket.due),
        Column::Priority => row.priority.clone().unwrap_or_else(|| ticket.priority.to_string()),
        Column::Updates => row.unread.to_string(),
        Column::Created => date(Some(ticket.created)),
        Column::Told => date(ticket.told),
        Column::LastUpdated => date(Some(ticket.updated)),
        Column::Starts => date(ticket.starts),
        Column::Started => date(ticket.started),
        Column::Resolved => date(ticket.resolved),
        Column::SnoozedUntil => date(ticket.snoozed_until),
        Column::TimeLeft => ticket.time_left.to_string(),
        Column::TimeWorked => ticket.time_worked.to_string(),
        Column::HasIncident => row.incidents.to_string(),
        Column::Field(name) => {
            let values = row.fields.iter().filter(|(field, _)| field == name);
            values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Whose it is, as words.
#[must_use]
pub fn requestors(row: &Listed) -> String {
    let names: Vec<&str> =
        row.requestors.iter().map(|user| user.email.as_ref().map_or(user.name.as_str(), |email| email.as_str())).collect();
    names.join(", ")
}
