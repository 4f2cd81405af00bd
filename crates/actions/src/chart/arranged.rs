//! Groups in the order they are read in, the largest alone when that is asked for.

use crate::Catalog;
use domain::{
    QueueId,
    chart::{Chart, Grouping, MOST_TOP, Measure, Sort},
};
use std::collections::BTreeMap;
use storage::search::ChartRow;

/// More groups within a group than this can be told apart by nobody.
const MOST_WITHIN: usize = 20;

/// One group of tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// `None` for what has no value.
    pub key: Option<String>,
    /// As people call it; empty for what has no value.
    pub label: String,
}

/// A chart with its numbers.
#[derive(Clone, Debug)]
pub struct Charted {
    pub chart: Chart,
    pub groups: Vec<Group>,
    /// The groups within; a single one without a label when there is no second grouping.
    pub within: Vec<Group>,
    /// Values of the measures by the places of group and group within.
    values: BTreeMap<(usize, usize), Vec<Option<i64>>>,
    /// There are groups that are not among these.
    pub more: bool,
}

impl Charted {
    /// What was calculated of a group, or of a group within it.
    #[must_use]
    pub fn value(&self, group: usize, within: usize, measure: usize) -> Option<i64> {
        self.values.get(&(group, within))?.get(measure).copied().flatten()
    }

    /// What is drawn of a whole group: the parts added, where that means something, or the largest of them.
    #[must_use]
    pub fn whole(&self, group: usize) -> Option<i64> {
        let parts = (0..self.within.len()).filter_map(|within| self.value(group, within, 0));
        whole(self.drawn(), parts)
    }

    /// The measure that is drawn.
    #[must_use]
    pub fn drawn(&self) -> Measure {
        self.chart.measures.first().copied().unwrap_or(Measure::Count)
    }

    #[must_use]
    pub fn is_split(&self) -> bool {
        self.chart.within.is_some()
    }
}

fn whole(measure: Measure, parts: impl Iterator<Item = i64>) -> Option<i64> {
    if measure.adds_up() { parts.reduce(i64::saturating_add) } else { parts.max() }
}

pub(super) fn arrange(chart: Chart, rows: &[ChartRow], mut more: bool, catalog: &Catalog) -> Charted {
    let measure = chart.measures.first().copied().unwrap_or(Measure::Count);
    let mut groups = sized(rows.iter().map(|row| (&row.key, row.first)), measure);
    let mut within = sized(rows.iter().map(|row| (&row.within, row.first)), measure);
    let most = chart.top.unwrap_or(MOST_TOP);
    more |= chart.top.is_none() && groups.len() > most || within.len() > MOST_WITHIN;
    for (list, most) in [(&mut groups, most), (&mut within, MOST_WITHIN)] {
        list.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        list.truncate(most);
    }
    let mut groups: Vec<(Group, Option<i64>)> =
        groups.into_iter().map(|(key, size)| (called(&chart.group, key, catalog), size)).collect();
    // what has no value stands last, whatever the order of the labels
    let by_label = |group: &Group, grouping: &Grouping| (group.key.is_none(), grouping.place(&group.label_or_key(grouping)));
    groups.sort_by_key(|(group, _)| by_label(group, &chart.group));
    match chart.sort {
        Sort::Label => {}
        Sort::LabelDown => groups.reverse(),
        Sort::ValueDown => groups.sort_by_key(|(_, size)| std::cmp::Reverse(*size)),
        Sort::Value => groups.sort_by_key(|(_, size)| *size),
    }
    let groups: Vec<Group> = groups.into_iter().map(|(group, _)| group).collect();
    let mut within: Vec<Group> = match &chart.within {
        Some(grouping) => within.into_iter().map(|(key, _)| called(grouping, key, catalog)).collect(),
        None => vec![Group { key: None, label: String::new() }],
    };
    if let Some(grouping) = &chart.within {
        within.sort_by_key(|group| by_label(group, grouping));
    }
    let place = |list: &[Group], key: &Option<String>| list.iter().position(|group| group.key == *key);
    let mut values = BTreeMap::new();
    for row in rows {
        let within_place = if chart.within.is_some() { place(&within, &row.within) } else { Some(0) };
        if let (Some(group), Some(inner)) = (place(&groups, &row.key), within_place) {
            values.insert((group, inner), vec![row.first, row.second, row.third]);
        }
    }
    Charted { chart, groups, within, values, more }
}

impl Group {
    /// What labels are ordered by: queues by name, all else by what the database told.
    fn label_or_key(&self, grouping: &Grouping) -> String {
        let by_name = *grouping == Grouping::Plain("Queue");
        if by_name { self.label.clone() } else { self.key.clone().unwrap_or_default() }
    }
}

/// Each key once, with the size of its whole.
fn sized<'a>(
    parts: impl Iterator<Item = (&'a Option<String>, Option<i64>)>,
    measure: Measure,
) -> Vec<(Option<String>, Option<i64>)> {
    let mut all: BTreeMap<&Option<String>, Option<i64>> = BTreeMap::new();
    for (key, size) in parts {
        let known = all.entry(key).or_default();
        *known = whole(measure, known.iter().copied().chain(size));
    }
    all.into_iter().map(|(key, size)| (key.clone(), size)).collect()
}

fn called(grouping: &Grouping, key: Option<String>, catalog: &Catalog) -> Group {
    let label = match (&key, grouping) {
        (None, _) => String::new(),
        (Some(key), Grouping::Plain("Queue")) => {
            let queue = key.parse().ok().and_then(|id| catalog.queue(QueueId(id)));
            queue.map_or_else(|| key.clone(), |queue| queue.name.clone())
        }
        (Some(key), _) => grouping.label(key),
    };
    Group { key, label }
}
