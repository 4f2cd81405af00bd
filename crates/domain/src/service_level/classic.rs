//! The ready-made scheme "classic" (IR-235 to IR-241): levels by time of arrival, due dates some days ahead.

use jiff::{Timestamp, ToSpan};

use super::{Calendar, Hours, Promise, ServiceLevel, is_open, next_open};

pub const FULL: &str = "Full service";
pub const FULL_OUT_OF_HOURS: &str = "Full service: out of hours";
pub const REDUCED: &str = "Reduced service";
pub const NOW: &str = "Now (in business hours)";

/// Monday to Friday, 09:00 to 18:00 (IR-236).
pub fn calendar(name: &str, time_zone: &str) -> Calendar {
    let day: Vec<Hours> = Hours::new(9 * 60, 18 * 60).into_iter().collect();
    let week = [Vec::new(), day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new()];
    Calendar { name: name.to_owned(), time_zone: time_zone.to_owned(), week, holidays: Vec::new() }
}

pub fn levels(calendar: &str) -> Vec<ServiceLevel> {
    [(FULL, 60), (FULL_OUT_OF_HOURS, 120), (REDUCED, 120), (NOW, 0)]
        .into_iter()
        .map(|(name, minutes)| ServiceLevel {
            name: name.to_owned(),
            calendar: calendar.to_owned(),
            response: Some(Promise::business(minutes)),
            ..ServiceLevel::default()
        })
        .collect()
}

/// The level of a ticket that arrives or is reopened then (IR-235, IR-241).
pub fn level_at(calendar: &Calendar, at: Timestamp) -> &'static str {
    if is_open(calendar, at) { FULL } else { FULL_OUT_OF_HOURS }
}

/// Days ahead by the calendar's clock, then the next business moment (IR-238, IR-239).
pub fn days_ahead(calendar: &Calendar, from: Timestamp, days: u16) -> Option<Timestamp> {
    let then = from.to_zoned(calendar.zone()).checked_add(i32::from(days).days()).ok()?;
    next_open(calendar, then.timestamp())
}
