//! Charts of a search (TC-284 … TC-286): by what its tickets are grouped, what is calculated of each group, and how that is
//! drawn. A chart is written as names and values, so that an address or a saved search holds all of it.

mod grouping;
mod measure;

pub use grouping::{DATE_PARTS, DATES, Grouping, PARTS_OF_PEOPLE, PEOPLE, PLAIN};
pub use measure::{Function, Measure, QUANTITIES, Quantity};

/// How the numbers are drawn; the table stands beside them always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    #[default]
    Bar,
    Stacked,
    Line,
    Pie,
}

impl Style {
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Bar, "bar"), (Self::Stacked, "stacked"), (Self::Line, "line"), (Self::Pie, "pie")];

    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(style, _)| *style == self).map_or("bar", |(_, name)| name)
    }
}

/// By what the groups stand one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Label,
    LabelDown,
    ValueDown,
    Value,
}

impl Sort {
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Label, "label"), (Self::LabelDown, "-label"), (Self::ValueDown, "-value"), (Self::Value, "value")];

    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("label", |(_, name)| name)
    }
}

/// More groups than this nobody reads off a chart.
pub const MOST_TOP: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    pub group: Grouping,
    /// Within each group.
    pub within: Option<Grouping>,
    /// One to three; the first is drawn.
    pub measures: Vec<Measure>,
    pub style: Style,
    pub sort: Sort,
    /// The largest groups alone.
    pub top: Option<usize>,
}

/// One name with what cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub name: &'static str,
    pub message: String,
}

/// The names that a chart is written with.
const MEASURES: [&str; 3] = ["measure", "measure2", "measure3"];

impl Default for Chart {
    fn default() -> Self {
        Self {
            group: Grouping::Plain("Status"),
            within: None,
            measures: vec![Measure::Count],
            style: Style::default(),
            sort: Sort::default(),
            top: None,
        }
    }
}

impl Chart {
    /// Reads what `text` tells of each name; an empty text is the usual. Everything that is wrong is told at once.
    pub fn read<'a>(text: impl Fn(&'static str) -> &'a str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut chart = Self::default();
        let text = |name: &'static str| text(name).trim();
        let mut grouping = |name: &'static str| {
            let found = Grouping::parse(text(name));
            if found.is_none() && !text(name).is_empty() {
                problems.push(Problem { name, message: format!("Tickets cannot be grouped by “{}”.", text(name)) });
            }
            found
        };
        chart.group = grouping("group").unwrap_or(chart.group);
        chart.within = grouping("within");
        let mut measures = Vec::new();
        for name in MEASURES.into_iter().filter(|name| !text(name).is_empty()) {
            match Measure::parse(text(name)) {
                Some(measure) if measures.contains(&measure) => {}
                Some(measure) => measures.push(measure),
                None => {
                    problems.push(Problem { name, message: format!("“{}” is nothing that can be calculated.", text(name)) });
                }
            }
        }
        if !measures.is_empty() {
            chart.measures = measures;
        }
        let words = text("style");
        match Style::ALL.iter().find(|(_, name)| *name == words) {
            Some((style, _)) => chart.style = *style,
            None if words.is_empty() => {}
            None => problems.push(Problem { name: "style", message: format!("There is no chart “{words}”.") }),
        }
        let words = text("sort");
        match Sort::ALL.iter().find(|(_, name)| *name == words) {
            Some((sort, _)) => chart.sort = *sort,
            None if words.is_empty() => {}
            None => problems.push(Problem { name: "sort", message: format!("Groups cannot be ordered by “{words}”.") }),
        }
        if !text("top").is_empty() {
            chart.top = text("top").parse().ok().filter(|top| (1..=MOST_TOP).contains(top));
            if chart.top.is_none() {
                problems
                    .push(Problem { name: "top", message: format!("A whole number from 1 to {MOST_TOP}, please, or nothing.") });
            }
        }
        if problems.is_empty() { Ok(chart) } else { Err(problems) }
    }

    /// Names and values that [`Self::read`] reads back.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("group", self.group.written())];
        pairs.extend(self.within.iter().map(|within| ("within", within.written())));
        pairs.extend(MEASURES.into_iter().zip(self.measures.iter().map(|measure| measure.written())));
        pairs.push(("style", self.style.name().to_owned()));
        pairs.push(("sort", self.sort.name().to_owned()));
        pairs.extend(self.top.map(|top| ("top", top.to_string())));
        pairs
    }

    /// The same as one text, a line a name, as saved searches keep it.
    #[must_use]
    pub fn written(&self) -> String {
        self.pairs().iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join("\n")
    }

    /// Reads [`Self::written`].
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let lines: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once(' ')).collect();
        Self::read(|wanted| lines.iter().find(|(name, _)| *name == wanted).map_or("", |(_, value)| *value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_reads_as_it_is_written() {
        let text = "group Created.Monthly\nwithin CF.{How Reported}\nmeasure AVG.Created-Resolved\nmeasure2 COUNT\nstyle stacked\nsort -value\ntop 7";
        let chart = Chart::parse(text).unwrap();
        assert_eq!(chart.written(), text);
        assert_eq!(Chart::parse("").unwrap(), Chart::default());
        assert_eq!(Chart::parse(&Chart::default().written()).unwrap(), Chart::default());
    }

    #[test]
    fn everything_that_is_wrong_with_one_is_told() {
        let text = "group Nonsense\nwithin Created\nmeasure MAX.Subject\nstyle cake\nsort colour\ntop 0";
        let names: Vec<&str> = Chart::parse(text).unwrap_err().iter().map(|problem| problem.name).collect();
        assert_eq!(names, ["group", "within", "measure", "style", "sort", "top"]);
    }
}
