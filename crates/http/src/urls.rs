//! Where things are. Every address of a page is made here and nowhere else.

mod admin;
mod prefix;

pub use admin::*;
use domain::{ActId, BatchId, ChangeId, FieldId, TicketId, TicketKind, UserId};
pub use prefix::{constituency, scoped, unprefixed, within};

#[must_use]
pub fn home() -> String {
    scoped("/")
}
#[must_use]
pub fn sign_in(next: Option<&str>) -> String {
    match next {
        Some(next) if next != "/" => format!("/sign-in?next={}", encode(next)),
        _ => "/sign-in".to_owned(),
    }
}
#[must_use]
pub fn sign_out() -> String {
    "/sign-out".to_owned()
}
/// What all pages of tickets are beneath.
#[must_use]
pub fn tickets() -> String {
    scoped("/tickets")
}
#[must_use]
pub fn ticket(id: TicketId) -> String {
    scoped(&format!("/tickets/{id}"))
}
/// A sub-resource of a ticket: `reply`, `comment`, `take`, `steal`, `edit`, `status`, `close`, `incident`, `investigation` …
#[must_use]
pub fn ticket_part(id: TicketId, part: &str) -> String {
    scoped(&format!("/tickets/{id}/{part}"))
}
#[must_use]
pub fn change(id: TicketId, place: &str) -> String {
    scoped(&format!("/tickets/{id}#change-{place}"))
}
/// A change on a page of its own.
#[must_use]
pub fn history_entry(id: TicketId, sequence: i64) -> String {
    scoped(&format!("/tickets/{id}/history/{sequence}"))
}
/// The same for a change that may stand further back than the newest window of the history, which ends with `newest`.
#[must_use]
pub fn change_in_window(id: TicketId, sequence: i64, newest: i64) -> String {
    let before = if newest - sequence < 20 { String::new() } else { (sequence + 10).to_string() };
    format!("{}#change-{sequence}", with(&ticket(id), &[("before", &before)]))
}
/// Always a download, never a page.
#[must_use]
pub fn file(change: ChangeId, part: i64, name: &str) -> String {
    format!("/files/{change}/{part}/{}", encode(name))
}
/// A value that is a file: `file` is a download, `picture` is shown in place.
#[must_use]
pub fn field_file(id: TicketId, field: FieldId, how: &str, name: &str) -> String {
    format!("/tickets/{id}/field-{how}/{field}/{}", encode(name).replace('/', "%2F"))
}
/// The result of a query in the search language.
#[must_use]
pub fn search(query: &str) -> String {
    scoped(&format!("/search?query={}", encode(query)))
}
/// The same in an order: column names separated by commas, `-` before what descends.
#[must_use]
pub fn search_ordered(query: &str, order: &str) -> String {
    scoped(&format!("/search?query={}&order={}", encode(query), encode(order)))
}
/// An address with further parameters; those with an empty value are left out.
#[must_use]
pub fn with(base: &str, parameters: &[(&str, &str)]) -> String {
    let mut url = base.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&format!("{name}={}", encode(value)));
    }
    url
}
#[must_use]
pub fn search_page() -> String {
    scoped("/search")
}
/// Where a query is put together.
#[must_use]
pub fn search_build() -> String {
    scoped("/search/build")
}
/// Charts of what a search finds.
#[must_use]
pub fn chart_page() -> String {
    scoped("/search/chart")
}
/// The chart of a search, by the names and values it is written with.
#[must_use]
pub fn chart(query: &str, pairs: &[(&'static str, String)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<(&str, &str)> = std::iter::once(("query", query)).chain(pairs).collect();
    with(&chart_page(), &all)
}
/// One's own subscriptions of dashboards.
#[must_use]
pub fn subscriptions() -> String {
    scoped("/subscriptions")
}
#[must_use]
pub fn subscription(id: i64) -> String {
    scoped(&format!("/subscriptions/{id}"))
}
#[must_use]
pub fn subscription_delete(id: i64) -> String {
    scoped(&format!("/subscriptions/{id}/delete"))
}
/// One's own feeds; new ones are sent there.
#[must_use]
pub fn feeds() -> String {
    scoped("/feeds")
}
#[must_use]
pub fn feed_revoke(id: i64) -> String {
    scoped(&format!("/feeds/{id}/revoke"))
}
/// What a feed's secret opens: `atom`, `rss`, `ics`. It stands where logs of requests do not tell of it.
#[must_use]
pub fn feed(format: &str, secret: &str) -> String {
    with(&format!("/feed.{format}"), &[("key", secret)])
}
#[must_use]
pub fn about() -> &'static str {
    "/about"
}
#[must_use]
pub fn preferences() -> String {
    scoped("/preferences")
}
/// Sets one preference: `theme`, `density`, `keys`.
#[must_use]
pub fn preference(name: &str) -> String {
    scoped(&format!("/preferences/{name}"))
}
/// News for open pages.
#[must_use]
pub fn live() -> &'static str {
    "/live"
}
/// One's own locks; with `/end`, all of them end.
#[must_use]
pub fn locks() -> String {
    scoped("/locks")
}
/// The path of the page of drafts, where scripts send them.
pub const DRAFTS: &str = "/drafts";

/// What was typed and not sent.
#[must_use]
pub fn drafts() -> String {
    scoped(DRAFTS)
}
/// Which keys do what, for oneself.
#[must_use]
pub fn key_bindings() -> String {
    scoped("/preferences/bindings")
}
/// Everything one can go to or do, by words.
#[must_use]
pub fn palette() -> String {
    scoped("/palette")
}
/// The dashboards one may read; new ones are sent there.
#[must_use]
pub fn dashboards() -> String {
    scoped("/dashboards")
}
#[must_use]
pub fn dashboard(id: i64) -> String {
    scoped(&format!("/dashboards/{id}"))
}
/// What can be done with one: `show`, `subscribe`, `choose`, `add`, `up`, `down`, `across`, `remove`, `delete`.
#[must_use]
pub fn dashboard_part(id: i64, part: &str) -> String {
    scoped(&format!("/dashboards/{id}/{part}"))
}
#[must_use]
pub fn saved_searches() -> String {
    scoped("/searches")
}
#[must_use]
pub fn saved_search(id: i64) -> String {
    scoped(&format!("/searches/{id}"))
}
/// `edit`, `delete`.
#[must_use]
pub fn saved_search_part(id: i64, part: &str) -> String {
    scoped(&format!("/searches/{id}/{part}"))
}
/// The form that keeps a search.
#[must_use]
pub fn saved_search_new(query: &str, order: &str) -> String {
    with(&scoped("/searches/new"), &[("query", query), ("sort", order)])
}
#[must_use]
pub fn quick_create() -> String {
    scoped("/quick")
}
/// Where people are looked for.
#[must_use]
pub fn people() -> String {
    scoped("/people")
}
/// A sub-resource of somebody: `name`.
#[must_use]
pub fn person_part(id: UserId, part: &str) -> String {
    scoped(&format!("/people/{id}/{part}"))
}
/// What is known of somebody, with their tickets that the reader may see.
#[must_use]
pub fn person(id: UserId) -> String {
    scoped(&format!("/people/{id}"))
}
/// One wish about many tickets.
#[must_use]
pub fn bulk() -> String {
    scoped("/bulk")
}
/// Reports to choose from and reject together (IR-397).
#[must_use]
pub fn bulk_reject() -> String {
    scoped("/reports/bulk-reject")
}
/// Incidents to choose from and abandon together (IR-400).
#[must_use]
pub fn bulk_abandon() -> String {
    scoped("/incidents/bulk-abandon")
}
/// What became of such a wish.
#[must_use]
pub fn batch(id: BatchId) -> String {
    scoped(&format!("/batches/{id}"))
}
/// A sub-resource of a reminder: `done`, `edit`.
#[must_use]
pub fn reminder_part(id: i64, part: &str) -> String {
    scoped(&format!("/reminders/{id}/{part}"))
}
/// Somebody's reminders, bookmarks and the tickets they viewed last.
#[must_use]
pub fn at_hand() -> String {
    scoped("/at-hand")
}
/// What one did, and taking it back.
#[must_use]
pub fn acts() -> String {
    scoped("/acts")
}
#[must_use]
pub fn undo_act(id: ActId) -> String {
    scoped(&format!("/acts/{id}/undo"))
}
#[must_use]
pub fn undo_batch(id: BatchId) -> String {
    scoped(&format!("/batches/{id}/undo"))
}
/// The list of a kind's open tickets.
#[must_use]
pub fn list(kind: TicketKind) -> String {
    match kind {
        TicketKind::Report => scoped("/reports"),
        TicketKind::Incident => scoped("/incidents"),
        TicketKind::Investigation => scoped("/investigations"),
        TicketKind::Countermeasure => scoped("/countermeasures"),
        TicketKind::General => scoped("/search?query=Lifecycle+%3D+%27default%27+AND+Status+%3D+%27__Active__%27"),
    }
}
/// The form of the queue that creating begins with.
#[must_use]
pub fn create_usual() -> String {
    scoped("/create")
}
/// The form for a new ticket of a kind.
#[must_use]
pub fn create(kind: TicketKind) -> String {
    match kind {
        TicketKind::Report => scoped("/reports/new"),
        TicketKind::Incident => scoped("/incidents/new"),
        TicketKind::Investigation => scoped("/investigations/new"),
        TicketKind::Countermeasure => scoped("/countermeasures/new"),
        TicketKind::General => scoped("/tickets/new"),
    }
}

/// Percent-encodes everything but unreserved characters and `/`, for paths and query values.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A place to go on to after signing in: a path of ours, never another site.
#[must_use]
pub fn local_path(next: &str) -> Option<&str> {
    let is_path =
        next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\") && !next.chars().any(char::is_control);
    is_path.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_on_to() {
        assert_eq!(local_path("/tickets/7?x=1"), Some("/tickets/7?x=1"));
        for foreign in ["https://evil.example", "//evil.example", "/\\evil.example", "tickets", "/a\r\nSet-Cookie: x"] {
            assert_eq!(local_path(foreign), None, "{foreign}");
        }
        assert_eq!(encode("a b&c/ä"), "a%20b%26c/%C3%A4");
    }
}
