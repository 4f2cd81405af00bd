//! What a rule would have done, and what it did.

use actions::setup::{DryRun, RuleView, Run};
use domain::ChangeId;
use http_door::text::{t, tr};
use http_door::urls;
use maud::{Markup, html};

use crate::component::empty::empty_line;
use crate::component::panel::{Panel, panel};
use crate::component::table::{Column, Kind, Row, Table, table};
use crate::component::tabs::{Tab, tabs};
use crate::component::time::{Clock, age};

pub(super) fn tried(outcome: &DryRun, by_clock: bool) -> Markup {
    let numbers = [("fired", outcome.fired.into()), ("all", outcome.looked_at.into())];
    let words = tr(if by_clock { "rules-tried-clock" } else { "rules-tried" }, &numbers);
    panel(
        &Panel { id: "tried", title: &t("rules-tried-title"), ..Panel::default() },
        &html! {
            p { strong { (words) } @if outcome.cut { " " (t("rules-tried-cut")) } }
            @if !outcome.tickets.is_empty() {
                ul class="links" {
                    @for (id, subject) in &outcome.tickets { li { a href=(urls::ticket(*id)) { "#" (id) " " bdi { (subject) } } } }
                }
            }
            @if !by_clock { p class="hint" { (t("rules-tried-hint")) } }
        },
    )
}

pub(super) fn log(rule: &RuleView, runs: &[Run], only_failed: bool, clock: &Clock) -> Markup {
    let here = urls::admin_rule(rule.id);
    let failed = urls::with(&here, &[("failed", "1")]);
    let (all_word, failed_word) = (t("rules-runs-all"), t("rules-runs-failed"));
    let views = [
        Tab { label: &all_word, href: &here, current: !only_failed, count: 0 },
        Tab { label: &failed_word, href: &failed, current: only_failed, count: 0 },
    ];
    let outcome = |run: &Run| {
        html! {
            @if let Some(error) = &run.error { strong { (t("rules-run-failed")) } " " (error) }
            @else if run.note.is_empty() { (t("rules-run-done")) }
            @else { (run.note) }
            @if run.change == ChangeId(0) { " " span class="beside" { (t("rules-run-clock")) } }
        }
    };
    let cell = |run: &Run| {
        vec![
            html! { a href=(urls::ticket(run.ticket)) { "#" (run.ticket) } },
            outcome(run),
            html! { (run.milliseconds) " ms" },
            age(clock, run.ran),
        ]
    };
    let rows = runs.iter().map(|run| Row { cells: cell(run), ..Row::default() }).collect();
    let words = ["rules-run-ticket", "rules-run-outcome", "rules-run-time", "column-age"].map(t);
    let kinds = [Kind::Number, Kind::Main, Kind::Number, Kind::Number];
    let columns = words.iter().zip(kinds).map(|(title, kind)| Column::new(title, kind)).collect();
    panel(
        &Panel { id: "runs", title: &t("rules-runs"), flush: true, ..Panel::default() },
        &html! {
            (tabs(&t("rules-runs"), &views))
            @if runs.is_empty() { (empty_line(&t("rules-no-runs"))) }
            @else { (table(&Table { caption: &t("rules-runs"), columns, rows, ..Table::default() })) }
        },
    )
}
