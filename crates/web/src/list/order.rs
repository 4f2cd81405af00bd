//! The order of a list, as addresses write it: `-Due,Priority`, `-` before what descends.

use actions::lists::{Order, OrderBy};
use domain::TicketKind;

use super::Group;
use crate::component::table;
use crate::parameters::Parameters;

/// More columns than this decide nothing any more.
const MOST: usize = 5;

#[derive(Clone, Debug)]
pub(crate) struct Ordering {
    columns: Vec<(String, OrderBy)>,
    /// What holds when the address says nothing.
    usual: String,
    /// What goes before all of them, so that each group is in one piece.
    group: Option<Group>,
}

impl Ordering {
    /// The usual order of a kind: what is due first comes first, unset dates before all (IR-290, IR-292).
    pub(crate) fn of(kind: TicketKind) -> &'static str {
        if kind == TicketKind::Incident { "Due,-Priority" } else { "Due" }
    }

    pub(crate) fn read(parameters: &Parameters, usual: &str) -> Self {
        let asked = Self::parse(parameters.text("order"));
        let columns = if asked.is_empty() { Self::parse(usual) } else { asked };
        Self { columns, usual: usual.to_owned(), group: None }
    }

    /// Unknown columns are left out.
    fn parse(text: &str) -> Vec<(String, OrderBy)> {
        let one = |word: &str| {
            let name = word.trim().trim_start_matches('-');
            let column = Order::parse(name)?;
            Some((name.to_owned(), OrderBy { column, descending: word.trim().starts_with('-') }))
        };
        text.split(',').filter_map(one).take(MOST).collect()
    }

    pub(crate) fn grouped(self, group: Option<Group>) -> Self {
        Self { group, ..self }
    }

    /// A group that the columns begin with goes the way they say.
    fn leading(&self) -> Option<Group> {
        self.group.filter(|group| self.columns.first().is_none_or(|(_, by)| by.column != group.order()))
    }

    pub(crate) fn by(&self) -> Vec<OrderBy> {
        let leading = self.leading().map(|group| OrderBy::ascending(group.order()));
        leading.into_iter().chain(self.columns.iter().map(|(_, by)| *by)).collect()
    }

    /// Every column with its name and direction.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, bool)> {
        self.columns.iter().map(|(name, by)| (name.as_str(), by.descending))
    }

    /// With what it is grouped by, for those who look at the same rows without headings.
    pub(crate) fn whole(&self) -> String {
        let leading = self.leading().map(|group| group.name().to_owned());
        leading.into_iter().chain(Some(self.written())).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(",")
    }

    pub(crate) fn written(&self) -> String {
        let words: Vec<String> =
            self.columns.iter().map(|(name, by)| format!("{}{name}", if by.descending { "-" } else { "" })).collect();
        words.join(",")
    }

    /// What the address has to say: nothing when the order is the usual one.
    pub(crate) fn parameter(&self) -> String {
        let written = self.written();
        if written == self.usual { String::new() } else { written }
    }

    /// How the list is ordered by a column, if it is the first.
    pub(crate) fn state(&self, name: &str) -> Option<table::Order> {
        let (first, by) = self.columns.first()?;
        let direction = if by.descending { table::Order::Descending } else { table::Order::Ascending };
        first.eq_ignore_ascii_case(name).then_some(direction)
    }

    /// What a click on a column's heading asks for: this column, the other way round if it rules already.
    pub(crate) fn clicked(&self, name: &str) -> String {
        if self.state(name) == Some(table::Order::Ascending) { format!("-{name}") } else { name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordering(text: &str) -> Ordering {
        let query = format!("order={}", http_door::urls::encode(text));
        Ordering::read(&Parameters::parse(query.as_bytes()), "Due,-Priority")
    }

    #[test]
    fn nonsense_is_left_out_and_nothing_means_the_usual_order() {
        assert_eq!(ordering("-created,'; DROP,Id").written(), "-created,Id");
        assert_eq!(ordering("nonsense").written(), "Due,-Priority");
        assert_eq!(ordering("").parameter(), "");
    }

    #[test]
    fn what_it_is_grouped_by_goes_first_unless_it_does_already() {
        let grouped = |text: &str| ordering(text).grouped(Some(Group::Status));
        assert_eq!((grouped("-Due").whole(), grouped("-Due").by().len()), ("Status,-Due".to_owned(), 2));
        assert_eq!((grouped("-Status,Due").whole(), grouped("-Status,Due").by().len()), ("-Status,Due".to_owned(), 2));
        assert_eq!(grouped("-Due").written(), "-Due");
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        assert_eq!(ordering("").clicked("Due"), "-Due");
        assert_eq!(ordering("-Due").clicked("Due"), "Due");
        assert_eq!(ordering("").clicked("Created"), "Created");
    }
}
