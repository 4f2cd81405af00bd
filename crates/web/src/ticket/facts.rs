//! The boxes of plain facts: basics, people, dates (IR-325, IR-326, IR-329).

use domain::person::User;
use domain::{Role, TicketKind, worktime};
use http_door::text::{t, tr};
use http_door::urls;
use jiff::Timestamp;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, Tone, post};
use crate::component::chip;
use crate::component::facts::{Fact, fact, facts, none, text_fact};
use crate::component::panel::{Panel, panel};
use crate::component::people::{Person, people as persons};
use crate::component::time::{dated, due, moment};
use crate::component::unreachable::unreachable;
use crate::list::phase;

pub(super) fn basics(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let owner = ticket.is_owned().then(|| sheet.view.owner.display_name());
    let words = [
        "ticket-constituency",
        "column-queue",
        "column-status",
        "ticket-level",
        "column-owner",
        "column-priority",
        "ticket-time-worked",
    ]
    .map(t);
    let [constituency, queue, status, level, owned_by, priority, worked] = &words;
    let mut rows: Vec<Fact<'_>> = Vec::new();
    if let Some(name) = sheet.view.constituency.as_ref().map(|one| one.name.as_str()) {
        rows.push(text_fact(constituency, name));
    }
    rows.push(text_fact(queue, &sheet.view.queue.name));
    rows.push(fact(status, chip::status(&ticket.status, phase(ticket.status_class))));
    if !sheet.view.queue.levels_disabled {
        rows.push(text_fact(level, ticket.level.as_deref().unwrap_or_default()));
    }
    rows.push(fact(owned_by, chip::owner(owner)));
    // IR-325: the children of an Incident are not ranked among each other unless somebody ranks them
    if matches!(ticket.kind, TicketKind::Incident | TicketKind::General) || ticket.priority != 0 {
        rows.push(fact(priority, priorities(sheet)));
    }
    rows.push(fact(worked, time_worked(sheet)));
    let estimated = t("ticket-time-estimated");
    if ticket.time_estimated > 0 {
        rows.push(text_fact(&estimated, &worktime::shown(ticket.time_estimated)));
    }
    rows.extend(super::fields::rows(sheet, "Basics"));
    let title = t("ticket-basics");
    panel(&Panel { id: "basics", title: &title, actions: sheet.pencil("basics", &title), ..Panel::default() }, &facts(&rows))
}

/// The current one by name, and the final one where it differs (TC-072, TC-073).
fn priorities(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let scale = sheet.catalog.scale_of(&sheet.view.queue);
    html! {
        (chip::named_priority(ticket.priority, scale.label(ticket.priority)))
        @if ticket.final_priority != 0 && ticket.final_priority != ticket.priority {
            " " span class="address" { "(" (t("ticket-final-priority")) ": " (scale.shown(ticket.final_priority)) ")" }
        }
    }
}

/// "worked/left" when something is left (IR-325); by person, and with all members (TC-070).
fn time_worked(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let work = &sheet.work;
    let members = work.with_members.filter(|total| *total != ticket.time_worked);
    html! {
        @match (ticket.time_worked, ticket.time_left) {
            (0, 0) => { (none()) }
            (worked, 0) => { (worktime::shown(worked)) }
            (worked, left) => { (worktime::shown(worked)) " / " (worktime::shown(left)) }
        }
        @if let Some(total) = members {
            div class="address" { (tr("ticket-time-with-members", &[("time", worktime::shown(total).into())])) }
        }
        @if work.by_person.len() > 1 {
            details class="address" {
                summary { (t("ticket-working-people")) }
                ul { @for (name, minutes) in &work.by_person { li { bdi { (name) } ": " (worktime::shown(*minutes)) } } }
            }
        }
    }
}

pub(super) fn people(sheet: &Sheet<'_>) -> Markup {
    let words = ["ticket-correspondents", "ticket-requestors", "ticket-cc", "ticket-admin-cc"].map(t);
    let [correspondents, requestors, cc, admin_cc] = &words;
    let first = if sheet.kind().is_child() { correspondents } else { requestors };
    let mut rows = vec![
        fact(first, of_role(sheet, Role::Requestor)),
        fact(cc, of_role(sheet, Role::Cc)),
        fact(admin_cc, of_role(sheet, Role::AdminCc)),
    ];
    rows.extend(super::fields::rows(sheet, "People"));
    // Incidents have people by their children; a box of three times nobody says nothing (IR-330)
    let shown = sheet.kind() != TicketKind::Incident || !sheet.view.people.is_empty();
    let title = t("ticket-people");
    let pencil = sheet.pencil("people", &title).filter(|_| sheet.kind() != TicketKind::Incident);
    html! { @if shown { (panel(&Panel { id: "people", title: &title, actions: pencil, ..Panel::default() }, &facts(&rows))) } }
}

fn of_role(sheet: &Sheet<'_>, role: Role) -> Markup {
    let users: Vec<(&User, &str, String)> = sheet
        .view
        .holders(role)
        .map(|user| {
            let address = user.email.as_ref().map_or("", |email| email.as_str());
            (user, address, urls::person(user.id))
        })
        .collect();
    let list: Vec<Person<'_>> = users
        .iter()
        .map(|(user, address, href)| Person {
            name: user.display_name(),
            address,
            href: Some(href),
            warning: warning(sheet, user),
        })
        .collect();
    let groups: Vec<String> = sheet
        .view
        .groups
        .iter()
        .filter(|(held, _, _)| *held == role)
        .map(|(_, _, name)| tr("people-group", &[("name", name.clone().into())]))
        .collect();
    if groups.is_empty() {
        return persons(&list);
    }
    html! { @if !list.is_empty() { (persons(&list)) } ul class="people" { @for group in &groups { li { bdi { (group) } } } } }
}

/// That mail does not reach them, and a button for whoever knows better.
fn warning(sheet: &Sheet<'_>, user: &User) -> Option<Markup> {
    let mark = sheet.unreachable.iter().find(|mark| mark.user == user.id)?;
    let mended = post(&urls::person_part(user.id, "reachable"), &Button::new(&t("person-reachable")).tone(Tone::Quiet));
    Some(html! { (unreachable(mark)) (mended) })
}

pub(super) fn dates(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let names =
        ["column-created", "ticket-starts", "ticket-started", "column-due", "column-told", "ticket-resolved", "column-updated"]
            .map(t);
    let [created, starts, started, due_name, told, resolved, updated] = &names;
    let date = |at: Option<Timestamp>| at.map_or_else(none, |at| dated(&sheet.clock, at));
    let mut rows = vec![fact(created, by(sheet, ticket.created, &sheet.view.creator)), fact(starts, date(ticket.starts))];
    if ticket.kind != TicketKind::Incident {
        rows.push(fact(started, date(ticket.started)));
    }
    rows.push(fact(due_name, due_with_button(sheet)));
    rows.push(fact(told, date(ticket.told)));
    if ticket.resolved.is_some() {
        rows.push(fact(resolved, date(ticket.resolved)));
    }
    rows.push(fact(updated, by(sheet, ticket.updated, &sheet.view.updater)));
    rows.extend(super::fields::rows(sheet, "Dates"));
    let title = t("ticket-dates");
    panel(&Panel { id: "dates", title: &title, actions: sheet.pencil("dates", &title), ..Panel::default() }, &facts(&rows))
}

fn by(sheet: &Sheet<'_>, at: Timestamp, who: &User) -> Markup {
    html! { (dated(&sheet.clock, at)) " " span class="address" { (tr("ticket-by", &[("name", who.display_name().into())])) } }
}

/// Due, the same as a date, and the button of IR-243 for those who may set it.
fn due_with_button(sheet: &Sheet<'_>) -> Markup {
    let ticket = &sheet.view.ticket;
    let ahead = sheet.catalog.days_ahead_text(&sheet.view.queue);
    let label = tr("ticket-days-from-now", &[("ahead", ahead.clone().into())]);
    let sent = ahead.trim_end_matches(" days");
    html! {
        (due(&sheet.clock, ticket.due, ticket.is_open()))
        @if let Some(at) = ticket.due.filter(|_| ticket.is_open()) { " " span class="address" { (moment(&sheet.clock, at)) } }
        @if ticket.is_open() && sheet.view.may_modify() && ticket.kind != TicketKind::Incident {
            div { (post(&sheet.part("due"), &Button::new(&label).tone(Tone::Quiet).sends("days", sent))) }
        }
    }
}
