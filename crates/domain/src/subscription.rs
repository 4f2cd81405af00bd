//! Dashboards by mail (TC-291): when one goes out, and to whom.

use crate::{GroupId, UserId, moment::WEEKDAYS};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frequency {
    /// On some days of the week.
    #[default]
    Daily,
    /// On one day of every so many weeks.
    Weekly,
    /// On one day of the month, or its last when it is shorter.
    Monthly,
    /// Kept for later.
    Never,
}

impl Frequency {
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Daily, "daily"), (Self::Weekly, "weekly"), (Self::Monthly, "monthly"), (Self::Never, "never")];

    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("never", |(_, name)| name)
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == text).map(|(one, _)| *one)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub frequency: Frequency,
    /// For `Daily` any, for `Weekly` the first.
    pub weekdays: Vec<Weekday>,
    /// Weeks from one to the next.
    pub every: i8,
    /// Of the month.
    pub day: i8,
    pub hour: i8,
}

impl Schedule {
    /// The first time after a moment, in a zone.
    #[must_use]
    pub fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.first(after, zone, 0)
    }

    /// The first time after one that was kept: weeks are skipped from there.
    #[must_use]
    pub fn following(&self, kept: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.first(kept, zone, i64::from(self.every.max(1)) - 1)
    }

    fn first(&self, after: Timestamp, zone: &TimeZone, skipped_weeks: i64) -> Option<Timestamp> {
        let today = after.to_zoned(zone.clone()).date();
        let at = |day: Date| Some(day.at(self.hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp());
        let found = |days: &mut dyn Iterator<Item = Date>| days.filter_map(at).find(|moment| *moment > after);
        let week = || (0..=7).filter_map(|ahead| today.checked_add(ahead.days()).ok());
        match self.frequency {
            Frequency::Never => None,
            Frequency::Daily => found(&mut week().filter(|day| self.weekdays.contains(&day.weekday()))),
            Frequency::Weekly => {
                let wanted = self.weekdays.first().copied().unwrap_or(Weekday::Monday);
                let next = found(&mut week().filter(|day| day.weekday() == wanted))?;
                let day = next.to_zoned(zone.clone()).date().checked_add(skipped_weeks.weeks()).ok()?;
                at(day)
            }
            Frequency::Monthly => {
                let months = (0..=1).filter_map(|ahead| today.first_of_month().checked_add(ahead.months()).ok());
                let day = |month: Date| Date::new(month.year(), month.month(), self.day.clamp(1, month.days_in_month())).ok();
                found(&mut months.filter_map(day))
            }
        }
    }
}

/// Days of a week as one text, by their English names.
#[must_use]
pub fn written_weekdays(days: &[Weekday]) -> String {
    let names = WEEKDAYS.iter().filter(|(_, day)| days.contains(day)).map(|(name, _)| *name);
    names.collect::<Vec<_>>().join(" ")
}

/// Reads [`written_weekdays`]; what is none is left out.
#[must_use]
pub fn read_weekdays(text: &str) -> Vec<Weekday> {
    WEEKDAYS.iter().filter(|(name, _)| text.split_whitespace().any(|word| word == *name)).map(|(_, day)| *day).collect()
}

/// The names of the days of a week, Monday first.
pub fn weekday_names() -> impl Iterator<Item = &'static str> {
    WEEKDAYS.iter().map(|(name, _)| *name)
}

/// Somebody with an account: what goes out shows what they may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    User(UserId),
    /// Whoever is in it when it goes out.
    Group(GroupId),
}

impl Recipient {
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::User(id) => format!("user {id}"),
            Self::Group(id) => format!("group {id}"),
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(' ')?;
        match kind {
            "user" => id.parse().ok().map(Self::User),
            "group" => id.parse().ok().map(|id| Self::Group(GroupId(id))),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: i64,
    pub dashboard: i64,
    /// Whose it is.
    pub user: UserId,
    pub schedule: Schedule,
    /// Of each list.
    pub rows: i64,
    /// Nothing goes out when there is nothing in it.
    pub suppress_empty: bool,
    pub recipients: Vec<Recipient>,
    pub next: Option<Timestamp>,
    pub sent: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(schedule: &Schedule, after: &str, count: usize) -> Vec<String> {
        let zone = TimeZone::get("Europe/Vienna").expect("a zone");
        let mut next = schedule.next(after.parse().expect("a moment"), &zone);
        let mut found = Vec::new();
        while let Some(at) = next.filter(|_| found.len() < count) {
            found.push(at.to_string());
            next = schedule.following(at, &zone);
        }
        found
    }

    fn schedule(frequency: Frequency) -> Schedule {
        Schedule { frequency, weekdays: vec![Weekday::Friday, Weekday::Monday], every: 2, day: 31, hour: 7 }
    }

    #[test]
    fn tc291_days_weeks_and_months_in_the_zone_of_the_subscriber() {
        // summer time begins on the 29th, a Sunday
        let days = times(&schedule(Frequency::Daily), "2026-03-26T12:00:00Z", 3);
        assert_eq!(days, ["2026-03-27T06:00:00Z", "2026-03-30T05:00:00Z", "2026-04-03T05:00:00Z"]);
        let weeks = times(&schedule(Frequency::Weekly), "2026-03-27T05:59:59Z", 3);
        assert_eq!(weeks, ["2026-03-27T06:00:00Z", "2026-04-10T05:00:00Z", "2026-04-24T05:00:00Z"]);
        let months = times(&schedule(Frequency::Monthly), "2026-01-31T06:00:00Z", 3);
        assert_eq!(months, ["2026-02-28T06:00:00Z", "2026-03-31T05:00:00Z", "2026-04-30T05:00:00Z"]);
        assert!(times(&schedule(Frequency::Never), "2026-01-31T06:00:00Z", 1).is_empty());
        let never = Schedule { weekdays: vec![], ..schedule(Frequency::Daily) };
        assert!(times(&never, "2026-01-31T06:00:00Z", 1).is_empty(), "no day is none");
    }

    #[test]
    fn what_is_kept_reads_as_it_is_written() {
        let days = [Weekday::Sunday, Weekday::Tuesday];
        assert_eq!(read_weekdays(&written_weekdays(&days)), [Weekday::Tuesday, Weekday::Sunday]);
        for recipient in [Recipient::User(UserId(7)), Recipient::Group(GroupId(3))] {
            assert_eq!(Recipient::parse(&recipient.written()), Some(recipient));
        }
        assert_eq!(Recipient::parse("address x@y"), None);
        assert!(Frequency::ALL.iter().all(|(one, name)| Frequency::parse(name) == Some(*one) && one.name() == *name));
    }
}
