//! The ready-made scheme "classic" (IR-235 to IR-241): levels by time of arrival, due dates some days ahead.

use jiff::{Span, Timestamp, ToSpan};

use super::{Calendar, Hours, Promise, ServiceLevel, deadline, is_open, next_open};
use crate::TicketKind;

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

/// What happened to a ticket, as far as the scheme looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Created,
    StaffReply,
    OutsideReply,
    Closed,
    Reopened,
}

/// How far ahead `N days` is, read from `7` or a phrase such as `2 weeks` (IR-238, IR-243).
pub fn ahead(text: &str) -> Option<Span> {
    let text = text.trim();
    let days = text.parse::<u16>().ok().map(|days| i64::from(days).days());
    days.or_else(|| crate::moment::relative(&text.to_ascii_lowercase())).filter(|span| !span.is_negative())
}

/// Some time ahead by the calendar's clock, then the next business moment (IR-238, IR-239).
pub fn days_ahead(calendar: &Calendar, from: Timestamp, ahead: Span) -> Option<Timestamp> {
    let then = from.to_zoned(calendar.zone()).checked_add(ahead).ok()?;
    next_open(calendar, then.timestamp())
}

/// When work on a ticket begins that has no Starts yet (IR-237).
pub fn starts(kind: TicketKind, calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    if kind.is_child() { next_open(calendar, now) } else { Some(now) }
}

/// Due after something happened; `level` is the one in force (IR-238 … IR-241).
pub fn due(
    event: Event,
    kind: TicketKind,
    (level, calendar): (Option<&ServiceLevel>, &Calendar),
    now: Timestamp,
    ahead: Span,
) -> Option<Timestamp> {
    let by_level = || level?.response.as_ref().and_then(|promise| deadline(promise, None, calendar, now));
    match event {
        Event::Created if kind == TicketKind::Report => by_level(),
        Event::Reopened => by_level(),
        Event::Created | Event::StaffReply => days_ahead(calendar, now, ahead),
        Event::OutsideReply => next_open(calendar, now),
        Event::Closed => None,
    }
}
