//! The input of a field, by its kind (TC-128).

use super::super::inputs::Inputs;
use super::{has_an_input_each, name};
use crate::component::field::{Choice, Control, Field, Listed};
use domain::{
    FieldId,
    custom_field::{CustomField, FieldKind, FieldOption, Render},
};
use http_door::text::{t, tr};
use maud::{Markup, html};

/// A select box shows no more rows than these.
const MOST_ROWS: usize = 8;

pub(super) fn input(field: &CustomField, mandatory: &[FieldId], inputs: Inputs<'_>) -> Markup {
    let name = name(field);
    let held: Vec<&str> = inputs.form.all(&name).filter(|value| !value.is_empty()).collect();
    let hint = hint(field);
    let plain = Plain { name: &name, label: &field.name, hint: &hint, required: mandatory.contains(&field.id) };
    let with = |control| plain.with(control);
    let proposals: Vec<&str> = field.options.iter().map(|option| option.name.as_str()).collect();
    match field.kind {
        FieldKind::Select => select(field, &held, inputs, &plain),
        FieldKind::Image | FieldKind::Binary => file(field, &held, inputs, &plain),
        FieldKind::Text => inputs.any(&with(Control::Lines { rows: 5, draft: true })),
        FieldKind::Wikitext | FieldKind::Html => inputs.any(&with(Control::Lines { rows: 8, draft: true })),
        FieldKind::Date if field.is_single() => inputs.any(&with(Control::Date)),
        FieldKind::DateTime if field.is_single() => inputs.any(&with(Control::DateTime)),
        FieldKind::Combobox | FieldKind::Autocomplete if field.is_single() => inputs.any(&with(Control::Suggest(&proposals))),
        FieldKind::IPAddress | FieldKind::IPAddressRange if field.is_single() => inputs.any(&with(Control::Code)),
        _ if field.is_single() => inputs.any(&with(Control::Line { kind: "text", autocomplete: "off" })),
        _ => inputs.any(&with(Control::Lines { rows: 3, draft: false })),
    }
}

/// What every control of the field has.
struct Plain<'a> {
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    required: bool,
}

impl Plain<'_> {
    fn with<'b>(&'b self, control: Control<'b>) -> Field<'b> {
        let plain = Field::new(self.name, self.label, control).hint(self.hint);
        if self.required { plain.required() } else { plain }
    }
}

/// The field's own words, else a phrase for its kind (TC-131).
fn hint(field: &CustomField) -> String {
    if !field.hint.is_empty() {
        return field.hint.clone();
    }
    match field.kind {
        FieldKind::Wikitext => t("field-hint-wikitext").into_owned(),
        FieldKind::Html => t("field-hint-html").into_owned(),
        FieldKind::Autocomplete if !field.is_single() => {
            let some: Vec<&str> = field.options.iter().take(20).map(|option| option.name.as_str()).collect();
            tr("field-hint-known", &[("values", some.join(", ").into())])
        }
        kind if kind.may_be_many() && !field.is_single() && !has_an_input_each(field) => t("field-hint-lines").into_owned(),
        _ => String::new(),
    }
}

fn select(field: &CustomField, held: &[&str], inputs: Inputs<'_>, with: &Plain<'_>) -> Markup {
    let many = !field.is_single();
    let boxed = field.render == Render::SelectBox;
    if field.based_on.is_some() || boxed {
        return listed(field, held, inputs, with);
    }
    let mut options = options(field, held);
    let listed = field.render == Render::List;
    match (many, field.render) {
        (true, _) => html! {
            // so that a form without a tick still says that none is wanted
            input type="hidden" name=(name(field)) value="";
            (inputs.any(&with.with(Control::Choices { choices: &as_choices(&options), many: true })))
        },
        (false, Render::Checkbox) if field.options.len() == 2 => checkbox(field, held, inputs),
        (false, _) => {
            options.insert(0, (String::new(), t("none").into_owned(), held.is_empty()));
            let choices = as_choices(&options);
            let control = if listed { Control::Choices { choices: &choices, many: false } } else { Control::Select(&choices) };
            inputs.any(&with.with(control))
        }
    }
}

/// Two values: without a tick the first, with it the second.
fn checkbox(field: &CustomField, held: &[&str], inputs: Inputs<'_>) -> Markup {
    let (Some(off), Some(on)) = (field.options.first(), field.options.get(1)) else { return html! {} };
    let id = format!("field-{}", name(field));
    let error = inputs.refusal.on(&name(field));
    html! {
        div class="field check" {
            // the box, when it is ticked, is read before this
            label { input type="checkbox" id=(id) name=(name(field)) value=(on.name) checked[held.contains(&on.name.as_str())]; span { (field.name) ": " (on.name) } }
            input type="hidden" name=(name(field)) value=(off.name);
            @if let Some(error) = error { p class="error" { (error) } }
            @if !field.hint.is_empty() { p class="hint" { (field.hint) } }
        }
    }
}

/// Options under their categories; a script shows only those of what is chosen in the field this one is based on (TC-137).
fn listed(field: &CustomField, held: &[&str], inputs: Inputs<'_>, with: &Plain<'_>) -> Markup {
    let options = options(field, held);
    let category = |value: &str| field.option(value).map_or("", |option| option.category.as_str());
    let none = t("none");
    let nothing = field.is_single().then(|| Choice { value: "", label: &none, chosen: held.is_empty() });
    let mut groups: Vec<(&str, Vec<Choice<'_>>)> = vec![("", nothing.into_iter().collect())];
    for (value, label, chosen) in &options {
        let title = if field.based_on.is_some() { category(value) } else { "" };
        let choice = Choice { value, label, chosen: *chosen };
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, choices)) => choices.push(choice),
            None => groups.push((title, vec![choice])),
        }
    }
    let parent = field.based_on.map(|id| format!("cf-{id}")).unwrap_or_default();
    let many = !field.is_single();
    let boxed = many || field.render == Render::SelectBox;
    let rows = if boxed { (options.len() + 1).clamp(2, MOST_ROWS) } else { 1 };
    html! {
        @if many { input type="hidden" name=(name(field)) value=""; }
        (inputs.any(&with.with(Control::Listed(Listed { groups: &groups, many, rows, based_on: &parent }))))
    }
}

/// Files held, each to be kept or not, and one more to upload.
fn file(field: &CustomField, held: &[&str], inputs: Inputs<'_>, with: &Plain<'_>) -> Markup {
    let kept: Vec<Choice<'_>> = held.iter().map(|name| Choice { value: name, label: name, chosen: true }).collect();
    let keep = tr("field-keep-files", &[("field", field.name.clone().into())]);
    let mut upload = with.with(Control::File { pictures: field.kind == FieldKind::Image });
    upload.required = upload.required && kept.is_empty();
    html! {
        @if !kept.is_empty() {
            input type="hidden" name=(name(field)) value="";
            fieldset class="field choices" { legend { (keep) }
                @for choice in &kept { label { input type="checkbox" name=(name(field)) value=(choice.value) checked; span { (choice.label) } } }
            }
        }
        (inputs.any(&upload))
    }
}

/// The field's options, and values held that are none any more: value, label, chosen.
fn options(field: &CustomField, held: &[&str]) -> Vec<(String, String, bool)> {
    let offered = field.options.iter().map(|option| (option.name.clone(), label(option), held.contains(&option.name.as_str())));
    let former =
        held.iter().filter(|value| field.option(value).is_none()).map(|value| ((*value).to_owned(), (*value).to_owned(), true));
    offered.chain(former).collect()
}

/// With what explains it (IR-080).
fn label(option: &FieldOption) -> String {
    if option.description.is_empty() { option.name.clone() } else { format!("{} – {}", option.name, option.description) }
}

fn as_choices(options: &[(String, String, bool)]) -> Vec<Choice<'_>> {
    options.iter().map(|(value, label, chosen)| Choice { value, label, chosen: *chosen }).collect()
}
