//! A list as a table.

use actions::lists::Listed;
use http_door::text::t;
use http_door::urls;
use maud::Markup;

use super::column::opens;
use super::{Column, Loaded, Ordering};
use crate::component::table::{self, Row, Table, table};
use crate::component::time::Clock;
use crate::form::bulk;
use crate::layout::keys::Act;

pub(crate) struct Rows<'a> {
    /// Key of the words that say what is listed.
    pub(crate) caption: &'a str,
    pub(crate) columns: &'a [Column],
    pub(crate) loaded: &'a Loaded,
    pub(crate) clock: &'a Clock,
    /// Order and address of the list, when its headings sort it.
    pub(crate) ordering: Option<(&'a Ordering, &'a str)>,
    /// The id of the form that the rows' check boxes belong to, when rows can be chosen.
    pub(crate) select: Option<&'a str>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(caption: &'a str, columns: &'a [Column], loaded: &'a Loaded, clock: &'a Clock) -> Self {
        Self { caption, columns, loaded, clock, ordering: None, select: None }
    }
}

pub(crate) fn rows(list: &Rows<'_>) -> Markup {
    let headings: Vec<(String, Option<String>)> =
        list.columns.iter().map(|column| (column.title(), heading_address(list, *column))).collect();
    let keys: Vec<(String, String)> =
        list.loaded.tickets.iter().map(|row| (row.ticket.id.to_string(), urls::ticket(row.ticket.id))).collect();
    let lines = list.loaded.tickets.iter().zip(&keys);
    table(&Table {
        caption: &t(list.caption),
        columns: list
            .columns
            .iter()
            .zip(&headings)
            .map(|(column, (title, sort))| heading(list, *column, title, sort.as_deref()))
            .collect(),
        rows: lines.map(|(row, (id, href))| line(list, row, id, href)).collect(),
        select: list.select.map(|_| bulk::TICKETS),
        form: list.select.unwrap_or_default(),
        ..Table::default()
    })
}

fn heading_address(list: &Rows<'_>, column: Column) -> Option<String> {
    let ((ordering, base), name) = list.ordering.zip(column.sort())?;
    Some(urls::with(base, &[("order", &ordering.clicked(name))]))
}

fn heading<'a>(list: &Rows<'_>, column: Column, title: &'a str, sort: Option<&'a str>) -> table::Column<'a> {
    let heading = table::Column::new(title, column.kind());
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
        cells: list.columns.iter().map(|column| column.cell(row, list.loaded, list.clock)).collect(),
        opens: opens(row),
        posts: may_take.then(|| (Act::Take, urls::ticket_part(row.ticket.id, "take"))).into_iter().collect(),
        unseen: row.unread > 0,
        chosen: false,
    }
}
