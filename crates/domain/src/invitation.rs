//! What a calendar part says (RFC 5545), for people to read: what, when, where, from whom (TC-110). A reader of the few fields
//! that are shown; nothing is computed from them.

/// One event of the part, texts as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// `REQUEST`, `CANCEL`, `REPLY` …; empty when none is given.
    pub method: String,
    pub summary: String,
    /// `2026-03-02`, or `2026-03-02 09:00` with the zone behind it.
    pub start: String,
    pub end: String,
    pub location: String,
    /// Name or address.
    pub organizer: String,
}

const LONGEST: usize = 256 * 1024;
const LONGEST_VALUE: usize = 500;

/// The first event; `None` for what holds none.
#[must_use]
pub fn invitation(text: &str) -> Option<Invitation> {
    let text = text.get(..text.floor_char_boundary(LONGEST))?;
    let lines = unfolded(text);
    let mut found = Invitation::default();
    let mut within: Vec<String> = Vec::new();
    let mut any = false;
    for line in &lines {
        let Some((name, parameters, value)) = parts(line) else { continue };
        match (name.as_str(), within.last().map(String::as_str)) {
            ("BEGIN", _) => within.push(value.trim().to_ascii_uppercase()),
            ("END", Some("VEVENT")) => break,
            ("END", _) => drop(within.pop()),
            ("METHOD", Some("VCALENDAR")) => found.method = plain(value).to_ascii_uppercase(),
            (_, Some("VEVENT")) => {
                any = true;
                set(&mut found, &name, parameters, value);
            }
            _ => {}
        }
    }
    any.then_some(found)
}

fn set(found: &mut Invitation, name: &str, parameters: &str, value: &str) {
    let field = match name {
        "SUMMARY" => &mut found.summary,
        "DTSTART" => &mut found.start,
        "DTEND" => &mut found.end,
        "LOCATION" => &mut found.location,
        "ORGANIZER" => &mut found.organizer,
        _ => return,
    };
    if !field.is_empty() {
        return;
    }
    *field = match name {
        "DTSTART" | "DTEND" => moment(parameters, value.trim()),
        "ORGANIZER" => parameter(parameters, "CN").unwrap_or_else(|| address(value)),
        _ => plain(value),
    };
}

/// Lines that begin with a blank continue the one before (RFC 5545 section 3.1).
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Name, parameters, value: the colon that ends the parameters is the first outside of quotes.
fn parts(line: &str) -> Option<(String, &str, &str)> {
    let mut quoted = false;
    let colon = line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })?;
    let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.trim().to_ascii_uppercase(), parameters, value))
}

fn parameter(parameters: &str, wanted: &str) -> Option<String> {
    let mut quoted = false;
    let pieces = parameters.split(|character| {
        quoted ^= character == '"';
        character == ';' && !quoted
    });
    let mut named = pieces.filter_map(|piece| piece.split_once('='));
    let (_, value) = named.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))?;
    Some(plain(value.trim().trim_matches('"'))).filter(|value| !value.is_empty())
}

/// Without escapes (RFC 5545 section 3.3.11), on one line, bounded.
fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut escaped = false;
    for character in value.trim().chars().take(LONGEST_VALUE) {
        match character {
            '\\' if !escaped => escaped = true,
            'n' | 'N' if escaped => {
                text.push(' ');
                escaped = false;
            }
            _ => {
                text.extend((!character.is_control()).then_some(character));
                escaped = false;
            }
        }
    }
    text
}

fn address(value: &str) -> String {
    let value = plain(value);
    let scheme = value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    scheme.and_then(|scheme| value.get(scheme.len()..)).unwrap_or(&value).to_owned()
}

/// `20260302T090000Z` as people write it; what is no such moment stays as it is.
fn moment(parameters: &str, value: &str) -> String {
    let zone = parameter(parameters, "TZID");
    let (digits, utc) = value.strip_suffix('Z').map_or((value, false), |rest| (rest, true));
    let (day, time) = digits.split_once('T').unwrap_or((digits, ""));
    let number = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !number(day, 8) || !(time.is_empty() || number(time, 6)) {
        return plain(value);
    }
    let piece = |text: &str, from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    let mut written = format!("{}-{}-{}", piece(day, 0, 4), piece(day, 4, 6), piece(day, 6, 8));
    if !time.is_empty() {
        written.push_str(&format!(" {}:{}", piece(time, 0, 2), piece(time, 2, 4)));
        let zone = if utc { Some("UTC".to_owned()) } else { zone };
        written.extend(zone.into_iter().flat_map(|zone| [" ".to_owned(), zone]));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc110_an_invitation_is_summed_up() {
        let text = concat!(
            "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nDTSTART:16010101T000000\r\nEND:VTIMEZONE\r\n",
            "BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=en:Call about\r\n  #12\\, please\\njoin\r\n",
            "DTSTART;TZID=\"Europe/Vienna\":20260302T090000\r\nDTEND:20260302T093000Z\r\n",
            "ORGANIZER;CN=\"Noc; Nora\":MAILTO:noc@isp.example\r\nBEGIN:VALARM\r\nSUMMARY:no\r\nEND:VALARM\r\n",
            "LOCATION:\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:second\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let expected = Invitation {
            method: "REQUEST".to_owned(),
            summary: "Call about #12, please join".to_owned(),
            start: "2026-03-02 09:00 Europe/Vienna".to_owned(),
            end: "2026-03-02 09:30 UTC".to_owned(),
            location: String::new(),
            organizer: "Noc; Nora".to_owned(),
        };
        assert_eq!(invitation(text), Some(expected));
    }

    #[test]
    fn what_is_no_event_is_none_and_odd_moments_stay() {
        assert_eq!(invitation("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR"), None);
        assert_eq!(invitation("hello"), None);
        let odd =
            invitation("BEGIN:VEVENT\nDTSTART:soon\nDTEND;VALUE=DATE:20260303\nORGANIZER:mailto:a@x.example").unwrap_or_default();
        assert_eq!((odd.start.as_str(), odd.end.as_str(), odd.organizer.as_str()), ("soon", "2026-03-03", "a@x.example"));
    }
}
