//! The queue list: by type, how many open tickets each queue has in each status, each number a search (IR-293).

use actions::lists::QueueCounts;
use actions::{Tx, access};
use domain::{Right, Role, TicketKind, preference};
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Board;
use crate::component::button::{Button, Tone, link};
use crate::component::panel::{Panel, panel};
use crate::list::title_key;
use crate::query_text::{all, is, status_class};

/// A box of counts: its anchor, its title, where the title leads.
struct Named<'a> {
    id: &'a str,
    title: &'a str,
    href: Option<&'a str>,
    /// Where its queues are chosen.
    choose: bool,
}

/// One box a type, without the queues that the reader left out.
pub(super) fn boxes(board: &Board<'_>, counts: &[QueueCounts]) -> Markup {
    let hidden: Vec<&str> = board.preferences.words(preference::HIDDEN_QUEUES).collect();
    let shown = |line: &&QueueCounts| !hidden.contains(&line.queue.id.to_string().as_str());
    let kinds = TicketKind::INCIDENT_RESPONSE.into_iter().chain([TicketKind::General]);
    let of = |kind: TicketKind| -> Vec<&QueueCounts> {
        counts.iter().filter(|line| line.queue.kind() == kind).filter(shown).collect()
    };
    html! {
        @for kind in kinds {
            @let lines = of(kind);
            @if !lines.is_empty() {
                @let id = format!("queues-{}", kind.lifecycle());
                @let href = urls::list(kind);
                @let title = t(title_key(kind));
                (one(&Named { id: &id, title: &title, href: Some(&href), choose: true }, &lines))
            }
        }
    }
}

/// Queues I administer (IR-287).
pub(super) fn administered(tx: &Tx, board: &Board<'_>, counts: &[QueueCounts]) -> Markup {
    let mine = access::queues_with(tx, &board.visit.actor, Right::AdminQueue);
    let lines: Vec<&QueueCounts> = counts.iter().filter(|line| mine.iter().any(|queue| queue.id == line.queue.id)).collect();
    some("queues-administered", "widget-queues-administered", &lines)
}

/// Queues I support: those I watch as `AdminCc` (IR-287).
pub(super) fn supported(tx: &Tx, board: &Board<'_>, counts: &[QueueCounts]) -> Markup {
    let (catalog, me) = (tx.catalog(), board.visit.actor.id());
    let watched = |line: &&QueueCounts| catalog.queue_watchers(line.queue.id, Role::AdminCc).contains(&me);
    let lines: Vec<&QueueCounts> = counts.iter().filter(watched).collect();
    some("queues-supported", "widget-queues-supported", &lines)
}

fn some(id: &str, key: &str, lines: &[&QueueCounts]) -> Markup {
    html! { @if !lines.is_empty() { (one(&Named { id, title: &t(key), href: None, choose: false }, lines)) } }
}

fn one(named: &Named<'_>, lines: &[&QueueCounts]) -> Markup {
    // queues of one type share a lifecycle; those of a site's own making may differ, so every status gets its column
    let mut statuses: Vec<&str> = Vec::new();
    for (status, _) in lines.iter().flat_map(|line| &line.statuses) {
        if !statuses.contains(&status.as_str()) {
            statuses.push(status);
        }
    }
    let choose = format!("{}#queues", urls::preferences());
    let choose = named.choose.then(|| link(&choose, &Button::new(&t("home-choose-queues")).tone(Tone::Quiet)));
    panel(
        &Panel { id: named.id, title: named.title, title_href: named.href, actions: choose, flush: true, ..Panel::default() },
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
