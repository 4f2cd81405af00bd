//! Dates as people write them (TC-065, TC-258): ISO forms and free text such as "tomorrow", "next monday 10:00", "+3 days" or
//! "2 weeks ago", in the writer's time zone. A day before a month where both are numbers; a bare weekday is the coming one.

use jiff::{
    Span, Timestamp, ToSpan,
    civil::{self, Date, Time, Weekday},
    tz::TimeZone,
};

/// The moment a text denotes; a bare day is its midnight.
#[must_use]
pub fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    if let Ok(exact) = text.to_ascii_uppercase().parse::<Timestamp>() {
        return Some(exact);
    }
    if text == "now" {
        return Some(now);
    }
    if let Ok(local) = text.to_ascii_uppercase().replacen(' ', "T", 1).parse::<civil::DateTime>() {
        return instant(local, zone);
    }
    let here = now.to_zoned(zone.clone());
    if let Some(span) = relative(&text) {
        return here.checked_add(span).ok().map(|zoned| zoned.timestamp());
    }
    let (words, time) = with_time(&text)?;
    let date = day_named(&words, here.date())?;
    instant(date.to_datetime(time.unwrap_or(Time::midnight())), zone)
}

/// Midnight before and midnight after the moment a text denotes.
#[must_use]
pub fn day(text: &str, now: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let date = read(text, now, zone)?.to_zoned(zone.clone()).date();
    Some((instant(date.at(0, 0, 0, 0), zone)?, instant(date.tomorrow().ok()?.at(0, 0, 0, 0), zone)?))
}

/// How a moment is shown where it can be typed over, and [`read`] back.
#[must_use]
pub fn written(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn instant(local: civil::DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let is_sane = (1970..=2999).contains(&local.year());
    is_sane.then(|| local.to_zoned(zone.clone()).ok())?.map(|zoned| zoned.timestamp())
}

/// Splits a time of day off the end (or the front) of a text.
fn with_time(text: &str) -> Option<(String, Option<Time>)> {
    let words: Vec<&str> = text.split(' ').filter(|word| *word != "at").collect();
    let (last, before) = words.split_last()?;
    // "5 pm" is one time in two words
    if let (true, Some((hour, rest))) = (matches!(*last, "am" | "pm"), before.split_last()) {
        return Some((rest.join(" "), Some(time_of_day(&format!("{hour}{last}"))?)));
    }
    if let Some(time) = time_of_day(last) {
        return Some((before.join(" "), Some(time)));
    }
    match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && time_of_day(first).is_some() => Some((rest.join(" "), time_of_day(first))),
        _ => Some((words.join(" "), None)),
    }
}

fn time_of_day(word: &str) -> Option<Time> {
    match word {
        "noon" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" => return Some(Time::midnight()),
        _ => {}
    }
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(false)),
        (_, Some(rest)) => (rest, Some(true)),
        _ => (word, None),
    };
    let mut parts = digits.split(':');
    let hour: i8 = number(parts.next()?)?;
    let minute = parts.next().map(number);
    let second = parts.next().map(number);
    if parts.next().is_some() || (minute.is_none() && half.is_none()) {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    Time::new(hour, minute.unwrap_or(Some(0))?, second.unwrap_or(Some(0))?, 0).ok()
}

fn number(digits: &str) -> Option<i8> {
    let sound = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten()
}

/// A day by its name, its date, or a span; nothing (beside a time) is today.
fn day_named(words: &str, today: Date) -> Option<Date> {
    match words {
        "" | "today" => return Some(today),
        "yesterday" => return today.yesterday().ok(),
        "tomorrow" => return today.tomorrow().ok(),
        "day after tomorrow" => return today.checked_add(2.days()).ok(),
        "next week" => return today.checked_add(1.weeks()).ok(),
        "next month" => return today.checked_add(1.months()).ok(),
        "next year" => return today.checked_add(1.years()).ok(),
        _ => {}
    }
    weekday(words, today).or_else(|| written_date(words, today)).or_else(|| today.checked_add(relative(words)?).ok())
}

pub(crate) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The day of this name in lower case, or of its first three letters or more.
#[must_use]
pub fn weekday_named(name: &str) -> Option<Weekday> {
    let found = WEEKDAYS.iter().find(|(full, _)| name.len() >= 3 && full.starts_with(name));
    found.map(|(_, day)| *day)
}

fn weekday(words: &str, today: Date) -> Option<Date> {
    let (which, name) = words.split_once(' ').unwrap_or(("", words));
    let day = weekday_named(name)?;
    match which {
        // today, when it is that day
        "" | "this" if today.weekday() == day => Some(today),
        "" | "this" | "next" => today.nth_weekday(1, day).ok(),
        "last" => today.nth_weekday(-1, day).ok(),
        _ => None,
    }
}

/// `2026-03-09`, `9.3.2026`, `09/03/2026` (day first), `9 march`, `march 9 2026`.
fn written_date(words: &str, today: Date) -> Option<Date> {
    if let Ok(date) = words.parse::<Date>() {
        return Some(date);
    }
    let parts: Vec<&str> = words.split(['.', '/', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let (first, second, year) = match parts[..] {
        [first, second] => (first, second, today.year()),
        [first, second, year] if year.len() == 4 => (first, second, year.parse().ok()?),
        _ => return None,
    };
    let (day, month) = match (month_named(first), month_named(second)) {
        (Some(month), None) => (number(second)?, month),
        (None, Some(month)) => (number(first)?, month),
        _ if parts.len() == 3 => (number(first)?, number(second)?),
        _ => return None,
    };
    Date::new(year, month, day).ok()
}

pub(crate) const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of the month of this name in lower case, or of its first three letters or more; from one.
#[must_use]
pub fn month_named(word: &str) -> Option<i8> {
    let index = MONTHS.iter().position(|name| *name == word || (word.len() >= 3 && name.starts_with(word)))?;
    i8::try_from(index + 1).ok()
}

/// `3 days ago`, `in 2 weeks`, `+1 month`, `-2 hours`, `2 days`.
#[must_use]
pub fn relative(text: &str) -> Option<Span> {
    let text = text.trim();
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

    fn check(table: &[(&str, &str)]) {
        let zone = TimeZone::get("Europe/Oslo").expect("bundled zone");
        // a Sunday
        let now: Timestamp = "2026-11-22T09:30:00Z".parse().expect("constant");
        for (text, expected) in table {
            assert_eq!(read(text, now, &zone).map(|moment| moment.to_string()).as_deref(), Some(*expected), "{text}");
        }
    }

    #[test]
    fn tc065_dates_are_read_as_people_write_them() {
        check(&[
            ("2026-11-01", "2026-10-31T23:00:00Z"),
            ("2026-11-01 10:00:00", "2026-11-01T09:00:00Z"),
            ("2026-11-01 10:00", "2026-11-01T09:00:00Z"),
            ("2026-11-01T10:00", "2026-11-01T09:00:00Z"),
            ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"),
            ("2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00Z"),
            ("today", "2026-11-21T23:00:00Z"),
            ("Tomorrow", "2026-11-22T23:00:00Z"),
            ("tomorrow 10:00", "2026-11-23T09:00:00Z"),
            ("tomorrow at 5pm", "2026-11-23T16:00:00Z"),
            ("12:15", "2026-11-22T11:15:00Z"),
            ("next monday 10:00", "2026-11-23T09:00:00Z"),
            ("monday", "2026-11-22T23:00:00Z"),
            ("sunday", "2026-11-21T23:00:00Z"),
            ("next sunday", "2026-11-28T23:00:00Z"),
            ("last fri noon", "2026-11-20T11:00:00Z"),
            ("1 hour ago", "2026-11-22T08:30:00Z"),
            ("-2 days", "2026-11-20T09:30:00Z"),
            ("+3 days", "2026-11-25T09:30:00Z"),
            ("2 weeks", "2026-12-06T09:30:00Z"),
            ("2 weeks ago", "2026-11-08T09:30:00Z"),
            ("in 2 weeks", "2026-12-06T09:30:00Z"),
            ("in 2 weeks 08:00", "2026-12-06T07:00:00Z"),
            ("+1 month", "2026-12-22T09:30:00Z"),
            ("9.12.2026", "2026-12-08T23:00:00Z"),
            ("09/12/2026 8:30", "2026-12-09T07:30:00Z"),
            ("9 December", "2026-12-08T23:00:00Z"),
            ("Dec 9, 2026", "2026-12-08T23:00:00Z"),
        ]);
    }

    #[test]
    fn what_is_no_date_is_none() {
        let now: Timestamp = "2026-11-22T09:30:00Z".parse().expect("constant");
        for text in [
            "",
            "soon",
            "99999999999 days",
            "2026-13-01",
            "2026-02-30",
            "ago",
            "5 moons ago",
            "25:00",
            "13pm",
            "next",
            "monday monday",
            "9999-12-31 23:59",
            "-001000-01-01",
            "\0",
            "31.2.2026",
            "1/2",
            "0pm",
            "tomorrow tomorrow",
        ] {
            assert_eq!(read(text, now, &TimeZone::UTC), None, "{text}");
        }
        assert_eq!(read(&"x".repeat(1_000_000), now, &TimeZone::UTC), None);
    }

    #[test]
    fn a_time_that_the_clock_skips_or_repeats_is_read_as_calendars_do_and_read_back() {
        let zone = TimeZone::get("Europe/Berlin").expect("the zones are bundled");
        let now: Timestamp = "2026-03-02T09:30:00Z".parse().expect("a moment");
        assert_eq!(written(now, &zone), "2026-03-02 10:30");
        assert_eq!(read("2026-03-02 10:30", now, &zone), Some(now));
        assert_eq!(read("2026-03-29 02:30", now, &zone), "2026-03-29T01:30:00Z".parse().ok());
        let (from, until) = day("2026-03-29", now, &zone).expect("a day");
        assert_eq!(until.duration_since(from).as_hours(), 23, "the day on which the clock is put forward");
    }
}
