//! A list as a table: one line a ticket; what a layout puts into a second line stands beneath the subject where there is
//! little room, and in columns of its own where there is enough.

use actions::lists::{Listed, requestors};
use domain::layout::{Column, Layout};
use http_door::urls;
use maud::{Markup, html};

use super::column::{Shown, opens};
use super::{Group, Loaded, Ordering};
use crate::component::chip;
use crate::component::table::{self, Kind, Row, Table, table};
use crate::component::time::Clock;
use crate::form::bulk;
use crate::layout::keys::Act;

pub(crate) struct Rows<'a> {
    /// What is listed, in words.
    pub(crate) caption: &'a str,
    pub(crate) layout: &'a Layout,
    pub(crate) loaded: &'a Loaded,
    pub(crate) clock: &'a Clock,
    /// Order and address of the list, when its headings sort it.
    pub(crate) ordering: Option<(&'a Ordering, &'a str)>,
    /// The id of the form that the rows' check boxes belong to, when rows can be chosen.
    pub(crate) select: Option<&'a str>,
    /// What its rows are put together by.
    pub(crate) group: Option<Group>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(caption: &'a str, layout: &'a Layout, loaded: &'a Loaded, clock: &'a Clock) -> Self {
        Self { caption, layout, loaded, clock, ordering: None, select: None, group: None }
    }

    /// Columns with whether they are of the second line.
    fn columns(&self) -> impl Iterator<Item = (&Column, bool)> {
        self.layout.columns.iter().enumerate().map(|(place, column)| (column, place >= self.layout.first_line))
    }
}

pub(crate) fn rows(list: &Rows<'_>) -> Markup {
    let headings: Vec<(String, Option<String>)> =
        list.columns().map(|(column, _)| (column.title(), heading_address(list, column))).collect();
    let keys: Vec<(String, String)> =
        list.loaded.tickets.iter().map(|row| (row.ticket.id.to_string(), urls::ticket(row.ticket.id))).collect();
    let lines = list.loaded.tickets.iter().zip(&keys);
    let mut headings_of_groups = headings_of_groups(list).into_iter();
    table(&Table {
        caption: list.caption,
        columns: list
            .columns()
            .zip(&headings)
            .map(|((column, second), (title, sort))| heading(list, (column, second), title, sort.as_deref()))
            .collect(),
        rows: lines
            .map(|(row, (id, href))| Row { heads: headings_of_groups.next().flatten(), ..line(list, row, id, href) })
            .collect(),
        select: list.select.map(|_| bulk::TICKETS),
        form: list.select.unwrap_or_default(),
        ..Table::default()
    })
}

/// For each row what stands above it: the first of a group has its title.
fn headings_of_groups(list: &Rows<'_>) -> Vec<Option<String>> {
    let Some(group) = list.group else { return vec![] };
    let mut last = None;
    let titles = list.loaded.tickets.iter().map(|row| group.of(row));
    titles
        .map(|title| {
            let is_new = last.as_ref() != Some(&title);
            last = Some(title.clone());
            is_new.then(|| format!("{}: {title}", group.title()))
        })
        .collect()
}

fn heading_address(list: &Rows<'_>, column: &Column) -> Option<String> {
    let ((ordering, base), name) = list.ordering.zip(column.sort())?;
    Some(urls::with(base, &[("order", &ordering.clicked(name))]))
}

fn heading<'a>(list: &Rows<'_>, (column, second): (&Column, bool), title: &'a str, sort: Option<&'a str>) -> table::Column<'a> {
    let kind = if second && column.kind() == Kind::Text { Kind::Extra } else { column.kind() };
    let heading = table::Column::new(title, kind);
    let state = list.ordering.zip(column.sort()).and_then(|((ordering, _), name)| ordering.state(name));
    match sort {
        Some(href) => heading.sorted(href, state),
        None => heading,
    }
}

fn line<'a>(list: &Rows<'_>, row: &Listed, id: &'a str, href: &'a str) -> Row<'a> {
    let may_take = !row.ticket.is_owned() && list.loaded.takeable.contains(&row.ticket.queue);
    Row {
        id,
        href,
        cells: list.columns().map(|(column, _)| cell(list, row, column)).collect(),
        beneath: second_line(list, row),
        opens: if list.loaded.without == Some(row.ticket.kind) { vec![] } else { opens(row) },
        posts: may_take.then(|| (Act::Take, urls::ticket_part(row.ticket.id, "take"))).into_iter().collect(),
        unseen: row.unread > 0,
        chosen: false,
        heads: None,
    }
}

/// Whose report it is stands beside the subject where its column has no room.
fn cell(list: &Rows<'_>, row: &Listed, column: &Column) -> Markup {
    let has_requestors = list.columns().any(|(column, second)| *column == Column::Requestors && !second);
    html! {
        (column.cell(row, list.loaded, list.clock))
        @if *column == Column::Subject && has_requestors && !row.requestors.is_empty() {
            " " span class="beside spare" { bdi { (requestors(row)) } }
        }
    }
}

/// Without the links that the columns have: beside the one link of the subject they would only be in the way.
fn quiet_cell(list: &Rows<'_>, row: &Listed, column: &Column) -> Markup {
    match column {
        Column::Requestors => html! { bdi { (requestors(row)) } },
        Column::Owner => chip::owner(row.ticket.is_owned().then_some(row.owner.as_str())),
        other => other.cell(row, list.loaded, list.clock),
    }
}

fn second_line(list: &Rows<'_>, row: &Listed) -> Option<Markup> {
    let mut columns = list.columns().filter(|(column, second)| *second && column.kind() != Kind::Number).peekable();
    columns.peek()?;
    let empty = html! {}.into_string();
    Some(html! {
        div class="second-line" {
            @for (column, _) in columns {
                @let cell = quiet_cell(list, row, column);
                @if cell.0 != empty { span { span class="name" { (column.title()) } " " (cell) } }
            }
        }
    })
}
