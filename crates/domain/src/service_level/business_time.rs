//! Walking through open time. Between two changes of the clock a zone has one offset, and there local time runs
//! evenly: so every stretch is cut at the changes, and hours that a change repeats or leaves out count as the
//! clock on the wall shows them.

use std::iter::once;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};

use super::calendar::Calendar;

/// Ten years: whoever has no open moment until then has none.
const HORIZON: SignedDuration = SignedDuration::from_hours(24 * 3_660);

pub fn is_open(calendar: &Calendar, at: Timestamp) -> bool {
    let local = calendar.zone().to_datetime(at);
    let minute =
        u16::from(local.hour().unsigned_abs()).saturating_mul(60).saturating_add(u16::from(local.minute().unsigned_abs()));
    calendar.hours_on(local.date()).iter().any(|hours| hours.holds(minute))
}

/// The instant itself when it is open.
pub fn next_open(calendar: &Calendar, from: Timestamp) -> Option<Timestamp> {
    walk(calendar, from, |opens, _| Some(opens))
}

/// The instant by which so much open time has passed: the end of a day, not the beginning of the next.
/// None or less is the next open moment.
pub fn add_business_minutes(calendar: &Calendar, from: Timestamp, minutes: i64) -> Option<Timestamp> {
    let mut left = SignedDuration::from_secs(minutes.max(0).checked_mul(60)?);
    walk(calendar, from, |opens, closes| {
        let stretch = closes.duration_since(opens);
        if left <= stretch {
            return opens.checked_add(left).ok();
        }
        left = left.saturating_sub(stretch);
        None
    })
}

/// Open time between two moments, in whole minutes.
pub fn business_minutes_between(calendar: &Calendar, from: Timestamp, until: Timestamp) -> i64 {
    let mut total = SignedDuration::ZERO;
    walk(calendar, from, |opens, closes| {
        total = total.saturating_add(closes.min(until).duration_since(opens.min(until)));
        (closes >= until).then_some(())
    });
    total.as_mins()
}

/// Visits the open stretches from an instant on, in order, until one gives an answer or the horizon is reached.
fn walk<T>(calendar: &Calendar, from: Timestamp, mut visit: impl FnMut(Timestamp, Timestamp) -> Option<T>) -> Option<T> {
    if calendar.never_opens() {
        return None;
    }
    let zone = calendar.zone();
    let horizon = from.saturating_add(HORIZON).unwrap_or(Timestamp::MAX);
    let changes = zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < horizon);
    let mut start = from;
    for end in changes.chain(once(horizon)) {
        let found = walk_evenly(calendar, zone.to_offset(start), (start, end), &mut visit);
        if found.is_some() {
            return found;
        }
        start = end;
    }
    None
}

fn walk_evenly<T>(
    calendar: &Calendar,
    offset: Offset,
    (start, end): (Timestamp, Timestamp),
    visit: &mut impl FnMut(Timestamp, Timestamp) -> Option<T>,
) -> Option<T> {
    let last = offset.to_datetime(end).date();
    let mut date = offset.to_datetime(start).date();
    while date <= last {
        for hours in calendar.hours_on(date) {
            let opens = instant(offset, date, hours.opens())?.max(start);
            let closes = instant(offset, date, hours.closes())?.min(end);
            let found = (opens < closes).then(|| visit(opens, closes)).flatten();
            if found.is_some() {
                return found;
            }
        }
        date = date.tomorrow().ok()?;
    }
    None
}

fn instant(offset: Offset, date: Date, minute: u16) -> Option<Timestamp> {
    let midnight = offset.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    midnight.checked_add(SignedDuration::from_mins(i64::from(minute))).ok()
}
