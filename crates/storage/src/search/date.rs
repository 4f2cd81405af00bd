//! Dates as people write them in a query (TC-258): ISO forms and relative ones, in the asker's time zone.

use jiff::{Span, Timestamp, ToSpan, civil, tz::TimeZone};

/// The moment a text denotes; a bare day is its midnight.
#[must_use]
pub(super) fn moment(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim().to_ascii_lowercase();
    if let Ok(exact) = text.to_ascii_uppercase().parse::<Timestamp>() {
        return Some(exact);
    }
    let today = now.to_zoned(zone.clone()).date();
    let day = match text.as_str() {
        "now" => return Some(now),
        "today" => Some(today),
        "yesterday" => today.yesterday().ok(),
        "tomorrow" => today.tomorrow().ok(),
        _ => None,
    };
    if let Some(day) = day {
        return midnight(day, zone);
    }
    let civil_form = text.to_ascii_uppercase().replacen(' ', "T", 1);
    if let Ok(time) = civil_form.parse::<civil::DateTime>() {
        return time.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    }
    if let Ok(day) = text.parse::<civil::Date>() {
        return midnight(day, zone);
    }
    let shift = relative(&text)?;
    now.to_zoned(zone.clone()).checked_add(shift).ok().map(|zoned| zoned.timestamp())
}

/// Midnight before and midnight after the moment a text denotes.
#[must_use]
pub(super) fn day(text: &str, now: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let date = moment(text, now, zone)?.to_zoned(zone.clone()).date();
    Some((midnight(date, zone)?, midnight(date.tomorrow().ok()?, zone)?))
}

fn midnight(day: civil::Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
}

/// `3 days ago`, `in 2 weeks`, `+1 month`, `-2 hours`, `2 days`.
fn relative(text: &str) -> Option<Span> {
    let (text, ago) = match text.strip_suffix("ago") {
        Some(rest) => (rest.trim(), true),
        None => (text.strip_prefix("in ").unwrap_or(text).trim(), false),
    };
    let (text, negative) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (rest.trim(), true),
        (_, Some(rest)) => (rest.trim(), false),
        _ => (text, false),
    };
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let number: i64 = text.get(..digits)?.parse().ok().filter(|number| *number <= 100_000)?;
    let number = if ago ^ negative { -number } else { number };
    Some(match text.get(digits..)?.trim().trim_end_matches('s') {
        "second" | "sec" => number.seconds(),
        "minute" | "min" => number.minutes(),
        "hour" | "h" => number.hours(),
        "day" | "d" => number.days(),
        "week" | "w" => number.weeks(),
        "month" => i64::min(number, 10_000).max(-10_000).months(),
        "year" => i64::min(number, 1_000).max(-1_000).years(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let zone = TimeZone::get("Europe/Oslo").expect("bundled zone");
        let now: Timestamp = "2026-11-22T09:30:00Z".parse().expect("constant");
        let read = |text: &str| moment(text, now, &zone).map(|moment| moment.to_string());
        for (text, expected) in [
            ("2026-11-01", "2026-10-31T23:00:00Z"),
            ("2026-11-01 10:00:00", "2026-11-01T09:00:00Z"),
            ("2026-11-01 10:00", "2026-11-01T09:00:00Z"),
            ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"),
            ("2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00Z"),
            ("today", "2026-11-21T23:00:00Z"),
            ("Tomorrow", "2026-11-22T23:00:00Z"),
            ("1 hour ago", "2026-11-22T08:30:00Z"),
            ("-2 days", "2026-11-20T09:30:00Z"),
            ("in 2 weeks", "2026-12-06T09:30:00Z"),
            ("+1 month", "2026-12-22T09:30:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "soon", "99999999999 days", "2026-13-01", "ago", "5 moons ago"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
