//! Everything one can go to or do, found by words: the page for those without the script, which shows the same in a sheet.

use actions::{Result, Tx, access, lists};
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::{TicketId, TicketKind};
use http_door::text::t;
use http_door::{App, urls};
use maud::{Markup, html};

use crate::component::button::{Button, submit};
use crate::component::field::{Field, field};
use crate::component::ticket::page_head;
use crate::failure::Answer;
use crate::layout::Section;
use crate::parameters::Parameters;
use crate::query_text::{all, contains, status_class};
use crate::ticket::{self, Offered};
use crate::visit::{Frame, Visit};

/// Tickets found by their subject.
const MOST: i64 = 8;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/palette", get(show))
}

/// One thing to go to or to do.
struct Entry {
    label: String,
    href: String,
    posts: Option<(&'static str, String)>,
}

async fn show(visit: Visit, parameters: Parameters) -> Answer {
    let words = parameters.text("q");
    let mut tx = visit.app.desk.read().await?;
    let mut groups: Vec<(&str, Vec<Entry>)> = Vec::new();
    if let Some(id) = parameters.read::<TicketId>("ticket") {
        groups.push(("palette-here", fitting(here(&mut tx, &visit, id).await?, words)));
    }
    groups.push(("palette-tickets", tickets(&mut tx, &visit, words).await?));
    groups.push(("palette-pages", fitting(pages(&visit), words)));
    groups.retain(|(_, entries)| !entries.is_empty());
    if !parameters.text("fragment").is_empty() {
        return Ok(result(&groups).into_response());
    }
    Ok(page(&visit, &parameters, &groups))
}

fn page(visit: &Visit, parameters: &Parameters, groups: &[(&str, Vec<Entry>)]) -> Response {
    let title = t("palette-title");
    let (label, hint) = (t("palette-title"), t("palette-hint"));
    let body = html! {
        (page_head(&title, "", &html! {}))
        form class="form" method="get" action=(urls::palette()) {
            @if parameters.has("ticket") { input type="hidden" name="ticket" value=(parameters.text("ticket")); }
            (field(&Field::line("q", &label).value(parameters.text("q")).hint(&hint)))
            div class="form-actions" { (submit(&Button::new(&t("palette-find")))) }
        }
        (result(groups))
    };
    visit.page(&Frame::new(&title, Section::Elsewhere), &body)
}

fn result(groups: &[(&str, Vec<Entry>)]) -> Markup {
    html! {
        div class="palette-result" {
            @if groups.is_empty() { p class="empty-line" { (t("palette-none")) } }
            @for (title, entries) in groups {
                section { h2 { (t(title)) } ul { @for entry in entries { li { (shown(entry)) } } } }
            }
        }
    }
}

fn shown(entry: &Entry) -> Markup {
    html! {
        @match &entry.posts {
            Some((name, value)) => form method="post" action=(entry.href) {
                @if !name.is_empty() { input type="hidden" name=(name) value=(value); }
                button type="submit" { (entry.label) }
            },
            None => a href=(entry.href) { bdi { (entry.label) } },
        }
    }
}

/// Those whose label holds every word, in any case.
fn fitting(entries: Vec<Entry>, words: &str) -> Vec<Entry> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let fits = |entry: &Entry| {
        let label = entry.label.to_lowercase();
        words.iter().all(|word| label.contains(word.as_str()))
    };
    entries.into_iter().filter(fits).collect()
}

/// What the asker may do with a ticket that they may see.
async fn here(tx: &mut Tx, visit: &Visit, id: TicketId) -> Result<Vec<Entry>> {
    match ticket::offered(tx, visit, id).await {
        Ok(offers) => Ok(offers.into_iter().map(|Offered { label, href, posts }| Entry { label, href, posts }).collect()),
        Err(actions::Error::NotFound) => Ok(vec![]),
        Err(error) => Err(error),
    }
}

/// By number, or open ones by words of the subject.
async fn tickets(tx: &mut Tx, visit: &Visit, words: &str) -> Result<Vec<Entry>> {
    let entry = |ticket: &domain::Ticket| Entry {
        label: format!("#{} {}", ticket.id, ticket.subject),
        href: urls::ticket(ticket.id),
        posts: None,
    };
    if let Ok(id) = words.trim_start_matches('#').parse::<TicketId>() {
        return match access::ticket(tx, &visit.actor, id).await {
            Ok(ticket) => Ok(vec![entry(&ticket)]),
            Err(_) => Ok(vec![]),
        };
    }
    if words.chars().count() < 2 {
        return Ok(vec![]);
    }
    let conditions = words.split_whitespace().take(5).map(|word| contains("Subject", word)).chain([status_class("Active")]);
    let Some(query) = all(conditions.collect()) else { return Ok(vec![]) };
    let newest = lists::OrderBy { column: lists::Order::Updated, descending: true };
    let found = lists::search(tx, &visit.actor, &query, &[newest], lists::Page { limit: MOST, offset: 0 }).await?;
    Ok(found.iter().map(entry).collect())
}

fn pages(visit: &Visit) -> Vec<Entry> {
    let mut pages = vec![("nav-home", urls::home())];
    let without = visit.viewer().without;
    let kinds = || TicketKind::INCIDENT_RESPONSE.into_iter().filter(|kind| without != Some(*kind));
    pages.extend(kinds().map(|kind| (crate::list::title_key(kind), urls::list(kind))));
    pages.push(("nav-search", urls::search_page()));
    pages.extend(kinds().map(|kind| (crate::list::new_key(kind), urls::create(kind))));
    pages.extend([("locks-title", urls::locks()), ("drafts-title", urls::drafts())]);
    pages.extend([("preferences", urls::preferences()), ("about", urls::about().to_owned())]);
    if visit.viewer().administers {
        pages.push(("nav-admin", urls::admin().to_owned()));
    }
    pages.into_iter().map(|(key, href)| Entry { label: t(key).into_owned(), href, posts: None }).collect()
}
