//! A named schedule: hours of each weekday, holidays, time zone (TC-214).

use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::hours::{Hours, merged};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Calendar {
    pub name: String,
    /// An IANA name such as `Europe/Vienna`.
    pub time_zone: String,
    /// Sunday first. A break is what lies between two stretches of a day.
    pub week: [Vec<Hours>; 7],
    /// `MM-DD` in every year, or `YYYY-MM-DD`.
    pub holidays: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {message}")]
pub struct InvalidCalendar {
    pub field: &'static str,
    pub message: String,
}

impl Calendar {
    /// To be asked when a calendar is stored: reading one is lenient, an unknown zone is UTC and an unreadable
    /// holiday no day at all.
    pub fn check(&self) -> Result<(), InvalidCalendar> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
            return Err(invalid("name", "A calendar needs a name of at most 64 characters".to_owned()));
        }
        if self.never_opens() {
            return Err(invalid("week", "A calendar without any open hours would never let a deadline come".to_owned()));
        }
        if TimeZone::get(&self.time_zone).is_err() {
            return Err(invalid("time_zone", format!("'{}' is not a known time zone", self.time_zone)));
        }
        let unreadable = self.holidays.iter().find(|holiday| !is_holiday(holiday));
        match unreadable {
            Some(holiday) => Err(invalid("holidays", format!("'{holiday}' is not like 12-24 or 2026-12-24"))),
            None => Ok(()),
        }
    }

    /// The same hours where another clock hangs on the wall (TC-214).
    #[must_use]
    pub fn in_zone(&self, zone: Option<&str>) -> Self {
        Self { time_zone: zone.unwrap_or(&self.time_zone).to_owned(), ..self.clone() }
    }

    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub(super) fn never_opens(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }

    pub(super) fn hours_on(&self, date: Date) -> Vec<Hours> {
        let weekday = usize::from(date.weekday().to_sunday_zero_offset().unsigned_abs());
        match self.week.get(weekday) {
            Some(hours) if !hours.is_empty() && !self.is_free(date) => merged(hours),
            _ => Vec::new(),
        }
    }

    fn is_free(&self, date: Date) -> bool {
        let full = date.to_string();
        let yearly = full.get(full.len().saturating_sub("MM-DD".len())..).unwrap_or_default();
        self.holidays.iter().any(|holiday| *holiday == full || holiday == yearly)
    }
}

fn invalid(field: &'static str, message: String) -> InvalidCalendar {
    InvalidCalendar { field, message }
}

/// A day without a year may be the 29th of February.
fn is_holiday(text: &str) -> bool {
    let full = if text.len() == "MM-DD".len() { format!("2024-{text}") } else { text.to_owned() };
    full.parse::<Date>().is_ok_and(|date| date.to_string() == full)
}
