//! What the viewer should know before reading: unseen messages (IR-319), and that the page is out of date.

use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, link, post};
use crate::component::icon::{Icon, icon};

/// Hidden until the script finds that the ticket has changed since.
pub(super) fn changed(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    html! {
        div class="notice warning" id="changed" hidden data-version=(ticket.version) data-version-at=(sheet.part("version")) {
            (icon(Icon::Alert))
            span { (t("ticket-changed")) " " a href=(urls::ticket(ticket.id)) { (t("ticket-show-changed")) } }
        }
    }
}

pub(super) fn unread(sheet: &Sheet<'_>) -> Markup {
    html! {
        @if sheet.unread > 0 {
            div class="notice hint" id="unread" {
                (icon(Icon::Bell))
                span { (tr("ticket-unread", &[("count", sheet.unread.into())])) }
                div class="actions" {
                    @let id = sheet.view.ticket.id;
                    @if let Some(place) = sheet.window.first_unseen(id, sheet.unread, sheet.visit.actor.id()) {
                        (link(&urls::change(id, &place), &Button::new(&t("ticket-jump"))))
                    }
                    (post(&sheet.part("seen"), &Button::new(&t("ticket-mark-seen")).icon(Icon::Check)))
                }
            }
        }
    }
}
