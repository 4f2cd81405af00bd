//! Dashboards: everybody may read the system's, each may build their own, and one of them is somebody's home (IR-285).

mod search;

pub(crate) use search::name;
pub use search::{SearchInput, change_search, delete_search, keepers, may_change, save_search, saved_search, saved_searches};

use crate::{Actor, Error, Result, Tx, account};
use domain::{
    dashboard::{Dashboard, Keeper, SavedSearch, Step, Widget, WidgetKind, rearranged},
    preference,
};

/// More boxes than this make no page at a glance.
const MOST_WIDGETS: usize = 20;

/// The dashboard that is somebody's home.
#[derive(Clone, Debug)]
pub struct Home {
    pub dashboard: Option<Dashboard>,
    pub widgets: Vec<Widget>,
    /// The searches that the boxes name.
    pub searches: Vec<SavedSearch>,
    /// What was chosen is not there any more.
    pub lost: bool,
}

/// The one that was chosen, else the installation's default.
pub async fn home(tx: &mut Tx, actor: &Actor) -> Result<Home> {
    let chosen = account::preferences(tx, actor).await?.text(preference::HOME_DASHBOARD).to_owned();
    let all = dashboards(tx, actor).await?;
    let wanted = all.iter().find(|one| one.id.to_string() == chosen);
    let lost = !chosen.is_empty() && wanted.is_none();
    let dashboard = wanted.or_else(|| all.iter().find(|one| one.is_default)).cloned();
    let widgets = match &dashboard {
        Some(dashboard) => storage::dashboard::widgets(&mut tx.db, dashboard.id).await?,
        None => vec![],
    };
    Ok(Home { dashboard, widgets, searches: saved_searches(tx, actor).await?, lost })
}

/// One that the actor looks at, home or not.
pub async fn looked_at(tx: &mut Tx, actor: &Actor, id: i64) -> Result<Home> {
    let (found, widgets) = dashboard(tx, actor, id).await?;
    Ok(Home { dashboard: Some(found), widgets, searches: saved_searches(tx, actor).await?, lost: false })
}

/// Those the actor may read, the default first.
pub async fn dashboards(tx: &mut Tx, actor: &Actor) -> Result<Vec<Dashboard>> {
    Ok(storage::dashboard::of_reader(&mut tx.db, actor.id(), &actor.identity.groups).await?)
}

/// One of them with its boxes.
pub async fn dashboard(tx: &mut Tx, actor: &Actor, id: i64) -> Result<(Dashboard, Vec<Widget>)> {
    let found = dashboards(tx, actor).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    let widgets = storage::dashboard::widgets(&mut tx.db, id).await?;
    Ok((found, widgets))
}

/// Chooses a dashboard as the actor's home; `None` is the default.
pub async fn choose_home(tx: &mut Tx, actor: &Actor, id: Option<i64>) -> Result<()> {
    if let Some(id) = id {
        dashboard(tx, actor, id).await?;
    }
    let text = id.map(|id| id.to_string());
    account::choose(tx, actor, &[(preference::HOME_DASHBOARD, text.as_deref())]).await
}

/// A dashboard of somebody's with the boxes of another, so that one begins with what one knows.
pub async fn create(tx: &mut Tx, actor: &Actor, keeper: Keeper, name: &str, like: Option<i64>) -> Result<i64> {
    search::require_change(tx, actor, keeper)?;
    let name = search::name(name)?;
    let widgets = match like {
        Some(id) => dashboard(tx, actor, id).await?.1,
        None => vec![],
    };
    let id = match storage::dashboard::insert(&mut tx.db, keeper, &name).await {
        Err(storage::Error::Taken) => return Err(Error::invalid("name", format!("There is a dashboard “{name}” already."))),
        other => other?,
    };
    storage::dashboard::put_widgets(&mut tx.db, id, &widgets).await?;
    Ok(id)
}

/// Adds a box at the end of its side.
pub async fn add_widget(tx: &mut Tx, actor: &Actor, id: i64, widget: Widget) -> Result<()> {
    let mut widgets = to_change(tx, actor, id).await?;
    if let WidgetKind::Search(search) = widget.kind {
        saved_search(tx, actor, search).await?;
    }
    if widgets.iter().any(|one| one.kind == widget.kind) {
        return Err(Error::invalid("widget", "That box is there already."));
    }
    if widgets.len() >= MOST_WIDGETS {
        return Err(Error::invalid("widget", format!("At most {MOST_WIDGETS} boxes, please.")));
    }
    widgets.push(widget);
    Ok(storage::dashboard::put_widgets(&mut tx.db, id, &widgets).await?)
}

/// Moves or removes the box at a place, which the form names with its kind, so that a stale page moves no other.
pub async fn rearrange(tx: &mut Tx, actor: &Actor, id: i64, kind: WidgetKind, step: Step) -> Result<()> {
    let widgets = to_change(tx, actor, id).await?;
    let place = widgets.iter().position(|widget| widget.kind == kind).ok_or(Error::NotFound)?;
    Ok(storage::dashboard::put_widgets(&mut tx.db, id, &rearranged(widgets, place, step)).await?)
}

/// Whose home it was is told at their next visit and sees the default.
pub async fn delete(tx: &mut Tx, actor: &Actor, id: i64) -> Result<()> {
    to_change(tx, actor, id).await?;
    if dashboard(tx, actor, id).await?.0.is_default {
        return Err(Error::invalid("", "The default dashboard stays: it is everybody's."));
    }
    Ok(storage::dashboard::delete(&mut tx.db, id).await?)
}

async fn to_change(tx: &mut Tx, actor: &Actor, id: i64) -> Result<Vec<Widget>> {
    let (found, widgets) = dashboard(tx, actor, id).await?;
    search::require_change(tx, actor, found.keeper)?;
    Ok(widgets)
}
