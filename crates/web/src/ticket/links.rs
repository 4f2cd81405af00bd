//! The box of links: one line for each relation, with the tickets at its other end (TC-079). Incidents and their children have boxes
//! of their own and are left out here.

use actions::ticket::show::LinkView;
use domain::link::LinkKind;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, Tone, link};
use crate::component::chip;
use crate::component::facts::{Fact, fact, facts};
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::list::phase;

/// The relations in order, as seen from the ticket: kind, whether the ticket is where the link starts, and its name.
pub(crate) const RELATIONS: [(LinkKind, bool, &str); 6] = [
    (LinkKind::DependsOn, true, "DependsOn"),
    (LinkKind::DependsOn, false, "DependedOnBy"),
    (LinkKind::MemberOf, true, "MemberOf"),
    (LinkKind::MemberOf, false, "HasMember"),
    (LinkKind::RefersTo, true, "RefersTo"),
    (LinkKind::RefersTo, false, "ReferredToBy"),
];

pub(crate) fn label(word: &str) -> String {
    t(&format!("link-kind-{}", word.to_ascii_lowercase())).into_owned()
}

pub(super) fn links(sheet: &Sheet<'_>) -> Markup {
    let labels = RELATIONS.map(|(_, _, word)| label(word));
    let lines: Vec<Fact<'_>> = RELATIONS
        .iter()
        .zip(&labels)
        .filter_map(|((kind, outgoing, word), label)| line(sheet, *kind, *outgoing, word).map(|markup| fact(label, markup)))
        .collect();
    if lines.is_empty() && !sheet.view.may_modify() {
        return html! {};
    }
    let edit = sheet
        .view
        .may_modify()
        .then(|| link(&sheet.part("links"), &Button::new(&t("links-edit")).tone(Tone::Quiet).icon(Icon::Pencil)));
    panel(&Panel { id: "links", title: &t("links"), actions: edit, ..Panel::default() }, &facts(&lines))
}

/// Nothing for a relation that has no ends; those that somebody works with have a way to make the other end.
fn line(sheet: &Sheet<'_>, kind: LinkKind, outgoing: bool, word: &str) -> Option<Markup> {
    let view = &sheet.view;
    let in_own_box = |link: &LinkView| {
        kind == LinkKind::MemberOf
            && if outgoing { link.ticket.kind == domain::TicketKind::Incident } else { link.ticket.kind.is_child() }
            && (view.ticket.kind.is_child() || view.ticket.kind == domain::TicketKind::Incident)
    };
    let ends: Vec<&LinkView> = view
        .links
        .iter()
        .filter(|link| {
            link.kind == kind && link.outgoing == outgoing && !in_own_box(link) && !sheet.catalog.is_disabled(link.ticket.kind)
        })
        .collect();
    let uris: Vec<&String> = view.uris.iter().filter(|(held, _)| outgoing && *held == kind).map(|(_, uri)| uri).collect();
    let may_create = kind != LinkKind::MemberOf && view.may_modify() && sheet.may_create(view.ticket.kind);
    if ends.is_empty() && uris.is_empty() && !may_create {
        return None;
    }
    let linked = format!("{word}:{}", view.ticket.id);
    let new = urls::with(&urls::create(view.ticket.kind), &[("linked", &linked), ("queue", &view.ticket.queue.to_string())]);
    Some(html! {
        ul class="links" {
            @for end in ends { li { (ticket(end)) } }
            @for uri in uris { li { a href=(uri) rel="noopener noreferrer nofollow" { bdi { (uri) } } } }
        }
        @if may_create { a href=(new) class="address" { (t("links-create")) } }
    })
}

fn ticket(end: &LinkView) -> Markup {
    let other = &end.ticket;
    html! {
        a href=(urls::ticket(other.id)) class=[(!other.is_open()).then_some("closed")] {
            "#" (other.id) " " @if other.subject.is_empty() { (t("no-subject")) } @else { bdi { (other.subject) } }
        }
        " " (chip::status(&other.status, phase(other.status_class))) " " (chip::owner(other.is_owned().then_some(end.owner.as_str())))
    }
}
