//! Rules by the clock: when they run, and on which tickets.

use croner::{Cron, errors::CronError};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Five words as in a crontab: minute, hour, day of the month, month, day of the week.
    pub cron: String,
    /// The tickets, in the search language.
    pub search: String,
}

/// The first moment after another one that a pattern names, where the installation is.
#[must_use]
pub fn next_run(cron: &str, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
    let next = read(cron).ok()?.find_next_occurrence(&after.to_zoned(zone.clone()), false).ok()?;
    Some(next.timestamp())
}

/// What is wrong with a pattern, if anything is.
pub fn check_cron(cron: &str) -> Result<(), String> {
    let words = cron.split_whitespace().count();
    if words != 5 && !cron.trim().starts_with('@') {
        return Err(format!("A crontab pattern has five words (minute, hour, day, month, day of the week); this has {words}."));
    }
    read(cron).map(drop).map_err(|error| format!("This is no crontab pattern: {error}."))
}

fn read(cron: &str) -> Result<Cron, CronError> {
    cron.trim().parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_in_the_time_of_the_place() {
        let zone = TimeZone::get("Europe/Zurich").expect("known");
        let next = |cron: &str, after: &str| {
            let after = after.parse().expect("a moment");
            next_run(cron, &zone, after).map(|next| next.to_string())
        };
        assert_eq!(next("0 8 * * *", "2026-01-05T07:00:00Z").as_deref(), Some("2026-01-06T07:00:00Z"));
        assert_eq!(next("0 8 * * *", "2026-07-05T05:59:00Z").as_deref(), Some("2026-07-05T06:00:00Z"));
        assert_eq!(next("*/15 * * * 1-5", "2026-01-03T10:00:00Z").as_deref(), Some("2026-01-04T23:00:00Z"), "Monday there");
        // the hour that summer time leaves out comes next day, or is moved; it never stops the rule
        assert!(next("30 2 * * *", "2026-03-28T12:00:00Z").is_some());
        assert_eq!(next("0 0 31 2 *", "2026-01-01T00:00:00Z"), None);
    }

    #[test]
    fn a_bad_pattern_is_told() {
        assert_eq!(check_cron("0 8 * * 1-5"), Ok(()));
        assert!(check_cron("0 8 *").unwrap_err().contains("this has 3"));
        assert!(check_cron("0 25 * * *").unwrap_err().contains("no crontab pattern"));
        assert!(check_cron("* * * * * *").is_err() && check_cron("").is_err());
    }
}
