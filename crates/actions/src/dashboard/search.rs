//! Saved searches: of the installation, of a group, of a person (IR-295).

use crate::{Actor, Error, FieldError, Result, Tx, access, lists};
use domain::{
    Right,
    chart::Chart,
    dashboard::{Keeper, SavedSearch},
    layout::{LAYOUTS, Layout},
};

/// What a form says of a search.
#[derive(Clone, Debug, Default)]
pub struct SearchInput {
    pub name: String,
    pub description: String,
    pub query: String,
    /// Columns as words, or the name of a layout; empty for those of the type.
    pub columns: String,
    pub sort: String,
    /// Empty: as the reader prefers.
    pub rows: String,
    pub refresh: String,
    pub grouped: String,
    pub density: String,
    pub incident_response: bool,
    /// Names and values of a chart, a line each; empty for a list.
    pub chart: String,
}

/// Rows of one page of it.
const MOST_ROWS: i64 = 100;
const MOST_DESCRIPTION: usize = 500;
/// Minutes that a page may wait until it is read again (IR-294).
const REFRESHES: [i64; 8] = [0, 1, 2, 5, 10, 20, 60, 120];

/// Those the actor may read, everybody's first. Reading the installation's needs nothing; their rows are still the reader's.
pub async fn saved_searches(tx: &mut Tx, actor: &Actor) -> Result<Vec<SavedSearch>> {
    Ok(storage::saved_search::of_reader(&mut tx.db, actor.id(), &actor.identity.groups).await?)
}

pub async fn saved_search(tx: &mut Tx, actor: &Actor, id: i64) -> Result<SavedSearch> {
    saved_searches(tx, actor).await?.into_iter().find(|search| search.id == id).ok_or(Error::NotFound)
}

/// Whose searches and dashboards the actor may make, with the name of each group.
#[must_use]
pub fn keepers(tx: &Tx, actor: &Actor) -> Vec<(Keeper, String)> {
    let catalog = tx.catalog();
    let groups = actor.identity.groups.iter().filter_map(|id| {
        catalog.groups().find(|(group, _)| group == id).map(|(group, name)| (Keeper::Group(group), name.to_owned()))
    });
    let all = std::iter::once((Keeper::User(actor.id()), String::new()))
        .chain(groups)
        .chain(std::iter::once((Keeper::System, String::new())));
    all.filter(|(keeper, _)| may_change(tx, actor, *keeper)).collect()
}

/// One's own are one's own; a group's are its members' with `CreateSavedSearch`; the installation's the administrators'.
#[must_use]
pub fn may_change(tx: &Tx, actor: &Actor, keeper: Keeper) -> bool {
    let may = |right| access::require_global(tx, actor, right).is_ok();
    match keeper {
        Keeper::System => may(Right::SuperUser),
        Keeper::Group(group) => actor.identity.groups.contains(&group) && may(Right::CreateSavedSearch),
        Keeper::User(user) => user == actor.id(),
    }
}

pub(super) fn require_change(tx: &Tx, actor: &Actor, keeper: Keeper) -> Result<()> {
    if may_change(tx, actor, keeper) { Ok(()) } else { Err(Error::Forbidden(Right::CreateSavedSearch)) }
}

pub async fn save_search(tx: &mut Tx, actor: &Actor, keeper: Keeper, input: &SearchInput) -> Result<i64> {
    require_change(tx, actor, keeper)?;
    let search = read(tx, actor, SavedSearch { id: 0, keeper, ..empty() }, input)?;
    storage::saved_search::insert(&mut tx.db, &search).await.map_err(|error| taken(error, &search.name))
}

pub async fn change_search(tx: &mut Tx, actor: &Actor, id: i64, input: &SearchInput) -> Result<()> {
    let old = saved_search(tx, actor, id).await?;
    require_change(tx, actor, old.keeper)?;
    let search = read(tx, actor, old, input)?;
    storage::saved_search::update(&mut tx.db, &search).await.map_err(|error| taken(error, &search.name))
}

pub async fn delete_search(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    let old = saved_search(tx, actor, id).await?;
    require_change(tx, actor, old.keeper)?;
    Ok(storage::saved_search::delete(&mut tx.db, id).await?)
}

fn empty() -> SavedSearch {
    SavedSearch {
        id: 0,
        keeper: Keeper::System,
        name: String::new(),
        description: String::new(),
        query: String::new(),
        columns: String::new(),
        sort: String::new(),
        rows: None,
        incident_response: false,
        refresh: 0,
        grouped: String::new(),
        density: String::new(),
        chart: String::new(),
    }
}

fn taken(error: storage::Error, name: &str) -> Error {
    match error {
        storage::Error::Taken => Error::invalid("name", format!("There is a search “{name}” already.")),
        other => other.into(),
    }
}

pub(crate) fn name(text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Error::invalid("name", "A name of at most 100 characters is needed."));
    }
    Ok(name.to_owned())
}

/// Everything that is wrong is told at once.
fn read(tx: &Tx, actor: &Actor, base: SavedSearch, input: &SearchInput) -> Result<SavedSearch> {
    let mut errors: Vec<FieldError> = Vec::new();
    let mut note = |error: Error| -> Result<()> {
        match error {
            Error::Invalid(more) => errors.extend(more),
            other => return Err(other),
        }
        Ok(())
    };
    let name = name(&input.name).or_else(|error| note(error).map(|()| String::new()))?;
    let query = input.query.trim().to_owned();
    let checked = lists::parse(&query).and_then(|parsed| lists::check(tx, actor, &parsed, &query));
    checked.or_else(&mut note)?;
    let columns = input.columns.trim();
    let is_name = LAYOUTS.iter().any(|(name, _)| *name == columns);
    if !columns.is_empty()
        && !is_name
        && let Err(problem) = Layout::parse(columns)
    {
        note(Error::invalid("columns", problem))?;
    }
    let sort: Vec<&str> = input.sort.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    if let Some(word) = sort.iter().find(|word| lists::Order::parse(word.trim_start_matches('-')).is_none()) {
        note(Error::invalid("sort", format!("Lists cannot be ordered by “{word}”.")))?;
    }
    let rows = match input.rows.trim() {
        "" => None,
        text => text.parse::<i64>().ok().filter(|rows| (1..=MOST_ROWS).contains(rows)).or_else(|| {
            drop(note(Error::invalid("rows", format!("A whole number from 1 to {MOST_ROWS}, please, or nothing."))));
            None
        }),
    };
    let refresh = input.refresh.trim().parse().unwrap_or(0);
    if !REFRESHES.contains(&refresh) {
        note(Error::invalid("refresh", "One of the times of the list, please."))?;
    }
    let description = input.description.trim().to_owned();
    if description.chars().count() > MOST_DESCRIPTION {
        note(Error::invalid("description", format!("At most {MOST_DESCRIPTION} characters, please.")))?;
    }
    let (grouped, density) = (input.grouped.trim(), input.density.trim());
    if !grouped.is_empty() && lists::Order::parse(grouped).is_none() {
        note(Error::invalid("group", format!("Lists cannot be grouped by “{grouped}”.")))?;
    }
    if !matches!(density, "" | "compact" | "normal" | "comfortable") {
        note(Error::invalid("density", "One of the densities of the list, please."))?;
    }
    let mut chart = String::new();
    if !input.chart.trim().is_empty() {
        match Chart::parse(&input.chart) {
            Ok(wanted) => chart = wanted.written(),
            Err(problems) => {
                errors.extend(problems.into_iter().map(|problem| FieldError::new("chart", problem.message)));
            }
        }
    }
    Error::unless_empty(errors)?;
    let (grouped, density) = (grouped.to_owned(), density.to_owned());
    let incident_response = input.incident_response;
    let (columns, sort) = (columns.to_owned(), sort.join(","));
    Ok(SavedSearch { name, description, query, columns, sort, rows, refresh, grouped, density, incident_response, chart, ..base })
}
