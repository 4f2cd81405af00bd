//! Lists of tickets: the pages of open tickets by type (IR-298), and what every list shares: columns, order, pages, rows.

mod column;
mod group;
mod load;
mod order;
mod rows;

use axum::Router;
use axum::http::{Method, Uri};
use axum::routing::get;
use domain::TicketKind;
use domain::ticket::SNOOZED_UNTIL;
use http_door::App;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

pub(crate) use column::{Shown, layout_of, phase};
pub(crate) use group::Group;
pub(crate) use load::{Loaded, PER_PAGE, ROWS, load};
pub(crate) use order::Ordering;
pub(crate) use rows::{Rows, rows};

use crate::component::button::{Button, Tone, link};
use crate::component::empty::empty;
use crate::component::icon::Icon;
use crate::component::pager::pager;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::constituency::{Constituencies, moved};
use crate::failure::Answer;
use crate::form::bulk;
use crate::layout::{KeyGroup, Section};
use crate::parameters::Parameters;
use crate::query_text::{all, asleep, awake, is, status_class};
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    TicketKind::INCIDENT_RESPONSE.into_iter().fold(Router::new(), |router, kind| {
        router.route(&urls::list(kind), get(move |visit: Visit, method: Method, uri: Uri| show(visit, (method, uri), kind)))
    })
}

async fn show(visit: Visit, (method, uri): (Method, Uri), kind: TicketKind) -> Answer {
    let _turn = visit.app.desk.search_turn(visit.actor.id()).await?;
    let mut tx = visit.app.desk.read().await?;
    tx.catalog().require(kind)?;
    if let Some(response) = moved(&method, &uri, &tx, &visit.actor) {
        return Ok(response);
    }
    let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes());
    let constituencies = Constituencies::read(&tx, &visit.actor);
    let conditions = [Some(is("Lifecycle", kind.lifecycle())), Some(status_class("Active")), constituencies.condition()];
    let open = all(conditions.into_iter().flatten().collect());
    let base = urls::list(kind);
    let ordering = Ordering::read(&parameters, Ordering::of(kind));
    let query = all(open.clone().into_iter().chain([awake()]).collect());
    let asleep = all(open.into_iter().chain([asleep()]).collect());
    let layout = tx.catalog().layout(layout_of(kind));
    let loaded = load(&mut tx, &visit.actor, query.as_ref(), &ordering, &parameters).await?;
    let loaded = loaded.with(&mut tx, &visit.actor, &layout.columns).await?;
    let clock = visit.list_clock(&mut tx).await?;
    let title = t(title_key(kind));
    let list =
        Rows { ordering: Some((&ordering, &base)), select: Some(bulk::FORM), ..Rows::new(&title, &layout, &loaded, &clock) };
    let written = query.map(|query| query.to_string()).unwrap_or_default();
    let asleep = asleep.map(|query| query.to_string()).unwrap_or_default();
    let buttons = html! {
        (link(&urls::search_ordered(&asleep, SNOOZED_UNTIL), &Button::new(&t("snooze-list")).icon(Icon::Moon).tone(Tone::Quiet)))
        (link(&urls::search_ordered(&written, &ordering.written()), &Button::new(&t("list-as-search")).icon(Icon::Search).tone(Tone::Quiet)))
        (link(&urls::create(kind), &Button::new(&t(create_key(kind))).icon(Icon::Plus)))
    };
    let body = html! {
        (page_head(&title, constituencies.chosen(), &buttons))
        (panel(&Panel { id: "list", title: &t("list-open"), flush: true, ..Panel::default() }, &list_body(&list, &loaded, &ordering, &base)))
        (bulk::bar(kind, &loaded.tickets, &written, bulk::may_update(&tx, &visit)))
    };
    let shown = visit.page(&Frame::new(&title, section(kind)).keys(&[KeyGroup::List]), &body);
    Ok(crate::neighbours::remember(shown, &written, &ordering.written()))
}

/// The rows with their pages, or what to say when there are none.
pub(crate) fn list_body(list: &Rows<'_>, loaded: &Loaded, ordering: &Ordering, base: &str) -> Markup {
    let (previous, next) = loaded.neighbours(ordering, base);
    html! {
        @if loaded.tickets.is_empty() { (empty(Icon::Check, &t("list-empty"), None)) } @else { (rows(list)) }
        (pager(previous.as_deref(), next.as_deref(), &loaded.shown()))
    }
}

pub(crate) fn section(kind: TicketKind) -> Section {
    match kind {
        TicketKind::Report => Section::Reports,
        TicketKind::Incident => Section::Incidents,
        TicketKind::Investigation => Section::Investigations,
        TicketKind::Countermeasure => Section::Countermeasures,
        TicketKind::General => Section::Search,
    }
}

/// The words for many of a kind.
pub(crate) fn title_key(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "nav-reports",
        TicketKind::Incident => "nav-incidents",
        TicketKind::Investigation => "nav-investigations",
        TicketKind::Countermeasure => "nav-countermeasures",
        TicketKind::General => "list-general",
    }
}

/// The words for making one.
pub(crate) fn create_key(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Investigation => "list-launch",
        _ => "list-create",
    }
}

/// The title of the form for one.
pub(crate) fn new_key(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "form-new-report",
        TicketKind::Incident => "form-new-incident",
        TicketKind::Investigation => "form-new-investigation",
        TicketKind::Countermeasure => "form-new-countermeasure",
        TicketKind::General => "form-new-general",
    }
}
