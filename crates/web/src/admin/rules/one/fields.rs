//! The inputs of a rule's form: what it answers or when it runs, where, and under which condition.

use actions::setup::{self, ReadyCondition};
use domain::change::ChangeKind;
use http_door::text::t;
use maud::{Markup, html};

use super::{Page, TAKE, TAKE_SEARCH};
use crate::component::button::{Button, Tone, submit};
use crate::component::field::{Choice, Control, Field, field};
use crate::component::form::columns;
use crate::form::{refusal::Refusal, submission::Submission};

pub(super) fn inputs(page: &Page, form: &Submission, refusal: &Refusal) -> Markup {
    let ticked = |name: &str, value: &str| form.all(name).any(|one| one == value);
    let kinds: Vec<Choice<'_>> = ChangeKind::ALL
        .iter()
        .map(|kind| Choice { value: kind.as_str(), label: kind.as_str(), chosen: ticked("on", kind.as_str()) })
        .collect();
    let lifecycles: Vec<Choice<'_>> =
        page.lifecycles.iter().map(|name| Choice { value: name, label: name, chosen: ticked("lifecycles", name) }).collect();
    let queues: Vec<Choice<'_>> =
        page.queues.iter().map(|(id, name)| Choice { value: id, label: name, chosen: ticked("queues", id) }).collect();
    let (immediate, batch) = (t("rules-stage-immediate"), t("rules-stage-batch"));
    let is_batch = form.text("stage") == "batch";
    let stages = [
        Choice { value: "immediate", label: &immediate, chosen: !is_batch },
        Choice { value: "batch", label: &batch, chosen: is_batch },
    ];
    let ready: Vec<Choice<'_>> = setup::ready_conditions()
        .map(|condition| Choice { value: condition.name, label: condition.name, chosen: form.text("ready") == condition.name })
        .collect();
    let ids: Vec<String> = page.searches.iter().map(|saved| saved.id.to_string()).collect();
    let saved: Vec<Choice<'_>> = ids
        .iter()
        .zip(&page.searches)
        .map(|(value, saved)| Choice { value, label: &saved.name, chosen: form.text("saved") == value })
        .collect();
    let many = |choices| Control::Choices { choices, many: true };
    let input = |one: Field<'_>| field(&one.value(form.text(one.name)).error(refusal.on(one.name)));
    html! {
        (input(Field::line("name", &t("rules-name")).required()))
        div class="columns" {
            (field(&Field::new("ready", &t("rules-ready-choose"), Control::Select(&ready))))
            div class="form-actions" { (submit(&Button::new(&t("rules-ready-take")).tone(Tone::Quiet).sends(TAKE, "1"))) }
        }
        (input(Field::new("on", &t("rules-on"), many(&kinds))))
        (input(Field::new("lifecycles", &t("rules-lifecycles"), many(&lifecycles)).hint(&t("rules-none-is-all"))))
        (input(Field::new("queues", &t("rules-queues"), many(&queues)).hint(&t("rules-none-is-all"))))
        (input(Field::new("when", &t("rules-when"), Control::Lines { rows: 3, draft: false }).hint(&t("rules-when-hint"))))
        (input(Field::new("stage", &t("rules-stage"), Control::Choices { choices: &stages, many: false })))
        @if !saved.is_empty() {
            div class="columns" {
                (field(&Field::new("saved", &t("rules-saved"), Control::Select(&saved))))
                div class="form-actions" { (submit(&Button::new(&t("rules-ready-take")).tone(Tone::Quiet).sends(TAKE_SEARCH, "1"))) }
            }
        }
        (columns(&[
            input(Field::line("cron", &t("rules-cron")).hint(&t("rules-cron-hint"))),
            input(Field::line("search", &t("rules-search")).hint(&t("rules-search-hint"))),
        ]))
    }
}

/// Conditions by name.
pub(super) fn help() -> Markup {
    let on = |condition: &ReadyCondition| condition.on.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    html! {
        details class="panel" id="ready" {
            summary { (t("rules-ready")) }
            dl class="facts" {
                @for condition in setup::ready_conditions() {
                    div { dt { (condition.name) } dd { (on(&condition)) @if !condition.when.is_empty() { ": " code { (condition.when) } } } }
                }
            }
        }
    }
}
