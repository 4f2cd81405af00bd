//! Reports to reject and Incidents to abandon: open tickets of a query, fifty a page, with boxes to tick (IR-397, IR-400).

use super::{FORM, TICKETS, name, result, seen, words};
use crate::{
    component::{
        button::{Button, Tone, link, submit},
        chip,
        empty::empty,
        icon::Icon,
        pager::pager,
        panel::{Panel, panel},
        table::{Column, Kind, Row, Table, subject, table},
        ticket::page_head,
        time::{Clock, age, due},
    },
    failure::Answer,
    form::{inputs::Inputs, refusal::Refusal, submission::Submission},
    layout::KeyGroup,
    list::{Loaded, Ordering, load},
    parameters::Parameters,
    query_text::{all, is, status_class},
    search::build::from_page,
    visit::{Frame, Visit},
};
use actions::{Result, bulk, lists, lists::Listed};
use domain::{TicketId, TicketKind, bulk::Deed};
use http_door::{text::t, urls};
use maud::{Markup, html};
use query::Query;

pub(super) async fn reports(visit: Visit, parameters: Parameters) -> Answer {
    show(&visit, &parameters, TicketKind::Report, Deed::Reject).await
}

pub(super) async fn incidents(visit: Visit, parameters: Parameters) -> Answer {
    show(&visit, &parameters, TicketKind::Incident, Deed::Abandon).await
}

async fn show(visit: &Visit, parameters: &Parameters, kind: TicketKind, deed: Deed) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = address(deed);
    let given = parameters.text("query");
    let query = narrowed(given, kind)?;
    if let Some(query) = &query {
        lists::check(&tx, &visit.actor, query, given)?;
    }
    let ordering = Ordering::read(parameters, Ordering::of(kind));
    let loaded = load(&mut tx, &visit.actor, query.as_ref(), &ordering, parameters).await?;
    let ids: Vec<TicketId> = loaded.tickets.iter().map(|row| row.ticket.id).collect();
    let linked = bulk::incidents_of(&mut tx, &visit.actor, &ids).await?;
    let done = result(&mut tx, &visit.actor, parameters).await?;
    let clock = visit.clock(tx.now());
    let base = urls::with(&page, &[("query", given)]);
    let (previous, next) = loaded.neighbours(&ordering, &base);
    let title = t(&format!("bulk-{}-page", name(deed)));
    let usual = usual(kind).map(|query| query.to_string()).unwrap_or_default();
    let edit = from_page(if given.is_empty() { &usual } else { given }, &page, "query");
    let written = query.map(|query| query.to_string()).unwrap_or_default();
    let body = html! {
        (page_head(&title, "", &link(&edit, &Button::new(&t("build-edit")).icon(Icon::Pencil))))
        (done)
        @if loaded.tickets.is_empty() { (empty(Icon::Check, &t(&format!("bulk-{}-none", name(deed))), None)) }
        @else {
            (panel(&Panel { id: "choose", title: &t("bulk-choose"), flush: true, ..Panel::default() }, &html! {
                (rows(deed, &loaded, &linked, &clock))
                (pager(previous.as_deref(), next.as_deref(), &loaded.shown()))
            }))
            (wish(deed, &loaded.tickets, &written, &base))
        }
    };
    Ok(visit.page(&Frame::new(&title, crate::list::section(kind)).keys(&[KeyGroup::List]), &body))
}

fn address(deed: Deed) -> String {
    if deed == Deed::Abandon { urls::bulk_abandon() } else { urls::bulk_reject() }
}

/// What a page without a query shows of its kind.
fn usual(kind: TicketKind) -> Option<Query> {
    (kind == TicketKind::Report).then(|| status_class("Initial"))
}

/// Without a query the new unlinked reports, as on the home page; in any case open tickets of the kind alone.
fn narrowed(given: &str, kind: TicketKind) -> Result<Option<Query>> {
    let asked = match given.trim() {
        "" => usual(kind),
        text => Some(lists::parse(text)?),
    };
    Ok(all([Some(is("Lifecycle", kind.lifecycle())), Some(status_class("Active")), asked].into_iter().flatten().collect()))
}

/// RejectReports (IR-312) and AbandonIncidents (IR-313).
fn rows(deed: Deed, loaded: &Loaded, linked: &[(TicketId, i64)], clock: &Clock) -> Markup {
    let keys = if deed == Deed::Reject {
        &[
            "column-number",
            "column-subject",
            "bulk-column-incidents",
            "bulk-column-requestors",
            "column-owner",
            "column-created",
            "column-due",
        ][..]
    } else {
        &["column-number", "column-subject", "column-owner", "column-priority", "column-due"][..]
    };
    let titles: Vec<(String, Kind)> = keys.iter().map(|key| (t(key).into_owned(), kind_of(key))).collect();
    let names: Vec<(String, String)> =
        loaded.tickets.iter().map(|row| (row.ticket.id.to_string(), urls::ticket(row.ticket.id))).collect();
    let cells = |row: &Listed, id: &str, href: &str| {
        let count = linked.iter().find(|(id, _)| *id == row.ticket.id).map(|(_, count)| *count);
        keys.iter().map(|key| cell(key, row, (id, href), count, clock)).collect()
    };
    let lines = loaded.tickets.iter().zip(&names);
    table(&Table {
        caption: &t("bulk-choose"),
        columns: titles.iter().map(|(title, kind)| Column::new(title, *kind)).collect(),
        rows: lines
            .map(|(row, (id, href))| Row { id, href, cells: cells(row, id, href), unseen: row.unread > 0, ..Row::default() })
            .collect(),
        select: Some(TICKETS),
        form: FORM,
        single: false,
    })
}

fn kind_of(key: &str) -> Kind {
    match key {
        "column-number" | "column-priority" | "bulk-column-incidents" => Kind::Number,
        "column-subject" => Kind::Main,
        "column-created" => Kind::Extra,
        _ => Kind::Text,
    }
}

fn cell(key: &str, row: &Listed, (id, href): (&str, &str), incidents: Option<i64>, clock: &Clock) -> Markup {
    let ticket = &row.ticket;
    match key {
        "column-number" => html! { (id) },
        "column-subject" => subject(href, &ticket.subject, ""),
        "bulk-column-incidents" => html! { (incidents.map_or_else(|| "–".to_owned(), |count| count.to_string())) },
        "bulk-column-requestors" => html! { (actions::lists::requestors(row)) },
        "column-owner" => html! { (row.owner) },
        "column-priority" => chip::priority(ticket.priority),
        "column-created" => age(clock, ticket.created),
        _ => due(clock, ticket.due, ticket.is_open()),
    }
}

/// What is done with the ticked ones; for Incidents with whom it is told (IR-401).
fn wish(deed: Deed, tickets: &[Listed], query: &str, back: &str) -> Markup {
    let mut form = Submission::default();
    words::preset(deed, &mut form);
    let refusal = Refusal::default();
    let main = t(&format!("bulk-{}", name(deed)));
    html! {
        form class="form" method="post" id=(FORM) action=(urls::bulk()) enctype="multipart/form-data" {
            input type="hidden" name="deed" value=(name(deed));
            input type="hidden" name="back" value=(back);
            input type="hidden" name="query" value=(query);
            (seen(tickets.iter().map(|row| (row.ticket.id, row.ticket.version))))
            (Inputs { form: &form, refusal: &refusal }.check("all", &t("bulk-all-matching")))
            @if deed == Deed::Abandon { (words::inputs(deed, Inputs { form: &form, refusal: &refusal })) }
            div class="form-actions" {
                (submit(&Button::new(&main).tone(Tone::Primary)))
                @if deed == Deed::Reject { (submit(&Button::new(&t("bulk-reject-and-return")).sends("return", "1"))) }
                (submit(&Button::new(&t("bulk-preview")).tone(Tone::Quiet).sends("preview", "1")))
            }
        }
    }
}
