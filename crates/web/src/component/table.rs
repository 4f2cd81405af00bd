//! The table of tickets: a real table with row headers, one line a ticket. On narrow screens each row becomes a block
//! with the column's name beside each value. Focus, selection and single keys on rows are the script's (`rows.js`);
//! without it the links and check boxes do the same.

use http_door::text::{t, tr};
use maud::{Markup, html};

use crate::layout::keys::Act;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Text,
    /// Ticket numbers, counts: right-aligned, tabular figures.
    Number,
    /// The row header: takes the room that is left.
    Main,
    /// Text that is left out where there is little room.
    Extra,
    /// Text of any length, that takes as many lines as it needs.
    Prose,
    /// Buttons.
    Actions,
}

impl Kind {
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Number => Some("number"),
            Self::Main => Some("main"),
            Self::Extra => Some("extra"),
            Self::Prose => Some("wrapping"),
            Self::Actions => Some("row-actions"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

#[derive(Debug, Clone, Default)]
pub struct Column<'a> {
    pub title: &'a str,
    pub kind: Kind,
    /// Where the heading leads, when the list can be sorted by it.
    pub sort: Option<&'a str>,
    pub order: Option<Order>,
}

impl<'a> Column<'a> {
    pub fn new(title: &'a str, kind: Kind) -> Self {
        Self { title, kind, ..Self::default() }
    }

    pub fn sorted(self, href: &'a str, order: Option<Order>) -> Self {
        Self { sort: Some(href), order, ..self }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Row<'a> {
    /// The value of its check box.
    pub id: &'a str,
    /// Where Enter, `o` and a click lead.
    pub href: &'a str,
    /// One for each column; the `Main` one holds the link.
    pub cells: Vec<Markup>,
    /// What single keys do on it: addresses to open (reply, comment …) or to post to (take).
    pub opens: Vec<(Act, String)>,
    pub posts: Vec<(Act, String)>,
    /// A second line, where there is little room for columns.
    pub beneath: Option<Markup>,
    pub unseen: bool,
    pub chosen: bool,
    /// The title of the group that begins with it.
    pub heads: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Table<'a> {
    /// Says what is listed; read by assistive technology.
    pub caption: &'a str,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
    /// The name of the check boxes, when rows can be chosen.
    pub select: Option<&'a str>,
    /// The id of the form they belong to, which must not stand around the table: rows hold forms of their own.
    pub form: &'a str,
    /// Radio buttons in place of check boxes.
    pub single: bool,
}

pub fn table(table: &Table<'_>) -> Markup {
    html! {
        table class="tickets" data-rows {
            caption class="only-read" { (table.caption) }
            thead {
                tr {
                    @if table.select.is_some() { th scope="col" class="select" { (select_all(table)) } }
                    @for column in &table.columns { (heading(column)) }
                }
            }
            @for group in table.rows.chunk_by(|_, next| next.heads.is_none()) {
                tbody {
                    @if let Some(title) = group.first().and_then(|row| row.heads.as_ref()) { (group_heading(table, title)) }
                    @for row in group { (line(table, row)) }
                }
            }
            @if table.rows.is_empty() { tbody {} }
        }
    }
}

/// The subject with its link, and something quieter behind it (the sender, the queue).
pub fn subject(href: &str, subject: &str, beside: &str) -> Markup {
    html! {
        a href=(href) { @if subject.is_empty() { (t("no-subject")) } @else { bdi { (subject) } } }
        @if !beside.is_empty() { " " span class="beside" { bdi { (beside) } } }
    }
}

fn select_all(table: &Table<'_>) -> Markup {
    html! {
        @if table.single { span class="only-read" { (t("table-select")) } }
        @else { label class="tick" { input type="checkbox" data-select-all aria-label=(t("table-select-all")); } }
    }
}

fn group_heading(table: &Table<'_>, title: &str) -> Markup {
    let width = table.columns.len() + usize::from(table.select.is_some());
    html! { tr class="group" { th scope="rowgroup" colspan=(width) { bdi { (title) } } } }
}

fn heading(column: &Column<'_>) -> Markup {
    let order = column.order.map(|order| match order {
        Order::Ascending => "ascending",
        Order::Descending => "descending",
    });
    html! {
        th scope="col" class=[column.kind.class()] aria-sort=[order] {
            @if let Some(href) = column.sort { a href=(href) { (column.title) } }
            @else if column.kind == Kind::Actions { span class="only-read" { (column.title) } }
            @else { (column.title) }
        }
    }
}

fn line(table: &Table<'_>, row: &Row<'_>) -> Markup {
    let keys = |list: &[(Act, String)]| {
        let pairs: Vec<String> = list.iter().map(|(act, href)| format!("{} {href}", act.name())).collect();
        (!pairs.is_empty()).then(|| pairs.join("\n"))
    };
    html! {
        tr class=[row.unseen.then_some("unseen")] data-row=(row.id) data-href=(row.href)
            data-opens=[keys(&row.opens)] data-posts=[keys(&row.posts)] {
            @if let Some(name) = table.select { td class="select" { (tick(table, row, name)) } }
            @for (column, cell) in table.columns.iter().zip(&row.cells) { (value(column, cell, row.beneath.as_ref())) }
        }
    }
}

fn tick(table: &Table<'_>, row: &Row<'_>, name: &str) -> Markup {
    let kind = if table.single { "radio" } else { "checkbox" };
    let label = tr("table-select-row", &[("id", row.id.into())]);
    html! {
        label class="tick" {
            input type=(kind) name=(name) form=(table.form) value=(row.id) checked[row.chosen] aria-label=(label) data-select;
        }
    }
}

fn value(column: &Column<'_>, cell: &Markup, beneath: Option<&Markup>) -> Markup {
    html! {
        @if column.kind == Kind::Main { th scope="row" class="main" { div class="line" { (cell) } @if let Some(beneath) = beneath { (beneath) } } }
        @else { td class=[column.kind.class()] data-label=(column.title) { (cell) } }
    }
}
