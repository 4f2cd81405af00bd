//! HTML of mails as it may stand on a page: what can run, load or deceive was taken out (`domain::html_safe`).

use actions::ticket::show::Entry;
use domain::html_safe::clean_with;
use maud::{Markup, PreEscaped, html};

use super::pictures;

/// With the numbers of the parts that are pictures in it. `None` when the text is built to be expensive.
pub(super) fn safe(entry: &Entry, text: &str) -> Option<(Markup, Vec<i64>)> {
    let candidates = pictures::candidates(entry);
    let offered = candidates.iter().map(|part| pictures::picture(entry, part)).collect();
    let (clean, shown) = clean_with(text, offered)?;
    let shown = shown.into_iter().filter_map(|place| candidates.get(place)).map(|part| part.id).collect();
    Some((html! { div class="message-text" { div class="message-html" { (PreEscaped(clean)) } } }, shown))
}
