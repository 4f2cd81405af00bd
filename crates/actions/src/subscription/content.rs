//! What a dashboard holds for one reader, as tables: saved searches, charts, queues. What asks for something to be pressed is left out.

use crate::{
    Actor, Error, Result, Tx, chart,
    lists::{self, Listed, Order, OrderBy, Page, has_text, plain},
    sheet::{Book, Cell},
};
use domain::{
    chart::Measure,
    dashboard::{SavedSearch, Widget, WidgetKind},
    layout::Column,
};
use query::Query;

/// A table with a title.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) columns: Vec<String>,
    /// Where a line leads, and its cells.
    pub(super) rows: Vec<(Option<String>, Vec<String>)>,
    /// There is more than this.
    pub(super) more: bool,
}

/// The tables of all boxes that have one. A search that cannot be answered for this reader is an empty table.
pub(super) async fn tables(
    tx: &mut Tx,
    reader: &Actor,
    (widgets, searches): (&[Widget], &[SavedSearch]),
    rows: i64,
) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for widget in widgets {
        match widget.kind {
            WidgetKind::Search(id) => {
                if let Some(search) = searches.iter().find(|search| search.id == id) {
                    tables.push(of_search(tx, reader, search, rows).await?);
                }
            }
            WidgetKind::Queues => tables.push(of_queues(tx, reader).await?),
            _ => {}
        }
    }
    Ok(tables)
}

async fn of_search(tx: &mut Tx, reader: &Actor, search: &SavedSearch, rows: i64) -> Result<Table> {
    let query = lists::parse(&search.query).and_then(|query| lists::check(tx, reader, &query, &search.query).map(|()| query));
    let answer = match query {
        Ok(query) if search.chart.is_empty() => of_list(tx, reader, search, &query, rows).await,
        Ok(query) => of_chart(tx, reader, search, &query).await,
        Err(error) => Err(error),
    };
    match answer {
        Err(Error::Invalid(_)) => Ok(Table { title: search.name.clone(), columns: vec![], rows: vec![], more: false }),
        other => other,
    }
}

async fn of_list(tx: &mut Tx, reader: &Actor, search: &SavedSearch, query: &Query, rows: i64) -> Result<Table> {
    let columns: Vec<Column> = tx.catalog().layout(&search.columns).columns.into_iter().filter(has_text).collect();
    let order = order(&search.sort);
    let mut tickets = lists::search(tx, reader, query, &order, Page { limit: rows + 1, offset: 0 }).await?;
    let more = tickets.len() as i64 > rows;
    tickets.truncate(rows as usize);
    let mut listed = lists::listed(tx, reader, tickets).await?;
    lists::add_extra(tx, reader, &mut listed, &columns).await?;
    let zone = lists::zone_of(reader);
    let base = tx.desk().public_url().to_owned();
    let line = |row: &Listed| {
        let cells = columns.iter().map(|column| plain(column, row, &zone)).collect();
        (Some(format!("{base}/tickets/{}", row.ticket.id)), cells)
    };
    let rows = listed.iter().map(line).collect();
    Ok(Table { title: search.name.clone(), columns: columns.iter().map(Column::name).collect(), rows, more })
}

fn order(sort: &str) -> Vec<OrderBy> {
    let by = |word: &str| {
        let column = Order::parse(word.trim_start_matches('-'))?;
        Some(OrderBy { column, descending: word.starts_with('-') })
    };
    sort.split(',').filter_map(|word| by(word.trim())).collect()
}

/// A line a group, or a group within one.
async fn of_chart(tx: &mut Tx, reader: &Actor, search: &SavedSearch, query: &Query) -> Result<Table> {
    let wanted = chart::parse(&search.chart)?;
    let charted = chart::chart(tx, reader, query, &wanted).await?;
    let measures = &charted.chart.measures;
    let groupings = [Some(&charted.chart.group), charted.chart.within.as_ref()];
    let columns = groupings.into_iter().flatten().map(domain::chart::Grouping::written);
    let columns = columns.chain(measures.iter().map(|measure| Measure::written(*measure))).collect();
    let mut rows = Vec::new();
    for (place, group) in charted.groups.iter().enumerate() {
        for (inner, within) in charted.within.iter().enumerate() {
            let values: Vec<Option<i64>> = (0..measures.len()).map(|measure| charted.value(place, inner, measure)).collect();
            if values.iter().all(Option::is_none) {
                continue;
            }
            let mut cells = vec![named(&group.label)];
            cells.extend(charted.is_split().then(|| named(&within.label)));
            let shown =
                measures.iter().zip(values).map(|(measure, value)| value.map(|value| measure.shown(value)).unwrap_or_default());
            cells.extend(shown);
            rows.push((None, cells));
        }
    }
    Ok(Table { title: search.name.clone(), columns, rows, more: charted.more })
}

fn named(label: &str) -> String {
    if label.is_empty() { "–".to_owned() } else { label.to_owned() }
}

async fn of_queues(tx: &mut Tx, reader: &Actor) -> Result<Table> {
    let counts = lists::queue_counts(tx, reader).await?;
    let line = |one: lists::QueueCounts| {
        let counts = one.statuses.iter().filter(|(_, count)| *count > 0).map(|(status, count)| format!("{status} {count}"));
        (None, vec![one.queue.name.clone(), counts.collect::<Vec<_>>().join(", ")])
    };
    let (title, columns) = (Column::Queue.name(), vec![Column::Queue.name(), Column::Status.name()]);
    Ok(Table { title, columns, rows: counts.into_iter().map(line).collect(), more: false })
}

/// As the body of a letter; everything that is filled in is text.
pub(super) fn html(tables: &[Table]) -> String {
    let mut out = String::new();
    for table in tables {
        out.push_str(&format!("<h2>{}</h2>\n", escaped(&table.title)));
        if table.rows.is_empty() {
            out.push_str("<p>–</p>\n");
            continue;
        }
        out.push_str("<table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">\n<tr>");
        out.extend(table.columns.iter().map(|column| format!("<th align=\"left\">{}</th>", escaped(column))));
        out.push_str("</tr>\n");
        for (href, cells) in &table.rows {
            out.push_str("<tr>");
            for (place, cell) in cells.iter().enumerate() {
                let text = escaped(cell);
                match href.as_ref().filter(|_| place == 0) {
                    Some(href) => out.push_str(&format!("<td><a href=\"{}\">{text}</a></td>", escaped(href))),
                    None => out.push_str(&format!("<td>{text}</td>")),
                }
            }
            out.push_str("</tr>\n");
        }
        out.push_str(if table.more { "</table>\n<p>…</p>\n" } else { "</table>\n" });
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A sheet a table.
pub(super) fn book(tables: &[Table]) -> Result<Vec<u8>> {
    let mut book = Book::default();
    for table in tables {
        book.sheet(&table.title, table.columns.clone())?;
        for (_, cells) in &table.rows {
            let numeric =
                |place: usize| table.columns.get(place).is_some_and(|column| ["id", "COUNT"].contains(&column.as_str()));
            book.row(cells.iter().enumerate().map(|(place, cell)| Cell::of(cell.clone(), numeric(place))).collect())?;
        }
    }
    book.into_bytes()
}
