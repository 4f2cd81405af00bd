//! Custom fields in forms: one box for each grouping, one input for each field, by its kind.

use super::{inputs::Inputs, submission::Submission};
use crate::component::{
    field::{Choice, Control, Field},
    panel::{Panel, panel},
};
use domain::custom_field::{CustomField, FieldKind};
use http_door::text::t;
use maud::{Markup, html};

pub(super) fn name(field: &CustomField) -> String {
    format!("cf-{}", field.id)
}

/// What the form starts with, as its inputs hold it.
pub(super) fn preset(form: &mut Submission, field: &CustomField, values: &[String]) {
    let name = name(field);
    if form.has(&name) {
        return;
    }
    if is_choice(field) {
        for value in values {
            form.put(&name, value);
        }
    } else {
        form.put(&name, values.join("\n"));
    }
}

/// The boxes of all fields that can be given something.
pub(super) fn panels(fields: &[CustomField], inputs: Inputs<'_>) -> Markup {
    let usable: Vec<&CustomField> = fields.iter().filter(|field| is_usable(field, inputs.form)).collect();
    let mut groupings: Vec<&str> = Vec::new();
    for field in &usable {
        if !groupings.contains(&field.grouping.as_str()) {
            groupings.push(&field.grouping);
        }
    }
    let other = t("form-other-fields");
    html! {
        @for (number, grouping) in groupings.iter().enumerate() {
            (panel(
                &Panel { id: &format!("fields-{number}"), title: if grouping.is_empty() { &other } else { grouping }, ..Panel::default() },
                &html! { div class="fields" {
                    @for field in usable.iter().filter(|field| field.grouping == *grouping) { (input(field, inputs)) }
                } },
            ))
        }
    }
}

fn is_choice(field: &CustomField) -> bool {
    field.kind == FieldKind::Select && !field.is_single()
}

/// A select without options can be given nothing.
fn is_usable(field: &CustomField, form: &Submission) -> bool {
    field.kind != FieldKind::Select || !field.options.is_empty() || form.all(&name(field)).any(|value| !value.is_empty())
}

fn input(field: &CustomField, inputs: Inputs<'_>) -> Markup {
    let name = name(field);
    let held: Vec<&str> = inputs.form.all(&name).filter(|value| !value.is_empty()).collect();
    let options = options(field, &held);
    let with = |control| Field::new(&name, &field.name, control).hint(&field.hint);
    match field.kind {
        FieldKind::Select if is_choice(field) => html! {
            // so that a form without a tick still says that none is wanted
            input type="hidden" name=(name) value="";
            (inputs.any(&with(Control::Choices { choices: &options, many: true })))
        },
        FieldKind::Select => {
            let none = Choice { value: "", label: &t("none"), chosen: held.is_empty() };
            let options: Vec<Choice<'_>> = std::iter::once(none).chain(options.iter().copied()).collect();
            inputs.any(&with(Control::Select(&options)))
        }
        FieldKind::Text => inputs.any(&with(Control::Lines { rows: 5, draft: true })),
        FieldKind::Date if field.is_single() => inputs.any(&with(Control::Date)),
        FieldKind::IPAddress | FieldKind::IPAddressRange if field.is_single() => inputs.any(&with(Control::Code)),
        _ if field.is_single() => inputs.any(&with(Control::Line { kind: "text", autocomplete: "off" })),
        _ => inputs.any(&with(Control::Lines { rows: 3, draft: false })),
    }
}

/// The field's options, and values held that are none any more.
fn options<'a>(field: &'a CustomField, held: &[&'a str]) -> Vec<Choice<'a>> {
    let known = |value: &str| field.options.iter().any(|option| option.name == value);
    let offered = field.options.iter().map(|option| {
        let label = if option.description.is_empty() { &option.name } else { &option.description };
        Choice { value: &option.name, label, chosen: held.contains(&option.name.as_str()) }
    });
    let former = held.iter().filter(|value| !known(value)).map(|value| Choice { value, label: value, chosen: true });
    offered.chain(former).collect()
}
