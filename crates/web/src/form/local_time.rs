//! Dates of forms: typed and shown as people's own clocks tell them, kept as instants.

use jiff::{
    Timestamp,
    civil::{DateTime, Time},
    tz::TimeZone,
};

/// As people write it, and as it is read back.
const SHOWN: &str = "%Y-%m-%d %H:%M";

pub(super) fn show(moment: Option<Timestamp>, zone: &TimeZone) -> String {
    moment.map(|moment| moment.to_zoned(zone.clone()).strftime(SHOWN).to_string()).unwrap_or_default()
}

/// A date with or without a time; a moment that clocks skip or repeat is read as most calendars do.
pub(super) fn read(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local: DateTime = text.replacen(' ', "T", 1).parse().ok().or_else(|| {
        let date: jiff::civil::Date = text.parse().ok()?;
        Some(date.to_datetime(Time::midnight()))
    })?;
    let is_sane = (1970..=2999).contains(&local.year());
    is_sane.then(|| local.to_zoned(zone.clone()).ok())?.map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_back_in_the_reader_s_zone() {
        let zone = TimeZone::get("Europe/Berlin").expect("the zones are bundled");
        let moment: Timestamp = "2026-03-02T09:30:00Z".parse().expect("a moment");
        assert_eq!(show(Some(moment), &zone), "2026-03-02 10:30");
        assert_eq!(read("2026-03-02 10:30", &zone), Some(moment));
        assert_eq!(read("2026-03-02", &zone), "2026-03-01T23:00:00Z".parse().ok());
        // clocks skip this hour
        assert_eq!(read("2026-03-29T02:30", &zone), "2026-03-29T01:30:00Z".parse().ok());
    }

    #[test]
    fn nonsense_is_no_moment() {
        for text in ["tomorrow", "2026-02-30", "9999-12-31T23:59", "-001000-01-01", "2026-03-02T25:00", "\u{0}"] {
            assert_eq!(read(text, &TimeZone::UTC), None, "{text}");
        }
    }
}
