//! HTML of mails as it may stand on a page: what can run, load or deceive was taken out (`domain::html_safe`).

use domain::html_safe::clean;
use maud::{Markup, PreEscaped, html};

/// `None` when the text is built to be expensive.
pub(super) fn safe(text: &str) -> Option<Markup> {
    let clean = clean(text)?;
    Some(html! { div class="message-text" { div class="message-html" { (PreEscaped(clean)) } } })
}
