//! The queue list: by type, how many open tickets each queue has in each status, each number a search (IR-293).

use actions::lists::QueueCounts;
use domain::TicketKind;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::panel::{Panel, panel};
use crate::constituency::Constituencies;
use crate::list::title_key;
use crate::query_text::{all, is, status_class};

pub(super) fn boxes(counts: &[QueueCounts], constituencies: &Constituencies) -> Markup {
    let kinds = TicketKind::INCIDENT_RESPONSE.into_iter().chain([TicketKind::General]);
    let of = |kind: TicketKind| -> Vec<&QueueCounts> {
        counts.iter().filter(|line| line.queue.kind() == kind && constituencies.includes(&line.queue.name)).collect()
    };
    html! {
        @for kind in kinds {
            @let lines = of(kind);
            @if !lines.is_empty() { (one(kind, &lines, constituencies)) }
        }
    }
}

fn one(kind: TicketKind, lines: &[&QueueCounts], constituencies: &Constituencies) -> Markup {
    let id = format!("queues-{}", kind.lifecycle());
    let href = urls::with(urls::list(kind), &[("constituency", &constituencies.chosen)]);
    // queues of one type share a lifecycle; those of a site's own making may differ, so every status gets its column
    let mut statuses: Vec<&str> = Vec::new();
    for (status, _) in lines.iter().flat_map(|line| &line.statuses) {
        if !statuses.contains(&status.as_str()) {
            statuses.push(status);
        }
    }
    let title = t(title_key(kind));
    panel(
        &Panel { id: &id, title: &title, title_href: Some(&href), flush: true, ..Panel::default() },
        &html! {
            table class="counts" {
                thead { tr { th scope="col" { (t("column-queue")) } @for status in &statuses { th scope="col" { (status) } } } }
                tbody { @for line in lines { (row(line, &statuses)) } }
            }
        },
    )
}

fn row(line: &QueueCounts, statuses: &[&str]) -> Markup {
    let queue = || is("Queue", &line.queue.name);
    let search = |condition| urls::search(&all(vec![queue(), condition]).map(|query| query.to_string()).unwrap_or_default());
    let count = |status: &str| line.statuses.iter().find(|(name, _)| name == status).map_or(0, |(_, count)| *count);
    html! {
        tr {
            th scope="row" { a href=(search(status_class("Active"))) { (line.queue.name) } }
            @for status in statuses {
                @let number = count(status);
                td {
                    @if number > 0 { a href=(search(is("Status", status))) { (number) } } @else { span class="none" { "–" } }
                }
            }
        }
    }
}
