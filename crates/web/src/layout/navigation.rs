//! Where one can go. Shown at the left where there is room, in a drawer where there is not; the same list in both.

use domain::TicketKind;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Shell;
use super::keys::Act;
use crate::component::chip;
use crate::component::icon::{Icon, icon};
use crate::component::menu::{Entry, menu, menu_entries};

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
    html! {
        @if !shell.constituency.is_empty() {
            p class="within" { strong { (shell.constituency) } " " a href=(urls::constituency("")) { (t("home-all-constituencies")) } }
        }
        ul {
            @for place in PLACES.iter().chain(administers.then_some(&ADMIN)) { li { (link(shell, place)) } }
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

/// What can be created from anywhere.
pub(super) fn create_menu() -> Markup {
    let label = html! { (icon(Icon::Plus)) span { (t("create")) } };
    let usual = t("create-usual");
    let (report, incident) = (t("create-report"), t("create-incident"));
    let (investigation, countermeasure) = (t("create-investigation"), t("create-countermeasure"));
    menu(
        "create",
        &label,
        &menu_entries(&[
            Entry::link(&report, &urls::create(TicketKind::Report)).icon(Icon::Inbox),
            Entry::link(&incident, &urls::create(TicketKind::Incident)).icon(Icon::Flame),
            Entry::link(&investigation, &urls::create(TicketKind::Investigation)).icon(Icon::Target),
            Entry::link(&countermeasure, &urls::create(TicketKind::Countermeasure)).icon(Icon::Shield),
            Entry::link(&usual, &urls::create_usual()).icon(Icon::Plus),
        ]),
    )
}
