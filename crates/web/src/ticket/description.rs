//! What a ticket is about, in the words of whoever handles it (IR-077, IR-577).

use http_door::text::t;
use maud::{Markup, html};

use super::Sheet;
use crate::component::panel::{Panel, panel};

pub(super) fn description(sheet: &Sheet<'_>) -> Markup {
    let text = &sheet.view.ticket.description;
    html! {
        @if !text.is_empty() {
            (panel(&Panel { id: "description", title: &t("ticket-description"), ..Panel::default() }, &html! { div class="prose-lines" { (text) } }))
        }
    }
}
