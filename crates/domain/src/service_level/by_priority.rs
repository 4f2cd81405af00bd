//! Which service level a priority brings (IR-242): by number, by range, or by the name of a priority.

use crate::priority::Scale;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Which {
    Range(i64, i64),
    Label(String),
}

/// In the order they were written; the first that fits wins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map(Vec<(Which, String)>);

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is not like High = Full service, 70-99 = Reduced service or 5 = Now")]
pub struct InvalidMap(String);

impl Map {
    /// One `priority = level` a line; empty is none at all.
    pub fn parse(text: &str) -> Result<Self, InvalidMap> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|line| entry(line).ok_or_else(|| InvalidMap(line.chars().take(100).collect())))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    #[must_use]
    pub fn level(&self, priority: i64, scale: &Scale) -> Option<&str> {
        let fits = |which: &Which| match which {
            Which::Range(low, high) => (*low..=*high).contains(&priority),
            Which::Label(label) => scale.label(priority).is_some_and(|found| found.eq_ignore_ascii_case(label)),
        };
        self.0.iter().find(|(which, _)| fits(which)).map(|(_, level)| level.as_str())
    }
}

fn entry(line: &str) -> Option<(Which, String)> {
    let (which, level) = line.split_once('=').map(|(which, level)| (which.trim(), level.trim()))?;
    if which.is_empty() || level.is_empty() {
        return None;
    }
    if let Ok(number) = which.parse::<i64>() {
        return Some((Which::Range(number, number), level.to_owned()));
    }
    if let Some((low, high)) = which.split_once('-')
        && let (Ok(low), Ok(high)) = (low.trim().parse::<i64>(), high.trim().parse::<i64>())
    {
        return (low <= high).then(|| (Which::Range(low, high), level.to_owned()));
    }
    Some((Which::Label(which.to_owned()), level.to_owned()))
}
