//! One rule: the form it is written with, what it would have done, and its newest runs.

mod effects;
mod fields;
mod tried;

use actions::setup::{self, DryRun, RuleInput, RuleView, Run};
use actions::{Tx, dashboard};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use domain::{QueueId, RuleId, dashboard::SavedSearch};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::{number, switch};
use crate::component::button::{Button, link};
use crate::component::form::form_actions;
use crate::component::panel::{Panel, panel};
use crate::component::ticket::page_head;
use crate::component::time::Clock;
use crate::failure::Answer;
use crate::flash;
use crate::form::{refusal::Refusal, submission::Submission};
use crate::layout::Section;
use crate::visit::{Frame, Visit};

const RUNS: i64 = 50;
/// The buttons that store nothing.
const TAKE: &str = "take";
const TAKE_SEARCH: &str = "take-search";
const TRY: &str = "try";

/// What the page is about and what it shows beneath the form.
struct Page {
    rule: Option<RuleView>,
    runs: Vec<Run>,
    only_failed: bool,
    lifecycles: Vec<String>,
    queues: Vec<(String, String)>,
    choices: effects::Choices,
    searches: Vec<SavedSearch>,
    tried: Option<DryRun>,
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
            choices: effects::Choices::of(tx),
            searches: dashboard::saved_searches(tx, &visit.actor).await?,
            tried: None,
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
    keep(visit, None, form).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let id = number(&id)?;
    keep(visit, Some(id), form).await
}

/// Stores the rule; or only shows the form again, with a row more or less, a condition taken over, or what the rule would have done.
async fn keep(visit: Visit, id: Option<RuleId>, mut form: Submission) -> Answer {
    let mut look = visit.app.desk.read().await?;
    // whoever may not see rules gets nothing of all this
    let rules = setup::rules(&mut look, &visit.actor).await?;
    let rule = match id {
        Some(id) => Some(rules.into_iter().find(|rule| rule.id == id).ok_or(actions::Error::NotFound)?),
        None => None,
    };
    let searches = if form.has(TAKE_SEARCH) { dashboard::saved_searches(&mut look, &visit.actor).await? } else { vec![] };
    if effects::rearranged(&mut form) || taken_over(&mut form, &searches) {
        let page = Page::load(&visit, &mut look, rule, false).await?;
        return Ok(page.show(&visit, &form, &Refusal::default()));
    }
    if form.has(TRY) {
        let outcome = setup::dry_run(&mut look, &visit.actor, &read(&form)).await;
        let mut page = Page::load(&visit, &mut look, rule, false).await?;
        let refusal = match outcome {
            Ok(outcome) => {
                page.tried = Some(outcome);
                Refusal::default()
            }
            Err(error) => Refusal::of(error, &form)?,
        };
        return Ok(page.show(&visit, &form, &refusal));
    }
    drop(look);
    let mut tx = visit.app.desk.write().await?;
    match setup::save_rule(&mut tx, &visit.actor, id, read(&form)).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(flash::redirect(&urls::admin_rule(id), "rule-saved", None))
        }
        Err(error) => {
            tx.rollback().await?;
            let refusal = Refusal::of(error, &form)?;
            let page = Page::load(&visit, &mut visit.app.desk.read().await?, rule, false).await?;
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

/// Kinds of change and condition of one that is known by name, or the query of a saved search.
fn taken_over(form: &mut Submission, searches: &[SavedSearch]) -> bool {
    if form.has(TAKE_SEARCH) {
        if let Some(saved) = searches.iter().find(|saved| saved.id.to_string() == form.text("saved")) {
            form.set("search", &saved.query);
        }
        return true;
    }
    if !form.has(TAKE) {
        return false;
    }
    let name = form.text("ready").to_owned();
    if let Some(ready) = setup::ready_conditions().find(|condition| condition.name == name) {
        let on: Vec<String> = ready.on.iter().map(|kind| kind.as_str().to_owned()).collect();
        form.replace("on", &on);
        form.set("when", ready.when);
    }
    true
}

fn fill(form: &mut Submission, input: &RuleInput) {
    form.set("name", &input.name);
    form.set("when", &input.when);
    form.set("cron", &input.cron);
    form.set("search", &input.search);
    effects::fill(form, &input.effects);
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
        cron: form.text("cron").to_owned(),
        search: form.text("search").to_owned(),
        effects: effects::read(form),
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
                // Enter in a line stores the rule, whatever buttons come first
                button type="submit" class="only-read" tabindex="-1" aria-hidden="true" { (t("rules-save")) }
                (panel(&Panel { id: "rule", title: &t("rules-definition"), ..Panel::default() }, &html! {
                    div class="fields" {
                        (fields::inputs(self, form, refusal))
                        (self.choices.rows(form, refusal.on("effects")))
                        (form_actions(&Button::new(&t("rules-save")), &[Button::new(&t("rules-try")).sends(TRY, "1")], Some(urls::admin_rules())))
                    }
                }))
            }
            @if let Some(outcome) = &self.tried { (tried::tried(outcome, !form.text("search").is_empty())) }
            @if let Some(rule) = &self.rule { (tried::log(rule, &self.runs, self.only_failed, &self.clock)) }
            (fields::help())
        };
        visit.page(&Frame::new(&title, Section::Admin).status(refusal.status), &body)
    }

    fn buttons(&self) -> Markup {
        html! {
            @if let Some(rule) = &self.rule {
                (switch(rule))
                (link(&urls::with(urls::admin_rule_new(), &[("from", &rule.id.to_string())]), &Button::new(&t("rules-copy"))))
            }
        }
    }
}
