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
    panel(
        &Panel { id: "formatted", title: &t("form-markdown-preview"), ..Panel::default() },
        &match to_html(text) {
            // made of escaped text, and cleaned like any HTML from outside
            Some(made) => html! { div class="message-html" { (PreEscaped(made)) } },
            None => html! { p class="hint" { (t("form-markdown-none")) } },
        },
    )
}
