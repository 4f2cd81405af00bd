//! All children of an Incident of one type: filtered by status, sorted, and parted from it (IR-333).

use super::{link::kind, numbered::Numbered, submission::Submission};
use crate::{
    component::{
        button::{Button, Tone, link, submit},
        empty::empty_line,
        pager::pager,
        panel::{Panel, panel},
        table::{Column as Heading, Row, Table, table},
        ticket::page_head,
        time::Clock,
    },
    failure::Answer,
    layout::{KeyGroup, Section},
    list::{Loaded, Ordering, Shown, create_key, load, title_key},
    parameters::Parameters,
    query_text::{all, any, is},
    visit::{Frame, Visit},
};
use actions::{
    Error, Tx, access, lists,
    ticket::show::{self, TicketView},
};
use axum::{Router, extract::RawQuery, routing::get};
use domain::{Right, TicketKind, layout::Column, lifecycle::Lifecycle};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use maud::{Markup, html};
use query::{Field as Name, Op, Query, Term, Value};

const FORM: &str = "children-form";
const COLUMNS: &[Column] = &[Column::Id, Column::Subject, Column::Status, Column::Owner, Column::Due, Column::Queue];
/// Counted no further.
const MOST: i64 = 10_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/children", get(show_children))
}

struct Page {
    view: TicketView,
    kind: TicketKind,
    /// All statuses of the type, and those that are shown.
    statuses: Vec<String>,
    chosen: Vec<String>,
    shown: i64,
    total: i64,
    loaded: Loaded,
    ordering: Ordering,
    base: String,
    may_create: bool,
    clock: Clock,
}

async fn show_children(visit: Visit, Numbered(id): Numbered, parameters: Parameters, RawQuery(query): RawQuery) -> Answer {
    let form = Submission::of_query(query.as_deref());
    let mut tx = visit.app.desk.read().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    if view.ticket.kind != TicketKind::Incident {
        return Err(Error::NotFound.into());
    }
    let page = load_page(&mut tx, &visit, view, &form, &parameters).await?;
    let number = page.view.ticket.id.to_string();
    let title = tr("children-title", &[("kind", t(title_key(page.kind)).into_owned().into()), ("ticket", number.into())]);
    let frame = Frame::new(&title, Section::Incidents).keys(&[KeyGroup::List]);
    Ok(visit.page(&frame, &page.show(&title)))
}

async fn load_page(
    tx: &mut Tx,
    visit: &Visit,
    view: TicketView,
    form: &Submission,
    parameters: &Parameters,
) -> actions::Result<Page> {
    let kind = kind(form);
    let catalog = tx.catalog();
    catalog.require(kind)?;
    let lifecycle = catalog.lifecycles.get(kind.lifecycle()).ok_or(Error::NotFound)?;
    let statuses: Vec<String> = lifecycle.statuses().map(str::to_owned).collect();
    let chosen = chosen(lifecycle, form);
    let member = Term::new(Name::named("MemberOf"), Op::Eq, Value::Number(view.ticket.id.0));
    let members = vec![Query::Term(member), is("Lifecycle", kind.lifecycle())];
    let mut filtered = members.clone();
    filtered.extend(any(chosen.iter().map(|status| is("Status", status)).collect()));
    let (every, some) = (all(members).ok_or(Error::NotFound)?, all(filtered).ok_or(Error::NotFound)?);
    let ordering = Ordering::read(parameters, "Due");
    let here = urls::ticket_part(view.ticket.id, "children");
    let filter = form.all("status").map(|status| ("status", status));
    let base: Vec<(&str, &str)> = std::iter::once(("kind", form.text("kind"))).chain(filter).collect();
    Ok(Page {
        kind,
        statuses,
        shown: lists::count_up_to(tx, &visit.actor, &some, MOST).await?,
        total: lists::count_up_to(tx, &visit.actor, &every, MOST).await?,
        loaded: load(tx, &visit.actor, Some(&some), &ordering, parameters).await?,
        base: urls::with(&here, &base),
        may_create: access::queues_with(tx, &visit.actor, Right::CreateTicket).iter().any(|queue| queue.kind() == kind),
        clock: visit.clock(tx.now()),
        ordering,
        chosen,
        view,
    })
}

/// Open ones unless somebody chose.
fn chosen(lifecycle: &Lifecycle, form: &Submission) -> Vec<String> {
    if form.has("status") {
        return lifecycle.statuses().filter(|status| form.all("status").any(|one| one == *status)).map(str::to_owned).collect();
    }
    lifecycle.initial.iter().chain(&lifecycle.active).cloned().collect()
}

impl Page {
    fn show(&self, title: &str) -> Markup {
        let ticket = &self.view.ticket;
        let id = ticket.id.to_string();
        let count = if self.shown == self.total { self.total.to_string() } else { format!("{}({})", self.shown, self.total) };
        let new = urls::with(&urls::create(self.kind), &[("incident", &id)]);
        let (previous, next) = self.loaded.neighbours(&self.ordering, &self.base);
        let buttons = html! {
            @if self.view.may_modify() && self.may_create { (link(&new, &Button::new(&t(create_key(self.kind))).tone(Tone::Quiet))) }
            (link(&urls::ticket(ticket.id), &Button::new(&tr("children-back", &[("ticket", id.as_str().into())])).tone(Tone::Quiet)))
        };
        let list = format!("{} {count}", t(title_key(self.kind)));
        html! {
            (page_head(title, &ticket.subject, &buttons))
            (self.filter())
            (panel(&Panel { id: "children", title: &list, flush: true, ..Panel::default() }, &html! {
                @if self.loaded.tickets.is_empty() { (empty_line(&t("children-none"))) } @else { (self.table()) }
                (pager(previous.as_deref(), next.as_deref(), &self.loaded.shown()))
            }))
            @if self.view.may_modify() && !self.loaded.tickets.is_empty() {
                form class="form" method="post" id=(FORM) action=(urls::ticket_part(ticket.id, "unlink")) {
                    input type="hidden" name="next" value=(self.base);
                    div class="form-actions" { (submit(&Button::new(&t("children-unlink")))) }
                }
            }
        }
    }

    fn filter(&self) -> Markup {
        html! {
            form class="form" method="get" action=(urls::ticket_part(self.view.ticket.id, "children")) {
                input type="hidden" name="kind" value=(crate::ticket::kind_word(self.kind));
                fieldset class="field choices" {
                    legend { (t("column-status")) }
                    @for status in &self.statuses {
                        label class="check" {
                            input type="checkbox" name="status" value=(status) checked[self.chosen.contains(status)];
                            span { (status) }
                        }
                    }
                }
                div class="form-actions" { (submit(&Button::new(&t("children-filter")))) }
            }
        }
    }

    fn table(&self) -> Markup {
        let titles: Vec<(String, Option<String>)> = COLUMNS
            .iter()
            .map(|column| {
                let sorts = column.sort().map(|name| urls::with(&self.base, &[("order", &self.ordering.clicked(name))]));
                (column.title(), sorts)
            })
            .collect();
        let heading = |(column, (title, sort)): (&Column, &'_ (String, Option<String>))| {
            let state = column.sort().and_then(|name| self.ordering.state(name));
            (column.kind(), title.clone(), sort.clone(), state)
        };
        let headings: Vec<_> = COLUMNS.iter().zip(&titles).map(heading).collect();
        let columns = headings.iter().map(|(kind, title, sort, state)| {
            let heading = Heading::new(title, *kind);
            if let Some(href) = sort { heading.sorted(href, *state) } else { heading }
        });
        let ids: Vec<(String, String)> =
            self.loaded.tickets.iter().map(|row| (row.ticket.id.to_string(), urls::ticket(row.ticket.id))).collect();
        let rows = self.loaded.tickets.iter().zip(&ids).map(|(row, (id, href))| Row {
            id,
            href,
            cells: COLUMNS.iter().map(|column| column.cell(row, &self.loaded, &self.clock)).collect(),
            ..Row::default()
        });
        table(&Table {
            caption: &t(title_key(self.kind)),
            columns: columns.collect(),
            rows: rows.collect(),
            select: self.view.may_modify().then_some("child"),
            form: FORM,
            single: false,
        })
    }
}
