//! The effects of a rule as rows of a form, each with what its kind needs. Rows come and go by buttons that send the form and store
//! nothing, so that it works without a script.

use actions::Tx;
use actions::setup::{EFFECT_FORMS, EffectPart as Part, ToAuthor};
use domain::link::LinkKind;
use http_door::text::{t, tr};
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::component::button::{Button, Tone, submit};
use crate::component::field::{Choice, Control, Field, field};
use crate::form::inputs::Offer;
use crate::form::submission::Submission;

/// Names each row; its parts are inputs of the same number.
const ROW: &str = "effect";
/// The kind of effect that *Add* appends.
const NEW: &str = "new-effect";
pub(super) const ADD: &str = "add";
pub(super) const DROP: &str = "drop";

const RECIPIENTS: [&str; 6] = ["requestors", "owner", "ccs", "admin_ccs", "owner_or_admin_ccs", "others"];

fn input(row: &str, part: &str) -> String {
    format!("{ROW}-{row}-{part}")
}

fn parts_of(kind: &str) -> &'static [(&'static str, Part)] {
    EFFECT_FORMS.iter().find(|(word, _)| *word == kind).map_or(&[], |(_, parts)| parts)
}

/// Rows for what is stored: one effect a line.
pub(super) fn fill(form: &mut Submission, lines: &str) {
    let effects = lines.lines().filter_map(|line| serde_json::from_str::<Map<String, Value>>(line).ok());
    for (row, effect) in effects.enumerate() {
        let row = row.to_string();
        form.put(ROW, &row);
        for (name, value) in effect {
            let name = input(&row, &name);
            match value {
                Value::Array(values) if name.ends_with("-to") && is_recipients(&values) => {
                    values.iter().filter_map(Value::as_str).for_each(|value| form.put(&name, value));
                }
                Value::Array(values) => {
                    form.put(&name, values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"));
                }
                Value::Bool(ticked) => form.put(&name, if ticked { "1" } else { "" }),
                Value::String(text) => form.put(&name, text),
                other => form.put(&name, other),
            }
        }
    }
}

fn is_recipients(values: &[Value]) -> bool {
    values.iter().all(|value| value.as_str().is_some_and(|value| RECIPIENTS.contains(&value)))
}

/// What the rows say: one effect a line.
pub(super) fn read(form: &Submission) -> String {
    let line = |row: &str| {
        let kind = form.text(&input(row, "do")).to_owned();
        let mut effect = Map::from_iter([("do".to_owned(), json!(kind))]);
        for (part, holds) in parts_of(&kind) {
            let name = input(row, part);
            let text = form.text(&name).trim();
            let value = match holds {
                Part::Flag => json!(form.is_ticked(&name)),
                Part::Number => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
                Part::Lines => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
                Part::Recipients => form.all(&name).collect(),
                Part::MaybeRelation | Part::MaybeAuthor if text.is_empty() => continue,
                _ => json!(text),
            };
            effect.insert((*part).to_owned(), value);
        }
        Value::Object(effect).to_string()
    };
    form.all(ROW).map(line).collect::<Vec<_>>().join("\n")
}

/// One row more, or one less; whether a button asked for it.
pub(super) fn rearranged(form: &mut Submission) -> bool {
    let mut rows: Vec<String> = form.all(ROW).map(str::to_owned).collect();
    if form.has(DROP) {
        let gone = form.text(DROP).to_owned();
        rows.retain(|row| *row != gone);
    } else if form.has(ADD) {
        let next = rows.iter().filter_map(|row| row.parse::<u32>().ok()).max().map_or(0, |last| last + 1).to_string();
        let kind = form.text(NEW).to_owned();
        form.set(&input(&next, "do"), kind);
        rows.push(next);
    } else {
        return false;
    }
    form.replace(ROW, &rows);
    true
}

/// What can be chosen in the parts of effects.
pub(super) struct Choices {
    templates: Vec<Offer>,
    fields: Vec<Offer>,
    statuses: Vec<Offer>,
    queues: Vec<Offer>,
    receivers: Vec<Offer>,
}

impl Choices {
    pub(super) fn of(tx: &Tx) -> Self {
        let catalog = tx.catalog();
        let offers = |mut names: Vec<String>| {
            names.sort_by_key(|name| name.to_lowercase());
            names.dedup();
            names.into_iter().map(|name| (name.clone(), name)).collect::<Vec<Offer>>()
        };
        let statuses = catalog.lifecycles.iter().flat_map(|lifecycle| lifecycle.statuses().map(ToString::to_string));
        Self {
            templates: offers(catalog.template_names().map(str::to_owned).collect()),
            fields: offers(catalog.fields().map(|field| field.name.clone()).collect()),
            statuses: offers(statuses.collect()),
            queues: offers(catalog.queues().map(|queue| queue.name.clone()).collect()),
            receivers: offers(tx.desk().receivers().to_vec()),
        }
    }

    pub(super) fn rows(&self, form: &Submission, error: Option<&str>) -> Markup {
        let rows: Vec<&str> = form.all(ROW).collect();
        let kinds: Vec<Offer> = EFFECT_FORMS.iter().map(|(word, _)| ((*word).to_owned(), label(word))).collect();
        let kinds: Vec<Choice<'_>> = kinds.iter().map(|(value, label)| Choice { value, label, chosen: false }).collect();
        html! {
            fieldset class={ "field effects" @if error.is_some() { " failed" } } id="field-effects" tabindex="-1"
                aria-describedby=[error.map(|_| "field-effects-error")] {
                legend { (t("rules-effects")) }
                @if let Some(error) = error { p class="error" id="field-effects-error" { (error) } }
                @if rows.is_empty() { p class="hint" { (t("rules-no-effects")) } }
                @for row in rows { (self.row(form, row)) }
                div class="columns" {
                    (field(&Field::new(NEW, &t("rules-effect-new"), Control::Select(&kinds))))
                    div class="form-actions" { (submit(&Button::new(&t("rules-effect-add")).tone(Tone::Quiet).sends(ADD, "1"))) }
                }
            }
        }
    }

    fn row(&self, form: &Submission, row: &str) -> Markup {
        let kind = form.text(&input(row, "do"));
        let label = label(kind);
        let drop = tr("rules-effect-drop", &[("name", label.clone().into())]);
        html! {
            fieldset class="effect" {
                legend { (label) }
                input type="hidden" name=(ROW) value=(row);
                input type="hidden" name=(input(row, "do")) value=(kind);
                @for (part, holds) in parts_of(kind) { (self.part(form, &input(row, part), part, *holds)) }
                button type="submit" class="button quiet" name=(DROP) value=(row) formnovalidate aria-label=(drop) { (t("rules-effect-away")) }
            }
        }
    }

    fn part(&self, form: &Submission, name: &str, part: &str, holds: Part) -> Markup {
        let label = t(&format!("effect-part-{}", part.replace('_', "-")));
        let chosen = form.text(name);
        let one = |control: Control<'_>| field(&Field::new(name, &label, control).value(chosen));
        let pick = |offers: &[Offer], none: bool| {
            let mut choices: Vec<Choice<'_>> =
                offers.iter().map(|(value, label)| Choice { value, label, chosen: value == chosen }).collect();
            if none || !choices.iter().any(|choice| choice.chosen) {
                // what is not there any more is shown as it was, and refused when saved
                choices.insert(
                    0,
                    Choice { value: if none { "" } else { chosen }, label: if none { "–" } else { chosen }, chosen: false },
                );
                if let Some(first) = choices.first_mut().filter(|first| first.value == chosen) {
                    first.chosen = true;
                }
            }
            field(&Field::new(name, &label, Control::Select(&choices)))
        };
        match holds {
            Part::Text => one(Control::Line { kind: "text", autocomplete: "off" }),
            Part::Number => one(Control::Line { kind: "number", autocomplete: "off" }),
            Part::Flag => one(Control::Check { checked: form.is_ticked(name) }),
            Part::Lines => one(Control::Lines { rows: 3, draft: false }),
            Part::Template => pick(&self.templates, false),
            Part::Field => pick(&self.fields, false),
            Part::Status => pick(&self.statuses, false),
            Part::Queue => pick(&self.queues, false),
            Part::Receiver => pick(&self.receivers, false),
            Part::Relation => pick(&relations(), false),
            Part::MaybeRelation => pick(&relations(), true),
            Part::MaybeAuthor => pick(&authors(), true),
            Part::Recipients => {
                let words = RECIPIENTS.map(|word| t(&format!("recipients-{}", word.replace('_', "-"))));
                let choices: Vec<Choice<'_>> = RECIPIENTS
                    .iter()
                    .zip(&words)
                    .map(|(value, label)| Choice { value, label, chosen: form.all(name).any(|chosen| chosen == *value) })
                    .collect();
                field(&Field::new(name, &label, Control::Choices { choices: &choices, many: true }))
            }
        }
    }
}

fn authors() -> Vec<Offer> {
    let words = ToAuthor::WORDS;
    words.iter().map(|word| ((*word).to_owned(), t(&format!("effect-author-{word}")).into_owned())).collect()
}

fn relations() -> Vec<Offer> {
    let words = LinkKind::ALL.into_iter().flat_map(|kind| [kind.as_str(), kind.reverse()]);
    words.map(|word| (word.to_owned(), t(&format!("effect-relation-{}", word.to_lowercase())).into_owned())).collect()
}

fn label(kind: &str) -> String {
    if parts_of(kind).is_empty() && !EFFECT_FORMS.iter().any(|(word, _)| *word == kind) {
        return kind.to_owned();
    }
    t(&format!("effect-{}", kind.replace('_', "-"))).into_owned()
}
