//! What a list says when it is empty, and what to do about it.

use maud::{Markup, html};

use super::icon::{Icon, icon};

pub fn empty(shape: Icon, words: &str, action: Option<&Markup>) -> Markup {
    html! {
        div class="empty" { (icon(shape)) p { (words) } @if let Some(action) = action { (action) } }
    }
}

/// One quiet line, for small boxes: "(No active investigations)".
pub fn empty_line(words: &str) -> Markup {
    html! { p class="empty-line" { (words) } }
}
