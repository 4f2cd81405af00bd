//! The builder (TC-269): a query as conditions to press and as text, both the same at any time, and how its result is shown. One
//! form holds all of it, so that nothing typed is lost whatever is pressed; what it asks for leads to the address of its outcome.

mod act;
mod conditions;
mod fields;
mod shown;

use actions::lists;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use http_door::{text::t, text::tr, urls};
use maud::{Markup, html};
use query::SyntaxError;

use self::fields::Row;
pub(super) use self::fields::values_of;
pub(crate) use self::shown::{density_offers, group_offers};
use super::state::{BACK, INTO, QUERY, SAVED, State};
use crate::component::button::{Button, Tone, link, submit};
use crate::component::field::{Control, Field, field};
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::layout::Section;
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};

/// What the form asks for: one word, and where.
const DO: &str = "do";

pub(super) async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let tx = visit.app.desk.read().await?;
    let mut state = State::read(&parameters);
    let rows = fields::rows(&tx, &visit.actor, state.text(QUERY), &parameters);
    let mut status = StatusCode::OK;
    if parameters.has(DO) {
        match act::act(&tx, &visit.actor, &mut state, &rows, &parameters) {
            Ok(to) => return Ok(Redirect::to(&to).into_response()),
            // the page says what is wrong, and holds what was typed
            Err(act::Refused) => status = StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
    let reading = lists::read(&tx, &visit.actor, state.text(QUERY));
    let title = t("build-title");
    let results =
        link(&state.address(&urls::search_page()), &Button::new(&t("build-results")).icon(Icon::Search).tone(Tone::Quiet));
    let body = html! {
        (page_head(&title, "", &results))
        form class="form wide builder" method="get" action=(urls::search_build()) data-builder {
            // Enter in any line does this
            button type="submit" class="only-read" name=(DO) value="apply" tabindex="-1" aria-hidden="true" { (t("build-apply")) }
            (state.hidden_but(&[QUERY, "columns", "order", "rows", "group", "density", "refresh"]))
            (panel(&Panel { id: "query", title: &t("search-query"), ..Panel::default() }, &text(&state, reading.mistake.as_ref())))
            (panel(&Panel { id: "conditions", title: &t("build-conditions"), ..Panel::default() }, &html! {
                (conditions::shown(reading.tree.as_ref(), reading.mistake.is_some(), &parameters))
            }))
            (panel(&Panel { id: "add", title: &t("build-add"), ..Panel::default() }, &adding(&rows, parameters.text(act::JOIN))))
            (panel(&Panel { id: "shown", title: &t("build-shown"), ..Panel::default() }, &shown::inputs(&tx, &state, fields::custom(&rows))))
        }
    };
    let status = if reading.mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    Ok(visit.page(&Frame::new(&title, Section::Search).status(status), &body))
}

fn text(state: &State, mistake: Option<&SyntaxError>) -> Markup {
    let label = t("search-query");
    let words = mistake.map(sentence);
    let hint = t("search-hint");
    let area = Field::new(QUERY, &label, Control::Lines { rows: 3, draft: false });
    html! {
        div class="fields" { (field(&area.value(state.text(QUERY)).hint(&hint).error(words.as_deref()))) }
        @if let Some(mistake) = mistake { (place(state.text(QUERY), mistake)) }
        div class="form-actions" {
            @if state.text(BACK).is_empty() {
                (submit(&Button::new(&t("build-show")).icon(Icon::Search).tone(Tone::Primary).sends(DO, "results")))
            } @else {
                (submit(&Button::new(&back_words(state)).tone(Tone::Primary).sends(DO, "back")))
                (submit(&Button::new(&t("build-show")).icon(Icon::Search).sends(DO, "results")))
            }
            (submit(&Button::new(&t("build-apply-text")).sends(DO, "apply")))
            (submit(&Button::new(&t("build-clear")).tone(Tone::Quiet).sends(DO, "clear")))
            (submit(&Button::new(&t("searches-save")).tone(Tone::Quiet).sends(DO, "save")))
        }
    }
}

/// "Back to Link #12" and the like, by the address that wants the query.
fn back_words(state: &State) -> String {
    let words: Vec<&str> = state.text(BACK).split(['/', '?']).collect();
    let at = words.iter().position(|word| *word == "tickets");
    let named = at.and_then(|at| Some((*words.get(at + 1)?, *words.get(at + 2)?)));
    match named {
        Some((id, "link" | "link-children")) => tr("build-back-link", &[("ticket", id.into())]),
        Some((id, "merge")) => tr("build-back-merge", &[("ticket", id.into())]),
        Some((id, "reply-reporters" | "reply-all" | "reply")) => tr("build-back-reply", &[("ticket", id.into())]),
        _ => t("build-back").into_owned(),
    }
}

pub(super) fn sentence(mistake: &SyntaxError) -> String {
    super::sentence(&mistake.to_string())
}

/// The text once more, with the place marked where it goes wrong.
pub(super) fn place(text: &str, mistake: &SyntaxError) -> Markup {
    let (before, behind) = text.split_at_checked(mistake.at).unwrap_or((text, ""));
    let word = behind.split_whitespace().next().unwrap_or_default();
    let start = behind.len() - behind.trim_start().len();
    let (wrong, rest) = behind.split_at_checked(start + word.len()).unwrap_or((behind, ""));
    html! {
        p class="query-place" aria-hidden="true" { (before) mark { @if wrong.is_empty() { "⋯" } @else { (wrong) } } (rest) }
    }
}

fn adding(rows: &[Row], join: &str) -> Markup {
    let label = t("build-join");
    html! {
        div class="adding" { @for row in rows { (row.shown()) } }
        div class="form-actions" {
            label class="inline-label" for="join" { (label) }
            select id="join" name=(act::JOIN) {
                option value="and" { (t("build-and")) }
                option value="or" selected[join == "or"] { (t("build-or")) }
            }
            (submit(&Button::new(&t("build-add-these")).icon(Icon::Plus).sends(DO, "apply")))
        }
    }
}

/// The way to the builder from a page that shows the outcome of a query, and back (IR-301).
pub(crate) fn from_page(query: &str, back: &str, into: &str) -> String {
    urls::with(&urls::search_build(), &[(QUERY, query), (BACK, back), (INTO, into)])
}

/// The form that keeps it: the search that it began with, or a new one.
pub(super) fn saving(state: &State) -> String {
    let page = match state.text(SAVED).parse() {
        Ok(id) => urls::saved_search_part(id, "edit"),
        Err(_) => urls::saved_search_new("", ""),
    };
    let order = state.ordering().written();
    let texts = ["columns", "group", "density", "refresh"].map(|name| (name, state.text(name)));
    let first = [(QUERY, state.text(QUERY)), ("sort", order.as_str()), ("rows", state.text("rows"))];
    urls::with(&page, &first.into_iter().chain(texts).collect::<Vec<_>>())
}
