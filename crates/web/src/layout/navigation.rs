//! Where one can go. Shown at the left where there is room, in a drawer where there is not; the same list in both.

use domain::TicketKind;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::keys::Act;
use super::{Shell, Viewer};
use crate::component::chip;
use crate::component::icon::{Icon, icon};
use crate::component::menu::{Entry, menu, menu_entries};
use crate::list::section;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    #[default]
    Elsewhere,
    Home,
    Reports,
    Incidents,
    Investigations,
    Countermeasures,
    Search,
    Admin,
}

struct Place {
    section: Section,
    word: &'static str,
    href: fn() -> String,
    icon: Icon,
    act: Option<Act>,
}

const fn place(section: Section, word: &'static str, href: fn() -> String, icon: Icon, act: Option<Act>) -> Place {
    Place { section, word, href, icon, act }
}

const PLACES: [Place; 6] = [
    place(Section::Home, "nav-home", urls::home, Icon::Home, Some(Act::GoHome)),
    place(Section::Reports, "nav-reports", || urls::list(TicketKind::Report), Icon::Inbox, Some(Act::GoReports)),
    place(Section::Incidents, "nav-incidents", || urls::list(TicketKind::Incident), Icon::Flame, Some(Act::GoIncidents)),
    place(
        Section::Investigations,
        "nav-investigations",
        || urls::list(TicketKind::Investigation),
        Icon::Target,
        Some(Act::GoInvestigations),
    ),
    place(
        Section::Countermeasures,
        "nav-countermeasures",
        || urls::list(TicketKind::Countermeasure),
        Icon::Shield,
        Some(Act::GoCountermeasures),
    ),
    place(Section::Search, "nav-search", urls::search_page, Icon::Search, Some(Act::GoSearch)),
];

const ADMIN: Place = place(Section::Admin, "nav-admin", || urls::admin().to_owned(), Icon::Gear, None);

pub(super) fn sidebar(shell: &Shell<'_>) -> Markup {
    html! {
        nav class="sidebar" aria-label=(t("nav")) {
            (places(shell))
            button type="button" class="button quiet collapse needs-script" data-act=(Act::Sidebar.name())
                aria-keyshortcuts=(Act::Sidebar.shown()) title={ (t("nav-collapse")) " (" (Act::Sidebar.shown()) ")" } {
                (icon(Icon::Sidebar)) span { (t("nav-collapse")) }
            }
        }
    }
}

pub(super) fn drawer(shell: &Shell<'_>) -> Markup {
    html! {
        details class="menu drawer" name="menu" {
            summary aria-label=(t("nav")) title=(t("nav")) { (icon(Icon::Menu)) }
            nav class="menu-panel" aria-label=(t("nav")) { (places(shell)) }
        }
    }
}

fn places(shell: &Shell<'_>) -> Markup {
    let administers = shell.viewer.is_some_and(|viewer| viewer.administers);
    let without = shell.viewer.and_then(|viewer| viewer.without).map(section);
    html! {
        @if !shell.constituency.is_empty() {
            p class="within" { strong { (shell.constituency) } " " a href=(urls::constituency("")) { (t("home-all-constituencies")) } }
        }
        ul {
            @for place in PLACES.iter().filter(|place| without != Some(place.section)).chain(administers.then_some(&ADMIN)) { li { (link(shell, place)) } }
        }
    }
}

fn link(shell: &Shell<'_>, place: &Place) -> Markup {
    let count = shell.counts.iter().find(|(section, _)| *section == place.section).map_or(0, |(_, count)| *count);
    let word = t(place.word);
    html! {
        a href=((place.href)()) aria-current=[(shell.section == place.section).then_some("page")] title=(word)
            data-act=[place.act.map(Act::name)] { (icon(place.icon)) span { (word) } (chip::count(count)) }
    }
}

/// The key that leads to the list of a kind.
pub(crate) fn key_of(kind: TicketKind) -> Option<Act> {
    PLACES.iter().find(|place| place.section == section(kind))?.act
}

/// What can be created from anywhere.
pub(super) fn create_menu(viewer: &Viewer<'_>) -> Markup {
    let label = html! { (icon(Icon::Plus)) span { (t("create")) } };
    let usual = t("create-usual");
    let (report, incident) = (t("create-report"), t("create-incident"));
    let (investigation, countermeasure) = (t("create-investigation"), t("create-countermeasure"));
    let addresses = TicketKind::INCIDENT_RESPONSE.map(urls::create);
    let [reports, incidents, investigations, countermeasures] = &addresses;
    let usual_address = urls::create_usual();
    let mut entries = vec![
        Entry::link(&report, reports).icon(Icon::Inbox),
        Entry::link(&incident, incidents).icon(Icon::Flame),
        Entry::link(&investigation, investigations).icon(Icon::Target),
    ];
    if viewer.without != Some(TicketKind::Countermeasure) {
        entries.push(Entry::link(&countermeasure, countermeasures).icon(Icon::Shield));
    }
    entries.push(Entry::link(&usual, &usual_address).icon(Icon::Plus));
    menu("create", &label, &menu_entries(&entries))
}
