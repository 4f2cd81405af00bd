//! What one did lately, and taking it back: from the notice after an act, from the page of all of them, or with a key.

use actions::undo::{self, RecentAct, Undone};
use actions::{Error, Result};
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use domain::{ActId, BatchId, change::ChangeKind};
use http_door::text::{has, t, tr};
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, link, submit};
use crate::component::chip::chip;
use crate::component::empty::empty;
use crate::component::icon::Icon;
use crate::component::pager::pager;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, moment};
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::{Section, Undo};
use crate::parameters::Parameters;
use crate::visit::{Frame, Visit};

const PER_PAGE: i64 = 30;
/// Tickets named in a row.
const NAMED: usize = 5;
/// Acts of a batch undone in one transaction.
const STEP: i64 = 50;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/acts", get(list))
        .route("/acts/{act}/undo", post(undo_act))
        .route("/batches/{id}/undo", post(undo_batch))
}

async fn list(visit: Visit, parameters: Parameters) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let before = ActId(parameters.read("before").unwrap_or(i64::MAX));
    let mut acts = undo::recent(&mut tx, &visit.actor, before, PER_PAGE + 1).await?;
    let is_more = acts.len() as i64 > PER_PAGE;
    acts.truncate(PER_PAGE as usize);
    let older = acts.last().filter(|_| is_more).map(|act| urls::with(&urls::acts(), &[("before", &act.id.to_string())]));
    let clock = visit.clock(tx.now());
    let title = t("undo-title");
    let body = html! {
        (page_head(&title, "", &html! {}))
        p class="hint" { (t("undo-lead")) }
        (panel(&Panel { id: "acts", title: &title, flush: true, ..Panel::default() }, &html! {
            @if acts.is_empty() { (empty(Icon::Check, &t("undo-none"), None)) } @else { (rows(&acts, &clock, &visit)) }
            (pager(None, older.as_deref(), ""))
        }))
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere), &body))
}

fn rows(acts: &[RecentAct], clock: &Clock, visit: &Visit) -> Markup {
    let titles = ["undo-column-what", "undo-column-tickets", "undo-column-when", "undo-act"].map(t);
    let kinds = [Kind::Main, Kind::Text, Kind::Text, Kind::Actions];
    let sentences: Vec<String> = acts.iter().map(words).collect();
    table(&Table {
        caption: &t("undo-title"),
        columns: titles.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect(),
        rows: acts
            .iter()
            .zip(&sentences)
            .map(|(act, words)| Row {
                cells: vec![
                    html! { (words) @if act.is_undo { " " (chip(&t("undo-was-undo"))) } },
                    tickets(act),
                    moment(clock, act.created),
                    button(act, words, visit),
                ],
                ..Row::default()
            })
            .collect(),
        ..Table::default()
    })
}

/// What an act began with.
fn words(act: &RecentAct) -> String {
    let Some(entry) = &act.first else { return t("undo-first-hidden").into_owned() };
    let what = &entry.change.what;
    let field = what.field.as_deref().unwrap_or_default();
    let column = format!("field-{}", field.to_lowercase());
    let is_named = what.kind == ChangeKind::Set && has(&column);
    let key = format!("act-{}", what.kind.as_str().to_lowercase());
    let field = if is_named { t(&column) } else { t("ticket-fields") }.into_owned();
    let new = what.new.clone().unwrap_or_default();
    tr(if has(&key) { &key } else { "act-other" }, &[("new", new.into()), ("field", field.into())])
}

fn tickets(act: &RecentAct) -> Markup {
    let more = act.tickets.len().saturating_sub(NAMED);
    html! {
        @for id in act.tickets.iter().take(NAMED) { a href=(urls::ticket(*id)) { "#" (id) } " " }
        @if act.batch.is_some() { (t("undo-batch")) }
        @else if more > 0 { (tr("undo-and-more", &[("more", (more as i64).into())])) }
    }
}

fn button(act: &RecentAct, words: &str, visit: &Visit) -> Markup {
    let undo = Undo { act: act.id, batch: act.batch };
    html! {
        @if act.undone.is_some() { (t("undo-was-undone")) }
        @else if act.is_standing {
            form method="post" action=(undo.href()) class="inline" {
                input type="hidden" name="next" value=(visit.here);
                (submit(&Button::new(&tr("undo-of-this", &[("what", words.into())]))))
            }
        } @else { (t("undo-stays")) }
    }
}

async fn undo_act(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let outcome = async {
        let id = id.parse().map(ActId).map_err(|_| Error::NotFound)?;
        let mut tx = visit.app.desk.write().await?;
        let undone = undo::undo(&mut tx, &visit.actor, id).await?;
        tx.commit().await?;
        Ok(undone)
    };
    answer(&visit, &form, outcome.await)
}

/// Some at a time, so that nobody waits for the database until all are done; what a broken connection leaves is undone by
/// asking again.
async fn undo_batch(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let outcome = async {
        let batch = id.parse().map(BatchId).map_err(|_| Error::NotFound)?;
        let mut all = Undone::default();
        loop {
            let mut tx = visit.app.desk.write().await?;
            let (undone, is_more) = undo::undo_batch(&mut tx, &visit.actor, batch, STEP).await?;
            tx.commit().await?;
            all.add(undone);
            if !is_more {
                // nothing of the visitor's was there to undo
                return if all == Undone::default() { Err(Error::NotFound) } else { Ok(all) };
            }
        }
    };
    answer(&visit, &form, outcome.await)
}

fn answer(visit: &Visit, form: &Submission, outcome: Result<Undone>) -> Answer {
    let undone = match outcome {
        Ok(undone) => undone,
        Err(error) => return refused(visit, form, error),
    };
    let next = urls::local_path(form.text("next")).map_or_else(urls::acts, str::to_owned);
    Ok(done(&undone, &next))
}

fn done(undone: &Undone, next: &str) -> Response {
    if let Some(unsent) = undone.unsent {
        let part = if unsent.is_reply { "reply" } else { "comment" };
        let form = urls::with(&urls::ticket_part(unsent.ticket, part), &[("again", &unsent.sequence.to_string())]);
        return flash::redirect(&form, "unsent", Some(unsent.ticket));
    }
    let key = match (undone.changed_meanwhile.is_empty(), undone.sent) {
        (false, _) => "undone-partly-warning",
        (true, 0) => "undone",
        (true, _) => "undone-sent-warning",
    };
    flash::redirect(next, key, undone.restored.first().copied())
}

fn refused(visit: &Visit, form: &Submission, error: Error) -> Answer {
    let error = match error {
        Error::Invalid(errors) => {
            Error::Invalid(errors.into_iter().map(|error| actions::FieldError::new("", error.message)).collect())
        }
        other => other,
    };
    let refusal = Refusal::of(error, form)?;
    let title = t("undo-not-done");
    let body = html! {
        (page_head(&title, "", &html! {}))
        (refusal.summary(&t("undo-not-done-why")))
        div class="form-actions" { (link(&urls::acts(), &Button::new(&t("nav-undo")))) }
    };
    Ok(visit.page(&Frame::new(&title, Section::Elsewhere).status(refusal.status), &body))
}
