//! Moments as people read them: relative, ticking in the browser, with the absolute time on hover.
//! The clock and the reader's zone are handed in; nothing here asks for the time.

use http_door::text::{Value, t, tr};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use maud::{Markup, html};

use super::icon::{Icon, icon};

/// When the page is made, and where its reader is.
#[derive(Debug, Clone)]
pub struct Clock {
    pub now: Timestamp,
    pub zone: TimeZone,
    /// Lists show the date itself rather than how far away it is.
    pub dates: bool,
}

impl Clock {
    #[must_use]
    pub fn dated(self, dates: bool) -> Self {
        Self { dates, ..self }
    }
}

/// How long ago, as "3 h ago".
pub fn ago(clock: &Clock, at: Timestamp) -> Markup {
    relative(clock, at, "ago", &past(clock, at))
}

/// How long ago, without "ago": for a column that says "Age".
pub fn age(clock: &Clock, at: Timestamp) -> Markup {
    relative(clock, at, "age", &span(seconds_between(at, clock.now).unsigned_abs()))
}

/// The local date and time, with seconds and UTC on hover.
pub fn moment(clock: &Clock, at: Timestamp) -> Markup {
    let local = at.to_zoned(clock.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    html! { time datetime=(iso(at)) title=(iso(at)) { (local) } }
}

/// The local date and time with how far it is from now (TC-066).
pub fn dated(clock: &Clock, at: Timestamp) -> Markup {
    let left = seconds_between(clock.now, at);
    let (tick, words) =
        if left > 0 { ("due", tr("due-in", &[("span", span(left.unsigned_abs()).into())])) } else { ("ago", past(clock, at)) };
    html! { (moment(clock, at)) " " span class="address" { "(" (relative(clock, at, tick, &words)) ")" } }
}

/// A deadline: "in 2 h", soon in amber, "3 h overdue" in red. Closed tickets show the bare date; their clock has stopped.
pub fn due(clock: &Clock, at: Option<Timestamp>, open: bool) -> Markup {
    let Some(at) = at else {
        return html! { span class="none" { "–" } };
    };
    if !open {
        return html! { span class="due" { (moment(clock, at)) } };
    }
    let left = seconds_between(clock.now, at);
    let class = match left {
        ..0 => "due overdue",
        0..14_400 => "due soon",
        _ => "due",
    };
    let length = span(left.unsigned_abs());
    let key = if left < 0 { "due-over" } else { "due-in" };
    let words = tr(key, &[("span", length.into())]);
    html! {
        span class=(class) {
            @if left < 0 { (icon(Icon::Alert)) } @else { (icon(Icon::Clock)) }
            (relative(clock, at, "due", &words))
        }
    }
}

/// What the script needs to keep relative times right: the same words with `#` for the number.
pub fn tick_words() -> Markup {
    let hole = || [("count", Value::from("#"))];
    let hollow = || [("span", Value::from("#"))];
    html! {
        template id="tick-words" data-now=(t("age-now")) data-minutes=(tr("age-minutes", &hole()))
            data-hours=(tr("age-hours", &hole())) data-days=(tr("age-days", &hole()))
            data-ago=(tr("age-ago", &hollow())) data-in=(tr("due-in", &hollow())) data-over=(tr("due-over", &hollow())) {}
    }
}

fn relative(clock: &Clock, at: Timestamp, tick: &str, words: &str) -> Markup {
    let local = at.to_zoned(clock.zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    html! { time datetime=(iso(at)) data-tick=(tick) title={ (local) " · " (iso(at)) } { (words) } }
}

/// How long ago, as bare words.
pub fn past(clock: &Clock, at: Timestamp) -> String {
    let seconds = seconds_between(at, clock.now);
    if seconds < 60 {
        return t("age-now").into_owned();
    }
    tr("age-ago", &[("span", span(seconds.unsigned_abs()).into())])
}

fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second().saturating_sub(from.as_second())
}

/// The larger unit once there are two of it (TC-067): minutes below two hours, hours below two days, then days: as the script counts.
pub fn span(seconds: u64) -> String {
    let (key, count) = match seconds {
        ..7_200 => ("age-minutes", seconds / 60),
        7_200..172_800 => ("age-hours", seconds / 3_600),
        _ => ("age-days", seconds / 86_400),
    };
    tr(key, &[("count", count.into())])
}

fn iso(at: Timestamp) -> String {
    at.round(Unit::Second).unwrap_or(at).to_string()
}
