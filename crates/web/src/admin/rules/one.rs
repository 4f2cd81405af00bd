//! One rule: the form it is written with, and its newest runs.

use actions::Tx;
use actions::setup::{self, ReadyCondition, RuleInput, RuleView, Run};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use domain::{QueueId, change::ChangeKind};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::{number, switch};
use crate::component::button::Button;
use crate::component::empty::empty_line;
use crate::component::field::{Choice, Control, Field, field};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::tabs::{Tab, tabs};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, age};
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

const RUNS: i64 = 50;

/// What the page is about and what it shows beneath the form.
struct Page {
    rule: Option<RuleView>,
    runs: Vec<Run>,
    only_failed: bool,
    lifecycles: Vec<String>,
    queues: Vec<(String, String)>,
    clock: Clock,
}

impl Page {
    async fn load(visit: &Visit, tx: &mut Tx, rule: Option<RuleView>, only_failed: bool) -> actions::Result<Self> {
        let runs = match &rule {
            Some(rule) => setup::rule_runs(tx, &visit.actor, rule.id, only_failed, RUNS).await?,
            None => vec![],
        };
        let catalog = tx.catalog();
        Ok(Self {
            rule,
            runs,
            only_failed,
            lifecycles: catalog.lifecycles.iter().map(|lifecycle| lifecycle.name.clone()).collect(),
            queues: catalog.queues().map(|queue| (queue.id.to_string(), queue.name.clone())).collect(),
            clock: visit.clock(tx.now()),
        })
    }
}

pub(super) async fn blank(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let rules = setup::rules(&mut tx, &visit.actor).await?;
    let mut form = Submission::of_query(query.as_deref());
    // a copy of another, to change some of it
    if let Some(source) = rules.iter().find(|rule| rule.id.to_string() == form.text("from")) {
        fill(&mut form, &source.input);
        form.set("name", "");
    }
    let page = Page::load(&visit, &mut tx, None, false).await?;
    Ok(page.show(&visit, &form, &Refusal::default()))
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let only_failed = Submission::of_query(query.as_deref()).is_ticked("failed");
    let mut tx = visit.app.desk.read().await?;
    let rule = setup::rule(&mut tx, &visit.actor, number(&id)?).await?;
    let mut form = Submission::default();
    fill(&mut form, &rule.input);
    let page = Page::load(&visit, &mut tx, Some(rule), only_failed).await?;
    Ok(page.show(&visit, &form, &Refusal::default()))
}

pub(super) async fn create(visit: Visit, form: Submission) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    match setup::save_rule(&mut tx, &visit.actor, None, read(&form)).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::admin_rule(id), "rule-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            let page = Page::load(&visit, &mut visit.app.desk.read().await?, None, false).await?;
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    let mut tx = visit.app.desk.write().await?;
    match setup::save_rule(&mut tx, &visit.actor, Some(id), read(&form)).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::admin_rule(id), "rule-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            let mut tx = visit.app.desk.read().await?;
            let rule = setup::rule(&mut tx, &visit.actor, id).await?;
            let page = Page::load(&visit, &mut tx, Some(rule), false).await?;
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

fn fill(form: &mut Submission, input: &RuleInput) {
    form.set("name", &input.name);
    form.set("when", &input.when);
    form.set("effects", &input.effects);
    form.replace("on", &input.on);
    form.replace("lifecycles", &input.lifecycles);
    form.replace("queues", &input.queues.iter().map(ToString::to_string).collect::<Vec<_>>());
    form.set("stage", if input.batch { "batch" } else { "immediate" });
}

fn read(form: &Submission) -> RuleInput {
    let all = |name| form.all(name).map(str::to_owned).collect::<Vec<String>>();
    RuleInput {
        name: form.text("name").to_owned(),
        on: all("on"),
        lifecycles: all("lifecycles"),
        queues: form.all("queues").filter_map(|id| id.parse().ok()).map(QueueId).collect(),
        when: form.text("when").to_owned(),
        batch: form.text("stage") == "batch",
        effects: form.text("effects").to_owned(),
    }
}

impl Page {
    fn show(&self, visit: &Visit, form: &Submission, refusal: &Refusal) -> Response {
        let title = self.rule.as_ref().map_or_else(|| t("rules-new").into_owned(), |rule| rule.name.clone());
        let action = self.rule.as_ref().map_or_else(|| urls::admin_rule_new().to_owned(), |rule| urls::admin_rule(rule.id));
        let body = html! {
            (page_head(&title, "", &self.buttons()))
            (super::super::sections(urls::admin_rules()))
            @if let Some(problem) = self.rule.as_ref().and_then(|rule| rule.problem.as_ref()) { p class="notice bad" role="alert" { (problem) } }
            (refusal.summary(&t("rules-not-saved")))
            form class="form" method="post" action=(action) {
                (panel(&Panel { id: "rule", title: &t("rules-definition"), ..Panel::default() }, &html! {
                    div class="fields" { (self.fields(form, refusal)) }
                    (form_actions(&Button::new(&t("rules-save")), &[], Some(urls::admin_rules())))
                }))
            }
            @if let Some(rule) = &self.rule { (self.log(rule)) }
            (help())
        };
        visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
    }

    fn buttons(&self) -> Markup {
        html! {
            @if let Some(rule) = &self.rule {
                (switch(rule))
                (crate::component::button::link(&urls::with(urls::admin_rule_new(), &[("from", &rule.id.to_string())]), &Button::new(&t("rules-copy"))))
            }
        }
    }

    fn fields(&self, form: &Submission, refusal: &Refusal) -> Markup {
        let ticked = |name: &str, value: &str| form.all(name).any(|one| one == value);
        let kinds: Vec<Choice<'_>> = ChangeKind::ALL
            .iter()
            .map(|kind| Choice { value: kind.as_str(), label: kind.as_str(), chosen: ticked("on", kind.as_str()) })
            .collect();
        let lifecycles: Vec<Choice<'_>> =
            self.lifecycles.iter().map(|name| Choice { value: name, label: name, chosen: ticked("lifecycles", name) }).collect();
        let queues: Vec<Choice<'_>> =
            self.queues.iter().map(|(id, name)| Choice { value: id, label: name, chosen: ticked("queues", id) }).collect();
        let (immediate, batch) = (t("rules-stage-immediate"), t("rules-stage-batch"));
        let is_batch = form.text("stage") == "batch";
        let stages = [
            Choice { value: "immediate", label: &immediate, chosen: !is_batch },
            Choice { value: "batch", label: &batch, chosen: is_batch },
        ];
        let many = |choices| Control::Choices { choices, many: true };
        let input = |one: Field<'_>| field(&one.value(form.text(one.name)).error(refusal.on(one.name)));
        html! {
            (input(Field::line("name", &t("rules-name")).required()))
            (input(Field::new("on", &t("rules-on"), many(&kinds)).required()))
            (input(Field::new("lifecycles", &t("rules-lifecycles"), many(&lifecycles)).hint(&t("rules-none-is-all"))))
            (input(Field::new("queues", &t("rules-queues"), many(&queues)).hint(&t("rules-none-is-all"))))
            (input(Field::new("when", &t("rules-when"), Control::Lines { rows: 3, draft: false }).hint(&t("rules-when-hint"))))
            (input(Field::new("stage", &t("rules-stage"), Control::Choices { choices: &stages, many: false })))
            (input(Field::new("effects", &t("rules-effects"), Control::Lines { rows: 5, draft: false }).hint(&t("rules-effects-hint")).required()))
        }
    }

    fn log(&self, rule: &RuleView) -> Markup {
        let here = urls::admin_rule(rule.id);
        let failed = urls::with(&here, &[("failed", "1")]);
        let (all_word, failed_word) = (t("rules-runs-all"), t("rules-runs-failed"));
        let views = [
            Tab { label: &all_word, href: &here, current: !self.only_failed, count: 0 },
            Tab { label: &failed_word, href: &failed, current: self.only_failed, count: 0 },
        ];
        let cell = |run: &Run| {
            vec![
                html! { a href=(urls::ticket(run.ticket)) { "#" (run.ticket) } },
                html! { @if let Some(error) = &run.error { strong { (t("rules-run-failed")) } " " (error) } @else { (t("rules-run-done")) } },
                html! { (run.milliseconds) " ms" },
                age(&self.clock, run.ran),
            ]
        };
        let rows = self.runs.iter().map(|run| Row { cells: cell(run), ..Row::default() }).collect();
        let words = ["rules-run-ticket", "rules-run-outcome", "rules-run-time", "column-age"].map(t);
        let kinds = [Kind::Number, Kind::Main, Kind::Number, Kind::Number];
        let columns = words.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
        panel(
            &Panel { id: "runs", title: &t("rules-runs"), flush: true, ..Panel::default() },
            &html! {
                (tabs(&t("rules-runs"), &views))
                @if self.runs.is_empty() { (empty_line(&t("rules-no-runs"))) }
                @else { (table(&Table { caption: &t("rules-runs"), columns, rows, ..Table::default() })) }
            },
        )
    }
}

/// What can stand in a condition and in the effects.
fn help() -> Markup {
    let on = |condition: &ReadyCondition| condition.on.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    html! {
        details class="panel" id="ready" {
            summary { (t("rules-ready")) }
            dl class="facts" {
                @for condition in setup::ready_conditions() {
                    div { dt { (condition.name) } dd { (on(&condition)) @if !condition.when.is_empty() { ": " code { (condition.when) } } } }
                }
            }
            p { (t("rules-effects-all")) }
            pre tabindex="0" { @for example in setup::effect_examples() { (example) "\n" } }
        }
    }
}
