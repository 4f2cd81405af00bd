//! "At a glance" (IR-285 … IR-293): what is new, what is due, and how many of everything.

mod queues;

use actions::{Actor, Result, Tx, lists};
use axum::Router;
use axum::routing::get;
use domain::TicketKind;
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};
use query::Query;

use crate::component::button::{Button, Tone, link};
use crate::component::empty::empty_line;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::tabs::{Tab, tabs};
use crate::component::ticket::{page_head, two_columns};
use crate::component::time::Clock;
use crate::constituency::Constituencies;
use crate::failure::Answer;
use crate::form::bulk;
use crate::layout::{KeyGroup, Section};
use crate::list::{Column, Loaded, Rows, rows};
use crate::parameters::Parameters;
use crate::query_text::{all, is, status_class};
use crate::visit::{Frame, Visit};

/// Rows in each box (IR-288).
const ROWS: i64 = 10;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

/// One of the lists.
struct Portlet {
    id: &'static str,
    title: &'static str,
    none: &'static str,
    query: Query,
    order: &'static str,
    columns: &'static [Column],
}

async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let constituencies = Constituencies::read(&tx, &visit.actor, &parameters);
    let clock = visit.clock(tx.now());
    let mut boxes = Vec::new();
    for portlet in portlets(&constituencies) {
        boxes.push(shown(&mut tx, &visit.actor, &portlet, &clock).await?);
    }
    let counts = lists::queue_counts(&mut tx, &visit.actor).await?;
    let done = bulk::result(&mut tx, &visit.actor, &parameters).await?;
    let title = t("home-title");
    let refresh = link(&visit.here, &Button::new(&t("home-refresh")).tone(Tone::Quiet).icon(Icon::Refresh));
    let side = html! { (queues::boxes(&counts, &constituencies)) };
    let body = html! {
        (page_head(&title, &constituencies.chosen, &refresh))
        (choice(&constituencies))
        (done)
        (two_columns(&html! { @for one in &boxes { (one) } }, &side, &t("home-side")))
    };
    Ok(visit.page(&Frame::new(&title, Section::Home).keys(&[KeyGroup::List]), &body))
}

fn portlets(constituencies: &Constituencies) -> Vec<Portlet> {
    let narrowed = |parts: Vec<Query>| all(parts.into_iter().chain(constituencies.condition()).collect());
    let incidents = |owner: Option<Query>| {
        narrowed(
            [Some(is("Lifecycle", TicketKind::Incident.lifecycle())), Some(status_class("Active")), owner]
                .into_iter()
                .flatten()
                .collect(),
        )
    };
    let reports = narrowed(vec![is("Lifecycle", TicketKind::Report.lifecycle()), status_class("Initial")]);
    let mine = query::Term::new(query::Field::named("Owner"), query::Op::Eq, query::Value::Placeholder("CurrentUser".to_owned()));
    let due = |id, title, none, query: Option<Query>| {
        query.map(|query| Portlet { id, title, none, query, order: "Due,-Priority", columns: Column::DUE_INCIDENTS })
    };
    let new = reports.map(|query| Portlet {
        id: "new-reports",
        title: "home-new-reports",
        none: "home-no-new-reports",
        query,
        order: "Due",
        columns: Column::NEW_REPORTS,
    });
    [
        new,
        due("mine", "home-mine", "home-none-mine", incidents(Some(Query::Term(mine)))),
        due("unowned", "home-unowned", "home-none-unowned", incidents(Some(is("Owner", "Nobody")))),
        due("all", "home-all", "home-none-all", incidents(None)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

async fn shown(tx: &mut Tx, actor: &Actor, portlet: &Portlet, clock: &Clock) -> Result<Markup> {
    let loaded = Loaded::first(tx, actor, &portlet.query, portlet.order, ROWS).await?;
    let title = t(portlet.title);
    let href = urls::search_ordered(&portlet.query.to_string(), portlet.order);
    // IR-289
    let actions =
        (portlet.id == "new-reports").then(|| link(urls::bulk_reject(), &Button::new(&t("bulk-reject-page")).tone(Tone::Quiet)));
    let frame = Panel { id: portlet.id, title: &title, title_href: Some(&href), flush: true, actions, ..Panel::default() };
    Ok(panel(
        &frame,
        &html! {
            @if loaded.tickets.is_empty() { (empty_line(&t(portlet.none))) }
            @else { (rows(&Rows::new(portlet.title, portlet.columns, &loaded, clock))) }
        },
    ))
}

/// Work with one constituency, or all.
fn choice(constituencies: &Constituencies) -> Markup {
    let names: Vec<(String, String, bool)> = std::iter::once("")
        .chain(constituencies.names())
        .map(|name| {
            let label = if name.is_empty() { t("home-all-constituencies").into_owned() } else { name.to_owned() };
            (label, urls::with(&urls::home(), &[("constituency", name)]), name == constituencies.chosen)
        })
        .collect();
    let entries: Vec<Tab<'_>> =
        names.iter().map(|(label, href, current)| Tab { label, href, current: *current, count: 0 }).collect();
    html! { @if entries.len() > 1 { (tabs(&t("home-constituency"), &entries)) } }
}
