//! The question before something that is not easily undone.

use http_door::text::t;
use maud::{Markup, html};

use super::button::{Button, Tone, link, submit};

#[derive(Debug, Clone)]
pub struct Confirm<'a> {
    pub title: &'a str,
    /// What will happen, in full.
    pub consequence: &'a str,
    pub action: &'a str,
    pub yes: &'a str,
    pub back: &'a str,
}

/// `inside` holds further fields and hidden inputs of the form.
pub fn confirm(confirm: &Confirm<'_>, inside: &Markup) -> Markup {
    html! {
        form method="post" action=(confirm.action) class="panel confirm" {
            h1 { (confirm.title) }
            p { (confirm.consequence) }
            (inside)
            div class="form-actions" {
                (submit(&Button::new(confirm.yes).tone(Tone::Danger)))
                (link(confirm.back, &Button::new(&t("form-cancel")).tone(Tone::Quiet)))
            }
        }
    }
}
