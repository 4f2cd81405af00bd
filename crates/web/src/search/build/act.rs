//! What a press in the builder does: to the query, to how it is shown, and where it leads.

use actions::{Actor, Tx, lists};
use http_door::urls;
use query::{Edit, Join, Place, Query, added, at, edited};

use super::super::state::{QUERY, State};
use super::conditions::{EDITED, NEW};
use super::fields::{self, Row};
use super::{DO, saving, shown};
use crate::parameters::Parameters;

pub(super) const JOIN: &str = "join";
/// The root among places, which has no number.
pub(super) const ROOT: &str = "root";

/// Nothing was done: what was typed cannot be read.
pub(super) struct Refused;

/// The address that it leads to. What stands in the box of the query goes before all: it is what the conditions are made of.
pub(super) fn act(tx: &Tx, actor: &Actor, state: &mut State, rows: &[Row], parameters: &Parameters) -> Result<String, Refused> {
    let (deed, place) = parameters.text(DO).split_once(' ').unwrap_or((parameters.text(DO), ""));
    shown::take_in(tx, state, parameters);
    shown::act(tx, state, (deed, place));
    if deed == "clear" {
        state.set(QUERY, "");
        return Ok(state.address(&urls::search_build()));
    }
    let reading = lists::read(tx, actor, state.text(QUERY));
    if reading.tree.is_none() && reading.mistake.is_some() {
        return Err(Refused);
    }
    let adds = matches!(deed, "apply" | "results" | "back" | "save");
    let mut tree = changed(reading.tree.clone(), parameters)?;
    if let Some((edit, place)) = edit(deed).zip(place_of(place)) {
        tree = tree.and_then(|tree| edited(tree, &place, edit));
    }
    let new: Vec<Query> = if adds { rows.iter().filter_map(Row::condition).collect() } else { vec![] };
    if !new.is_empty() {
        tree = added(tree, if parameters.text(JOIN) == "or" { Join::Or } else { Join::And }, new);
    }
    if tree != reading.tree {
        state.set(QUERY, tree.map(|tree| tree.to_string()).unwrap_or_default());
    }
    if reading.mistake.is_none() {
        match deed {
            "results" => return Ok(state.address(&urls::search_page())),
            "back" => return Ok(state.back().unwrap_or_else(urls::search_page)),
            "save" => return Ok(saving(state)),
            _ => {}
        }
    }
    let edits = if deed == "edit" { place } else { "" };
    let waiting = if adds { vec![] } else { fields::typed(parameters) };
    let waiting = waiting.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let further: Vec<(&str, &str)> = std::iter::once((EDITED, edits)).chain(waiting).collect();
    Ok(urls::with(&state.address(&urls::search_build()), &further))
}

fn edit(deed: &str) -> Option<Edit> {
    Some(match deed {
        "remove" => Edit::Remove,
        "toggle" => Edit::Toggle,
        "negate" => Edit::Negate,
        "indent" => Edit::Indent,
        "outdent" => Edit::Outdent,
        _ => return None,
    })
}

/// With the condition that was changed as text.
fn changed(tree: Option<Query>, parameters: &Parameters) -> Result<Option<Query>, Refused> {
    let text = parameters.text(NEW);
    match (tree, place_of(parameters.text(EDITED))) {
        (Some(tree), Some(place)) if !text.is_empty() && at(&tree, &place).is_some() => {
            let new = query::parse(text).map_err(|_| Refused)?;
            Ok(edited(tree, &place, Edit::Replace(new)))
        }
        (tree, _) => Ok(tree),
    }
}

/// `None` for what names no place, and for no name at all.
pub(super) fn place_of(text: &str) -> Option<Place> {
    match text {
        "" => None,
        ROOT => Some(Place::default()),
        text => text.parse().ok(),
    }
}
