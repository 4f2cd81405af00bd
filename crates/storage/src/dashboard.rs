//! Dashboards and their boxes.

use crate::{
    Error, Result, Tx,
    db::Number,
    saved_search::{keeper, keeper_columns, readable},
};
use domain::{
    GroupId, UserId,
    dashboard::{Dashboard, Keeper, Widget, WidgetKind},
};
use sqlx::FromRow;

/// More than this nobody keeps.
const MOST: i64 = 200;

#[derive(FromRow)]
struct Row {
    id: i64,
    keeper_kind: String,
    keeper_id: i64,
    name: String,
    is_default: bool,
}

impl From<Row> for Dashboard {
    fn from(row: Row) -> Self {
        Self { id: row.id, keeper: keeper(&row.keeper_kind, row.keeper_id), name: row.name, is_default: row.is_default }
    }
}

#[derive(FromRow)]
struct WidgetRow {
    aside: bool,
    kind: String,
    search_id: Option<i64>,
}

/// What somebody may read, everybody's default first.
pub async fn of_reader(tx: &mut Tx, user: UserId, groups: &[GroupId]) -> Result<Vec<Dashboard>> {
    let sql = format!(
        "SELECT id, keeper_kind, keeper_id, name, is_default FROM dashboards WHERE {} ORDER BY is_default DESC, id LIMIT {MOST}",
        readable(user, groups)
    );
    let rows: Vec<Row> = tx.all_built(sql, vec![]).await?;
    Ok(rows.into_iter().map(Dashboard::from).collect())
}

/// The boxes of one, in order; boxes of a kind that this version does not know are left out.
pub async fn widgets(tx: &mut Tx, dashboard: i64) -> Result<Vec<Widget>> {
    let rows: Vec<WidgetRow> = tx
        .all("SELECT aside, kind, search_id FROM dashboard_widgets WHERE dashboard_id = $1 ORDER BY position", [dashboard.into()])
        .await?;
    let kind = |row: &WidgetRow| row.search_id.map(WidgetKind::Search).or_else(|| WidgetKind::parse(&row.kind));
    Ok(rows.iter().filter_map(|row| Some(Widget { kind: kind(row)?, aside: row.aside })).collect())
}

/// [`Error::Taken`] when the keeper has one of that name.
pub async fn insert(tx: &mut Tx, keeper: Keeper, name: &str) -> Result<i64> {
    let (kind, id) = keeper_columns(keeper);
    let row: Option<Number> = tx
        .first(
            "INSERT INTO dashboards (keeper_kind, keeper_id, name) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING RETURNING id AS n",
            [kind.into(), id.into(), name.into()],
        )
        .await?;
    row.map(|row| row.n).ok_or(Error::Taken)
}

/// Makes a dashboard hold these boxes and no others.
pub async fn put_widgets(tx: &mut Tx, dashboard: i64, widgets: &[Widget]) -> Result<()> {
    tx.run("DELETE FROM dashboard_widgets WHERE dashboard_id = $1", [dashboard.into()]).await?;
    for (position, widget) in widgets.iter().enumerate() {
        let (kind, search) = match widget.kind {
            WidgetKind::Search(id) => ("search".to_owned(), Some(id)),
            other => (other.written(), None),
        };
        tx.run(
            "INSERT INTO dashboard_widgets (dashboard_id, position, aside, kind, search_id) VALUES ($1,$2,$3,$4,$5)",
            [dashboard.into(), (position as i64 + 1).into(), widget.aside.into(), kind.into(), search.into()],
        )
        .await?;
    }
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    tx.run("DELETE FROM dashboards WHERE id = $1", [id.into()]).await?;
    Ok(())
}
