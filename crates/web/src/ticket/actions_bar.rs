//! What the viewer is offered to do with the ticket (IR-334 … IR-343): the usual things as buttons, the rest in a menu.
//! Rights were asked for by the view; the verbs ask again.

use domain::lifecycle::{Action, Update};
use domain::{Right, Role, StatusClass, TicketKind};
use http_door::text::t;
use http_door::urls;
use maud::Markup;

use super::{Offered, Sheet};
use crate::component::button::{self, Button, Tone};
use crate::component::icon::Icon;
use crate::component::menu::Entry;
use crate::layout::keys::Act;

/// One thing to do.
#[derive(Default)]
pub(super) struct Offer {
    label: String,
    href: String,
    icon: Option<Icon>,
    act: Option<Act>,
    tone: Tone,
    /// What it posts; a link otherwise.
    posts: Option<(&'static str, String)>,
    pub(super) prominent: bool,
}

pub(super) fn offers(sheet: &Sheet<'_>) -> Vec<Offer> {
    let mut offers = ownership(sheet);
    offers.extend(writing(sheet));
    offers.extend(wider(sheet));
    offers.extend(relations(sheet));
    offers.extend(lifecycle(sheet));
    if sheet.view.may_snooze() && sheet.view.ticket.is_open() {
        offers.push(Offer { icon: Some(Icon::Moon), act: Some(Act::Snooze), ..to("key-snooze", sheet.part("snooze")) });
    }
    if sheet.view.may_modify() {
        offers.push(Offer { icon: Some(Icon::Clock), ..to("timer", sheet.part("timer")) });
        offers.push(Offer { icon: Some(Icon::Pencil), act: Some(Act::Edit), ..to("key-edit", sheet.part("edit")) });
        offers.push(to("ticket-split", urls::with(&urls::create(sheet.kind()), &[("split", &sheet.view.ticket.id.to_string())])));
        if sheet.kind() == TicketKind::Report {
            offers.push(to("ticket-split-many", sheet.part("split-many")));
        }
        offers.push(Offer { act: Some(Act::Merge), ..to("ticket-merge", sheet.part("merge")) });
        offers.push(to("ticket-advanced", sheet.part("advanced")));
        let assign = format!("{}#field-owner", sheet.part("edit"));
        offers.push(Offer { icon: Some(Icon::Person), act: Some(Act::Assign), ..to("key-assign", assign) });
        offers.push(Offer { icon: Some(Icon::Lock), posts: Some(("", String::new())), ..to("lock-lock", sheet.part("lock")) });
    }
    offers
}

/// Reply to All, and passing the ticket on.
fn wider(sheet: &Sheet<'_>) -> Vec<Offer> {
    let mut offers = Vec::new();
    if sheet.kind() == TicketKind::Incident && sheet.view.may_reply() {
        offers.push(Offer {
            icon: Some(Icon::Reply),
            act: Some(Act::ReplyAll),
            ..to("ticket-reply-all", sheet.part("reply-all"))
        });
    }
    if sheet.view.may(Right::ForwardMessage) {
        offers.push(Offer { act: Some(Act::Forward), ..to("ticket-forward", sheet.part("forward")) });
    }
    offers.extend(for_oneself(sheet));
    offers
}

/// A bookmark, and watching (TC-057, TC-089).
fn for_oneself(sheet: &Sheet<'_>) -> Vec<Offer> {
    let view = &sheet.view;
    let (key, marked) = if sheet.is_bookmarked { ("bookmark-remove", "0") } else { ("bookmark", "1") };
    let posted =
        |key, part: &str, name, value: &str| Offer { posts: Some((name, value.to_owned())), ..to(key, sheet.part(part)) };
    let mut offers = vec![posted(key, "bookmark", "marked", marked)];
    for (role, right, on, off) in [
        (Role::Cc, Right::Watch, "people-watch", "people-unwatch"),
        (Role::AdminCc, Right::WatchAsAdminCc, "people-watch-admin", "people-unwatch-admin"),
    ] {
        if view.may(right) || view.may_modify() {
            let watches = view.holders(role).any(|user| user.id == sheet.visit.actor.id());
            let (key, value) = if watches { (off, format!("-{}", role.as_str())) } else { (on, role.as_str().to_owned()) };
            offers.push(posted(key, "watch", "watch", &value));
        }
    }
    if view.may_modify() {
        offers.push(to("people-edit", sheet.part("people")));
    }
    offers
}

fn to(key: &str, href: String) -> Offer {
    Offer { label: t(key).into_owned(), href, ..Offer::default() }
}

fn prominent(offer: Offer) -> Offer {
    Offer { prominent: true, ..offer }
}

fn ownership(sheet: &Sheet<'_>) -> Vec<Offer> {
    let view = &sheet.view;
    let posted = |key, part: &str| Offer { posts: Some(("", String::new())), ..to(key, sheet.part(part)) };
    let taking = |offer| prominent(Offer { act: Some(Act::Take), ..offer });
    if view.may_take() {
        vec![taking(posted("ticket-take", "take"))]
    } else if view.may_steal(&sheet.visit.actor) {
        vec![taking(posted("ticket-steal", "steal"))]
    } else if view.ticket.owner == sheet.visit.actor.id() {
        vec![posted("ticket-untake", "untake")]
    } else {
        vec![]
    }
}

fn writing(sheet: &Sheet<'_>) -> Vec<Offer> {
    let mut offers = Vec::new();
    if sheet.view.may_reply() {
        let (key, part) = if sheet.kind() == TicketKind::Incident {
            ("ticket-reply-reporters", "reply-reporters")
        } else {
            ("key-reply", "reply")
        };
        let reply = Offer { icon: Some(Icon::Reply), act: Some(Act::Reply), tone: Tone::Primary, ..to(key, sheet.part(part)) };
        offers.push(prominent(reply));
    }
    if sheet.view.may_comment() {
        let comment = Offer { icon: Some(Icon::Comment), act: Some(Act::Comment), ..to("key-comment", sheet.part("comment")) };
        offers.push(prominent(comment));
    }
    offers
}

/// New Incident and Link for children; Launch and Block for Incidents.
fn relations(sheet: &Sheet<'_>) -> Vec<Offer> {
    let id = sheet.view.ticket.id.to_string();
    let new = |kind, name| urls::with(&urls::create(kind), &[(name, &id)]);
    let mut offers = Vec::new();
    let becomes_owner = sheet.view.may_take() || sheet.view.may_steal(&sheet.visit.actor);
    if !(sheet.view.may_modify() || (sheet.kind().is_child() && becomes_owner)) {
        return offers;
    }
    if sheet.kind() == TicketKind::Incident {
        if sheet.may_create(TicketKind::Investigation) {
            let launch = Offer {
                icon: Some(Icon::Target),
                act: Some(Act::Launch),
                ..to("ticket-launch", new(TicketKind::Investigation, "incident"))
            };
            offers.push(prominent(launch));
        }
        if sheet.may_create(TicketKind::Countermeasure) {
            offers.push(Offer {
                icon: Some(Icon::Shield),
                ..to("ticket-new-countermeasure", new(TicketKind::Countermeasure, "incident"))
            });
        }
    }
    if sheet.kind().is_child() {
        // who does not own it is led through taking it first (IR-364)
        if sheet.may_create(TicketKind::Incident) {
            let incident = Offer {
                icon: Some(Icon::Flame),
                act: Some(Act::NewIncident),
                ..to("ticket-new-incident", new(TicketKind::Incident, "from"))
            };
            let is_free = sheet.view.incidents().next().is_none();
            offers.push(Offer { prominent: is_free && (sheet.view.may_modify() || sheet.view.may_take()), ..incident });
        }
        if !sheet.view.may_modify() {
            return offers;
        }
        let link =
            Offer { icon: Some(Icon::Link), act: Some(Act::LinkIncident), ..to("ticket-link-incident", sheet.part("link")) };
        offers.push(Offer { prominent: sheet.kind() == TicketKind::Report && sheet.view.incidents().next().is_none(), ..link });
    }
    offers
}

/// The lifecycle's own actions, under the names it gives them.
fn lifecycle(sheet: &Sheet<'_>) -> Vec<Offer> {
    let mut given: Vec<Act> = Vec::new();
    let mut offers = Vec::new();
    for action in &sheet.view.actions {
        let act = key_of(sheet, action).filter(|act| !given.contains(act));
        given.extend(act);
        let closes_family =
            sheet.kind() == TicketKind::Incident && action.update != Update::None && is_inactive(sheet, &action.to);
        let form = match action.update {
            _ if closes_family => Some("close"),
            Update::Respond => Some("reply"),
            Update::Comment => Some("comment"),
            Update::None => None,
        };
        let label = action.label.clone();
        offers.push(match form {
            Some(form) => prominent(Offer {
                label,
                href: urls::with(&sheet.part(form), &[("status", &action.to)]),
                act,
                ..Offer::default()
            }),
            None => {
                Offer { label, href: sheet.part("status"), posts: Some(("status", action.to.clone())), act, ..Offer::default() }
            }
        });
    }
    // a closed ticket has little else to do
    let is_open = sheet.view.ticket.is_open();
    offers.into_iter().map(|offer| Offer { prominent: offer.prominent || !is_open, ..offer }).collect()
}

fn is_inactive(sheet: &Sheet<'_>, status: &str) -> bool {
    let lifecycle = sheet.catalog.lifecycle(&sheet.view.queue);
    lifecycle.and_then(|lifecycle| lifecycle.class(status)) == Some(StatusClass::Inactive)
}

fn key_of(sheet: &Sheet<'_>, action: &Action) -> Option<Act> {
    match action.to.as_str() {
        "rejected" | "abandoned" => Some(Act::Reject),
        _ if is_inactive(sheet, &action.to) => Some(Act::Resolve),
        _ => None,
    }
}

pub(super) fn offered(offer: Offer) -> Offered {
    Offered { label: offer.label, href: offer.href, posts: offer.posts }
}

pub(super) fn button(offer: &Offer) -> Markup {
    let button = Button { label: &offer.label, tone: offer.tone, icon: offer.icon, act: offer.act, sends: None };
    match &offer.posts {
        Some((name, value)) if !name.is_empty() => button::post(&offer.href, &button.sends(name, value)),
        Some(_) => button::post(&offer.href, &button),
        None => button::link(&offer.href, &button),
    }
}

pub(super) fn entry(offer: &Offer) -> Entry<'_> {
    let entry =
        Entry { icon: offer.icon, act: offer.act, posts: offer.posts.is_some(), ..Entry::link(&offer.label, &offer.href) };
    match &offer.posts {
        Some((name, value)) if !name.is_empty() => entry.sends(name, value),
        _ => entry,
    }
}
