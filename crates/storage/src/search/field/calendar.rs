//! Parts of a date, `Created.Month = 3` or `Due.DayOfWeek = 'Monday'` (TC-256): in the asker's time zone, whose rules both
//! databases get from here, so that they agree.

use super::{Answer, refused, sign, text, words};
use crate::search::{Context, Sql};
use domain::moment::{month_named, weekday_named};
use jiff::{Timestamp, tz::TimeZone};
use query::{Op, Term, Value};

/// What each part is called, how SQLite and PostgreSQL write it, and whether it is a number.
const PARTS: [(&str, &str, &str, bool); 13] = [
    ("hour", "%H", "HH24", true),
    ("dayofweek", "%w", "D", true),
    ("dayofmonth", "%d", "DD", true),
    ("dayofyear", "%j", "DDD", true),
    ("weekofyear", "%V", "IW", true),
    ("month", "%m", "MM", true),
    ("year", "%Y", "YYYY", true),
    ("annually", "%Y", "YYYY", true),
    ("day", "%Y-%m-%d", "YYYY-MM-DD", false),
    ("daily", "%Y-%m-%d", "YYYY-MM-DD", false),
    ("weekly", "%G-W%V", "IYYY-\"W\"IW", false),
    ("monthly", "%Y-%m", "YYYY-MM", false),
    ("hourly", "%Y-%m-%d %H:00", "YYYY-MM-DD HH24:00", false),
];
pub(super) fn condition(sql: &mut Sql, column: &str, part: &str, term: &Term, context: &Context) -> Answer {
    if term.value == Value::Null {
        return Ok(format!("{column} {} NULL", if term.op == Op::Is { "IS" } else { "IS NOT" }));
    }
    let part = part.to_ascii_lowercase();
    let known = PARTS.iter().find(|(name, ..)| *name == part);
    let Some((name, sqlite, postgres, is_number)) = known else {
        let names: Vec<&str> = PARTS.iter().map(|(name, ..)| *name).collect();
        return Err(refused(term, format!("{} has no part “{part}”; there are {}", term.field.name, names.join(", "))));
    };
    let local = written(sql, column, (sqlite, postgres), &context.zone, context.now);
    if !is_number {
        return text(sql, &local, term);
    }
    if matches!(term.op.positive(), Op::Like | Op::StartsWith | Op::EndsWith) {
        return Err(refused(term, format!("{}.{part} is a number; compare it with = != < <= > >=", term.field.name)));
    }
    let counted = counted(sql, &local, name);
    let place = sql.bind(number(term, name)?);
    let compared = format!("{counted} {} {place}", sign(term.op.positive()));
    Ok(super::negatable(compared, term.op.is_negative()))
}

/// Local text that is a number, as one.
fn counted(sql: &Sql, local: &str, part: &str) -> String {
    // PostgreSQL counts the days of a week from one
    let correction = if part == "dayofweek" && !sql.sqlite { " - 1" } else { "" };
    format!("(CAST({local} AS BIGINT){correction})")
}

/// The part of a date that a chart groups by, as text.
pub(in crate::search) fn group(sql: &Sql, column: &str, part: &str, context: &Context) -> Option<String> {
    let part = part.to_ascii_lowercase();
    let (name, sqlite, postgres, is_number) = PARTS.iter().find(|(name, ..)| *name == part)?;
    let local = written(sql, column, (sqlite, postgres), &context.zone, context.now);
    Some(if *is_number { format!("CAST({} AS TEXT)", counted(sql, &local, name)) } else { local })
}

fn number(term: &Term, part: &str) -> Result<i64, super::Unanswerable> {
    let text = words(term)?.trim().to_lowercase();
    let by_name = match part {
        "dayofweek" => weekday_named(&text).map(|day| i64::from(day.to_sunday_zero_offset())),
        "month" => month_named(&text).map(i64::from),
        _ => None,
    };
    let number = text.parse().ok().or(by_name);
    number.ok_or_else(|| refused(term, format!("“{text}” is not a number or a name that {}.{part} knows", term.field.name)))
}

/// The column's moment as local text.
fn written(sql: &Sql, column: &str, (sqlite, postgres): (&str, &str), zone: &TimeZone, now: Timestamp) -> String {
    let offset = offset(column, zone, now, sql.sqlite);
    if sql.sqlite {
        format!("strftime('{sqlite}', {column} / 1000000 + {offset}, 'unixepoch')")
    } else {
        format!("to_char({column} AT TIME ZONE 'UTC' + make_interval(secs => {offset}), '{postgres}')")
    }
}

/// Seconds ahead of UTC at the column's moment: the zone's changes since 2000 and for the next two years, newest first.
fn offset(column: &str, zone: &TimeZone, now: Timestamp, sqlite: bool) -> String {
    let first = Timestamp::from_second(946_684_800).unwrap_or(Timestamp::UNIX_EPOCH);
    let last = now.as_second().saturating_add(2 * 366 * 86_400);
    let mut changes: Vec<(i64, i32)> = zone
        .following(first)
        .map(|change| (change.timestamp().as_second(), change.offset().seconds()))
        .take_while(|(at, _)| *at < last)
        .collect();
    let before = zone.to_offset(first).seconds();
    if changes.is_empty() {
        return format!("({before})");
    }
    changes.reverse();
    let mut text = "(CASE".to_owned();
    for (at, seconds) in changes {
        let at = if sqlite { format!("{at}000000") } else { format!("to_timestamp({at})") };
        text.push_str(&format!(" WHEN {column} >= {at} THEN {seconds}"));
    }
    text.push_str(&format!(" ELSE {before} END)"));
    text
}
