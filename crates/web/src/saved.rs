//! Saved searches: kept for oneself, for a group or for all, with columns, order and rows of their own (IR-295).

use actions::{
    Error, Tx,
    dashboard::{self, SearchInput},
};
use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use domain::dashboard::SavedSearch;
use domain::layout::{Column, LAYOUTS};
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link, submit};
use crate::component::empty::empty_line;
use crate::component::field::{Control, Field};
use crate::component::form::columns as columns_of;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::dashboard::page::{keeper, keeper_chip, keeper_offers};
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::form::{inputs::Inputs, refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::search::{State, density_offers, group_offers};
use crate::visit::{Frame, Visit};

/// The search that a new one begins as.
const COPIED: &str = "copied";
const REFRESHES: [&str; 8] = ["0", "1", "2", "5", "10", "20", "60", "120"];

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/searches", get(list).post(create))
        .route("/searches/new", get(new))
        .route("/searches/{id}", get(open).post(change))
        .route("/searches/{id}/edit", get(edit))
        .route("/searches/{id}/delete", post(delete))
}

fn number(text: &str) -> Result<i64, Failure> {
    text.parse().map_err(|_| Failure(Error::NotFound))
}

async fn list(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let all = dashboard::saved_searches(&mut tx, &visit.actor).await?;
    let title = t("searches-title");
    let body = html! {
        (page_head(&title, "", &link(&urls::saved_search_new("", ""), &Button::new(&t("searches-new")))))
        (panel(&Panel { id: "searches", title: &t("searches-all"), ..Panel::default() }, &html! {
            @if all.is_empty() { (empty_line(&t("none"))) }
            ul class="links" { @for one in &all { li { (line(&tx, &visit, one)) } } }
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Search), &body))
}

fn line(tx: &Tx, visit: &Visit, one: &SavedSearch) -> Markup {
    html! {
        a href=(address(one)) { bdi { (one.name) } } " " (keeper_chip(tx, one.keeper))
        @if !one.description.is_empty() { " " span class="hint" { bdi { (one.description) } } }
        @if one.incident_response { " " span class="chip" { (t("searches-ir")) } }
        @if !one.chart.is_empty() { " " span class="chip" { (t("chart-title")) } }
        @if dashboard::may_change(tx, &visit.actor, one.keeper) {
            " " (link(&urls::saved_search_part(one.id, "edit"), &Button::new(&t("key-edit")).tone(Tone::Quiet)))
        }
        " " (link(&urls::with(&urls::saved_search_new("", ""), &[(COPIED, &one.id.to_string())]), &Button::new(&t("searches-copy")).tone(Tone::Quiet)))
        " " (link(&State::of_saved(one).address(&urls::search_build()), &Button::new(&t("searches-build")).tone(Tone::Quiet)))
    }
}

/// The result, at an address that anybody may be sent: what it shows is each reader's own.
fn address(search: &SavedSearch) -> String {
    if !search.chart.is_empty() {
        return crate::chart::address(search);
    }
    State::of_saved(search).address(&urls::search_page())
}

async fn open(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let search = dashboard::saved_search(&mut tx, &visit.actor, number(&id)?).await?;
    Ok(Redirect::to(&address(&search)).into_response())
}

async fn new(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let mut form = Submission::of_query(query.as_deref());
    if let Ok(copied) = form.text(COPIED).parse() {
        let mut tx = visit.app.desk.read().await?;
        fill(&mut form, &dashboard::saved_search(&mut tx, &visit.actor, copied).await?);
    }
    page(&visit, None, &form, &Refusal::default()).await
}

/// What is stored, beneath what a link says of it.
fn fill(form: &mut Submission, search: &SavedSearch) {
    let rows = search.rows.map(|rows| rows.to_string()).unwrap_or_default();
    let texts = [
        ("name", &search.name),
        ("description", &search.description),
        ("query", &search.query),
        ("columns", &search.columns),
        ("sort", &search.sort),
        ("rows", &rows),
        ("group", &search.grouped),
        ("density", &search.density),
        ("chart", &search.chart),
    ];
    for (name, text) in texts {
        form.preset(name, text);
    }
    form.preset("refresh", search.refresh);
    form.preset("incident_response", if search.incident_response { "1" } else { "" });
}

/// With what the builder made of it, where it comes from there. Who may not change it keeps a copy.
async fn edit(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let search = dashboard::saved_search(&mut tx, &visit.actor, number(&id)?).await?;
    let mut form = Submission::of_query(query.as_deref());
    if !dashboard::may_change(&tx, &visit.actor, search.keeper) {
        if form.has("query") {
            let base = urls::with(&urls::saved_search_new("", ""), &[(COPIED, &search.id.to_string())]);
            return Ok(Redirect::to(&format!("{base}&{}", query.unwrap_or_default())).into_response());
        }
        return Err(Failure(Error::Forbidden(domain::Right::CreateSavedSearch)));
    }
    drop(tx);
    fill(&mut form, &search);
    page(&visit, Some(search.id), &form, &Refusal::default()).await
}

async fn create(visit: Visit, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let keeper = keeper(&tx, &visit, &form)?;
        dashboard::save_search(&mut tx, &visit.actor, keeper, &input(&form)).await?;
        tx.commit().await
    };
    answer(&visit, None, &form, outcome.await).await
}

async fn change(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        dashboard::change_search(&mut tx, &visit.actor, id, &input(&form)).await?;
        tx.commit().await
    };
    answer(&visit, Some(id), &form, outcome.await).await
}

async fn delete(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    dashboard::delete_search(&mut tx, &visit.actor, number(&id)?).await?;
    tx.commit().await?;
    Ok(flash::redirect(&urls::saved_searches(), "preferences", None))
}

async fn answer(visit: &Visit, id: Option<i64>, form: &Submission, outcome: actions::Result<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(flash::redirect(&urls::saved_searches(), "preferences", None)),
        Err(error) => {
            let refusal = Refusal::of(error, form)?;
            page(visit, id, form, &refusal).await
        }
    }
}

fn input(form: &Submission) -> SearchInput {
    let text = |name: &str| form.text(name).to_owned();
    SearchInput {
        name: text("name"),
        description: text("description"),
        query: text("query"),
        columns: text("columns"),
        sort: text("sort"),
        rows: text("rows"),
        refresh: text("refresh"),
        grouped: text("group"),
        density: text("density"),
        incident_response: form.is_ticked("incident_response"),
        chart: text("chart"),
    }
}

async fn page(visit: &Visit, id: Option<i64>, form: &Submission, refusal: &Refusal) -> Answer {
    let tx = visit.app.desk.read().await?;
    let title = t(if id.is_some() { "searches-edit" } else { "searches-new" });
    let inputs = Inputs { form, refusal };
    let action = id.map_or_else(urls::saved_searches, urls::saved_search);
    let delete = id.map(|id| urls::saved_search_part(id, "delete"));
    let refreshes: Vec<(String, String)> = REFRESHES
        .iter()
        .map(|minutes| {
            let words = if *minutes == "0" {
                t("preference-home-refresh-0").into_owned()
            } else {
                tr("age-minutes", &[("count", (*minutes).into())])
            };
            ((*minutes).to_owned(), words)
        })
        .collect();
    let (groups, densities) = (group_offers(), density_offers());
    let words = |names: Vec<&str>| names.join(" ");
    let columns = tr(
        "searches-columns-hint",
        &[
            ("layouts", words(LAYOUTS.iter().map(|(name, _)| *name).collect()).into()),
            ("columns", words(Column::names().collect()).into()),
        ],
    );
    let body = html! {
        (page_head(&title, "", &html! {}))
        (refusal.summary(&t("preferences-not-saved")))
        form class="form wide code-form" method="post" action=(action) {
            div class="fields" {
                (inputs.any(&Field::line("name", &t("searches-name")).required()))
                (inputs.line("description", &t("searches-description")))
                @if id.is_none() { (inputs.select("keeper", &t("keeper"), &keeper_offers(&tx, visit), "")) }
                (inputs.any(&Field::new("query", &t("search-query"), Control::Lines { rows: 3, draft: false }).required()))
                (inputs.any(&Field::new("columns", &t("searches-columns"), Control::Code).hint(&columns)))
                (inputs.any(&Field::new("sort", &t("searches-sort"), Control::Code).hint(&t("searches-sort-hint"))))
                (inputs.any(&Field::new("rows", &t("searches-rows"), Control::Line { kind: "number", autocomplete: "off" }).hint(&t("searches-rows-hint"))))
                (inputs.any(&Field::new("chart", &t("searches-chart"), Control::Lines { rows: 3, draft: false }).hint(&t("searches-chart-hint"))))
                (inputs.select("refresh", &t("preference-home-refresh"), &refreshes, ""))
                (columns_of(&[inputs.select("group", &t("build-group"), &groups, ""), inputs.select("density", &t("build-density"), &densities, "")]))
                (inputs.check("incident_response", &t("searches-ir")))
            }
            div class="form-actions" {
                (submit(&Button::new(&t("preferences-save")).tone(Tone::Primary)))
                @if id.is_some() { button type="submit" class="button" formaction=(urls::saved_searches()) { (t("searches-save-copy")) } }
                (link(&urls::saved_searches(), &Button::new(&t("form-cancel")).tone(Tone::Quiet)))
                @if let Some(delete) = &delete { button type="submit" class="button danger" formaction=(delete) formnovalidate { (t("searches-delete")) } }
            }
        }
    };
    Ok(visit.page(&Frame::new(&title, Section::Search).status(refusal.status), &body))
}
