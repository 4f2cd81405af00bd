//! Changing a tree at a place, for those who build a query by pressing (TC-269). What names no place, or cannot be done there,
//! changes nothing: a page may be older than the text beside it.

use std::fmt::{Display, Formatter, Result as Written, Write};
use std::mem::take;
use std::str::FromStr;

use crate::tree::Query;

/// The way down from the root: the number of the part at each level, `0.2`. What stands in a NOT is its part 0; the root is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place(Vec<usize>);

impl Place {
    #[must_use]
    pub fn part(&self, number: usize) -> Self {
        Self(self.0.iter().copied().chain([number]).collect())
    }
}

impl FromStr for Place {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split('.').filter(|part| !part.is_empty()).map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        for (level, part) in self.0.iter().enumerate() {
            if level > 0 {
                f.write_char('.')?;
            }
            part.fmt(f)?;
        }
        Ok(())
    }
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    And,
    Or,
}

impl Join {
    fn of(self, parts: Vec<Query>) -> Query {
        match self {
            Self::And => Query::And(parts),
            Self::Or => Query::Or(parts),
        }
    }

    fn other(self) -> Self {
        if self == Self::And { Self::Or } else { Self::And }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Remove,
    /// AND becomes OR, and OR becomes AND.
    Toggle,
    /// Puts a NOT before it, or takes it away.
    Negate,
    /// Into a group with what stands before it, joined the other way.
    Indent,
    /// Out of its group, behind it.
    Outdent,
    Replace(Query),
}

/// The part at a place.
#[must_use]
pub fn at<'a>(query: &'a Query, place: &Place) -> Option<&'a Query> {
    place.0.iter().try_fold(query, |here, number| match here {
        Query::And(parts) | Query::Or(parts) => parts.get(*number),
        Query::Not(inner) => (*number == 0).then_some(&**inner),
        Query::Term(_) => None,
    })
}

/// The tree after the edit; `None` when nothing is left of it.
#[must_use]
pub fn edited(mut query: Query, place: &Place, edit: Edit) -> Option<Query> {
    match edit {
        Edit::Remove => return removed(query, &place.0),
        Edit::Toggle => toggle(&mut query, &place.0),
        Edit::Negate => negate(&mut query, &place.0),
        Edit::Indent => indent(&mut query, &place.0),
        Edit::Outdent => outdent(&mut query, &place.0),
        Edit::Replace(new) => {
            if let Some(here) = node(&mut query, &place.0) {
                *here = new;
            }
        }
    }
    tidied(query)
}

/// All of the old and the new, or any of them; a root that is joined so already takes them in.
#[must_use]
pub fn added(query: Option<Query>, join: Join, new: Vec<Query>) -> Option<Query> {
    let parts = match (query, join) {
        (None, _) => new,
        (Some(Query::And(mut parts)), Join::And) | (Some(Query::Or(mut parts)), Join::Or) => {
            parts.extend(new);
            parts
        }
        (Some(other), _) => std::iter::once(other).chain(new).collect(),
    };
    tidied(join.of(parts))
}

fn node<'a>(query: &'a mut Query, path: &[usize]) -> Option<&'a mut Query> {
    path.iter().try_fold(query, |here, number| match here {
        Query::And(parts) | Query::Or(parts) => parts.get_mut(*number),
        Query::Not(inner) => (*number == 0).then_some(&mut **inner),
        Query::Term(_) => None,
    })
}

/// Groups with how they are joined.
fn group(query: &mut Query) -> Option<(Join, &mut Vec<Query>)> {
    match query {
        Query::And(parts) => Some((Join::And, parts)),
        Query::Or(parts) => Some((Join::Or, parts)),
        Query::Not(_) | Query::Term(_) => None,
    }
}

/// Groups of one are what they hold; of none nothing is left.
fn tidied(query: Query) -> Option<Query> {
    let few = |parts: Vec<Query>, join: Join| {
        let mut parts: Vec<Query> = parts.into_iter().filter_map(tidied).collect();
        if parts.len() < 2 { parts.pop() } else { Some(join.of(parts)) }
    };
    match query {
        Query::And(parts) => few(parts, Join::And),
        Query::Or(parts) => few(parts, Join::Or),
        Query::Not(inner) => tidied(*inner).map(|inner| Query::Not(Box::new(inner))),
        term @ Query::Term(_) => Some(term),
    }
}

fn removed(mut query: Query, path: &[usize]) -> Option<Query> {
    let (last, above) = path.split_last()?;
    match node(&mut query, above) {
        Some(Query::And(parts) | Query::Or(parts)) if *last < parts.len() => drop(parts.remove(*last)),
        // without what it denies there is nothing to deny
        Some(Query::Not(_)) if *last == 0 => return removed(query, above),
        _ => {}
    }
    tidied(query)
}

fn toggle(query: &mut Query, path: &[usize]) {
    let Some(here) = node(query, path) else { return };
    let turned = group(here).map(|(join, parts)| join.other().of(take(parts)));
    if let Some(turned) = turned {
        *here = turned;
    }
}

fn negate(query: &mut Query, path: &[usize]) {
    let Some(here) = node(query, path) else { return };
    *here = match std::mem::replace(here, Query::And(vec![])) {
        Query::Not(inner) => *inner,
        other => Query::Not(Box::new(other)),
    };
}

fn indent(query: &mut Query, path: &[usize]) {
    let Some((last, above)) = path.split_last() else { return };
    let Some((join, parts)) = node(query, above).and_then(group) else { return };
    if *last == 0 || *last >= parts.len() {
        return;
    }
    let moved = parts.remove(*last);
    let Some(before) = parts.get_mut(*last - 1) else { return };
    if let Some((_, inside)) = group(before) {
        inside.push(moved);
        return;
    }
    let first = std::mem::replace(before, Query::And(vec![]));
    *before = join.other().of(vec![first, moved]);
}

fn outdent(query: &mut Query, path: &[usize]) {
    let Some((last, above)) = path.split_last() else { return };
    // the group may stand in a NOT, which what leaves the group leaves too
    let outer = (0..above.len()).rev().filter_map(|depth| Some((above.get(..depth)?, *above.get(depth)?)));
    let outer = outer.into_iter().find(|(path, _)| node(query, path).and_then(group).is_some());
    let Some((outer, place)) = outer.map(|(path, place)| (path.to_vec(), place)) else { return };
    let Some((_, parts)) = node(query, above).and_then(group) else { return };
    if *last >= parts.len() {
        return;
    }
    let moved = parts.remove(*last);
    if let Some((_, around)) = node(query, &outer).and_then(group) {
        around.insert(place + 1, moved);
    }
}
