//! Everything about a search that its address holds: what is looked for, how it is shown, and where it came from.

use std::fmt::Display;

use domain::dashboard::SavedSearch;
use http_door::urls;
use maud::{Markup, html};

use crate::layout::Density;
use crate::list::{Group, Ordering, PER_PAGE, ROWS};
use crate::parameters::Parameters;

pub(crate) const QUERY: &str = "query";
pub(super) const COLUMNS: &str = "columns";
pub(super) const ORDER: &str = "order";
pub(super) const ROW_COUNT: &str = "rows";
pub(super) const GROUP: &str = "group";
pub(super) const DENSITY: &str = "density";
/// Minutes until the result is read again by itself.
pub(super) const REFRESH: &str = "refresh";
/// The page that wants the query, and the name of the parameter it wants it in (IR-301).
pub(crate) const BACK: &str = "back";
pub(crate) const INTO: &str = "into";
/// The saved search that it began with.
pub(super) const SAVED: &str = "saved";

const NAMES: [&str; 10] = [QUERY, COLUMNS, ORDER, ROW_COUNT, GROUP, DENSITY, REFRESH, SAVED, BACK, INTO];
/// Minutes offered for reading again (TC-277); the pages of saved searches offer more.
pub(super) const REFRESHES: [i64; 7] = [0, 2, 5, 10, 20, 60, 120];

#[derive(Clone, Debug, Default)]
pub(crate) struct State(Vec<(&'static str, String)>);

impl State {
    pub(super) fn read(parameters: &Parameters) -> Self {
        let mut state = Self::default();
        for name in NAMES {
            state.set(name, parameters.text(name));
        }
        state
    }

    /// As a saved search says.
    pub(crate) fn of_saved(search: &SavedSearch) -> Self {
        let mut state = Self::default();
        state.set(SAVED, search.id);
        let texts = [(QUERY, &search.query), (COLUMNS, &search.columns), (ORDER, &search.sort), (GROUP, &search.grouped)];
        for (name, text) in texts.into_iter().chain([(DENSITY, &search.density)]) {
            state.set(name, text);
        }
        if let Some(rows) = search.rows.filter(|rows| ROWS.contains(rows)) {
            state.set(ROW_COUNT, rows);
        }
        if search.refresh > 0 {
            state.set(REFRESH, search.refresh);
        }
        state
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
    }

    pub(super) fn set(&mut self, name: &'static str, text: impl Display) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, text.to_string()));
    }

    /// The address of a page with all of it.
    pub(crate) fn address(&self, page: &str) -> String {
        self.address_but(page, &[])
    }

    pub(super) fn address_but(&self, page: &str, left_out: &[&str]) -> String {
        let all = NAMES.into_iter().filter(|name| !left_out.contains(name)).map(|name| (name, self.text(name)));
        urls::with(page, &all.collect::<Vec<_>>())
    }

    /// For forms that carry it on.
    pub(super) fn hidden_but(&self, left_out: &[&str]) -> Markup {
        html! {
            @for name in NAMES.into_iter().filter(|name| !left_out.contains(name) && !self.text(name).is_empty()) {
                input type="hidden" name=(name) value=(self.text(name));
            }
        }
    }

    pub(super) fn ordering(&self) -> Ordering {
        let asked = Parameters::parse(format!("order={}", urls::encode(self.text(ORDER))).as_bytes());
        Ordering::read(&asked, "Due").grouped(self.group())
    }

    pub(super) fn group(&self) -> Option<Group> {
        Group::parse(self.text(GROUP))
    }

    pub(super) fn rows(&self) -> i64 {
        self.text(ROW_COUNT).parse().ok().filter(|rows| ROWS.contains(rows)).unwrap_or(PER_PAGE)
    }

    pub(super) fn density(&self) -> Option<Density> {
        Density::ALL.into_iter().find(|density| density.name() == self.text(DENSITY))
    }

    pub(super) fn refresh(&self) -> i64 {
        self.text(REFRESH).parse().ok().filter(|minutes| (0..=120).contains(minutes)).unwrap_or(0)
    }

    /// Where the query is wanted, with the query.
    pub(super) fn back(&self) -> Option<String> {
        let back = urls::local_path(self.text(BACK))?;
        let into = if self.text(INTO).is_empty() { QUERY } else { self.text(INTO) };
        Some(urls::with(back, &[(into, self.text(QUERY))]))
    }
}
