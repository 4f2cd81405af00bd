//! What a wish would do, before it is done: how many will change, and why the others will not.

use super::{PREVIEW, REHEARSED, Selection, name, update, words};
use crate::{
    component::{
        button::Button,
        form::form_actions,
        panel::{Panel, panel},
        table::{Column, Kind, Row, Table, subject, table},
        ticket::page_head,
    },
    failure::Answer,
    form::{inputs::Inputs, refusal::Refusal, submission::Submission},
    layout::Section,
    visit::{Frame, Visit},
};
use actions::{
    access,
    bulk::{self, Outlook, Rehearsed, Verdict},
};
use axum::http::StatusCode;
use domain::{Right, bulk::Deed};
use http_door::{
    text::{t, tr},
    urls,
};
use maud::{Markup, html};

/// More lines than this tell nobody more.
const MOST_LINES: usize = 100;

pub(super) async fn show(
    visit: &Visit,
    deed: Deed,
    selection: &Selection,
    form: &Submission,
    (refusal, tried): (&Refusal, &[Rehearsed]),
) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    if deed == Deed::Update {
        access::require_global(&tx, &visit.actor, Right::ShowSearchBulkUpdate)?;
    }
    let prospects = bulk::outlook(&mut tx, &visit.actor, deed, &selection.wanted).await?;
    let choices = (deed == Deed::Update).then(|| update::Choices::of(&tx, visit, &prospects));
    drop(tx);
    let mut form = form.clone();
    words::preset(deed, &mut form);
    let title = t(&format!("bulk-{}-title", name(deed)));
    let body = html! {
        (page_head(&title, &summary(&prospects), &html! {}))
        (refusal.summary(&t("bulk-not-begun")))
        (rehearsal(tried, &prospects))
        (lines("stays", &t("bulk-stays"), prospects.iter().filter(|prospect| !prospect.verdict.goes())))
        form class="form" method="post" action=(urls::bulk()) enctype="multipart/form-data" {
            input type="hidden" name="deed" value=(name(deed));
            input type="hidden" name="back" value=(form.text("back"));
            (selection.carried())
            @if let Some(choices) = &choices { (choices.inputs(Inputs { form: &form, refusal })) }
            (words::inputs(deed, Inputs { form: &form, refusal }))
            (actions(deed, &prospects, &form))
        }
        (lines("goes", &t("bulk-goes"), prospects.iter().filter(|prospect| prospect.verdict.goes())))
    };
    let frame = Frame::new(&title, Section::Elsewhere);
    let status = if refusal.status == StatusCode::OK { frame.status } else { refusal.status };
    Ok(visit.page(&frame.status(status), &body))
}

fn actions(deed: Deed, prospects: &[Outlook], form: &Submission) -> Markup {
    let back = urls::local_path(form.text("back")).map_or_else(urls::home, str::to_owned);
    let main = t(&format!("bulk-{}", name(deed)));
    let (home, attach) = (t("bulk-reject-and-return"), t("form-attach"));
    let mut others = Vec::new();
    if deed == Deed::Reject {
        others.push(Button::new(&home).sends("return", "1"));
    }
    let preview = t("bulk-preview");
    if deed == Deed::Update {
        others.push(Button::new(&preview).sends(PREVIEW, REHEARSED));
    }
    if deed != Deed::Take {
        others.push(Inputs::attach(&attach));
    }
    html! {
        @if prospects.iter().any(|prospect| prospect.verdict.goes()) { (form_actions(&Button::new(&main), &others, Some(&back))) }
        @else { p { a href=(back) { (t("form-cancel")) } } }
    }
}

/// What became of each when it was tried.
fn rehearsal(tried: &[Rehearsed], prospects: &[Outlook]) -> Markup {
    let names: Vec<(String, String)> = tried.iter().map(|one| (one.ticket.to_string(), urls::ticket(one.ticket))).collect();
    let (number, matter) = (t("column-number"), t("column-subject"));
    let (outcome, why) = (t("bulk-column-outcome"), t("bulk-column-why"));
    let columns = vec![
        Column::new(&number, Kind::Number),
        Column::new(&matter, Kind::Main),
        Column::new(&outcome, Kind::Text),
        Column::new(&why, Kind::Prose),
    ];
    let subject_of = |one: &Rehearsed| {
        let ticket = prospects.iter().find(|prospect| prospect.wanted.ticket == one.ticket)?.ticket.as_ref()?;
        Some(ticket.subject.clone())
    };
    let cells = |one: &Rehearsed, (id, href): &(String, String)| {
        let matter = subject_of(one).map_or_else(|| html! { (t("bulk-unknown")) }, |words| subject(href, &words, ""));
        let outcome = t(&format!("bulk-would-{}", one.outcome));
        vec![html! { (id) }, matter, html! { (outcome) }, html! { (one.note) }]
    };
    let rows =
        tried.iter().zip(&names).map(|(one, name)| Row { id: &name.0, href: &name.1, cells: cells(one, name), ..Row::default() });
    let title = t("bulk-rehearsed");
    let table = Table { caption: &title, columns, rows: rows.collect(), ..Table::default() };
    let shown = html! {
        (self::table(&table))
        @if prospects.len() > tried.len() { p class="empty-line" { (tr("bulk-more", &[("count", (prospects.len() - tried.len()).into())])) } }
    };
    html! {
        @if !tried.is_empty() {
            div role="status" { (panel(&Panel { id: "rehearsal", title: &title, flush: true, ..Panel::default() }, &shown)) }
        }
    }
}

/// "41 will change, 3 you may not, 2 changed meanwhile."
fn summary(prospects: &[Outlook]) -> String {
    let count = |test: fn(Verdict) -> bool| prospects.iter().filter(|prospect| test(prospect.verdict)).count();
    let go = count(Verdict::goes);
    let changed = count(|verdict| verdict == Verdict::ChangedMeanwhile);
    let nothing = count(|verdict| verdict == Verdict::NothingToDo);
    let not = prospects.len() - go - changed - nothing;
    tr("bulk-summary", &[("go", go.into()), ("not", not.into()), ("changed", changed.into()), ("nothing", nothing.into())])
}

fn lines<'a>(id: &str, title: &str, prospects: impl Iterator<Item = &'a Outlook>) -> Markup {
    let prospects: Vec<&Outlook> = prospects.collect();
    let rows: Vec<(String, String)> = prospects
        .iter()
        .take(MOST_LINES)
        .map(|prospect| (prospect.wanted.ticket.to_string(), urls::ticket(prospect.wanted.ticket)))
        .collect();
    let (number, matter, why) = (t("column-number"), t("column-subject"), t("bulk-column-why"));
    let columns = vec![Column::new(&number, Kind::Number), Column::new(&matter, Kind::Main), Column::new(&why, Kind::Text)];
    let lines = prospects.iter().zip(&rows);
    let rows = lines.map(|(prospect, (id, href))| Row { id, href, cells: cells(prospect, id, href), ..Row::default() });
    let table = Table { caption: title, columns, rows: rows.collect(), ..Table::default() };
    let shown = html! {
        (self::table(&table))
        @if prospects.len() > MOST_LINES { p class="empty-line" { (tr("bulk-more", &[("count", (prospects.len() - MOST_LINES).into())])) } }
    };
    html! {
        @if !prospects.is_empty() { (panel(&Panel { id, title, count: prospects.len() as u64, flush: true, ..Panel::default() }, &shown)) }
    }
}

fn cells(prospect: &Outlook, id: &str, href: &str) -> Vec<Markup> {
    let unknown = || html! { (t("bulk-unknown")) };
    vec![
        html! { (id) },
        prospect.ticket.as_ref().map_or_else(unknown, |ticket| subject(href, &ticket.subject, "")),
        html! { (why_of(prospect.verdict)) },
    ]
}

fn why_of(verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::Goes => return String::new(),
        Verdict::GoesThoughLinked => "bulk-why-linked",
        Verdict::NothingToDo => "bulk-why-nothing",
        Verdict::ChangedMeanwhile => "bulk-why-changed",
        Verdict::OwnedByAnother => "bulk-why-owned",
        Verdict::NotAllowed => "bulk-why-not-allowed",
        Verdict::OtherKind => "bulk-why-kind",
    };
    t(key).into_owned()
}
