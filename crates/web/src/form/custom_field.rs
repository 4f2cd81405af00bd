//! Custom fields in forms: one box for each grouping, one input for each field, by its kind.

mod control;

use super::{inputs::Inputs, local_time, submission::Submission};
use crate::component::panel::{Panel, panel};
use control::input;
use domain::{
    FieldId,
    custom_field::{CustomField, FieldKind},
};
use http_door::text::t;
use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};

/// Groupings that are boxes of the form itself (IR-096); what is grouped so stands in them.
const OWN_BOXES: [&str; 3] = ["Basics", "People", "Dates"];

pub(super) fn name(field: &CustomField) -> String {
    format!("cf-{}", field.id)
}

/// What the form starts with, as its inputs hold it.
pub(super) fn preset(form: &mut Submission, field: &CustomField, values: &[String], zone: &TimeZone) {
    let name = name(field);
    if form.has(&name) {
        return;
    }
    if has_an_input_each(field) {
        for value in values {
            form.put(&name, value);
        }
    } else {
        let shown: Vec<String> = values.iter().map(|value| typed(field, value, zone)).collect();
        form.put(&name, shown.join("\n"));
    }
}

/// A stored value as people type it: moments in their own time.
fn typed(field: &CustomField, value: &str, zone: &TimeZone) -> String {
    match value.parse::<Timestamp>() {
        Ok(at) if field.kind == FieldKind::DateTime => local_time::show(Some(at), zone),
        _ => value.to_owned(),
    }
}

/// What was typed as the verbs take it. What is no moment stays as it is, for the verb to refuse.
pub(super) fn read(field: &CustomField, text: &str, zone: &TimeZone) -> String {
    let moment = (field.kind == FieldKind::DateTime).then(|| local_time::read(text.trim(), zone)).flatten();
    moment.map_or_else(|| text.to_owned(), |moment| moment.to_string())
}

/// The boxes of all fields that can be given something, but those that stand in boxes of the form.
pub(super) fn panels(fields: &[CustomField], mandatory: &[FieldId], inputs: Inputs<'_>) -> Markup {
    let usable: Vec<&CustomField> =
        usable(fields, inputs).filter(|field| !OWN_BOXES.contains(&field.grouping.as_str())).collect();
    let mut groupings: Vec<&str> = Vec::new();
    for field in &usable {
        if !groupings.contains(&field.grouping.as_str()) {
            groupings.push(&field.grouping);
        }
    }
    // ungrouped ones follow (IR-096)
    groupings.sort_by_key(|grouping| grouping.is_empty());
    let other = t("form-other-fields");
    html! {
        @for (number, grouping) in groupings.iter().enumerate() {
            (panel(
                &Panel { id: &format!("fields-{number}"), title: if grouping.is_empty() { &other } else { grouping }, ..Panel::default() },
                &html! { div class="fields" {
                    @for field in usable.iter().filter(|field| field.grouping == *grouping) { (input(field, mandatory, inputs)) }
                } },
            ))
        }
    }
}

/// Those of one of the form's own boxes.
pub(super) fn inside(grouping: &str, fields: &[CustomField], mandatory: &[FieldId], inputs: Inputs<'_>) -> Markup {
    html! {
        @for field in usable(fields, inputs).filter(|field| field.grouping == grouping) { (input(field, mandatory, inputs)) }
    }
}

/// All of them without boxes: for the entry that a message becomes.
pub(super) fn bare(fields: &[CustomField], mandatory: &[FieldId], inputs: Inputs<'_>) -> Markup {
    html! { @for field in usable(fields, inputs) { (input(field, mandatory, inputs)) } }
}

/// A select without options can be given nothing.
fn usable<'a>(fields: &'a [CustomField], inputs: Inputs<'a>) -> impl Iterator<Item = &'a CustomField> {
    fields.iter().filter(move |field| {
        field.kind != FieldKind::Select
            || !field.options.is_empty()
            || inputs.form.all(&name(field)).any(|value| !value.is_empty())
    })
}

/// Several inputs, or several chosen options, carry its name.
fn has_an_input_each(field: &CustomField) -> bool {
    field.kind.is_file() || (field.kind == FieldKind::Select && !field.is_single())
}
