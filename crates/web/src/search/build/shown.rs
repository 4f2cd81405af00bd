//! How a result is shown: columns in their order (TC-274), what it is ordered by (TC-263), rows, groups, density, reading again.

use actions::Tx;
use domain::layout::{Column, Layout};
use http_door::text::{t, tr};
use maud::{Markup, html};

use super::super::state::{COLUMNS, DENSITY, GROUP, ORDER, REFRESH, REFRESHES, ROW_COUNT, State};
use super::DO;
use crate::component::button::{Button, submit};
use crate::component::field::{Choice, Control, Field, field};
use crate::component::form::columns;
use crate::component::icon::{Icon, icon};
use crate::form::inputs::Offer;
use crate::layout::Density;
use crate::list::{Group, PER_PAGE, ROWS, Shown};
use crate::parameters::Parameters;

/// Columns that a result can be ordered by at once.
const ORDERS: usize = 4;
const NEW_COLUMN: &str = "column-new";

/// What the inputs say that are not of the address themselves.
pub(super) fn take_in(tx: &Tx, state: &mut State, parameters: &Parameters) {
    if parameters.has(&order_name(0)) {
        let one = |number: usize| {
            let name = parameters.text(&order_name(number));
            let down = parameters.text(&direction_name(number)) == "down";
            (!name.is_empty()).then(|| format!("{}{name}", if down { "-" } else { "" }))
        };
        let words: Vec<String> = (0..ORDERS).filter_map(one).collect();
        state.set(ORDER, words.join(","));
        let order = state.ordering().parameter();
        state.set(ORDER, order);
    }
    if let Some(column) = Column::parse(parameters.text(NEW_COLUMN)) {
        let mut layout = layout(tx, state);
        if !layout.columns.contains(&column) {
            let is_one_line = layout.first_line == layout.columns.len();
            layout.columns.push(column);
            layout.first_line += usize::from(is_one_line);
            keep(state, &layout);
        }
    }
}

/// Moves a column, takes it away, or lets the second line begin with it.
pub(super) fn act(tx: &Tx, state: &mut State, (deed, place): (&str, &str)) {
    let mut layout = layout(tx, state);
    let Some(at) = place.parse::<usize>().ok().filter(|at| *at < layout.columns.len()) else { return };
    match deed {
        "column-up" if at > 0 => layout.columns.swap(at - 1, at),
        "column-down" if at + 1 < layout.columns.len() => layout.columns.swap(at, at + 1),
        "column-remove" => {
            drop(layout.columns.remove(at));
            layout.first_line -= usize::from(at < layout.first_line);
        }
        "column-line" => layout.first_line = if layout.first_line == at { layout.columns.len() } else { at },
        _ => return,
    }
    keep(state, &layout);
}

fn layout(tx: &Tx, state: &State) -> Layout {
    tx.catalog().layout(if state.text(COLUMNS).is_empty() { "Default" } else { state.text(COLUMNS) })
}

/// What would make no list stays as it was.
fn keep(state: &mut State, layout: &Layout) {
    let written = layout.written();
    if Layout::parse(&written).is_ok() {
        state.set(COLUMNS, written);
    }
}

fn order_name(number: usize) -> String {
    format!("order-{number}")
}

fn direction_name(number: usize) -> String {
    format!("direction-{number}")
}

/// `fields` are the names of custom fields that can be columns.
pub(super) fn inputs(tx: &Tx, state: &State, fields: &[String]) -> Markup {
    let layout = layout(tx, state);
    html! {
        input type="hidden" name=(COLUMNS) value=(state.text(COLUMNS));
        (chosen(&layout, fields))
        (orders(state))
        (columns(&[rows(state), groups(state), densities(state), refreshes(state)]))
        div class="form-actions" { (submit(&Button::new(&t("build-apply")).sends(DO, "apply"))) }
    }
}

fn chosen(layout: &Layout, fields: &[String]) -> Markup {
    let known = Column::names().filter_map(Column::parse).chain(fields.iter().cloned().map(Column::Field));
    let others: Vec<Column> = known.filter(|column| !layout.columns.contains(column)).collect();
    let names: Vec<(String, String)> = others.iter().map(|column| (column.name(), column.title())).collect();
    let none = t("build-column-choose");
    let mut options = vec![Choice { value: "", label: &none, chosen: true }];
    options.extend(names.iter().map(|(value, label)| Choice { value, label, chosen: false }));
    html! {
        fieldset class="field" {
            legend { (t("searches-columns")) }
            ol class="chosen-columns" {
                @for (at, column) in layout.columns.iter().enumerate() {
                    li {
                        @if at == layout.first_line { span class="hint" { (t("build-second-line")) } }
                        span class="condition-line" {
                            span class="chip" { (column.title()) }
                            span class="condition-acts" { (column_acts(at, column, layout)) }
                        }
                    }
                }
            }
            div class="adding-row" {
                (field(&Field::new(NEW_COLUMN, &t("build-column-new"), Control::Select(&options))))
                (submit(&Button::new(&t("build-column-add")).icon(Icon::Plus).sends(DO, "column-add")))
            }
        }
    }
}

fn column_acts(at: usize, column: &Column, layout: &Layout) -> Markup {
    let act = |name: &str, shape: Icon| {
        let label = tr(&format!("build-{name}"), &[("column", column.title().into())]);
        html! {
            button type="submit" class="button quiet square" name=(DO) value={ (name) " " (at) } title=(label) aria-label=(label) { (icon(shape)) }
        }
    };
    html! {
        @if at > 0 { (act("column-up", Icon::ChevronUp)) }
        @if at + 1 < layout.columns.len() { (act("column-down", Icon::ChevronDown)) }
        (act("column-line", Icon::Forward))
        @if *column != Column::Subject { (act("column-remove", Icon::Cross)) }
    }
}

fn orders(state: &State) -> Markup {
    let ordering = state.ordering();
    let chosen: Vec<(&str, bool)> = ordering.columns().collect();
    let offered: Vec<(&str, String)> =
        Column::names().filter_map(Column::parse).filter_map(|column| Some((column.sort()?, column.title()))).collect();
    html! {
        fieldset class="field" {
            legend { (t("searches-sort")) }
            @for number in 0..ORDERS {
                @let (name, down) = chosen.get(number).copied().unwrap_or_default();
                @let place = (number + 1).to_string();
                div class="adding-row" {
                    select name=(order_name(number)) aria-label=(tr("build-order", &[("place", place.clone().into())])) {
                        option value="" { (t("build-order-none")) }
                        @for (value, words) in &offered { option value=(value) selected[value.eq_ignore_ascii_case(name)] { (words) } }
                    }
                    select name=(direction_name(number)) aria-label=(tr("build-direction", &[("place", place.into())])) {
                        option value="up" { (t("build-up")) }
                        option value="down" selected[down] { (t("build-down")) }
                    }
                }
            }
        }
    }
}

fn select(name: &'static str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    let choices: Vec<Choice<'_>> =
        options.iter().map(|(value, label)| Choice { value, label, chosen: value == chosen }).collect();
    field(&Field::new(name, label, Control::Select(&choices)))
}

fn rows(state: &State) -> Markup {
    let value = |rows: i64| if rows == PER_PAGE { String::new() } else { rows.to_string() };
    let options: Vec<(String, String)> = ROWS.into_iter().map(|rows| (value(rows), rows.to_string())).collect();
    select(ROW_COUNT, &t("build-rows"), &options, &value(state.rows()))
}

fn groups(state: &State) -> Markup {
    select(GROUP, &t("build-group"), &group_offers(), state.text(GROUP))
}

pub(crate) fn group_offers() -> Vec<Offer> {
    let all = Group::ALL.into_iter().map(|group| (group.name().to_owned(), group.title()));
    std::iter::once((String::new(), t("build-group-none").into_owned())).chain(all).collect()
}

fn densities(state: &State) -> Markup {
    select(DENSITY, &t("build-density"), &density_offers(), state.text(DENSITY))
}

pub(crate) fn density_offers() -> Vec<Offer> {
    let words = |density: Density| t(&format!("density-{}", density.name())).into_owned();
    let all = Density::ALL.into_iter().map(|density| (density.name().to_owned(), words(density)));
    std::iter::once((String::new(), t("build-density-usual").into_owned())).chain(all).collect()
}

fn refreshes(state: &State) -> Markup {
    let options: Vec<(String, String)> = REFRESHES.into_iter().map(refresh_words).collect();
    let minutes = state.refresh();
    let chosen = if minutes == 0 { String::new() } else { minutes.to_string() };
    select(REFRESH, &t("build-refresh"), &options, &chosen)
}

/// Nothing in the address is never.
fn refresh_words(minutes: i64) -> (String, String) {
    match minutes {
        0 => (String::new(), t("preference-home-refresh-0").into_owned()),
        minutes => (minutes.to_string(), tr("age-minutes", &[("count", minutes.into())])),
    }
}
