//! What somebody wrote: its plain text with quotes folded and things recognised, or else its HTML with everything taken
//! out that could run, load or deceive (invariant 9).

mod enclosed;

use actions::ticket::show::{Entry, ShownPart};
use domain::TicketKind;
use domain::detector::{Segment, segments_by};
use http_door::text::t;
use maud::{Markup, html};

use super::{Sheet, markup, observables};
use crate::component::message::message_text;

/// How many recognised things of a page get their menus; a list of ten thousand addresses stays readable text.
const MOST_MENUS: usize = 300;
const HEADERS: [&str; 5] = ["From", "To", "Cc", "Date", "Subject"];
/// A mail with more headers than this hides something among them.
const MOST_HEADERS: usize = 100;

/// What is left of the page's menus.
pub(super) struct Budget(std::cell::Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Self(std::cell::Cell::new(MOST_MENUS))
    }
}

impl Budget {
    fn spend(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// A message as it stands in the history.
#[derive(Default)]
pub(super) struct Body {
    pub(super) markup: Markup,
    /// It is the HTML, not the text.
    pub(super) is_html: bool,
    /// Parts shown within it.
    pub(super) pictures: Vec<i64>,
}

pub(super) fn body(sheet: &Sheet<'_>, entry: &Entry, budget: &Budget) -> Body {
    let text = text(sheet, entry, budget);
    Body { markup: html! { (text.markup) (enclosed::event(entry)) (enclosed::messages(entry)) }, ..text }
}

fn text(sheet: &Sheet<'_>, entry: &Entry, budget: &Budget) -> Body {
    if let Some((markup, pictures)) = formatted(entry) {
        return Body { markup, is_html: true, pictures };
    }
    // a text made from HTML is for quoting and searching; here the HTML itself says more
    let has_text = !entry.text.trim().is_empty() && (entry.html.is_none() || entry.parts.iter().any(is_plain_text));
    if has_text && !sheet.manner.html {
        return plain(sheet, entry, budget);
    }
    match entry.html.as_deref().map(|html| markup::safe(entry, html)) {
        Some(Some((markup, pictures))) => Body { markup, is_html: true, pictures },
        _ if has_text => plain(sheet, entry, budget),
        Some(None) => note("message-too-complex"),
        None if entry.parts.iter().any(is_unread_text) => note("message-too-long"),
        None => note("message-empty"),
    }
}

fn plain(sheet: &Sheet<'_>, entry: &Entry, budget: &Budget) -> Body {
    Body { markup: message_text(&entry.text, |text| decorated(sheet, text, budget)), ..Body::default() }
}

fn note(key: &str) -> Body {
    Body { markup: html! { div class="message-text" { div class="none" { (t(key)) } } }, ..Body::default() }
}

/// What somebody here wrote with Markdown. Messages from outside have headers; theirs is shown as its reader likes it.
fn formatted(entry: &Entry) -> Option<(Markup, Vec<i64>)> {
    let root = entry.parts.first()?;
    let is_ours = root.content_type == "multipart/alternative" && root.headers.is_empty() && root.parent.is_none();
    entry.html.as_deref().filter(|_| is_ours).and_then(|html| markup::safe(entry, html))
}

fn is_plain_text(part: &ShownPart) -> bool {
    part.has_content && part.file_name.is_none() && part.disposition != "attachment" && part.content_type == "text/plain"
}

/// A text too long to be shown in place.
fn is_unread_text(part: &ShownPart) -> bool {
    part.has_content && part.size > 0 && part.file_name.is_none() && part.content_type.starts_with("text/")
}

/// Plain text with the detectors' finds as menus; outside of incident response there are none (IR-262).
fn decorated(sheet: &Sheet<'_>, text: &str, budget: &Budget) -> Markup {
    if sheet.kind() == TicketKind::General {
        return html! { (text) };
    }
    html! {
        @for segment in segments_by(text, &sheet.detectors) {
            @match segment {
                Segment::Text(text) => (text),
                found if budget.spend() => (observables::found(sheet, &found)),
                found => span class="observable" { (found.text()) },
            }
        }
    }
}

/// The brief headers of a mail, in the order people read them, or all of them as they came (TC-101). A Bcc is never shown.
pub(super) fn headers(entry: &Entry, full: bool) -> Vec<(String, String)> {
    let Some(root) = entry.parts.iter().find(|part| part.parent.is_none()) else { return vec![] };
    let pair = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let (name, value) = (name.trim().to_owned(), value.trim());
        (!value.is_empty() && !name.eq_ignore_ascii_case("Bcc")).then(|| (name, value.chars().take(500).collect::<String>()))
    };
    if full {
        return root.headers.lines().filter_map(pair).take(MOST_HEADERS).collect();
    }
    let named = |name: &&str| {
        let mut all = root.headers.lines().filter_map(pair);
        all.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| ((*name).to_owned(), value))
    };
    HEADERS.iter().filter_map(named).chain(enclosed::authentication(&root.headers)).collect()
}
