//! What the viewer should know before reading: unseen messages (IR-319), and that the page is out of date.

use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, link, post, submit};
use crate::component::icon::{Icon, icon};
use crate::component::time::dated;

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

/// What it waits for, and that it cannot be closed before (TC-086).
pub(super) fn blocked(sheet: &Sheet<'_>) -> Markup {
    let work = &sheet.work;
    let is_blocked = sheet.view.ticket.is_open() && (!work.blockers.is_empty() || work.more_blockers);
    html! {
        @if is_blocked {
            div class="notice warning" id="blocked" {
                (icon(Icon::Alert))
                span {
                    (tr("ticket-blocked", &[("count", work.blockers.len().into())]))
                    @for blocker in &work.blockers { " " a href=(urls::ticket(blocker.id)) title=(blocker.subject) { "#" (blocker.id) } }
                    @if work.more_blockers { " " (t("ticket-blocked-hidden")) }
                }
            }
        }
    }
}

/// That it is out of the lists for a while, and how to have it back.
pub(super) fn asleep(sheet: &Sheet<'_>) -> Markup {
    let until = sheet.view.ticket.snoozed_until.filter(|until| *until > sheet.clock.now);
    html! {
        @if let Some(until) = until {
            div class="notice hint" id="asleep" {
                (icon(Icon::Moon))
                span { (t("snooze-standing")) " " (dated(&sheet.clock, until)) }
                @if sheet.view.may_snooze() {
                    div class="actions" {
                        (post(&sheet.part("wake"), &Button::new(&t("snooze-wake"))))
                    }
                }
            }
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
                        form method="post" action=(sheet.part("seen")) class="inline" {
                            input type="hidden" name="next" value=(urls::change(id, &place));
                            (submit(&Button::new(&t("ticket-jump-and-mark"))))
                        }
                    }
                    (post(&sheet.part("seen"), &Button::new(&t("ticket-mark-seen")).icon(Icon::Check)))
                }
            }
        }
    }
}
