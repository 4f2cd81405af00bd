//! Custom fields in boxes by grouping; every value leads to the tickets that hold it too (IR-325).

use actions::ticket::show::FieldView;
use domain::custom_field::FieldKind;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::{Sheet, observables};
use crate::component::button::{Button, Tone, link};
use crate::component::facts::{Fact, fact, facts, none};
use crate::component::panel::{Panel, panel};
use crate::query_text::custom_field_is;

/// Values of one field shown at once; a flood of addresses must not drown the page.
const MOST: usize = 50;

pub(super) fn boxes(sheet: &Sheet<'_>) -> Markup {
    let mut groupings: Vec<&str> = Vec::new();
    for view in &sheet.view.fields {
        if !groupings.contains(&view.field.grouping.as_str()) {
            groupings.push(&view.field.grouping);
        }
    }
    html! { @for (index, grouping) in groupings.iter().enumerate() { (one(sheet, index, grouping)) } }
}

/// Those without a value can be left out (IR-322).
fn is_shown(sheet: &Sheet<'_>, view: &FieldView) -> bool {
    !sheet.hide_unset || !view.values.is_empty()
}

fn one(sheet: &Sheet<'_>, index: usize, grouping: &str) -> Markup {
    let fields: Vec<&FieldView> =
        sheet.view.fields.iter().filter(|view| view.field.grouping == grouping && is_shown(sheet, view)).collect();
    let rows: Vec<Fact<'_>> = fields.iter().map(|view| fact(&view.field.name, values(sheet, view))).collect();
    let other = t("ticket-fields");
    let editable = fields.iter().any(|view| view.editable) && sheet.view.may_modify();
    let edit = editable
        .then(|| link(&urls::with(&sheet.part("edit"), &[("box", "fields")]), &Button::new(&t("key-edit")).tone(Tone::Quiet)));
    let title = if grouping.is_empty() { &other } else { grouping };
    panel(&Panel { id: &format!("fields-{index}"), title, actions: edit, ..Panel::default() }, &facts(&rows))
}

fn values(sheet: &Sheet<'_>, view: &FieldView) -> Markup {
    let more = view.values.len().saturating_sub(MOST);
    html! {
        @if view.values.is_empty() { (none()) }
        @else if view.field.kind == FieldKind::Text { @for value in &view.values { div class="prose-lines" { (value) } } }
        @else {
            ul class="values" { @for value in view.values.iter().take(MOST) { li { (value_link(sheet, view, value)) } } }
            @if more > 0 { "+ " (more) }
        }
    }
}

fn value_link(sheet: &Sheet<'_>, view: &FieldView, value: &str) -> Markup {
    if view.field.kind.is_ip() {
        return observables::held_address(sheet, value);
    }
    html! { a href=(urls::search(&custom_field_is(&view.field.name, value).to_string())) { bdi { (value) } } }
}
