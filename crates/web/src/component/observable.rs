//! A recognised string (address, domain, e-mail …) in text, with what can be done about it behind it.
//! The detectors are the domain's; the pages decide which entries the viewer gets (IR-262…274).

use http_door::text::tr;
use maud::{Markup, html};

use super::menu::{Entry, menu_entries};

/// A bare token when there is nothing to do about it.
pub fn observable(text: &str, entries: &[Entry<'_>]) -> Markup {
    html! {
        @if entries.is_empty() { span class="observable" { (text) } } @else {
            details class="menu observable" name="menu" {
                summary title=(tr("observable-actions", &[("text", text.into())])) { (text) }
                div class="menu-panel" { (menu_entries(entries)) }
            }
        }
    }
}
