//! The box of reminders on a ticket's page (TC-088): open ones with a button that completes them, done ones, and a form for one more.

use actions::ticket::reminder::Shown;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, Tone, icon_link, icon_post, submit};
use crate::component::empty::empty_line;
use crate::component::field::{Field, field};
use crate::component::form::columns;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::time::{Clock, due, moment};

pub(super) fn reminders(sheet: &Sheet<'_>) -> Markup {
    let may_add = sheet.view.may_modify() || sheet.view.may(domain::Right::OwnTicket);
    if sheet.reminders.is_empty() && !may_add {
        return html! {};
    }
    let open = sheet.reminders.iter().filter(|shown| shown.reminder.completed.is_none()).count();
    let frame = Panel { id: "reminders", title: &t("reminders"), count: open as u64, ..Panel::default() };
    panel(
        &frame,
        &html! {
            @if sheet.reminders.is_empty() { (empty_line(&t("reminders-none"))) }
            ul class="reminders" { @for shown in &sheet.reminders { li { (line(&sheet.clock, shown)) } } }
            @if may_add { (form(sheet)) }
        },
    )
}

/// Subject, whose it is and when, with what can be done about it.
fn line(clock: &Clock, shown: &Shown) -> Markup {
    let reminder = &shown.reminder;
    let subject = || [("subject", reminder.subject.clone().into())];
    let is_open = reminder.completed.is_none();
    let (shape, label, done) = if is_open {
        (Icon::Check, tr("reminder-complete", &subject()), "1")
    } else {
        (Icon::Undo, tr("reminder-reopen", &subject()), "0")
    };
    html! {
        (icon_post(&urls::reminder_part(reminder.id, "done"), shape, &label, Some(("done", done))))
        span class=[(!is_open).then_some("closed")] { bdi { (reminder.subject) } }
        " " span class="address" { bdi { (shown.owner) } }
        @if let Some(at) = reminder.due.filter(|_| is_open) { " " (due(clock, Some(at), true)) }
        @if let Some(at) = reminder.completed { " " span class="address" { (t("reminder-done")) " " (moment(clock, at)) } }
        @if is_open { (icon_link(&urls::reminder_part(reminder.id, "edit"), Icon::Pencil, &tr("reminder-edit-one", &subject()))) }
    }
}

/// Of several tickets, each with the ticket it is about.
pub(crate) fn lines(clock: &Clock, reminders: &[Shown]) -> Markup {
    html! {
        ul class="reminders" {
            @for shown in reminders {
                li { (line(clock, shown)) " " a href=(urls::ticket(shown.ticket.id)) { "#" (shown.ticket.id) " " bdi { (shown.ticket.subject) } } }
            }
        }
    }
}

fn form(sheet: &Sheet<'_>) -> Markup {
    html! {
        details class="reminder-new" {
            summary { (t("reminder-add")) }
            form method="post" action=(sheet.part("reminders")) class="form" {
                (field(&Field::line("reminder", &t("reminder-new")).required()))
                (columns(&[
                    field(&Field::line("owner", &t("reminder-owner")).value(&sheet.visit.actor.user.name)),
                    field(&Field::line("due", &t("reminder-due")).hint(&t("form-moment-hint"))),
                ]))
                div class="form-actions" { (submit(&Button::new(&t("reminder-add")).tone(Tone::Primary))) }
            }
        }
    }
}
