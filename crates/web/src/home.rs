//! "At a glance" (IR-285 … IR-296): a dashboard of saved searches and other boxes, as each person arranged it.

mod queues;
mod quick;
mod refresh;
mod widget;

use actions::account::Preferences;
use actions::{Tx, account, dashboard, lists};
use axum::Router;
use axum::http::{Method, Uri};
use axum::routing::{get, post};
use domain::dashboard::WidgetKind;
use domain::preference;
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link};
use crate::component::icon::Icon;
use crate::component::ticket::{page_head, two_columns};
use crate::component::time::Clock;
use crate::constituency::{Constituencies, moved};
use crate::failure::Answer;
use crate::form::{bulk, refusal::Refusal, submission::Submission};
use crate::layout::{KeyGroup, Notice, NoticeKind, Section};
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(show)).route("/quick", post(quick::send))
}

/// What the boxes are made of.
struct Board<'a> {
    visit: &'a Visit,
    home: dashboard::Home,
    preferences: Preferences,
    constituencies: Constituencies,
    clock: Clock,
    /// The form of quick creation, as it came back or as it starts.
    quick: (&'a Submission, &'a Refusal),
}

async fn show(visit: Visit, method: Method, uri: Uri) -> Answer {
    if let Some(response) = moved(&method, &uri, &visit.app.desk.read().await?, &visit.actor) {
        return Ok(response);
    }
    let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes());
    page(&visit, &parameters, &Submission::default(), &Refusal::default()).await
}

async fn page(visit: &Visit, parameters: &Parameters, form: &Submission, refusal: &Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let home = dashboard::home(&mut tx, &visit.actor).await?;
    if home.lost {
        drop(tx);
        let mut writing = visit.app.desk.write().await?;
        dashboard::choose_home(&mut writing, &visit.actor, None).await?;
        writing.commit().await?;
        tx = visit.app.desk.read().await?;
    }
    drawn(visit, tx, home, (parameters, form, refusal)).await
}

/// Any dashboard that one may read, without making it one's home (TC-288).
pub(crate) async fn look(visit: &Visit, id: i64) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let home = dashboard::looked_at(&mut tx, &visit.actor, id).await?;
    drawn(visit, tx, home, (&Parameters::default(), &Submission::default(), &Refusal::default())).await
}

async fn drawn(
    visit: &Visit,
    mut tx: Tx,
    home: dashboard::Home,
    (parameters, form, refusal): (&Parameters, &Submission, &Refusal),
) -> Answer {
    let lost = home.lost.then(|| Notice { kind: NoticeKind::Warning, text: t("home-lost").into_owned(), undo: None });
    let preferences = account::preferences(&mut tx, &visit.actor).await?;
    let board = Board {
        visit,
        constituencies: Constituencies::read(&tx, &visit.actor),
        clock: visit.clock(tx.now()).dated(preferences.text(preference::DATE_FORMAT) == "date"),
        preferences,
        home,
        quick: (form, refusal),
    };
    let (main, side) = (column(&mut tx, &board, false).await?, column(&mut tx, &board, true).await?);
    let done = bulk::result(&mut tx, &visit.actor, parameters).await?;
    let usual = t("home-title");
    let title = board.home.dashboard.as_ref().filter(|one| !one.is_default).map_or(usual.as_ref(), |one| one.name.as_str());
    let buttons = html! {
        (link(&visit.here, &Button::new(&t("home-refresh")).tone(Tone::Quiet).icon(Icon::Refresh)))
        (link(&urls::dashboards(), &Button::new(&t("home-arrange")).tone(Tone::Quiet).icon(Icon::Gear)))
    };
    let body = html! {
        (page_head(title, board.constituencies.chosen(), &buttons))
        (done)
        (two_columns(&main, &side, &t("home-side")))
    };
    let frame = Frame::new(title, Section::Home).keys(&[KeyGroup::List]).refresh(refresh::minutes(&board));
    Ok(visit.page(&frame.notices(lost.as_slice()).status(refusal.status), &body))
}

/// The boxes of one side. Counts of queues are read once for all that show them.
async fn column(tx: &mut Tx, board: &Board<'_>, aside: bool) -> actions::Result<Markup> {
    let mut boxes = Vec::new();
    let mine = board.home.widgets.iter().filter(|widget| widget.aside == aside);
    let kinds: Vec<WidgetKind> = mine.map(|widget| widget.kind).collect();
    let counting =
        |kind: &WidgetKind| matches!(kind, WidgetKind::Queues | WidgetKind::QueuesAdministered | WidgetKind::QueuesSupported);
    let counts = if kinds.iter().any(counting) { lists::queue_counts(tx, &board.visit.actor).await? } else { vec![] };
    for kind in kinds {
        boxes.push(match kind {
            WidgetKind::Search(id) => widget::search(tx, board, id).await?,
            WidgetKind::QuickCreate => quick::shown(tx, board),
            WidgetKind::Constituencies => widget::constituencies(&board.constituencies),
            WidgetKind::Queues => queues::boxes(board, &counts),
            WidgetKind::QueuesAdministered => queues::administered(tx, board, &counts),
            WidgetKind::QueuesSupported => queues::supported(tx, board, &counts),
            WidgetKind::Dashboards => widget::dashboards(tx, board).await?,
            WidgetKind::SavedSearches => widget::saved_searches(board),
            WidgetKind::Reminders => widget::reminders(tx, board).await?,
            WidgetKind::FindPerson => widget::find_person(),
            WidgetKind::Refresh => refresh::shown(board),
        });
    }
    Ok(html! { @for one in &boxes { (one) } })
}
