//! What is calculated of a group of tickets.

use crate::worktime;

/// Something of a ticket that has a size: time in minutes, or what lies between two of its dates, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub name: &'static str,
    pub between: Option<(&'static str, &'static str)>,
}

const fn between(name: &'static str, from: &'static str, to: &'static str) -> Quantity {
    Quantity { name, between: Some((from, to)) }
}

pub const QUANTITIES: [Quantity; 9] = [
    Quantity { name: "TimeWorked", between: None },
    Quantity { name: "TimeEstimated", between: None },
    Quantity { name: "TimeLeft", between: None },
    between("Created-Started", "Created", "Started"),
    between("Created-Resolved", "Created", "Resolved"),
    between("Created-LastUpdated", "Created", "LastUpdated"),
    between("Starts-Started", "Starts", "Started"),
    between("Due-Resolved", "Due", "Resolved"),
    between("Started-Resolved", "Started", "Resolved"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Sum,
    Avg,
    Min,
    Max,
}

impl Function {
    pub const ALL: [(Self, &'static str); 4] = [(Self::Sum, "SUM"), (Self::Avg, "AVG"), (Self::Min, "MIN"), (Self::Max, "MAX")];

    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(function, _)| *function == self).map_or("", |(_, name)| name)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Count,
    Of(Function, Quantity),
}

impl Measure {
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |quantity: Quantity| Function::ALL.into_iter().map(move |(function, _)| Self::Of(function, quantity));
        std::iter::once(Self::Count).chain(QUANTITIES.into_iter().flat_map(of))
    }

    /// Case does not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|measure| measure.written().eq_ignore_ascii_case(text))
    }

    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Count => "COUNT".to_owned(),
            Self::Of(function, quantity) => format!("{}.{}", function.name(), quantity.name),
        }
    }

    /// Whether the parts of a group make up its whole when they are added.
    #[must_use]
    pub fn adds_up(self) -> bool {
        matches!(self, Self::Count | Self::Of(Function::Sum, _))
    }

    /// As people read it.
    #[must_use]
    pub fn shown(self, value: i64) -> String {
        match self {
            Self::Count => value.to_string(),
            Self::Of(_, Quantity { between: None, .. }) => worktime::shown(value),
            Self::Of(_, _) => span(value),
        }
    }
}

/// `2 d 3 h`: the two largest units that say something.
fn span(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let all = seconds.unsigned_abs();
    let parts = [(all / 86_400, "d"), (all / 3_600 % 24, "h"), (all / 60 % 60, "min"), (all % 60, "s")];
    let said: Vec<String> = parts
        .iter()
        .skip_while(|(count, _)| *count == 0)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if said.is_empty() { "0 s".to_owned() } else { format!("{sign}{}", said.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_reads_as_it_is_written() {
        assert_eq!(Measure::all().count(), 37);
        for measure in Measure::all() {
            assert_eq!(Measure::parse(&measure.written().to_lowercase()), Some(measure));
        }
        assert_eq!(Measure::parse("SUM"), None);
    }

    #[test]
    fn values_are_shown_with_their_units() {
        let of = |text: &str, value| Measure::parse(text).unwrap().shown(value);
        assert_eq!(of("COUNT", 7), "7");
        assert_eq!(of("SUM.TimeWorked", 90), "1.5 h (90 min)");
        for (seconds, expected) in [(0, "0 s"), (59, "59 s"), (3_600, "1 h"), (90_061, "1 d 1 h"), (-172_860, "-2 d")] {
            assert_eq!(of("AVG.Due-Resolved", seconds), expected);
        }
        assert!(of("MAX.Created-Resolved", i64::MIN).starts_with('-'));
    }
}
