//! An Incident's family: three boxes, each with open children and then closed ones, by Due, eight a page (IR-331).

use actions::ticket::show::{LinkView, TicketView};
use actions::{Actor, Result, Tx, lists};
use domain::layout::Layout;
use domain::{Ticket, TicketKind};
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, Tone, link};
use crate::component::empty::empty_line;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::list::{Loaded, Rows, create_key, rows, title_key};
use crate::parameters::Parameters;

/// Rows of a page of a box (IR-331).
const ROWS: usize = 8;
const KINDS: [TicketKind; 3] = [TicketKind::Report, TicketKind::Investigation, TicketKind::Countermeasure];

/// Open or closed children of one type: the page that is shown, and where it stands among all.
pub(super) struct Part {
    kind: TicketKind,
    open: bool,
    layout: Layout,
    loaded: Loaded,
    page: usize,
    total: usize,
}

impl Part {
    fn name(&self) -> String {
        parameter(self.kind, self.open)
    }
    fn pages(&self) -> usize {
        self.total.div_ceil(ROWS).max(1)
    }
}

/// The pages that the address asks for. The names of people are read once for all boxes.
pub(super) async fn load(tx: &mut Tx, actor: &Actor, view: &TicketView, parameters: &Parameters) -> Result<Vec<Part>> {
    if view.ticket.kind != TicketKind::Incident {
        return Ok(vec![]);
    }
    let mut parts = Vec::new();
    let mut wanted: Vec<Ticket> = Vec::new();
    let catalog = tx.catalog();
    for kind in KINDS.into_iter().filter(|kind| !catalog.is_disabled(*kind)) {
        for open in [true, false] {
            // the view orders links by Due
            let all: Vec<&LinkView> = view.children(kind).filter(|child| child.ticket.is_open() == open).collect();
            let pages = all.len().div_ceil(ROWS).max(1);
            let page = parameters.read::<usize>(&parameter(kind, open)).unwrap_or(1).clamp(1, pages);
            let shown: Vec<Ticket> = all.iter().skip((page - 1) * ROWS).take(ROWS).map(|child| child.ticket.clone()).collect();
            wanted.extend(shown.iter().cloned());
            parts.push((kind, open, shown, page, all.len()));
        }
    }
    let listed = lists::listed(tx, actor, wanted).await?;
    let mut shown = Vec::new();
    for (kind, open, tickets, page, total) in parts {
        let layout = tx.catalog().layout(layout_of(kind));
        let mine = tickets.iter().filter_map(|ticket| listed.iter().find(|row| row.ticket.id == ticket.id).cloned()).collect();
        let loaded = Loaded::of(tx, actor, mine).with(tx, actor, &layout.columns).await?;
        shown.push(Part { kind, open, layout, loaded, page, total });
    }
    Ok(shown)
}

fn layout_of(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Investigation => "ChildInvestigation",
        TicketKind::Countermeasure => "ChildCountermeasure",
        _ => "ChildReport",
    }
}

/// What the address calls the page of a part.
fn parameter(kind: TicketKind, open: bool) -> String {
    format!("{}-{}", word(kind), if open { "open" } else { "closed" })
}

pub(super) fn boxes(sheet: &Sheet<'_>) -> Markup {
    html! { @for kind in KINDS.into_iter().filter(|kind| !sheet.catalog.is_disabled(*kind)) { (one(sheet, kind)) } }
}

fn one(sheet: &Sheet<'_>, kind: TicketKind) -> Markup {
    let parts: Vec<&Part> = sheet.children.iter().filter(|part| part.kind == kind).collect();
    let href = urls::with(&sheet.part("children"), &[("kind", word(kind))]);
    let title = t(title_key(kind));
    let frame = Panel {
        id: kind.lifecycle(),
        title: &title,
        title_href: Some(&href),
        count: parts.iter().map(|part| part.total as u64).sum(),
        actions: Some(actions(sheet, kind)),
        flush: true,
    };
    panel(&frame, &html! { @for part in &parts { (list(sheet, part, &title)) } })
}

fn list(sheet: &Sheet<'_>, part: &Part, title: &str) -> Markup {
    let key = format!("ticket-no-{}-{}", if part.open { "active" } else { "inactive" }, word(part.kind));
    html! {
        div class=(if part.open { "children-open" } else { "children-closed" }) {
            @if part.total == 0 { (empty_line(&t(&key))) }
            @else { (rows(&Rows::new(title, &part.layout, &part.loaded, &sheet.clock))) (pages(sheet, part)) }
        }
    }
}

fn pages(sheet: &Sheet<'_>, part: &Part) -> Markup {
    let (name, last) = (part.name(), part.pages());
    let address = |page: usize| {
        let href = urls::with(&urls::ticket(sheet.view.ticket.id), &[(&name, &page.to_string())]);
        format!("{href}#{}", part.kind.lifecycle())
    };
    let at = tr("ticket-children-page", &[("page", part.page.into()), ("last", last.into()), ("count", part.total.into())]);
    html! {
        @if last > 1 {
            p class="empty-line" {
                (at) " "
                @if part.page > 1 { a href=(address(part.page - 1)) rel="prev" { (t("pager-previous")) } " " }
                @if part.page < last { a href=(address(part.page + 1)) rel="next" { (t("pager-next")) } }
            }
        }
    }
}

fn actions(sheet: &Sheet<'_>, kind: TicketKind) -> Markup {
    let id = sheet.view.ticket.id.to_string();
    let (link_to, new) = (
        urls::with(&sheet.part("link-children"), &[("kind", word(kind))]),
        urls::with(&urls::create(kind), &[("incident", &id)]),
    );
    html! {
        @if sheet.view.may_modify() {
            (link(&link_to, &Button::new(&t("ticket-link")).tone(Tone::Quiet).icon(Icon::Link)))
            @if sheet.may_create(kind) { (link(&new, &Button::new(&t(create_key(kind))).tone(Tone::Quiet).icon(Icon::Plus))) }
        }
    }
}

/// How the address of the page that links children names a type.
pub(crate) fn word(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Investigation => "investigation",
        TicketKind::Countermeasure => "countermeasure",
        _ => "report",
    }
}
