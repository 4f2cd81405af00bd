//! Named cases in Vienna, which turns its clock on 2026-03-29 at 02:00 and on 2026-10-25 at 03:00, and a model that walks minute by minute.

use domain::service_level::{
    Calendar, Hours, OutOfHours, Progress, Promise, ServiceLevel, add_business_minutes, classic, deadline, due, is_open,
    next_open, starts,
};
use domain::{
    TicketKind,
    service_level::{InvalidLevel, Spent, business_minutes_between, by_priority},
};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use proptest::prelude::*;

fn office() -> Calendar {
    Calendar { holidays: vec!["12-25".into(), "2026-05-01".into()], ..classic::calendar("office", "Europe/Vienna") }
}

fn around_the_clock(stretches: &[&str]) -> Calendar {
    let day: Vec<_> = stretches.iter().map(|text| Hours::parse(text).unwrap()).collect();
    Calendar { week: std::array::from_fn(|_| day.clone()), ..office() }
}

fn at(local: &str) -> Timestamp {
    local.parse::<jiff::civil::DateTime>().unwrap().in_tz("Europe/Vienna").unwrap().timestamp()
}

fn shown(instant: Option<Timestamp>) -> String {
    instant.map_or("never".into(), |at| at.to_zoned(TimeZone::get("Europe/Vienna").unwrap()).strftime("%a %F %R").to_string())
}

// TC-213, TC-214, IR-236
#[test]
fn business_minutes_skip_nights_weekends_and_holidays() {
    for (from, minutes, expected) in [
        ("2026-01-12T10:00", 60, "Mon 2026-01-12 11:00"),
        ("2026-01-12T10:00", 0, "Mon 2026-01-12 10:00"),
        ("2026-01-12T07:00", 0, "Mon 2026-01-12 09:00"),
        ("2026-01-12T18:00", 0, "Tue 2026-01-13 09:00"),
        ("2026-01-12T17:30", 30, "Mon 2026-01-12 18:00"),
        ("2026-01-12T17:30", 31, "Tue 2026-01-13 09:01"),
        ("2026-01-16T17:00", 120, "Mon 2026-01-19 10:00"),
        ("2026-01-17T12:00", 540, "Mon 2026-01-19 18:00"),
        ("2026-04-30T17:30", 60, "Mon 2026-05-04 09:30"),
        ("2026-12-24T17:30", 60, "Mon 2026-12-28 09:30"),
        ("2026-01-12T10:00", -5, "Mon 2026-01-12 10:00"),
    ] {
        assert_eq!(shown(add_business_minutes(&office(), at(from), minutes)), expected, "{from} {minutes}");
    }
}

#[test]
fn the_clock_on_the_wall_counts_when_it_is_turned() {
    let night = around_the_clock(&["01:00-04:00"]);
    for (from, minutes, expected) in [
        ("2026-03-28T01:00", 180, "Sat 2026-03-28 04:00"),
        ("2026-03-29T01:00", 120, "Sun 2026-03-29 04:00"),
        ("2026-03-29T01:00", 60, "Sun 2026-03-29 03:00"),
        ("2026-10-25T01:00", 240, "Sun 2026-10-25 04:00"),
        ("2026-10-25T01:00", 241, "Mon 2026-10-26 01:01"),
    ] {
        assert_eq!(shown(add_business_minutes(&night, at(from), minutes)), expected, "{from} {minutes}");
    }
    let left_out = around_the_clock(&["02:15-02:45"]);
    assert_eq!(shown(next_open(&left_out, at("2026-03-29T00:00"))), "Mon 2026-03-30 02:15");
}

#[test]
fn hours_go_over_midnight_and_overlaps_count_once() {
    let shift = around_the_clock(&["22:00-24:00", "00:00-06:00", "05:00-06:00"]);
    assert_eq!(shown(add_business_minutes(&shift, at("2026-01-12T23:00"), 120)), "Tue 2026-01-13 01:00");
    assert_eq!(shown(add_business_minutes(&shift, at("2026-01-12T05:00"), 90)), "Mon 2026-01-12 22:30");
    assert!(is_open(&shift, at("2026-01-12T23:59")) && is_open(&shift, at("2026-01-12T00:00")));
    assert!(!is_open(&shift, at("2026-01-12T06:00")));
}

#[test]
fn calendars_that_never_open_and_promises_without_end_give_no_date() {
    let empty = Calendar::default();
    assert_eq!(next_open(&empty, at("2026-01-12T10:00")), None);
    let mut holidays = around_the_clock(&["00:00-24:00"]);
    holidays.holidays = (1..=12).flat_map(|month| (1..=31).map(move |day| format!("{month:02}-{day:02}"))).collect();
    assert_eq!(next_open(&holidays, at("2026-01-12T10:00")), None);
    assert!(!is_open(&holidays, at("2026-01-12T10:00")));
    for minutes in [i64::MAX, i64::MAX / 60, 100_000_000] {
        assert_eq!(add_business_minutes(&office(), at("2026-01-12T10:00"), minutes), None);
    }
    for edge in [Timestamp::MIN, Timestamp::MAX] {
        let _ = (next_open(&office(), edge), is_open(&office(), edge), add_business_minutes(&office(), edge, 600));
    }
    let promise = Promise { business_minutes: Some(i64::MAX), real_minutes: Some(i64::MAX), ..Promise::default() };
    assert_eq!(deadline(&promise, Some(&promise), &office(), at("2026-01-12T07:00")), None);
    assert_eq!(deadline(&Promise::default(), None, &office(), at("2026-01-12T10:00")), None);
}

// TC-213, TC-218
#[test]
fn a_deadline_adds_business_minutes_then_real_ones_and_more_out_of_hours() {
    let promise = Promise { business_minutes: Some(60), real_minutes: Some(120), ..Promise::default() };
    let extra = Promise::business(30);
    let until = |from: &str| shown(deadline(&promise, Some(&extra), &office(), at(from)));
    assert_eq!(until("2026-01-12T16:30"), "Mon 2026-01-12 19:30");
    assert_eq!(until("2026-01-12T20:00"), "Tue 2026-01-13 12:30");
    assert_eq!(shown(deadline(&Promise::real(60), None, &office(), at("2026-01-12T20:00"))), "Mon 2026-01-12 21:00");
}

// TC-216, IR-231
#[test]
fn work_starts_with_the_first_business_moment_or_as_the_level_says() {
    let night = at("2026-01-12T20:00");
    let mut level = ServiceLevel::default();
    assert_eq!(shown(starts(&level, &office(), night)), "Tue 2026-01-13 09:00");
    level.start_immediately = true;
    assert_eq!(shown(starts(&level, &office(), night)), "Mon 2026-01-12 20:00");
    level.starts = Some(Promise::business(15));
    assert_eq!(shown(starts(&level, &office(), night)), "Tue 2026-01-13 09:15");
}

// TC-217, IR-230, IR-231
#[test]
fn due_is_the_earliest_promise_that_applies() {
    let level = ServiceLevel {
        response: Some(Promise { ignore_on: vec!["stalled".into()], ..Promise::business(60) }),
        keep_in_loop: Some(Promise::business(240)),
        resolve: Some(Promise::real(7 * 24 * 60)),
        ..ServiceLevel::default()
    };
    let created = at("2026-01-12T10:00");
    let fresh =
        Progress { created, oldest_unanswered_outside: Some(created), last_staff_answer: None, status: "new", spent: &[] };
    let answered = Progress { oldest_unanswered_outside: None, last_staff_answer: Some(at("2026-01-12T10:30")), ..fresh };
    let asked_again = Progress { oldest_unanswered_outside: Some(at("2026-01-13T12:00")), ..answered };
    let late = Progress { oldest_unanswered_outside: Some(at("2026-01-20T12:00")), ..answered };
    for (progress, expected) in [
        (fresh, "Mon 2026-01-12 11:00"),
        (answered, "Mon 2026-01-12 14:30"),
        (asked_again, "Tue 2026-01-13 13:00"),
        (late, "Mon 2026-01-19 10:00"),
        (Progress { status: "Stalled", ..fresh }, "Mon 2026-01-19 10:00"),
        (Progress { oldest_unanswered_outside: None, ..fresh }, "Mon 2026-01-19 10:00"),
    ] {
        assert_eq!(shown(due(&level, &office(), &progress)), expected, "{progress:?}");
    }
    let response_only = ServiceLevel { resolve: None, keep_in_loop: None, ..level };
    assert_eq!(due(&response_only, &office(), &answered), None);
}

#[test]
fn the_classic_scheme_goes_by_the_time_of_arrival() {
    let calendar = office();
    let due_of = |arrival: &str| {
        let created = at(arrival);
        let name = classic::level_at(&calendar, created);
        let level = classic::levels("office").into_iter().find(|level| level.name == name).unwrap();
        let progress =
            Progress { created, oldest_unanswered_outside: Some(created), last_staff_answer: None, status: "new", spent: &[] };
        shown(due(&level, &calendar, &progress))
    };
    assert_eq!(due_of("2026-01-12T10:00"), "Mon 2026-01-12 11:00");
    assert_eq!(due_of("2026-01-12T20:00"), "Tue 2026-01-13 11:00");
    assert_eq!(shown(classic::days_ahead(&calendar, at("2026-01-10T12:00"), 7.days())), "Mon 2026-01-19 09:00");
}

// IR-235, IR-236, IR-237, IR-238, IR-239, IR-240, IR-241
#[test]
fn ir235_ir241_the_classic_scheme_event_by_event() {
    use TicketKind::{Countermeasure, Incident, Investigation, Report};
    use classic::Event::{Closed, Created, OutsideReply, Reopened, StaffReply};
    let calendar = office();
    let minutes: Vec<(String, Option<i64>)> = classic::levels("office")
        .into_iter()
        .map(|level| (level.name, level.response.and_then(|promise| promise.business_minutes)))
        .collect();
    let named = |name: &str, minutes| (name.to_owned(), Some(minutes));
    assert_eq!(
        minutes,
        [
            named("Full service", 60),
            named("Full service: out of hours", 120),
            named("Reduced service", 120),
            named("Now (in business hours)", 0)
        ]
    );
    let day = "2026-01-12T10:00";
    let night = "2026-01-12T20:00";
    for (event, kind, when, expected) in [
        (Created, Report, day, "Mon 2026-01-12 11:00"),
        (Created, Report, night, "Tue 2026-01-13 11:00"),
        (Created, Investigation, day, "Mon 2026-01-19 10:00"),
        (Created, Countermeasure, "2026-01-10T12:00", "Mon 2026-01-19 09:00"),
        (StaffReply, Report, day, "Mon 2026-01-19 10:00"),
        (StaffReply, Investigation, night, "Tue 2026-01-20 09:00"),
        (OutsideReply, Report, day, "Mon 2026-01-12 10:00"),
        (OutsideReply, Investigation, night, "Tue 2026-01-13 09:00"),
        (Closed, Report, day, "never"),
        (Reopened, Report, day, "Mon 2026-01-12 11:00"),
        (Reopened, Investigation, night, "Tue 2026-01-13 11:00"),
    ] {
        let level = classic::levels("office").into_iter().find(|level| level.name == classic::level_at(&calendar, at(when)));
        let due = classic::due(event, kind, (level.as_ref(), &calendar), at(when), 7.days());
        assert_eq!(shown(due), expected, "{event:?} {kind:?} {when}");
    }
    assert_eq!(shown(classic::starts(Report, &calendar, at(night))), "Tue 2026-01-13 09:00");
    assert_eq!(shown(classic::starts(Incident, &calendar, at(night))), "Mon 2026-01-12 20:00");
}

// IR-243, IR-238
#[test]
fn ir243_n_days_are_a_number_or_a_phrase() {
    let from = at("2026-01-12T10:00");
    let then = |text: &str| {
        classic::ahead(text).and_then(|span| from.to_zoned(TimeZone::UTC).checked_add(span).ok()).map(|zoned| zoned.timestamp())
    };
    assert_eq!(shown(then("7")), "Mon 2026-01-19 10:00");
    assert_eq!(shown(then(" 2 Weeks")), "Mon 2026-01-26 10:00");
    assert_eq!(shown(then("1 month")), "Thu 2026-02-12 10:00");
    for bad in ["", "soon", "-3", "2 days ago", "99999999"] {
        assert!(classic::ahead(bad).is_none(), "{bad}");
    }
}

// TC-219
#[test]
fn tc219_time_in_ignored_statuses_is_added_when_it_is_excluded() {
    let promise = Promise { ignore_on: vec!["stalled".into()], exclude_ignored_time: true, ..Promise::business(120) };
    let level = ServiceLevel { response: Some(promise), ..ServiceLevel::default() };
    let asked = at("2026-01-12T16:00");
    // an hour before closing, the night, and the first hour of the next day
    let spent = [
        Spent { status: "stalled".into(), from: at("2026-01-12T17:00"), until: at("2026-01-13T10:00") },
        Spent { status: "open".into(), from: asked, until: at("2026-01-12T17:00") },
        Spent { status: "stalled".into(), from: at("2026-01-02T10:00"), until: at("2026-01-02T11:00") },
    ];
    let progress = Progress {
        created: asked,
        oldest_unanswered_outside: Some(asked),
        last_staff_answer: None,
        status: "open",
        spent: &spent,
    };
    assert_eq!(shown(due(&level, &office(), &progress)), "Tue 2026-01-13 11:00");
    assert_eq!(due(&level, &office(), &Progress { status: "stalled", ..progress }), None, "no Due is kept meanwhile");
    let mut plain = level.clone();
    plain.response.as_mut().unwrap().exclude_ignored_time = false;
    assert_eq!(shown(due(&plain, &office(), &progress)), "Mon 2026-01-12 18:00");
    let real = Promise { ignore_on: vec!["stalled".into()], exclude_ignored_time: true, ..Promise::real(60) };
    let level = ServiceLevel { response: Some(real), ..ServiceLevel::default() };
    assert_eq!(shown(due(&level, &office(), &progress)), "Tue 2026-01-13 10:00");
}

// TC-214
#[test]
fn tc214_a_level_or_queue_may_keep_the_hours_of_another_zone() {
    let there = office().in_zone(Some("America/New_York"));
    assert_eq!(shown(next_open(&there, at("2026-01-12T10:00"))), "Mon 2026-01-12 15:00");
    assert_eq!(office().in_zone(None), office());
}

#[test]
fn open_minutes_between_two_moments_are_those_that_adding_goes_over() {
    let between = |from: &str, until: &str| business_minutes_between(&office(), at(from), at(until));
    assert_eq!(between("2026-01-12T10:00", "2026-01-12T11:30"), 90);
    assert_eq!(between("2026-01-16T17:00", "2026-01-19T10:00"), 120);
    assert_eq!(between("2026-01-17T10:00", "2026-01-18T10:00"), 0);
    assert_eq!(between("2026-01-12T11:00", "2026-01-12T10:00"), 0);
    assert_eq!(business_minutes_between(&Calendar::default(), at("2026-01-12T10:00"), at("2027-01-12T10:00")), 0);
}

type Break = fn(&mut ServiceLevel);

// IR-230
#[test]
fn ir230_what_is_wrong_with_a_level_names_its_field() {
    let sound = ServiceLevel {
        name: "Gold".into(),
        calendar: "office".into(),
        response: Some(Promise::business(60)),
        ..ServiceLevel::default()
    };
    assert_eq!(sound.check(), Ok(()));
    let table: &[(&str, Break)] = &[
        ("name", |it| it.name = " ".into()),
        ("name", |it| it.name = "x".repeat(65)),
        ("time_zone", |it| it.time_zone = Some("Mars/Olympus".into())),
        ("response", |it| it.response = Some(Promise::business(-1))),
        ("resolve", |it| it.resolve = Some(Promise::real(i64::MAX))),
        ("keep_in_loop", |it| it.keep_in_loop = Some(Promise::default())),
        ("out_of_hours_starts", |it| it.out_of_hours.starts = Some(Promise::business(-5))),
    ];
    for (field, spoil) in table {
        let mut broken = sound.clone();
        spoil(&mut broken);
        assert!(
            matches!(broken.check(), Err(InvalidLevel { field: found, .. }) if found == *field),
            "{field}: {:?}",
            broken.check()
        );
    }
}

// IR-242
#[test]
fn ir242_a_priority_is_mapped_by_number_range_or_name() {
    use domain::priority::Scale;
    let map = by_priority::Map::parse("High = Full service\n 70-99= Reduced service\n5=Now (in business hours)").unwrap();
    let level = |priority| map.level(priority, &Scale::default());
    assert_eq!(
        (level(100), level(150), level(80), level(5)),
        (Some("Full service"), Some("Full service"), Some("Reduced service"), Some("Now (in business hours)"))
    );
    assert_eq!((level(0), level(69)), (None, None), "nothing happens for a priority that is not in the map");
    assert_eq!(by_priority::Map::parse("").unwrap().level(100, &Scale::default()), None, "off by default");
    for bad in ["High", "=x", "9-1=x", "High="] {
        assert!(by_priority::Map::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn calendars_and_levels_are_stored_as_json() {
    let json = r#"{"name":"office","time_zone":"Europe/Vienna","week":[[],["09:00-12:00","13:00-24:00"],[],[],[],[],[]],"holidays":["12-25"]}"#;
    let calendar: Calendar = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&calendar).unwrap(), json);
    assert!(calendar.check().is_ok());
    let level: ServiceLevel = serde_json::from_str(
        r#"{"name":"Full","response":{"business_minutes":60,"ignore_on":["stalled"]},"out_of_hours":{"response":{"real_minutes":5}}}"#,
    )
    .unwrap();
    assert_eq!(level.out_of_hours, OutOfHours { response: Some(Promise::real(5)), ..OutOfHours::default() });
    assert_eq!(serde_json::from_str::<ServiceLevel>(&serde_json::to_string(&level).unwrap()).unwrap(), level);
}

#[test]
fn what_cannot_be_read_is_named() {
    for text in ["", "9-18", "09:00", "18:00-09:00", "09:00-09:00", "09:00-24:01", "09:60-10:00", "+9:00-10:00"] {
        assert!(Hours::parse(text).is_err(), "{text}");
    }
    let zone = Calendar { time_zone: "Mars/Olympus".into(), ..office() };
    assert_eq!(zone.check().unwrap_err().field, "time_zone");
    for holiday in ["", "24.12.", "13-01", "02-30", "2026-02-29", "2026-12-24T00:00"] {
        let calendar = Calendar { holidays: vec![holiday.into()], ..office() };
        assert_eq!(calendar.check().unwrap_err().field, "holidays", "{holiday}");
    }
    assert!(Calendar { holidays: vec!["02-29".into()], ..office() }.check().is_ok());
}

/// By the clock on the wall, one minute after the other; gives up after three weeks.
fn model(calendar: &Calendar, from: Timestamp, minutes: i64) -> Option<Timestamp> {
    let zone = TimeZone::get(&calendar.time_zone).unwrap();
    let mut left = minutes;
    let mut now = from;
    for _ in 0..21 * 24 * 60 {
        let local = zone.to_datetime(now);
        let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap();
        let weekday = usize::try_from(local.weekday().to_sunday_zero_offset()).unwrap();
        let free = calendar.holidays.contains(&local.strftime("%m-%d").to_string());
        let open = !free && calendar.week[weekday].iter().any(|hours| (hours.opens()..hours.closes()).contains(&minute));
        if open && left == 0 {
            return Some(now);
        }
        now += SignedDuration::from_mins(1);
        left -= i64::from(open);
        if open && left == 0 {
            return Some(now);
        }
    }
    None
}

fn stretch() -> impl Strategy<Value = Hours> {
    (0_u16..1440, 1_u16..=1440).prop_filter_map("not empty", |(one, other)| Hours::new(one.min(other), one.max(other)))
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let week = proptest::array::uniform7(proptest::collection::vec(stretch(), 0..3));
    let zones = ["Europe/Vienna", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC"];
    let holidays = proptest::sample::subsequence(vec!["03-29", "04-05", "10-25", "09-06", "12-25"], 0..3);
    (week, proptest::sample::select(zones.to_vec()), holidays).prop_map(|(week, zone, holidays)| Calendar {
        name: "any".into(),
        time_zone: zone.into(),
        week,
        holidays: holidays.into_iter().map(Into::into).collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn adding_agrees_with_walking_minute_by_minute(
        calendar in calendars(),
        change in proptest::sample::select(
            ["2026-03-08T00:00Z", "2026-03-29T00:00Z", "2026-04-05T00:00Z", "2026-09-06T00:00Z", "2026-10-04T00:00Z", "2026-10-25T00:00Z",
             "2026-11-01T00:00Z", "2026-12-24T00:00Z"].as_slice(),
        ),
        shift in -4_000_i64..2_000,
        minutes in 0_i64..3_000,
    ) {
        let from = change.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(shift);
        let found = add_business_minutes(&calendar, from, minutes);
        let expected = model(&calendar, from, minutes);
        if expected.is_some() {
            prop_assert_eq!(found, expected);
        } else {
            prop_assert!(found.is_none_or(|at| at > from + SignedDuration::from_hours(20 * 24)));
        }
        if let Some(end) = found {
            prop_assert_eq!(business_minutes_between(&calendar, from, end), minutes);
        }
        let open = next_open(&calendar, from);
        prop_assert_eq!(open == Some(from), is_open(&calendar, from));
        prop_assert!(open.is_none_or(|at| is_open(&calendar, at)));
    }
}
