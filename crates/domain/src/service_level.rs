//! Promises in business and real time, and what they make of a ticket's dates (TC-213 to TC-219, IR-230, IR-231).
//! Which level a ticket has and what its messages are is left to the verbs; `now` is never asked for.

mod business_time;
pub mod by_priority;
mod calendar;
mod check;
pub mod classic;
mod hours;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use business_time::{add_business_minutes, business_minutes_between, is_open, next_open};
pub use calendar::{Calendar, InvalidCalendar};
pub use check::{InvalidLevel, METRICS, Metric};
pub use hours::{Hours, InvalidHours};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceLevel {
    pub name: String,
    /// The calendar's name.
    pub calendar: String,
    pub starts: Option<Promise>,
    /// From the oldest outside message that staff has not answered.
    pub response: Option<Promise>,
    /// From creation.
    pub resolve: Option<Promise>,
    /// From the last staff answer, while nothing is unanswered.
    pub keep_in_loop: Option<Promise>,
    pub out_of_hours: OutOfHours,
    /// Starts is the creation itself, not the first business moment (TC-216).
    pub start_immediately: bool,
    /// An IANA name; none means the calendar's own zone (TC-214).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Business minutes are added first, real minutes after. Zero business minutes lead to the first open moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Promise {
    pub business_minutes: Option<i64>,
    pub real_minutes: Option<i64>,
    /// No due date is kept for this promise in these statuses (TC-219).
    pub ignore_on: Vec<String>,
    /// Time spent in these statuses is added to the deadline (TC-219).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclude_ignored_time: bool,
}

/// What is added to a promise when its first instant lies outside business hours (TC-218).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OutOfHours {
    pub starts: Option<Promise>,
    pub response: Option<Promise>,
    pub resolve: Option<Promise>,
    pub keep_in_loop: Option<Promise>,
}

/// What has happened to a ticket so far. Comments never count, and the owner is never outside (TC-217).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    pub created: Timestamp,
    pub oldest_unanswered_outside: Option<Timestamp>,
    pub last_staff_answer: Option<Timestamp>,
    pub status: &'a str,
    /// Statuses it had before the present one, with when.
    pub spent: &'a [Spent],
}

/// A time in one status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    pub status: String,
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Promise {
    pub fn business(minutes: i64) -> Self {
        Self { business_minutes: Some(minutes), ..Self::default() }
    }

    pub fn real(minutes: i64) -> Self {
        Self { real_minutes: Some(minutes), ..Self::default() }
    }

    fn is_ignored_on(&self, status: &str) -> bool {
        self.ignore_on.iter().any(|ignored| ignored.eq_ignore_ascii_case(status))
    }

    /// The same with the time added that was spent in ignored statuses since `from` (TC-219): business minutes to those promised
    /// in business minutes, else real ones.
    fn with_time_ignored(&self, calendar: &Calendar, from: Timestamp, spent: &[Spent]) -> Self {
        let mut longer = self.clone();
        if !self.exclude_ignored_time {
            return longer;
        }
        let ignored =
            spent.iter().filter(|spent| self.is_ignored_on(&spent.status)).map(|spent| (spent.from.max(from), spent.until));
        for (start, end) in ignored.filter(|(start, end)| start < end) {
            if let Some(minutes) = &mut longer.business_minutes {
                *minutes = minutes.saturating_add(business_minutes_between(calendar, start, end));
            } else if let Some(minutes) = &mut longer.real_minutes {
                *minutes = minutes.saturating_add(end.duration_since(start).as_mins());
            }
        }
        longer
    }
}

/// `None`: the promise promises nothing, or the calendar has no such time within years.
pub fn deadline(promise: &Promise, out_of_hours: Option<&Promise>, calendar: &Calendar, from: Timestamp) -> Option<Timestamp> {
    let extra = out_of_hours.filter(|_| !is_open(calendar, from));
    let business = sum(promise.business_minutes, extra.and_then(|extra| extra.business_minutes));
    let real = sum(promise.real_minutes, extra.and_then(|extra| extra.real_minutes));
    if business.is_none() && real.is_none() {
        return None;
    }
    let worked = match business {
        Some(minutes) => add_business_minutes(calendar, from, minutes)?,
        None => from,
    };
    worked.checked_add(SignedDuration::from_secs(real.unwrap_or(0).checked_mul(60)?)).ok()
}

fn sum(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.saturating_add(other)),
        (one, other) => one.or(other),
    }
}

/// When work on a ticket created then begins (TC-216).
pub fn starts(level: &ServiceLevel, calendar: &Calendar, created: Timestamp) -> Option<Timestamp> {
    match &level.starts {
        Some(promise) => deadline(promise, level.out_of_hours.starts.as_ref(), calendar, created),
        None if level.start_immediately => Some(created),
        None => next_open(calendar, created),
    }
}

/// The earliest promise that applies; `None` clears Due (TC-217).
pub fn due(level: &ServiceLevel, calendar: &Calendar, progress: &Progress<'_>) -> Option<Timestamp> {
    let until = |promise: Option<&Promise>, extra: Option<&Promise>, from: Timestamp| {
        let promise = promise.filter(|promise| !promise.is_ignored_on(progress.status))?;
        deadline(&promise.with_time_ignored(calendar, from, progress.spent), extra, calendar, from)
    };
    let extra = &level.out_of_hours;
    let talk = match (progress.oldest_unanswered_outside, progress.last_staff_answer) {
        (Some(asked), _) => until(level.response.as_ref(), extra.response.as_ref(), asked),
        (None, Some(answered)) => until(level.keep_in_loop.as_ref(), extra.keep_in_loop.as_ref(), answered),
        (None, None) => None,
    };
    let resolve = until(level.resolve.as_ref(), extra.resolve.as_ref(), progress.created);
    talk.into_iter().chain(resolve).min()
}
