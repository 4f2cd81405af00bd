//! Search: a query in the search language with its result, and the simple search of the box in the top bar.
//! The address holds everything, so that results can be kept and sent around.

pub(crate) mod build;
mod complete;
mod export;
mod keyword;
mod simple;
mod state;

use actions::lists::{self, Listed};
use actions::{Tx, dashboard};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};
use query::{Query, SyntaxError};

use crate::component::button::{Button, Tone, link};
use crate::component::facts::{fact, facts};
use crate::component::field::{Control, Field, field};
use crate::component::form::form_actions;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::form::bulk;
use crate::layout::{Density, KeyGroup, Section};
use crate::list::{Ordering, Rows, layout_of, list_body, load};
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};
pub(crate) use build::{density_offers, group_offers};
use domain::{TicketKind, dashboard::SavedSearch, layout::Layout};
pub(crate) use state::State;
use state::{COLUMNS, ORDER, QUERY, SAVED};

const EXAMPLES: [&str; 5] = [
    "Lifecycle = 'incidents' AND Status = __Active__ AND Owner = 'Nobody'",
    "Lifecycle = 'incident_reports' AND Created > '2 days ago'",
    "CF.{IP} = '192.0.2.0/24'",
    "Requestor LIKE 'isp.example' AND Status = __Active__",
    "Due < 'now' AND Status = __Active__",
];

pub(crate) fn routes() -> Router<App> {
    let files = Router::new().route("/search.csv", get(export::csv)).route("/search.tsv", get(export::tsv));
    let files = files.route("/search.json", get(export::json)).route("/search.xlsx", get(export::xlsx));
    files.route("/search", get(show)).route("/search/build", get(build::show)).route("/search/complete", get(complete::show))
}

async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let _turn = visit.app.desk.search_turn(visit.actor.id()).await?;
    let mut tx = visit.app.desk.read().await?;
    if !parameters.has(QUERY) && !parameters.text("q").is_empty() {
        let to = simple::address(&mut tx, &visit.actor, parameters.text("q")).await?;
        return Ok(Redirect::to(&to).into_response());
    }
    let state = State::read(&parameters);
    let text = state.text(QUERY);
    let reading = lists::read(&tx, &visit.actor, text);
    let query = reading.tree.filter(|_| reading.mistake.is_none());
    let ordering = state.ordering();
    let loaded = load(&mut tx, &visit.actor, query.as_ref(), &ordering, &parameters).await?;
    let kinds = loaded.tickets.iter().map(|row| row.ticket.kind);
    let layout = layout(&tx, kinds, state.text(COLUMNS));
    let loaded = loaded.with(&mut tx, &visit.actor, &layout.columns).await?;
    let clock = visit.list_clock(&mut tx).await?;
    let base = state.address_but(&urls::search_page(), &[ORDER]);
    let caption = t("search-results");
    let list = Rows {
        ordering: Some((&ordering, &base)),
        group: state.group(),
        select: Some(bulk::FORM),
        ..Rows::new(&caption, &layout, &loaded, &clock)
    };
    let asks_for_kept = query.is_none() || !state.text(SAVED).is_empty();
    let kept = if asks_for_kept { dashboard::saved_searches(&mut tx, &visit.actor).await? } else { vec![] };
    let name = kept.iter().find(|one| one.id.to_string() == state.text(SAVED)).map_or("", |one| &one.name);
    let body = html! {
        (page_head(&t("nav-search"), name, &ways(&state)))
        (form(&state, reading.mistake.as_ref()))
        @if query.is_some() {
            (result(&list, &state, &ordering, &base))
            (bulk::bar(kind_of_all(&loaded.tickets), &loaded.tickets, text, bulk::may_update(&tx, &visit)))
        } @else { (saved(&kept)) (examples()) }
    };
    let status = if reading.mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = t("nav-search");
    let frame = Frame::new(&title, Section::Search).keys(&[KeyGroup::List]).status(status).refresh(state.refresh());
    let shown = visit.page(&frame, &body);
    Ok(crate::neighbours::remember(shown, if query.is_some() { text } else { "" }, &ordering.whole()))
}

/// To the builder with what is here, and to what was kept.
fn ways(state: &State) -> Markup {
    html! {
        (link(&urls::saved_searches(), &Button::new(&t("searches-title")).tone(Tone::Quiet)))
        (link(&state.address(&urls::search_build()), &Button::new(&t("build-edit")).icon(Icon::Pencil)))
    }
}

/// As people begin one.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `None` when nothing was asked.
pub(crate) fn read(tx: &Tx, visit: &Visit, text: &str) -> actions::Result<Option<Query>> {
    if text.is_empty() {
        return Ok(None);
    }
    let query = lists::parse(text)?;
    lists::check(tx, &visit.actor, &query, text)?;
    Ok(Some(query))
}

fn form(state: &State, mistake: Option<&SyntaxError>) -> Markup {
    let label = t("search-query");
    let hint = t("search-hint");
    let words = mistake.map(build::sentence);
    let area = Field::new(QUERY, &label, Control::Lines { rows: 2, draft: false });
    html! {
        form class="form wide code-form" method="get" action=(urls::search_page()) {
            (field(&area.value(state.text(QUERY)).hint(&hint).error(words.as_deref())))
            @if let Some(mistake) = mistake { (build::place(state.text(QUERY), mistake)) }
            (state.hidden_but(&[QUERY]))
            (form_actions(&Button::new(&t("nav-search")).icon(Icon::Search), &[], None))
        }
    }
}

fn result(list: &Rows<'_>, state: &State, ordering: &Ordering, base: &str) -> Markup {
    // counting beyond this page would cost more than the page
    let title = match list.loaded.total() {
        Some(count) => tr("search-found", &[("count", count.into())]),
        None => tr("search-found-more", &[("shown", list.loaded.shown().into())]),
    };
    let text = state.text(QUERY);
    let order = if state.group().is_some() { ordering.whole() } else { ordering.parameter() };
    let chart = link(&urls::chart(text, &[]), &Button::new(&t("chart-of-search")).tone(Tone::Quiet));
    let feed = link(&urls::with(&urls::feeds(), &[("query", text)]), &Button::new(&t("feeds-of-search")).tone(Tone::Quiet));
    let actions = html! {
        (chart)
        @for extension in export::EXTENSIONS {
            @let name = extension.to_uppercase();
            @let button = Button::new(&name).tone(Tone::Quiet);
            (link(&export::address(text, &order, state.text(COLUMNS), extension), &button))
        }
        (feed)
        (link(&build::saving(state), &Button::new(&t("searches-save")).tone(Tone::Quiet)))
    };
    let frame = Panel { id: "results", title: &title, actions: Some(actions), flush: true, ..Panel::default() };
    html! {
        div class="results" data-density=[state.density().map(Density::name)] {
            (panel(&frame, &list_body(list, list.loaded, ordering, base)))
        }
    }
}

/// What is offered for a whole page is what all of its tickets can do.
fn kind_of_all(rows: &[Listed]) -> TicketKind {
    let mut kinds = rows.iter().map(|row| row.ticket.kind);
    let first = kinds.next().unwrap_or(TicketKind::General);
    if kinds.all(|kind| kind == first) { first } else { TicketKind::General }
}

/// What the address asks for, else the columns of a type when all are of it (IR-298).
fn layout(tx: &Tx, mut kinds: impl Iterator<Item = TicketKind>, asked: &str) -> Layout {
    let usual = match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => layout_of(first),
        _ => "Default",
    };
    tx.catalog().layout(if asked.is_empty() { usual } else { asked })
}

fn saved(kept: &[SavedSearch]) -> Markup {
    let body = html! {
        ul class="links" { @for one in kept { li { a href=(State::of_saved(one).address(&urls::search_page())) { bdi { (one.name) } } } } }
    };
    let (title, all) = (t("searches-title"), urls::saved_searches());
    let frame = Panel { id: "saved", title: &title, title_href: Some(&all), ..Panel::default() };
    html! { @if !kept.is_empty() { (panel(&frame, &body)) } }
}

fn examples() -> Markup {
    let words = EXAMPLES.map(|query| html! { a class="code" href=(urls::search(query)) { (query) } });
    let titles: Vec<String> = (1..=EXAMPLES.len()).map(|number| t(&format!("search-example-{number}")).into_owned()).collect();
    let rows: Vec<_> = titles.iter().zip(words).map(|(title, word)| fact(title, word)).collect();
    panel(&Panel { id: "examples", title: &t("search-examples"), ..Panel::default() }, &facts(&rows))
}
