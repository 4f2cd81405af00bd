//! Search: a query in the search language with its result, and the simple search of the box in the top bar.
//! The address holds everything, so that results can be kept and sent around.

mod export;
mod keyword;
mod simple;

use actions::{Error, Tx, lists};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};
use query::Query;

use crate::component::button::{Button, Tone, link};
use crate::component::facts::{fact, facts};
use crate::component::field::{Control, Field, field};
use crate::component::form::form_actions;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::layout::{KeyGroup, Section};
use crate::list::{Ordering, Rows, layout_of, list_body, load};
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};
use domain::{TicketKind, layout::Layout};

const EXAMPLES: [&str; 5] = [
    "Lifecycle = 'incidents' AND Status = __Active__ AND Owner = 'Nobody'",
    "Lifecycle = 'incident_reports' AND Created > '2 days ago'",
    "CF.{IP} = '192.0.2.0/24'",
    "Requestor LIKE 'isp.example' AND Status = __Active__",
    "Due < 'now' AND Status = __Active__",
];

pub(crate) fn routes() -> Router<App> {
    let files = Router::new().route("/search.csv", get(export::csv)).route("/search.tsv", get(export::tsv));
    files.route("/search.json", get(export::json)).route("/search.xlsx", get(export::xlsx)).route("/search", get(show))
}

async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let _turn = visit.app.desk.search_turn(visit.actor.id()).await?;
    let mut tx = visit.app.desk.read().await?;
    if !parameters.has("query") && !parameters.text("q").is_empty() {
        let to = simple::address(&mut tx, &visit.actor, parameters.text("q")).await?;
        return Ok(Redirect::to(&to).into_response());
    }
    let text = parameters.text("query");
    let (query, error) = match read(&tx, &visit, text) {
        Ok(query) => (query, None),
        Err(Error::Invalid(errors)) => {
            (None, Some(errors.iter().map(|error| sentence(&error.message)).collect::<Vec<_>>().join(" ")))
        }
        Err(other) => return Err(other.into()),
    };
    let ordering = Ordering::read(&parameters, "Due");
    let loaded = load(&mut tx, &visit.actor, query.as_ref(), &ordering, &parameters).await?;
    let kinds = loaded.tickets.iter().map(|row| row.ticket.kind);
    let layout = layout(&tx, kinds, parameters.text("columns"));
    let loaded = loaded.with(&mut tx, &visit.actor, &layout.columns).await?;
    let clock = visit.list_clock(&mut tx).await?;
    let base = urls::with(&urls::search(text), &[("columns", parameters.text("columns"))]);
    let caption = t("search-results");
    let list = Rows { ordering: Some((&ordering, &base)), ..Rows::new(&caption, &layout, &loaded, &clock) };
    let body = html! {
        (page_head(&t("nav-search"), "", &html! {}))
        (form(text, &ordering, error.as_deref()))
        @if query.is_some() { (result(&list, (&ordering, &base), (text, parameters.text("columns")))) } @else { (examples()) }
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = visit.page(&Frame::new(&t("nav-search"), Section::Search).keys(&[KeyGroup::List]).status(status), &body);
    Ok(crate::neighbours::remember(shown, if query.is_some() { text } else { "" }, &ordering.written()))
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

fn form(text: &str, ordering: &Ordering, error: Option<&str>) -> Markup {
    let label = t("search-query");
    let hint = t("search-hint");
    let area = Field::new("query", &label, Control::Lines { rows: 2, draft: false }).value(text).hint(&hint).error(error);
    html! {
        form class="form wide code-form" method="get" action=(urls::search_page()) {
            (field(&area))
            @if !ordering.parameter().is_empty() { input type="hidden" name="order" value=(ordering.parameter()); }
            (form_actions(&Button::new(&t("nav-search")).icon(Icon::Search), &[], None))
        }
    }
}

fn result(list: &Rows<'_>, (ordering, base): (&Ordering, &str), (text, columns): (&str, &str)) -> Markup {
    // counting beyond this page would cost more than the page
    let title = match list.loaded.total() {
        Some(count) => tr("search-found", &[("count", count.into())]),
        None => tr("search-found-more", &[("shown", list.loaded.shown().into())]),
    };
    let save = link(&urls::saved_search_new(text, &ordering.written()), &Button::new(&t("searches-save")).tone(Tone::Quiet));
    let chart = link(&urls::chart(text, &[]), &Button::new(&t("chart-of-search")).tone(Tone::Quiet));
    let feed = link(&urls::with(&urls::feeds(), &[("query", text)]), &Button::new(&t("feeds-of-search")).tone(Tone::Quiet));
    let actions = html! {
        (chart)
        @for extension in export::EXTENSIONS {
            @let name = extension.to_uppercase();
            @let button = Button::new(&name).tone(Tone::Quiet);
            (link(&export::address(text, &ordering.parameter(), columns, extension), &button))
        }
        (feed)
        (save)
    };
    let frame = Panel { id: "results", title: &title, actions: Some(actions), flush: true, ..Panel::default() };
    panel(&frame, &list_body(list, list.loaded, ordering, base))
}

/// What the address asks for, else the columns of a type when all are of it (IR-298).
fn layout(tx: &Tx, mut kinds: impl Iterator<Item = TicketKind>, asked: &str) -> Layout {
    let usual = match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => layout_of(first),
        _ => "Default",
    };
    tx.catalog().layout(if asked.is_empty() { usual } else { asked })
}

fn examples() -> Markup {
    let words = EXAMPLES.map(|query| html! { a class="code" href=(urls::search(query)) { (query) } });
    let titles: Vec<String> = (1..=EXAMPLES.len()).map(|number| t(&format!("search-example-{number}")).into_owned()).collect();
    let rows: Vec<_> = titles.iter().zip(words).map(|(title, word)| fact(title, word)).collect();
    panel(&Panel { id: "examples", title: &t("search-examples"), ..Panel::default() }, &facts(&rows))
}
