//! Dashboards and the saved searches on them (IR-285 … IR-295): whose they are, and what can stand where.

use crate::{GroupId, UserId};

/// Whose a saved search or a dashboard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// Everybody's; administrators change it.
    System,
    Group(GroupId),
    User(UserId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    pub id: i64,
    pub keeper: Keeper,
    pub name: String,
    /// What it is for.
    pub description: String,
    /// In the search language.
    pub query: String,
    /// Columns as a layout is written; empty for those of the type.
    pub columns: String,
    /// As addresses write it: `Due,-Priority`.
    pub sort: String,
    /// Rows on a dashboard; `None` as the reader prefers.
    pub rows: Option<i64>,
    /// It belongs to incident response (IR-295).
    pub incident_response: bool,
    /// Minutes until a page that shows it is read again; 0 is never (IR-294).
    pub refresh: i64,
    /// What its rows are put together by, and how close they stand, as addresses write it; empty for neither (TC-278).
    pub grouped: String,
    pub density: String,
    /// How it is drawn, as a chart is written; empty for a list (TC-288).
    pub chart: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    pub id: i64,
    pub keeper: Keeper,
    pub name: String,
    /// The home of whoever chose no other.
    pub is_default: bool,
}

/// One box of a dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widget {
    pub kind: WidgetKind,
    /// Beside the lists rather than among them.
    pub aside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WidgetKind {
    /// A saved search, by number.
    Search(i64),
    QuickCreate,
    Constituencies,
    Queues,
    QueuesAdministered,
    QueuesSupported,
    Dashboards,
    Refresh,
    SavedSearches,
    Reminders,
    FindPerson,
}

impl WidgetKind {
    /// Those that are not searches.
    pub const BOXES: [(Self, &'static str); 10] = [
        (Self::QuickCreate, "quick-create"),
        (Self::Constituencies, "constituencies"),
        (Self::Queues, "queues"),
        (Self::QueuesAdministered, "queues-administered"),
        (Self::QueuesSupported, "queues-supported"),
        (Self::Dashboards, "dashboards"),
        (Self::Refresh, "refresh"),
        (Self::SavedSearches, "saved-searches"),
        (Self::Reminders, "reminders"),
        (Self::FindPerson, "find-person"),
    ];

    /// As forms and tables write it; searches by their number.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Search(id) => format!("search-{id}"),
            other => Self::BOXES.iter().find(|(kind, _)| *kind == other).map_or(String::new(), |(_, name)| (*name).to_owned()),
        }
    }
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("search-") {
            Some(id) => id.parse().ok().map(Self::Search),
            None => Self::BOXES.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind),
        }
    }
}

/// What can be done with the box at a place of a dashboard; moving is done in steps, so that nobody needs to drag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    /// From the lists to beside them, or back.
    Across,
    Remove,
}

impl Step {
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Up, "up"), (Self::Down, "down"), (Self::Across, "across"), (Self::Remove, "remove")];

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == text).map(|(step, _)| *step)
    }
}

/// The boxes after a step; unchanged when there is nothing at that place or nowhere to go. Up and down pass boxes of the same side.
#[must_use]
pub fn rearranged(mut widgets: Vec<Widget>, place: usize, step: Step) -> Vec<Widget> {
    let Some(widget) = widgets.get(place).copied() else { return widgets };
    let beside = |other: &Widget| other.aside == widget.aside;
    match step {
        Step::Remove => drop(widgets.remove(place)),
        Step::Across => {
            widgets.remove(place);
            widgets.push(Widget { aside: !widget.aside, ..widget });
        }
        Step::Up => {
            if let Some(other) = widgets.iter().take(place).rposition(beside) {
                widgets.swap(place, other);
            }
        }
        Step::Down => {
            if let Some(after) = widgets.iter().skip(place + 1).position(beside) {
                widgets.swap(place, place + 1 + after);
            }
        }
    }
    widgets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_move_among_their_own_and_across() {
        let widget = |kind, aside| Widget { kind, aside };
        let start =
            vec![widget(WidgetKind::Search(1), false), widget(WidgetKind::Queues, true), widget(WidgetKind::Search(2), false)];
        let up = rearranged(start.clone(), 2, Step::Up);
        assert_eq!(up[0].kind, WidgetKind::Search(2));
        assert_eq!(rearranged(up, 0, Step::Down), start);
        assert_eq!(rearranged(start.clone(), 0, Step::Up), start, "nowhere to go");
        assert_eq!(rearranged(start.clone(), 9, Step::Remove), start, "nothing there");
        assert!(rearranged(start.clone(), 1, Step::Across).iter().all(|widget| !widget.aside));
        assert_eq!(rearranged(start, 1, Step::Remove).len(), 2);
    }

    #[test]
    fn every_box_is_read_as_it_is_written() {
        for kind in WidgetKind::BOXES.iter().map(|(kind, _)| *kind).chain([WidgetKind::Search(7)]) {
            assert_eq!(WidgetKind::parse(&kind.written()), Some(kind));
        }
        assert_eq!(WidgetKind::parse("search-x"), None);
    }
}
