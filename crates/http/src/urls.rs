//! Where things are. Every address of a page is made here and nowhere else.

use domain::{BatchId, ChangeId, FieldId, QueueId, TicketId, TicketKind, UserId};

#[must_use]
pub fn home() -> String {
    "/".to_owned()
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
#[must_use]
pub fn ticket(id: TicketId) -> String {
    format!("/tickets/{id}")
}
/// A sub-resource of a ticket: `reply`, `comment`, `take`, `steal`, `edit`, `status`, `close`, `incident`, `investigation` …
#[must_use]
pub fn ticket_part(id: TicketId, part: &str) -> String {
    format!("/tickets/{id}/{part}")
}
#[must_use]
pub fn change(id: TicketId, place: &str) -> String {
    format!("/tickets/{id}#change-{place}")
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
#[must_use]
pub fn admin_fields() -> &'static str {
    "/admin/fields"
}
#[must_use]
pub fn admin_field_new() -> &'static str {
    "/admin/fields/new"
}
#[must_use]
pub fn admin_field(id: FieldId) -> String {
    format!("/admin/fields/{id}")
}
/// A part of a field's administration: `options`, `queues`, `grants`.
#[must_use]
pub fn admin_field_part(id: FieldId, part: &str) -> String {
    format!("/admin/fields/{id}/{part}")
}
/// What a queue itself holds in the fields of queues.
#[must_use]
pub fn admin_queue_values(id: QueueId) -> String {
    format!("/admin/queue-values/{id}")
}
/// The result of a query in the search language.
#[must_use]
pub fn search(query: &str) -> String {
    format!("/search?query={}", encode(query))
}
/// The same in an order: column names separated by commas, `-` before what descends.
#[must_use]
pub fn search_ordered(query: &str, order: &str) -> String {
    format!("/search?query={}&order={}", encode(query), encode(order))
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
pub fn search_page() -> &'static str {
    "/search"
}
#[must_use]
pub fn about() -> &'static str {
    "/about"
}
#[must_use]
pub fn preferences() -> &'static str {
    "/preferences"
}
/// Sets one preference: `theme`, `density`, `keys`.
#[must_use]
pub fn preference(name: &str) -> String {
    format!("/preferences/{name}")
}
/// News for open pages.
#[must_use]
pub fn live() -> &'static str {
    "/live"
}
/// One's own locks; with `/end`, all of them end.
#[must_use]
pub fn locks() -> &'static str {
    "/locks"
}
/// What was typed and not sent.
#[must_use]
pub fn drafts() -> &'static str {
    "/drafts"
}
/// Which keys do what, for oneself.
#[must_use]
pub fn key_bindings() -> &'static str {
    "/preferences/bindings"
}
/// Everything one can go to or do, by words.
#[must_use]
pub fn palette() -> &'static str {
    "/palette"
}
/// The dashboards one may read; new ones are sent there.
#[must_use]
pub fn dashboards() -> &'static str {
    "/dashboards"
}
#[must_use]
pub fn dashboard(id: i64) -> String {
    format!("/dashboards/{id}")
}
/// What can be done with one: `choose`, `add`, `up`, `down`, `across`, `remove`, `delete`.
#[must_use]
pub fn dashboard_part(id: i64, part: &str) -> String {
    format!("/dashboards/{id}/{part}")
}
#[must_use]
pub fn saved_searches() -> &'static str {
    "/searches"
}
#[must_use]
pub fn saved_search(id: i64) -> String {
    format!("/searches/{id}")
}
/// `edit`, `delete`.
#[must_use]
pub fn saved_search_part(id: i64, part: &str) -> String {
    format!("/searches/{id}/{part}")
}
/// The form that keeps a search.
#[must_use]
pub fn saved_search_new(query: &str, order: &str) -> String {
    with("/searches/new", &[("query", query), ("sort", order)])
}
#[must_use]
pub fn quick_create() -> &'static str {
    "/quick"
}
/// Where people are looked for.
#[must_use]
pub fn people() -> &'static str {
    "/people"
}
/// A sub-resource of somebody: `name`.
#[must_use]
pub fn person_part(id: UserId, part: &str) -> String {
    format!("/people/{id}/{part}")
}
/// What is known of somebody, with their tickets that the reader may see.
#[must_use]
pub fn person(id: UserId) -> String {
    format!("/people/{id}")
}
#[must_use]
pub fn admin() -> &'static str {
    "/admin"
}
/// Options of the installation; forms are sent there too.
#[must_use]
pub fn admin_settings() -> &'static str {
    "/admin/settings"
}
#[must_use]
pub fn admin_constituencies() -> &'static str {
    "/admin/constituencies"
}
#[must_use]
pub fn admin_constituency_rename() -> &'static str {
    "/admin/constituencies/rename"
}
/// Mail that could not be processed.
#[must_use]
pub fn admin_mail() -> &'static str {
    "/admin/mail"
}
/// A sub-resource of such a mail: `raw`, `retry`.
#[must_use]
pub fn admin_mail_part(id: i64, part: &str) -> String {
    format!("/admin/mail/{id}/{part}")
}
/// One wish about many tickets.
#[must_use]
pub fn bulk() -> &'static str {
    "/bulk"
}
/// Reports to choose from and reject together (IR-397).
#[must_use]
pub fn bulk_reject() -> &'static str {
    "/reports/bulk-reject"
}
/// Incidents to choose from and abandon together (IR-400).
#[must_use]
pub fn bulk_abandon() -> &'static str {
    "/incidents/bulk-abandon"
}
/// What became of such a wish.
#[must_use]
pub fn batch(id: BatchId) -> String {
    format!("/batches/{id}")
}
/// A sub-resource of a reminder: `done`, `edit`.
#[must_use]
pub fn reminder_part(id: i64, part: &str) -> String {
    format!("/reminders/{id}/{part}")
}
/// Somebody's reminders, bookmarks and the tickets they viewed last.
#[must_use]
pub fn at_hand() -> &'static str {
    "/at-hand"
}
#[must_use]
pub fn admin_queues() -> &'static str {
    "/admin/queues"
}
/// A queue's page, or a part of it: `watchers`.
#[must_use]
pub fn admin_queue(id: domain::QueueId, part: &str) -> String {
    if part.is_empty() { format!("/admin/queues/{id}") } else { format!("/admin/queues/{id}/{part}") }
}
#[must_use]
pub fn admin_lifecycles() -> &'static str {
    "/admin/lifecycles"
}
/// A lifecycle's page, or a part of it: `edit`, `delete`.
#[must_use]
pub fn admin_lifecycle(name: &str, part: &str) -> String {
    let name = encode(name);
    if part.is_empty() { format!("/admin/lifecycles/{name}") } else { format!("/admin/lifecycles/{name}/{part}") }
}
#[must_use]
pub fn admin_levels() -> &'static str {
    "/admin/service-levels"
}
/// A part of the pages of service levels: `scheme`, `level`, `calendar`, `delete-level`, `delete-calendar`.
#[must_use]
pub fn admin_levels_part(part: &str) -> String {
    format!("/admin/service-levels/{part}")
}
/// The list of a kind's open tickets.
#[must_use]
pub fn list(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "/reports",
        TicketKind::Incident => "/incidents",
        TicketKind::Investigation => "/investigations",
        TicketKind::Countermeasure => "/countermeasures",
        TicketKind::General => "/search?query=Lifecycle+%3D+%27default%27+AND+Status+%3D+%27__Active__%27",
    }
}
/// The form for a new ticket of a kind.
#[must_use]
pub fn create(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Report => "/reports/new",
        TicketKind::Incident => "/incidents/new",
        TicketKind::Investigation => "/investigations/new",
        TicketKind::Countermeasure => "/countermeasures/new",
        TicketKind::General => "/tickets/new",
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
