//! Charts of a search (TC-284 … TC-287): everything stands in the address, the drawing needs no script, and the table beside it
//! leads to the tickets behind each number.

mod figure;
mod form;
mod report;
mod table;
mod words;

use actions::chart::{self, Charted};
use actions::{Result, Tx};
use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use domain::chart::Chart;
use domain::dashboard::SavedSearch;
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};
use query::Query;

use crate::component::button::{Button, Tone, link};
use crate::component::empty::{empty, empty_line};
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/search/chart", get(show))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let form = Submission::of_query(query.as_deref());
    let mut tx = visit.app.desk.read().await?;
    if let Some(to) = report::address(&form, &visit.clock(tx.now())) {
        return Ok(Redirect::to(&to).into_response());
    }
    let text = form.text("query").trim();
    let drawn = match drawn(&mut tx, &visit, text, &form).await {
        Ok(drawn) => Ok(drawn),
        Err(error) => Err(Refusal::of(error, &form)?),
    };
    let nothing = Refusal::default();
    let (drawn, refusal) = match &drawn {
        Ok(drawn) => (drawn.as_ref(), &nothing),
        Err(refusal) => (None, refusal),
    };
    let body = html! {
        (page_head(&t("chart-title"), &t("chart-beneath"), &buttons(text, drawn.map(|(_, charted)| &charted.chart))))
        (refusal.summary(&t("chart-not-drawn")))
        (form::shown(&tx, &visit, &form, refusal))
        @if let Some((query, charted)) = drawn { (result(query, charted, "chart", &words::title(&charted.chart), None)) }
        @if text.is_empty() { (report::shown(&form, &visit.clock(tx.now()))) }
    };
    Ok(visit.page(&Frame::new(&t("chart-title"), Section::Search).status(refusal.status), &body))
}

/// `None` when nothing was asked.
async fn drawn(tx: &mut Tx, visit: &Visit, text: &str, form: &Submission) -> Result<Option<(Query, Charted)>> {
    let wanted = chart::read(|name| form.text(name));
    let Some(query) = crate::search::read(tx, visit, text)? else { return wanted.map(|_| None) };
    let charted = chart::chart(tx, &visit.actor, &query, &wanted?).await?;
    Ok(Some((query, charted)))
}

fn buttons(text: &str, chart: Option<&Chart>) -> Markup {
    html! {
        @if let Some(chart) = chart {
            (link(&urls::search(text), &Button::new(&t("chart-as-list")).tone(Tone::Quiet).icon(Icon::Search)))
            (link(&urls::with(&urls::saved_search_new(text, ""), &[("chart", &chart.written())]), &Button::new(&t("chart-save")).tone(Tone::Quiet)))
        }
    }
}

/// The drawing and its table, in a box.
fn result(query: &Query, charted: &Charted, id: &str, title: &str, href: Option<&str>) -> Markup {
    let frame = Panel { id, title, title_href: href, ..Panel::default() };
    panel(
        &frame,
        &html! {
            @if charted.groups.is_empty() { (empty(Icon::Check, &t("chart-nothing"), None)) } @else {
                (figure::figure(charted, id))
                (table::table(query, charted))
            }
            @if charted.more { p class="hint" { (t("chart-more")) } }
        },
    )
}

/// A saved chart as a box of a dashboard; one that cannot be drawn says so there.
pub(crate) async fn boxed(tx: &mut Tx, visit: &Visit, search: &SavedSearch, query: &Query) -> Result<Markup> {
    let id = format!("search-{}", search.id);
    let charted = match chart::parse(&search.chart) {
        Ok(wanted) => chart::chart(tx, &visit.actor, query, &wanted).await,
        Err(error) => Err(error),
    };
    match charted {
        Ok(charted) => {
            let href = urls::chart(&query.to_string(), &charted.chart.pairs());
            Ok(result(query, &charted, &id, &search.name, Some(&href)))
        }
        Err(actions::Error::Invalid(_)) => {
            let frame = Panel { id: &id, title: &search.name, flush: true, ..Panel::default() };
            Ok(panel(&frame, &empty_line(&t("chart-broken"))))
        }
        Err(other) => Err(other),
    }
}

/// Where a saved chart leads.
pub(crate) fn address(search: &SavedSearch) -> String {
    let pairs = chart::parse(&search.chart).unwrap_or_default().pairs();
    urls::chart(&search.query, &pairs)
}
