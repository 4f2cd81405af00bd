//! How mail reaches somebody (TC-179), and when digests go out.

use crate::moment::WEEKDAYS;
use jiff::{
    Timestamp, ToSpan,
    civil::{Time, Weekday},
    tz::TimeZone,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frequency {
    /// Each letter by itself.
    #[default]
    Each,
    Daily,
    Weekly,
    /// None at all.
    Suspended,
}

impl Frequency {
    /// What is not known counts as not chosen.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        [Self::Daily, Self::Weekly, Self::Suspended].into_iter().find(|one| one.as_str() == text).unwrap_or_default()
    }
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Suspended => "suspended",
        }
    }
}

/// When digests go out: the hour of every day, and the day of the weekly ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub hour: Time,
    pub weekday: Weekday,
}

impl Times {
    /// The next time after `now` that a digest of this kind goes out; none where there are no digests.
    #[must_use]
    pub fn next(self, frequency: Frequency, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = now.to_zoned(zone.clone()).date();
        let fits = |day: &jiff::civil::Date| match frequency {
            Frequency::Daily => true,
            Frequency::Weekly => day.weekday() == self.weekday,
            Frequency::Each | Frequency::Suspended => false,
        };
        let days = (0..=8).filter_map(|ahead| today.checked_add(ahead.days()).ok()).filter(fits);
        days.filter_map(|day| Some(day.to_datetime(self.hour).to_zoned(zone.clone()).ok()?.timestamp())).find(|at| *at > now)
    }
}

/// By its English name; what is none counts as Monday.
#[must_use]
pub fn read_weekday(text: &str) -> Weekday {
    WEEKDAYS.iter().find(|(name, _)| *name == text).map_or(Weekday::Monday, |(_, day)| *day)
}

/// `07:00`.
pub fn read_hour(text: &str) -> Result<Time, String> {
    let sound = text.len() == 5 && text.as_bytes().get(2) == Some(&b':');
    text.parse::<Time>().ok().filter(|_| sound).ok_or_else(|| format!("“{text}” is no time of day such as 07:00."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc179_digests_go_out_at_the_next_hour_in_the_zone_of_the_installation() {
        let times = Times { hour: read_hour("07:00").expect("an hour"), weekday: Weekday::Monday };
        let zone = TimeZone::get("Europe/Vienna").expect("a zone");
        let next = |frequency, now: &str| {
            let now: Timestamp = now.parse().expect("a moment");
            times.next(frequency, now, &zone).map(|at| at.to_string())
        };
        // a Sunday; summer time begins in the following night's morning
        assert_eq!(next(Frequency::Daily, "2026-03-28T05:59:59Z").as_deref(), Some("2026-03-28T06:00:00Z"));
        assert_eq!(next(Frequency::Daily, "2026-03-28T06:00:00Z").as_deref(), Some("2026-03-29T05:00:00Z"));
        assert_eq!(next(Frequency::Weekly, "2026-03-30T05:00:00Z").as_deref(), Some("2026-04-06T05:00:00Z"));
        assert_eq!(next(Frequency::Weekly, "2026-03-28T12:00:00Z").as_deref(), Some("2026-03-30T05:00:00Z"));
        assert_eq!(
            (next(Frequency::Each, "2026-03-28T12:00:00Z"), next(Frequency::Suspended, "2026-03-28T12:00:00Z")),
            (None, None)
        );
        for wrong in ["7:00", "24:00", "07.00", "07:00:00", ""] {
            assert!(read_hour(wrong).is_err(), "{wrong}");
        }
        assert!(
            [Frequency::Each, Frequency::Daily, Frequency::Weekly, Frequency::Suspended]
                .iter()
                .all(|one| Frequency::parse(one.as_str()) == *one)
        );
    }
}
