//! The Incidents that a child is a member of, and how to get it to one (IR-327).

use actions::ticket::show::LinkView;
use domain::TicketKind;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, Tone, icon_post, link, post};
use crate::component::chip;
use crate::component::facts::none;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::list::phase;

pub(super) fn incidents(sheet: &Sheet<'_>) -> Markup {
    let parents: Vec<&LinkView> = sheet.view.incidents().collect();
    let is_last = sheet.catalog.parent_rule(sheet.kind()).required && parents.len() < 2;
    let body = html! {
        @if parents.is_empty() { (none()) } @else {
            ul class="links" { @for parent in &parents { li { (line(sheet, parent, is_last)) } } }
        }
    };
    let frame = Panel {
        id: "incidents",
        title: &t("nav-incidents"),
        count: parents.len() as u64,
        actions: Some(actions(sheet)),
        ..Panel::default()
    };
    panel(&frame, &body)
}

fn line(sheet: &Sheet<'_>, parent: &LinkView, is_last: bool) -> Markup {
    let ticket = &parent.ticket;
    let id = ticket.id.to_string();
    let unlink = tr("ticket-unlink", &[("ticket", id.as_str().into())]);
    html! {
        a href=(urls::ticket(ticket.id)) { "#" (id) " " bdi { (ticket.subject) } } " "
        (chip::status(&ticket.status, phase(ticket.status_class)))
        @if sheet.view.may_modify() && !is_last {
            " " (icon_post(&sheet.part("unlink"), Icon::Cross, &unlink, Some(("incident", &id))))
        }
    }
}

/// For the owner: link and new; for others: become the owner, if they may.
fn actions(sheet: &Sheet<'_>) -> Markup {
    let view = &sheet.view;
    let quiet = |key: &str, href: &str| link(href, &Button::new(&t(key)).tone(Tone::Quiet));
    let from = urls::with(&urls::create(TicketKind::Incident), &[("from", &view.ticket.id.to_string())]);
    html! {
        @if view.ticket.owner == sheet.visit.actor.id() {
            @if view.may_modify() { (quiet("ticket-link", &sheet.part("link"))) }
            @if sheet.may_create(TicketKind::Incident) { (quiet("ticket-new", &from)) }
        } @else if view.may_take() {
            (post(&sheet.part("take"), &Button::new(&t("ticket-take")).tone(Tone::Quiet)))
        } @else if view.may_steal(&sheet.visit.actor) {
            (post(&sheet.part("steal"), &Button::new(&t("ticket-steal")).tone(Tone::Quiet)))
        }
    }
}

/// After linking a Report to somebody else's Incident: one press tells its owner (IR-410).
pub(super) fn alert(sheet: &Sheet<'_>) -> Markup {
    let view = &sheet.view;
    let is_others = |parent: &&LinkView| {
        Some(parent.ticket.id) == sheet.linked && parent.ticket.is_owned() && parent.ticket.owner != sheet.visit.actor.id()
    };
    let Some(parent) = view.incidents().find(is_others).filter(|_| sheet.kind() == TicketKind::Report) else { return html! {} };
    let id = parent.ticket.id.to_string();
    let words = [("ticket", id.as_str().into()), ("owner", parent.owner.as_str().into())];
    html! {
        div class="notice hint" id="alert-owner" {
            span { (tr("alert-owner-hint", &words)) }
            div class="actions" {
                (post(&sheet.part("alert-owner"), &Button::new(&tr("alert-owner", &words)).sends("incident", &id)))
            }
        }
    }
}
