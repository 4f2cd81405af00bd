//! What a message brings beside its text: an invitation summed up, messages forwarded in it with their own headers (TC-110), and
//! what the mail server found out about its sender.

use actions::ticket::show::{Entry, ShownPart};
use domain::authentication::verdicts;
use http_door::text::t;
use maud::{Markup, html};

use super::HEADERS;
use crate::component::facts::{facts, text_fact};

/// Of messages forwarded in one.
const MOST: usize = 20;

pub(super) fn event(entry: &Entry) -> Markup {
    let Some(event) = &entry.event else { return html! {} };
    let when = if event.end.is_empty() { event.start.clone() } else { format!("{} – {}", event.start, event.end) };
    let words = ["event-summary", "event-when", "event-where", "event-organizer", "event-method"].map(t);
    let values = [&event.summary, &when, &event.location, &event.organizer, &event.method];
    let rows: Vec<_> =
        words.iter().zip(values).filter(|(_, value)| !value.is_empty()).map(|(word, value)| text_fact(word, value)).collect();
    html! { div class="enclosed event" { (facts(&rows)) } }
}

pub(super) fn messages(entry: &Entry) -> Markup {
    let attached = entry.parts.iter().filter(|part| part.content_type == "message/rfc822");
    let heads = attached.filter_map(|part| entry.parts.iter().find(|inner| inner.parent == Some(parent_name(part))));
    html! {
        @for head in heads.take(MOST) {
            details class="quoted enclosed" {
                summary { (t("message-forwarded")) ": " bdi { (header(&head.headers, "Subject").unwrap_or_default()) } }
                @let values: Vec<(&str, String)> = HEADERS.iter().filter_map(|name| Some((*name, header(&head.headers, name)?))).collect();
                @let rows: Vec<_> = values.iter().map(|(name, value)| text_fact(name, value)).collect();
                (facts(&rows))
            }
        }
    }
}

/// What the parts below call the part above them.
fn parent_name(part: &ShownPart) -> i64 {
    part.position
}

/// `spf pass, dkim fail`: of the topmost field, which is our own server's.
pub(super) fn authentication(headers: &str) -> Option<(String, String)> {
    let found = verdicts(&header(headers, "Authentication-Results")?);
    let said: Vec<String> = found.iter().map(|verdict| format!("{} {}", verdict.method, verdict.result)).collect();
    (!said.is_empty()).then(|| (t("message-authentication").into_owned(), said.join(", ")))
}

fn header(headers: &str, name: &str) -> Option<String> {
    let mut fields = headers.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(given, _)| given.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().chars().take(500).collect())
}
