//! The sign-in card. Password managers and pasting work; no puzzles (WCAG 3.3.8).

use http_door::text::t;
use maud::{Markup, html};

use super::button::{Button, Tone, submit};
use super::field::{Control, Field, field};
use super::form::error_summary;
use crate::layout::brand;

#[derive(Debug, Clone, Default)]
pub struct Login<'a> {
    pub action: &'a str,
    pub name: &'a str,
    /// Where to go afterwards.
    pub next: &'a str,
    /// What was being sent when the session ended.
    pub kept: &'a str,
    pub error: Option<&'a str>,
    pub note: Option<&'a str>,
}

pub fn login(login: &Login<'_>) -> Markup {
    let errors: Vec<(&str, &str)> = login.error.iter().map(|error| ("", *error)).collect();
    let name = Control::Line { kind: "text", autocomplete: "username" };
    let password = Control::Line { kind: "password", autocomplete: "current-password" };
    html! {
        form class="panel login" method="post" action=(login.action) {
            div class="login-brand" { (brand()) }
            h1 { (t("login-title")) }
            (error_summary(&t("login-failed"), &errors))
            @if let Some(note) = login.note { p class="hint" { (note) } }
            input type="hidden" name="next" value=(login.next);
            @if !login.kept.is_empty() { input type="hidden" name="kept" value=(login.kept); }
            (field(&Field::new("name", &t("login-name"), name).value(login.name)))
            (field(&Field::new("password", &t("login-password"), password)))
            (submit(&Button::new(&t("login-submit")).tone(Tone::Primary)))
        }
    }
}
