//! Dates of tickets as a calendar (RFC 5545): when work starts and when it is due, or both as one entry.

use http_door::text::tr;
use http_door::urls;
use jiff::{Timestamp, civil::Date};

use super::{Told, feed::Item};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct How {
    /// One entry from start to due.
    pub(super) single: bool,
    /// With times rather than whole days.
    pub(super) times: bool,
}

/// Octets of a line, its end excluded.
const LONGEST_LINE: usize = 75;

pub(super) fn written(told: &Told<'_>, how: How) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Watchbell//Feeds//EN", "CALSCALE:GREGORIAN"] {
        folded(&mut out, line);
    }
    folded(&mut out, &format!("X-WR-CALNAME:{}", escaped(&told.feed.name)));
    for item in told.items {
        let ticket = &item.of.ticket;
        let Some(due) = ticket.due else { continue };
        let start = ticket.starts.unwrap_or(ticket.created);
        let subject = &ticket.subject;
        let said = |key: &str| tr(key, &[("subject", subject.as_str().into())]);
        if how.single {
            event(&mut out, told, item, how.times, &Event { kind: "", summary: subject, from: start.min(due), until: due });
        } else {
            event(
                &mut out,
                told,
                item,
                how.times,
                &Event { kind: "-start", summary: &said("feeds-start"), from: start, until: start },
            );
            event(&mut out, told, item, how.times, &Event { kind: "-due", summary: &said("feeds-due"), from: due, until: due });
        }
    }
    folded(&mut out, "END:VCALENDAR");
    out
}

struct Event<'a> {
    kind: &'a str,
    summary: &'a str,
    from: Timestamp,
    until: Timestamp,
}

fn event(out: &mut String, told: &Told<'_>, item: &Item, times: bool, event: &Event<'_>) {
    let ticket = &item.of.ticket;
    folded(out, "BEGIN:VEVENT");
    folded(out, &format!("UID:ticket-{}{}@{}", ticket.id, event.kind, escaped(told.organization)));
    folded(out, &format!("DTSTAMP:{}", moment(told.now)));
    folded(out, &format!("LAST-MODIFIED:{}", moment(ticket.updated)));
    if times {
        folded(out, &format!("DTSTART:{}", moment(event.from)));
        if event.until > event.from {
            folded(out, &format!("DTEND:{}", moment(event.until)));
        }
    } else {
        let day = |at: Timestamp| at.to_zoned(told.zone.clone()).date();
        // the day that the end names is not part of it any more
        let beyond = day(event.until).tomorrow().unwrap_or_else(|_| day(event.until));
        folded(out, &format!("DTSTART;VALUE=DATE:{}", date(day(event.from))));
        folded(out, &format!("DTEND;VALUE=DATE:{}", date(beyond)));
    }
    folded(out, &format!("SUMMARY:{}", escaped(event.summary)));
    folded(out, &format!("DESCRIPTION:{}", escaped(&format!("#{} {} ({})", ticket.id, item.of.queue.name, ticket.status))));
    folded(out, &format!("URL:{}{}", told.base, urls::ticket(ticket.id)));
    if let Some(address) = item.of.owner.email.as_ref().filter(|_| ticket.is_owned()) {
        folded(out, &format!("ORGANIZER;CN=\"{}\":mailto:{address}", quoted(item.of.owner.display_name())));
    }
    folded(out, "END:VEVENT");
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// RFC 5545 section 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// A parameter's value has no escapes at all.
fn quoted(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && *c != '"').collect()
}

/// RFC 5545 section 3.1: longer lines go on behind a blank; no character is torn.
fn folded(out: &mut String, line: &str) {
    let mut room = LONGEST_LINE;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST_LINE - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_line_and_lines_are_short() {
        assert_eq!(escaped("a;b,c\\d\r\nEND:VCALENDAR\u{b}"), "a\\;b\\,c\\\\d\\nEND:VCALENDAR");
        assert_eq!(quoted("A \"b\"\r\n:c"), "A b:c");
        let mut out = String::new();
        let line = format!("SUMMARY:{}", "ä€😀".repeat(40));
        folded(&mut out, &line);
        assert!(out.ends_with("\r\n") && out.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), line);
    }
}
