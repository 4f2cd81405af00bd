//! A lifecycle as tables: statuses, transitions with the right each takes, actions, maps, and what has no map (TC-044).

use domain::lifecycle::{Lifecycle, Lifecycles, Update};
use http_door::text::t;
use maud::{Markup, html};

use crate::component::facts::{facts, none, text_fact};
use crate::component::panel::{Panel, panel};

pub(super) fn view(lifecycle: &Lifecycle, all: &Lifecycles) -> Markup {
    html! {
        (statuses(lifecycle))
        (transitions(lifecycle))
        (actions(lifecycle))
        (maps(lifecycle))
        (missing(lifecycle, all))
    }
}

fn listed(lifecycle: &Lifecycle, statuses: &[String]) -> String {
    statuses.iter().map(|status| lifecycle.shown(status)).collect::<Vec<_>>().join(", ")
}

fn statuses(lifecycle: &Lifecycle) -> Markup {
    let words = [
        "admin-lifecycle-initial",
        "admin-lifecycle-active",
        "admin-lifecycle-inactive",
        "admin-lifecycle-created",
        "admin-lifecycle-creatable",
    ]
    .map(t);
    let [initial, active, inactive, created, creatable] = &words;
    let may: Vec<String> = lifecycle.statuses().filter(|status| lifecycle.is_creatable(status)).map(str::to_owned).collect();
    panel(
        &Panel { id: "statuses", title: &t("admin-lifecycle-statuses"), ..Panel::default() },
        &facts(&[
            text_fact(initial, &listed(lifecycle, &lifecycle.initial)),
            text_fact(active, &listed(lifecycle, &lifecycle.active)),
            text_fact(inactive, &listed(lifecycle, &lifecycle.inactive)),
            text_fact(created, lifecycle.shown(lifecycle.first_status())),
            text_fact(creatable, &listed(lifecycle, &may)),
        ]),
    )
}

/// A plain table of words, each cell with its column's name for narrow screens.
fn plain(id: &str, title: &str, columns: &[&str], rows: &[Vec<String>]) -> Markup {
    let titles: Vec<_> = columns.iter().map(|key| t(key)).collect();
    panel(
        &Panel { id, title, flush: true, ..Panel::default() },
        &html! {
            @if rows.is_empty() { div class="panel-body" { (none()) } } @else {
                table class="tickets" {
                    caption class="only-read" { (title) }
                    thead { tr { @for title in &titles { th scope="col" { (title) } } } }
                    tbody { @for row in rows { tr { @for (cell, title) in row.iter().zip(&titles) { td data-label=(title) { (cell) } } } } }
                }
            }
        },
    )
}

fn transitions(lifecycle: &Lifecycle) -> Markup {
    let mut rows = Vec::new();
    for from in lifecycle.statuses() {
        for to in lifecycle.statuses().filter(|to| lifecycle.reaches(from, to)) {
            rows.push(vec![
                lifecycle.shown(from).to_owned(),
                lifecycle.shown(to).to_owned(),
                lifecycle.right(from, to).to_string(),
            ]);
        }
    }
    let columns = ["admin-lifecycle-from", "admin-lifecycle-to", "admin-lifecycle-right"];
    plain("transitions", &t("admin-lifecycle-transitions"), &columns, &rows)
}

fn actions(lifecycle: &Lifecycle) -> Markup {
    let row = |action: &domain::lifecycle::Action| {
        let from = if action.from.is_empty() { t("admin-lifecycle-any").into_owned() } else { listed(lifecycle, &action.from) };
        let update = match action.update {
            Update::Respond => "admin-lifecycle-update-respond",
            Update::Comment => "admin-lifecycle-update-comment",
            Update::None => "admin-lifecycle-update-none",
        };
        vec![action.label.clone(), from, lifecycle.shown(&action.to).to_owned(), t(update).into_owned()]
    };
    let rows: Vec<Vec<String>> = lifecycle.actions.iter().map(row).collect();
    let columns = ["admin-lifecycle-label", "admin-lifecycle-from", "admin-lifecycle-to", "admin-lifecycle-update"];
    plain("actions", &t("admin-lifecycle-actions"), &columns, &rows)
}

fn maps(lifecycle: &Lifecycle) -> Markup {
    let mut rows = Vec::new();
    for (other, map) in &lifecycle.maps {
        for (from, to) in map {
            rows.push(vec![other.clone(), lifecycle.shown(from).to_owned(), to.clone()]);
        }
    }
    let columns = ["admin-queue-lifecycle", "column-status", "admin-lifecycle-map"];
    plain("maps", &t("admin-lifecycle-maps"), &columns, &rows)
}

fn missing(lifecycle: &Lifecycle, all: &Lifecycles) -> Markup {
    let missing = all.missing_maps(&lifecycle.name);
    html! {
        @if !missing.is_empty() {
            div class="notice warning" id="missing-maps" {
                div {
                    strong { (t("admin-lifecycle-missing")) }
                    p { (t("admin-lifecycle-missing-hint")) }
                    ul { @for map in &missing { li { (map.from) " → " (map.to) ": " (map.statuses.join(", ")) } } }
                }
            }
        }
    }
}
