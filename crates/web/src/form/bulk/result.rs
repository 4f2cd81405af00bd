//! What became of each ticket of a wish, on a page of its own and on the page that asked for it.

use super::{name, refreshing};
use crate::{
    component::{
        button::{Button, post},
        panel::{Panel, panel},
        table::{Column, Kind, Row, Table, table},
        ticket::page_head,
    },
    failure::{Answer, Failure},
    layout::{Section, keys::Act},
    parameters::Parameters,
    visit::{Frame, Visit},
};
use actions::{
    Actor, Error, Result, Tx,
    bulk::{self, Item, Report},
};
use axum::extract::Path;
use domain::BatchId;
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

/// What did not go stands first; beyond this many lines nobody reads on.
const LINES: i64 = 200;

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: BatchId = id.parse().map_err(|_| Failure(Error::NotFound))?;
    let mut tx = visit.app.desk.read().await?;
    let report = bulk::report(&mut tx, &visit.actor, id).await?;
    let items = bulk::results(&mut tx, &visit.actor, id, LINES).await?;
    let title = t("bulk-result-title");
    let body = html! { (page_head(&title, "", &html! {})) (shown(&report, &items)) };
    let answer = visit.page(&Frame::new(&title, Section::Elsewhere), &body);
    Ok(if report.is_finished { answer } else { refreshing(answer) })
}

/// For pages that are returned to with `batch` in their address; nothing when it is nobody's or another's.
pub(crate) async fn of_parameters(tx: &mut Tx, actor: &Actor, parameters: &Parameters) -> Result<Markup> {
    let Some(id) = parameters.read::<BatchId>("batch") else { return Ok(html! {}) };
    let report = match bulk::report(tx, actor, id).await {
        Err(Error::NotFound) => return Ok(html! {}),
        other => other?,
    };
    let items = bulk::results(tx, actor, id, LINES).await?;
    Ok(shown(&report, &items))
}

fn shown(report: &Report, items: &[Item]) -> Markup {
    let title = t(&format!("bulk-{}-done", name(report.deed)));
    let counts =
        tr("bulk-counts", &[("done", report.done.into()), ("skipped", report.skipped.into()), ("failed", report.failed.into())]);
    let total = report.done + report.skipped + report.failed + report.waiting;
    let body = html! {
        p class="bulk-counts" role="status" { (counts) }
        @if !report.is_finished {
            p { progress max=(total) value=(total - report.waiting) aria-label=(t("bulk-progress")) {} " " (tr("bulk-waiting", &[("count", report.waiting.into())])) }
            p { a href=(urls::batch(report.id)) { (t("bulk-watch")) } }
        }
        @else if report.done > 0 { (post(&urls::undo_batch(report.id), &Button::new(&t("undo-batch-button")).act(Act::Undo))) }
        (lines(items))
        @if total - report.waiting > items.len() as i64 { p class="empty-line" { (tr("bulk-more", &[("count", (total - report.waiting - items.len() as i64).into())])) } }
    };
    panel(&Panel { id: "batch", title: &title, ..Panel::default() }, &body)
}

fn lines(items: &[Item]) -> Markup {
    let names: Vec<(String, String)> = items.iter().map(|item| (item.ticket.to_string(), urls::ticket(item.ticket))).collect();
    let (number, outcome, note) = (t("column-number"), t("bulk-column-outcome"), t("bulk-column-why"));
    let row = |(item, (id, href)): (&Item, &'_ (String, String))| {
        vec![
            html! { a href=(href) { "#" (id) } },
            html! { (t(&format!("bulk-outcome-{}", item.outcome))) },
            html! { (item.note) },
        ]
    };
    table(&Table {
        caption: &t("bulk-result-title"),
        columns: vec![Column::new(&number, Kind::Main), Column::new(&outcome, Kind::Text), Column::new(&note, Kind::Text)],
        rows: items
            .iter()
            .zip(&names)
            .map(|(item, name)| Row { id: &name.0, href: &name.1, cells: row((item, name)), ..Row::default() })
            .collect(),
        ..Table::default()
    })
}
