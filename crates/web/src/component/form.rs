//! What stands around the fields of a form: the summary of what failed, and the buttons.

use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::button::{Button, Tone, link, submit};
use super::icon::{Icon, icon};

/// What failed, each with a link to its field; focus goes here when the form returns. Nothing when nothing failed.
/// An empty field name is an error of the whole form.
pub fn error_summary(title: &str, errors: &[(&str, &str)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div class="notice bad error-summary" role="alert" tabindex="-1" {
                (icon(Icon::Alert))
                div {
                    strong { (title) }
                    ul {
                        @for (field, message) in errors {
                            li { @if field.is_empty() { (message) } @else { a href={ "#field-" (field) } { (message) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Fields side by side where there is room.
pub fn columns(fields: &[Markup]) -> Markup {
    html! { div class="columns" { @for field in fields { (field) } } }
}

/// The last row of a form: the main button, further ones, and the way back.
pub fn form_actions(main: &Button<'_>, others: &[Button<'_>], back: Option<&str>) -> Markup {
    html! {
        div class="form-actions" {
            (submit(&main.tone(Tone::Primary)))
            @for other in others { (submit(other)) }
            @if back.is_some() { (save_draft()) }
            @if let Some(back) = back { (link(back, &Button::new(&t("form-cancel")).tone(Tone::Quiet))) }
        }
    }
}

/// Keeps what was typed and sends nothing; the script does so by itself, and says so here.
fn save_draft() -> Markup {
    html! {
        button type="submit" class="button quiet save-draft" formaction=(urls::drafts()) formnovalidate { (t("draft-save")) }
        span class="hint draft-state" role="status" data-saved=(t("draft-saved")) data-lost=(t("draft-not-saved"))
            data-signed-out=(t("draft-signed-out")) {}
    }
}

/// The bar of what can be done with the chosen rows of a table, whose `form` is this `id`.
pub fn bulk_bar(id: &str, action: &str, buttons: &Markup) -> Markup {
    html! {
        form class="bulk" data-bulk method="post" id=(id) action=(action) {
            strong { span class="needs-script" data-bulk-count { "0" } " " (t("bulk-selected")) }
            (buttons)
        }
    }
}
