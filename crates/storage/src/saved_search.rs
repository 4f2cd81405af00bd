//! Saved searches.

use crate::{Error, Result, Tx, db::Number, value::Value};
use domain::{
    GroupId, UserId,
    dashboard::{Keeper, SavedSearch},
};
use sqlx::FromRow;

/// More than this nobody keeps.
const MOST: i64 = 500;

#[derive(FromRow)]
struct Row {
    id: i64,
    keeper_kind: String,
    keeper_id: i64,
    name: String,
    description: String,
    query: String,
    columns: String,
    sort: String,
    #[sqlx(rename = "row_count")]
    shown: Option<i64>,
    incident_response: bool,
    refresh: i64,
    grouped: String,
    density: String,
    chart: String,
}

impl From<Row> for SavedSearch {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            keeper: keeper(&row.keeper_kind, row.keeper_id),
            name: row.name,
            description: row.description,
            query: row.query,
            columns: row.columns,
            sort: row.sort,
            rows: row.shown,
            incident_response: row.incident_response,
            refresh: row.refresh,
            grouped: row.grouped,
            density: row.density,
            chart: row.chart,
        }
    }
}

pub(crate) fn keeper(kind: &str, id: i64) -> Keeper {
    match kind {
        "group" => Keeper::Group(GroupId(id)),
        "user" => Keeper::User(UserId(id)),
        _ => Keeper::System,
    }
}

pub(crate) fn keeper_columns(keeper: Keeper) -> (&'static str, i64) {
    match keeper {
        Keeper::System => ("system", 0),
        Keeper::Group(group) => ("group", group.0),
        Keeper::User(user) => ("user", user.0),
    }
}

/// The condition for what somebody may read: everybody's, their groups', their own.
pub(crate) fn readable(user: UserId, groups: &[GroupId]) -> String {
    let groups = crate::db::in_list(groups.iter().map(|group| group.0));
    format!(
        "(keeper_kind = 'system' OR (keeper_kind = 'group' AND keeper_id IN ({groups})) OR (keeper_kind = 'user' AND keeper_id = {}))",
        user.0
    )
}

/// What somebody may read, everybody's first.
pub async fn of_reader(tx: &mut Tx, user: UserId, groups: &[GroupId]) -> Result<Vec<SavedSearch>> {
    let sql = format!(
        "SELECT id, keeper_kind, keeper_id, name, query, columns, sort, row_count, incident_response, refresh, \
         description, grouped, density, chart \
         FROM saved_searches WHERE {} ORDER BY CASE keeper_kind WHEN 'system' THEN 0 WHEN 'group' THEN 1 ELSE 2 END, id LIMIT {MOST}",
        readable(user, groups)
    );
    let rows: Vec<Row> = tx.all_built(sql, vec![]).await?;
    Ok(rows.into_iter().map(SavedSearch::from).collect())
}

/// Inserts all but the number; [`Error::Taken`] when the keeper has one of that name.
pub async fn insert(tx: &mut Tx, search: &SavedSearch) -> Result<i64> {
    let (kind, keeper) = keeper_columns(search.keeper);
    let mut values: Vec<Value> = vec![kind.into(), keeper.into()];
    values.extend(content(search));
    let row: Option<Number> = tx
        .first(
            "INSERT INTO saved_searches (keeper_kind, keeper_id, name, query, columns, sort, row_count, incident_response, refresh, \
             description, grouped, density, chart) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) \
             ON CONFLICT DO NOTHING RETURNING id AS n",
            values,
        )
        .await?;
    row.map(|row| row.n).ok_or(Error::Taken)
}

/// Everything but whose it is.
pub async fn update(tx: &mut Tx, search: &SavedSearch) -> Result<()> {
    let (kind, keeper) = keeper_columns(search.keeper);
    let taken: Option<Number> = tx
        .first(
            "SELECT id AS n FROM saved_searches WHERE keeper_kind = $1 AND keeper_id = $2 AND name = $3 AND id <> $4",
            [kind.into(), keeper.into(), search.name.as_str().into(), search.id.into()],
        )
        .await?;
    if taken.is_some() {
        return Err(Error::Taken);
    }
    let mut values: Vec<Value> = vec![search.id.into()];
    values.extend(content(search));
    tx.run(
        "UPDATE saved_searches SET name=$2, query=$3, columns=$4, sort=$5, row_count=$6, incident_response=$7, refresh=$8, \
         description=$9, grouped=$10, density=$11, chart=$12 WHERE id=$1",
        values,
    )
    .await?;
    Ok(())
}

fn content(search: &SavedSearch) -> [Value; 11] {
    [
        search.name.as_str().into(),
        search.query.as_str().into(),
        search.columns.as_str().into(),
        search.sort.as_str().into(),
        search.rows.into(),
        search.incident_response.into(),
        search.refresh.into(),
        search.description.as_str().into(),
        search.grouped.as_str().into(),
        search.density.as_str().into(),
        search.chart.as_str().into(),
    ]
}

/// Dashboards lose their box of it.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    tx.run("DELETE FROM saved_searches WHERE id = $1", [id.into()]).await?;
    Ok(())
}
