//! An Incident's family: three boxes, open children before closed ones, each ordered by Due (IR-331).

use actions::ticket::show::LinkView;
use domain::TicketKind;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use super::Sheet;
use crate::component::button::{Button, Tone, link};
use crate::component::chip;
use crate::component::empty::empty_line;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, subject, table};
use crate::component::time::due;
use crate::list::{create_key, phase, title_key};

/// Rows of a box (IR-331); the title leads to all of them.
const ROWS: usize = 8;

pub(super) fn boxes(sheet: &Sheet<'_>) -> Markup {
    html! {
        (one(sheet, TicketKind::Report, "ticket-no-reports"))
        (one(sheet, TicketKind::Investigation, "ticket-no-investigations"))
        (one(sheet, TicketKind::Countermeasure, "ticket-no-countermeasures"))
    }
}

fn one(sheet: &Sheet<'_>, kind: TicketKind, none: &str) -> Markup {
    // the view orders links: open ones first, then by Due
    let children: Vec<&LinkView> = sheet.view.children(kind).collect();
    let open = children.iter().filter(|child| child.ticket.is_open()).count();
    let href = urls::with(&sheet.part("children"), &[("kind", word(kind))]);
    let title = t(title_key(kind));
    let id = kind.lifecycle();
    let frame = Panel {
        id,
        title: &title,
        title_href: Some(&href),
        count: children.len() as u64,
        actions: Some(actions(sheet, kind)),
        flush: true,
    };
    panel(
        &frame,
        &html! {
            @if open == 0 { (empty_line(&t(none))) }
            @if !children.is_empty() { (list(sheet, &title, &children)) }
        @if children.len() > ROWS { p class="empty-line" { a href=(href) { (tr("ticket-all-children", &[("count", children.len().into())])) } } }
        },
    )
}

fn list(sheet: &Sheet<'_>, caption: &str, children: &[&LinkView]) -> Markup {
    let titles = ["column-number", "column-subject", "column-status", "column-owner", "column-due"].map(t);
    let kinds = [Kind::Number, Kind::Main, Kind::Text, Kind::Text, Kind::Text];
    let keys: Vec<(String, String)> =
        children.iter().map(|child| (child.ticket.id.to_string(), urls::ticket(child.ticket.id))).collect();
    let row = |(child, (id, href)): (&&LinkView, &'_ (String, String))| {
        let ticket = &child.ticket;
        vec![
            html! { (id) },
            subject(href, &ticket.subject, ""),
            chip::status(&ticket.status, phase(ticket.status_class)),
            chip::owner(ticket.is_owned().then_some(child.owner.as_str())),
            due(&sheet.clock, ticket.due, ticket.is_open()),
        ]
    };
    let cells = children.iter().zip(&keys).map(row);
    let rows = cells.zip(&keys).take(ROWS).map(|(cells, (id, href))| Row { id, href, cells, ..Row::default() }).collect();
    let columns = titles.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    table(&Table { caption, columns, rows, ..Table::default() })
}

fn actions(sheet: &Sheet<'_>, kind: TicketKind) -> Markup {
    let id = sheet.view.ticket.id.to_string();
    let (link_to, new) =
        (urls::with(&sheet.part("link-children"), &[("kind", word(kind))]), urls::with(urls::create(kind), &[("incident", &id)]));
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
