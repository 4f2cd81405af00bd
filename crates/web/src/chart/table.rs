//! The numbers of a chart, each with the search that finds its tickets.

use actions::chart::{Charted, Group, narrowed};
use domain::chart::Grouping;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};
use query::Query;

use super::words;

pub(super) fn table(query: &Query, charted: &Charted) -> Markup {
    html! {
        div class="chart-table" {
            table class="counts" {
                caption class="only-read" { (t("chart-table")) }
                @if charted.is_split() && charted.chart.measures.len() == 1 { (crossed(query, charted)) }
                @else { (listed(query, charted)) }
            }
        }
    }
}

fn address(query: &Query, steps: &[(&Grouping, &Group)]) -> String {
    let narrowed = steps.iter().fold(query.clone(), |query, (grouping, group)| narrowed(&query, grouping, group));
    urls::search(&narrowed.to_string())
}

/// Groups down, groups within across.
fn crossed(query: &Query, charted: &Charted) -> Markup {
    let Some(second) = &charted.chart.within else { return html! {} };
    let (first, measure) = (&charted.chart.group, charted.drawn());
    html! {
        thead { tr {
            th scope="col" { (words::grouping(first)) }
            @for group in &charted.within { th scope="col" { bdi { (words::group(group)) } } }
            @if measure.adds_up() { th scope="col" { (t("chart-total")) } }
        } }
        tbody { @for (row, group) in charted.groups.iter().enumerate() { tr {
            th scope="row" { a href=(address(query, &[(first, group)])) { bdi { (words::group(group)) } } }
            @for (column, within) in charted.within.iter().enumerate() {
                td { (number(charted.value(row, column, 0).map(|value| measure.shown(value)), &address(query, &[(first, group), (second, within)]))) }
            }
            @if measure.adds_up() { td { (number(charted.whole(row).map(|value| measure.shown(value)), &address(query, &[(first, group)]))) } }
        } } }
    }
}

/// A line a group, or a group within one; a column a measure.
fn listed(query: &Query, charted: &Charted) -> Markup {
    let (first, second) = (&charted.chart.group, charted.chart.within.as_ref());
    let has_any =
        |row: usize, column: usize| (0..charted.chart.measures.len()).any(|place| charted.value(row, column, place).is_some());
    html! {
        thead { tr {
            th scope="col" { (words::grouping(first)) }
            @if let Some(second) = second { th scope="col" { (words::grouping(second)) } }
            @for measure in &charted.chart.measures { th scope="col" { (words::measure(*measure)) } }
        } }
        tbody { @for (row, group) in charted.groups.iter().enumerate() { @for (column, within) in charted.within.iter().enumerate() {
            @if second.is_none() || has_any(row, column) {
                @let steps: Vec<(&Grouping, &Group)> = std::iter::once((first, group)).chain(second.map(|second| (second, within))).collect();
                @let href = address(query, &steps);
                tr {
                    th scope="row" { a href=(address(query, &[(first, group)])) { bdi { (words::group(group)) } } }
                    @if second.is_some() { td { bdi { (words::group(within)) } } }
                    @for (place, measure) in charted.chart.measures.iter().enumerate() {
                        td { (number(charted.value(row, column, place).map(|value| measure.shown(value)), &href)) }
                    }
                }
            }
        } } }
    }
}

fn number(shown: Option<String>, href: &str) -> Markup {
    html! { @match shown { Some(shown) => a href=(href) { (shown) }, None => span class="none" { "–" } } }
}
