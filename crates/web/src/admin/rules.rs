//! Automation rules: the list in the order they run, and each with what it is made of and what it did (IR-171, TC-161).

mod exchange;
mod one;

use actions::setup::{self, RuleView};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::RuleId;
use http_door::text::{t, tr};
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link, post as button};
use crate::component::chip::chip;
use crate::component::icon::Icon;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::ticket::page_head;
use crate::component::time::{Clock, age};
use crate::failure::{Answer, Failure};
use crate::flash;
use crate::layout::Section;
use crate::parameters::Form;
use crate::visit::{Frame, Visit};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/rules", get(show))
        .route("/admin/rules/new", get(one::blank).post(one::create))
        .route("/admin/rules/export", get(exchange::export))
        .route("/admin/rules/import", get(exchange::ask).post(exchange::import))
        .route("/admin/rules/{id}", get(one::show).post(one::save))
        .route("/admin/rules/{id}/enabled", post(enable))
        .route("/admin/rules/{id}/move", post(shift))
}

async fn show(visit: Visit) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let rules = setup::rules(&mut tx, &visit.actor).await?;
    let clock = visit.clock(tx.now());
    let queues: Vec<(domain::QueueId, String)> = tx.catalog().queues().map(|queue| (queue.id, queue.name.clone())).collect();
    drop(tx);
    let title = t("admin-rules");
    let new = html! {
        (link(urls::admin_rules_import(), &Button::new(&t("rules-import"))))
        (link(urls::admin_rules_export(), &Button::new(&t("rules-export")).icon(Icon::Download)))
        (link(urls::admin_rule_new(), &Button::new(&t("rules-new")).icon(Icon::Plus)))
    };
    let body = html! {
        (page_head(&title, &t("admin-rules-beneath"), &new))
        (super::sections(urls::admin_rules()))
        (panel(&Panel { id: "rules", title: &t("admin-rules-in-order"), flush: true, ..Panel::default() }, &list(&rules, &queues, &clock)))
    };
    Ok(visit.page(&Frame::new(&title, Section::Admin), &body))
}

fn list(rules: &[RuleView], queues: &[(domain::QueueId, String)], clock: &Clock) -> Markup {
    let ids: Vec<String> = rules.iter().map(|rule| rule.id.to_string()).collect();
    let cells = |rule: &RuleView| {
        vec![
            html! { a href=(urls::admin_rule(rule.id)) { (rule.name) } " " span class="beside" { (rule.input.when) (rule.input.search) } },
            html! { (rule.input.on.join(", ")) (rule.input.cron) @if rule.input.batch { " · " (t("rules-batch")) } },
            html! { (where_it_applies(rule, queues)) },
            state(rule),
            html! { @if let Some(last) = rule.last_run { (age(clock, last)) } @else { span class="none" { (t("rules-never")) } } },
            buttons(rule),
        ]
    };
    let rows = rules.iter().zip(&ids).map(|(rule, id)| Row { id, cells: cells(rule), ..Row::default() }).collect();
    let words = ["rules-name", "rules-on", "rules-where", "rules-state", "rules-last", "column-actions"].map(t);
    let kinds = [Kind::Main, Kind::Text, Kind::Prose, Kind::Text, Kind::Number, Kind::Actions];
    let columns = words.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    table(&Table { caption: &t("admin-rules"), columns, rows, ..Table::default() })
}

fn where_it_applies(rule: &RuleView, queues: &[(domain::QueueId, String)]) -> String {
    let names =
        rule.input.queues.iter().filter_map(|id| queues.iter().find(|(queue, _)| queue == id).map(|(_, name)| name.as_str()));
    let all: Vec<&str> = rule.input.lifecycles.iter().map(String::as_str).chain(names).collect();
    if all.is_empty() { t("rules-everywhere").into_owned() } else { all.join(", ") }
}

fn state(rule: &RuleView) -> Markup {
    html! {
        (chip(&t(if rule.enabled { "rules-enabled" } else { "rules-disabled" })))
        @if rule.problem.is_some() { " " (chip(&t("rules-unusable"))) }
        @if rule.failed { " " (chip(&t("rules-failed"))) }
    }
}

fn buttons(rule: &RuleView) -> Markup {
    let word = |key: &str| tr(key, &[("name", rule.name.as_str().into())]);
    let mover = |direction: &str, key: &str, sign: &str| {
        html! {
            form method="post" action=(urls::admin_rule_part(rule.id, "move")) class="inline" {
                button type="submit" class="button quiet square" name="direction" value=(direction) title=(word(key)) aria-label=(word(key)) { (sign) }
            }
        }
    };
    html! { (mover("up", "rules-up", "↑")) (mover("down", "rules-down", "↓")) (switch(rule)) }
}

/// Switches it on or off.
fn switch(rule: &RuleView) -> Markup {
    let (key, value) = if rule.enabled { ("rules-disable", "no") } else { ("rules-enable", "yes") };
    let label = t(key);
    let choice = Button::new(&label).tone(Tone::Quiet).sends("enabled", value);
    button(&urls::admin_rule_part(rule.id, "enabled"), &choice)
}

async fn enable(visit: Visit, Path(id): Path<String>, Form(form): Form) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    setup::enable_rule(&mut tx, &visit.actor, number(&id)?, form.text("enabled") == "yes").await?;
    tx.commit().await?;
    Ok(flash::redirect(urls::admin_rules(), "rule-saved", None))
}

async fn shift(visit: Visit, Path(id): Path<String>, Form(form): Form) -> Answer {
    let mut tx = visit.app.desk.write().await?;
    setup::move_rule(&mut tx, &visit.actor, number(&id)?, form.text("direction") == "up").await?;
    tx.commit().await?;
    Ok(flash::redirect(urls::admin_rules(), "rule-saved", None))
}

fn number(text: &str) -> Result<RuleId, Failure> {
    text.parse().map(RuleId).map_err(|_| Failure(actions::Error::NotFound))
}
