//! The boxes of a dashboard that need little: a saved search, the constituencies, other dashboards.

use actions::ticket::reminder;
use actions::{Result, Tx, dashboard, lists};
use domain::dashboard::SavedSearch;
use domain::preference;
use domain::ticket::SNOOZED_UNTIL;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use super::Board;
use crate::component::button::{Button, Tone, link, post, submit};
use crate::component::empty::empty_line;
use crate::component::field::{Field, field};
use crate::component::panel::{Panel, panel};
use crate::component::tabs::{Tab, tabs};
use crate::constituency::Constituencies;
use crate::list::{Loaded, Rows, rows};
use crate::query_text::{all, awake};
use crate::ticket::reminder_lines;

/// Reminders that are shown.
const MOST_REMINDERS: i64 = 20;

/// A saved search with its own columns and order; nothing when it is gone. One that cannot be answered says so in its box,
/// so that the others stay.
pub(super) async fn search(tx: &mut Tx, board: &Board<'_>, id: i64) -> Result<Markup> {
    let Some(search) = board.home.searches.iter().find(|search| search.id == id) else { return Ok(html! {}) };
    let actor = &board.visit.actor;
    let query = lists::parse(&search.query).and_then(|query| lists::check(tx, actor, &query, &search.query).map(|()| query));
    let frame_id = format!("search-{id}");
    let Ok(query) = query else {
        let frame = Panel { id: &frame_id, title: &search.name, flush: true, ..Panel::default() };
        return Ok(panel(&frame, &empty_line(&t("home-search-broken"))));
    };
    // one that asks for sleeping tickets gets them
    let awake = (!query.to_string().contains(SNOOZED_UNTIL)).then(awake);
    let conditions = std::iter::once(query.clone()).chain(awake).chain(board.constituencies.condition());
    let narrowed = all(conditions.collect()).unwrap_or(query);
    if !search.chart.is_empty() {
        return crate::chart::boxed(tx, board.visit, search, &narrowed).await;
    }
    let most = search.rows.unwrap_or_else(|| board.preferences.number(preference::SUMMARY_ROWS)).clamp(1, 50);
    let layout = tx.catalog().layout(&search.columns);
    let loaded = Loaded::first(tx, actor, &narrowed, &search.sort, most).await?.with(tx, actor, &layout.columns).await?;
    let href = urls::with(&urls::search_ordered(&narrowed.to_string(), &search.sort), &[("columns", &search.columns)]);
    let frame = Panel {
        id: &frame_id,
        title: &search.name,
        title_href: Some(&href),
        // counting further would cost more than the box
        count: loaded.total().unwrap_or(0) as u64,
        actions: bulk_reject(search, &narrowed.to_string()),
        flush: true,
    };
    Ok(panel(
        &frame,
        &html! {
            @if loaded.tickets.is_empty() { (empty_line(&t("home-nothing"))) }
            @else { (rows(&Rows::new(&search.name, &layout, &loaded, &board.clock))) }
        },
    ))
}

/// *Bulk Reject* beside lists of new Reports, with what they show (IR-289).
fn bulk_reject(search: &SavedSearch, query: &str) -> Option<Markup> {
    let href = urls::with(&urls::bulk_reject(), &[("query", query)]);
    (search.columns == "NewReports").then(|| link(&href, &Button::new(&t("bulk-reject-page")).tone(Tone::Quiet)))
}

/// Work with one constituency, or all.
pub(super) fn constituencies(constituencies: &Constituencies) -> Markup {
    let names: Vec<(String, String, bool)> = std::iter::once("")
        .chain(constituencies.names())
        .map(|name| {
            let label = if name.is_empty() { t("home-all-constituencies").into_owned() } else { name.to_owned() };
            (label, urls::constituency(name), name == constituencies.chosen())
        })
        .collect();
    let entries: Vec<Tab<'_>> =
        names.iter().map(|(label, href, current)| Tab { label, href, current: *current, count: 0 }).collect();
    html! { @if entries.len() > 1 {
        (panel(&Panel { id: "constituencies", title: &t("home-constituency"), ..Panel::default() }, &tabs(&t("home-constituency"), &entries)))
    } }
}

/// The dashboards one may read; a press makes one the home.
pub(super) async fn dashboards(tx: &mut Tx, board: &Board<'_>) -> Result<Markup> {
    let all = dashboard::dashboards(tx, &board.visit.actor).await?;
    let current = board.home.dashboard.as_ref().map(|one| one.id);
    let body = html! {
        ul class="links" {
            @for one in &all {
                li { @if current == Some(one.id) { strong { (one.name) } } @else {
                    (post(&urls::dashboard_part(one.id, "choose"), &Button::new(&one.name).tone(Tone::Quiet)))
                } }
            }
        }
    };
    Ok(panel(&Panel { id: "dashboards", title: &t("home-dashboards"), ..Panel::default() }, &body))
}

/// All that one may read, by name.
pub(super) fn saved_searches(board: &Board<'_>) -> Markup {
    let title = t("widget-saved-searches");
    let frame = Panel { id: "saved-searches", title: &title, title_href: Some(&urls::saved_searches()), ..Panel::default() };
    panel(
        &frame,
        &html! {
            @if board.home.searches.is_empty() { (empty_line(&t("none"))) }
            ul class="links" { @for one in &board.home.searches { li { a href=(urls::saved_search(one.id)) { bdi { (one.name) } } } } }
        },
    )
}

/// What one wanted to be reminded of, due first.
pub(super) async fn reminders(tx: &mut Tx, board: &Board<'_>) -> Result<Markup> {
    let mine = reminder::mine(tx, &board.visit.actor, MOST_REMINDERS).await?;
    let title = t("widget-reminders");
    Ok(panel(
        &Panel { id: "reminders", title: &title, title_href: Some(&urls::at_hand()), ..Panel::default() },
        &html! {
            @if mine.is_empty() { (empty_line(&t("none"))) }
            (reminder_lines(&board.clock, &mine))
        },
    ))
}

/// By login, name or address.
pub(super) fn find_person() -> Markup {
    panel(
        &Panel { id: "find-person", title: &t("widget-find-person"), ..Panel::default() },
        &html! {
            form class="form" method="get" action=(urls::people()) {
                (field(&Field::line("q", &t("people-search"))))
                div class="form-actions" { (submit(&Button::new(&t("nav-search")))) }
            }
        },
    )
}
