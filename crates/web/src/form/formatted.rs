//! For those who write with Markdown: what may be used, and what becomes of it.

use super::submission::Submission;
use crate::component::panel::{Panel, panel};
use domain::markdown::to_html;
use http_door::text::t;
use maud::{Markup, PreEscaped, html};

pub(super) fn hint() -> Markup {
    html! { p class="hint" { (t("form-markdown-hint")) } }
}

/// What the letter will have beside the text.
pub(super) fn preview(form: &Submission) -> Markup {
    let text = form.text("message");
    if text.trim().is_empty() {
        return html! {};
    }
    let made = to_html(text);
    panel(
        &Panel { id: "formatted", title: &t("form-markdown-preview"), ..Panel::default() },
        &html! {
            // made of escaped text, and cleaned like any HTML from outside
            @if let Some(made) = made { div class="message-html" { (PreEscaped(made)) } } @else { p class="hint" { (t("form-markdown-none")) } }
        },
    )
}
