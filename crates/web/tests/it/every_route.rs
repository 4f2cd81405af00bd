//! A8: every route as nobody and as somebody without rights. A route that is not in the table fails the test below it.

use actions::ticket::show;
use axum::http::StatusCode;

use crate::browser::Browser;

/// Open to all: signing in, files of the program, reports of browsers, and what a secret opens.
const OPEN: [&str; 7] = ["/sign-in", "/sign-out", "/static/{name}", "/csp-report", "/feed.atom", "/feed.rss", "/feed.ics"];

/// Without anything of a ticket in them.
const GENERAL: &[&str] = &[
    "/bulk",
    "/reports/bulk-reject",
    "/incidents/bulk-abandon",
    "/preferences/bindings",
    "/locks",
    "/locks/end",
    "/drafts",
    "/drafts/discard",
    "/palette",
    "/live",
    "/",
    "/reports",
    "/incidents",
    "/investigations",
    "/countermeasures",
    "/search",
    "/search/build",
    "/search/complete",
    "/search.csv",
    "/search.tsv",
    "/search.json",
    "/search.xlsx",
    "/search/chart",
    "/feeds",
    "/feeds/{id}/revoke",
    "/subscriptions",
    "/subscriptions/{id}",
    "/subscriptions/{id}/delete",
    "/dashboards/{id}/subscribe",
    "/dashboards/{id}/show",
    "/about",
    "/at-hand",
    "/acts",
    "/preferences",
    "/preferences/{name}",
    "/reports/new",
    "/incidents/new",
    "/investigations/new",
    "/countermeasures/new",
    "/tickets/new",
    "/quick",
    "/create",
    "/dashboards",
    "/dashboards/{id}",
    "/dashboards/{id}/{act}",
    "/people",
    "/people/{id}",
    "/people/{id}/name",
    "/people/{id}/reachable",
    "/searches",
    "/searches/new",
    "/searches/{id}",
    "/searches/{id}/edit",
    "/searches/{id}/delete",
];

/// Of a ticket, or for administrators.
const GUARDED: &[&str] = &[
    "/batches/{id}",
    "/tickets/{id}/presence",
    "/tickets/{id}/lock",
    "/tickets/{id}/unlock",
    "/admin",
    "/admin/constituencies",
    "/admin/constituencies/rename",
    "/admin/settings",
    "/admin/rules/export",
    "/admin/rules/import",
    "/admin/templates",
    "/admin/templates/new",
    "/admin/templates/{id}",
    "/admin/templates/{id}/delete",
    "/admin/queues",
    "/admin/queues/{id}",
    "/admin/queues/{id}/watchers",
    "/admin/lifecycles",
    "/admin/lifecycles/{name}",
    "/admin/lifecycles/{name}/edit",
    "/admin/lifecycles/{name}/delete",
    "/admin/service-levels",
    "/admin/service-levels/scheme",
    "/admin/service-levels/level",
    "/admin/service-levels/calendar",
    "/admin/service-levels/delete-level",
    "/admin/service-levels/delete-calendar",
    "/tickets/{id}/people",
    "/tickets/{id}/links",
    "/tickets/{id}/watch",
    "/tickets/{id}/bookmark",
    "/tickets/{id}/reminders",
    "/reminders/{id}/done",
    "/reminders/{id}/edit",
    "/admin/fields",
    "/admin/fields/new",
    "/admin/fields/{id}",
    "/admin/fields/{id}/options",
    "/admin/fields/{id}/queues",
    "/admin/fields/{id}/grants",
    "/admin/queue-values/{id}",
    "/admin/rules",
    "/admin/rules/new",
    "/admin/rules/{id}",
    "/admin/rules/{id}/enabled",
    "/admin/rules/{id}/move",
    "/admin/mail",
    "/admin/mail/{id}/raw",
    "/admin/mail/{id}/retry",
    "/admin/outbox",
    "/admin/outbox/{id}/send",
    "/admin/outbox/{id}/cancel",
    "/acts/{act}/undo",
    "/batches/{id}/undo",
    "/files/{change}/{part}/{name}",
    "/tickets/{id}",
    "/tickets/{id}/version",
    "/tickets/{id}/timer",
    "/tickets/{id}/beside/{place}",
    "/tickets/{id}/history",
    "/tickets/{id}/history/{sequence}",
    "/tickets/{id}/reply",
    "/tickets/{id}/comment",
    "/tickets/{id}/edit",
    "/tickets/{id}/take",
    "/tickets/{id}/steal",
    "/tickets/{id}/untake",
    "/tickets/{id}/status",
    "/tickets/{id}/due",
    "/tickets/{id}/seen",
    "/tickets/{id}/snooze",
    "/tickets/{id}/wake",
    "/tickets/{id}/add-value",
    "/tickets/{id}/correlate",
    "/tickets/{id}/field-file/{field}/{name}",
    "/tickets/{id}/field-picture/{field}/{name}",
    "/tickets/{id}/link",
    "/tickets/{id}/link-children",
    "/tickets/{id}/unlink",
    "/tickets/{id}/merge",
    "/tickets/{id}/unmerge",
    "/tickets/{id}/children",
    "/tickets/{id}/split-many",
    "/tickets/{id}/forward",
    "/tickets/{id}/advanced",
    "/tickets/{id}/alert-owner",
    "/tickets/{id}/close",
    "/tickets/{id}/reply-all",
    "/tickets/{id}/reply-reporters",
    "/incidents/new?from={id}",
    "/investigations/new?incident={id}",
    "/countermeasures/new?incident={id}",
];

fn filled(path: &str, ticket: domain::TicketId) -> String {
    let path = path
        .replace("/admin/mail/{id}", "/admin/mail/1")
        .replace("/admin/outbox/{id}", "/admin/outbox/1")
        .replace("/admin/lifecycles/{name}", "/admin/lifecycles/default")
        .replace("{id}", &ticket.to_string());
    path.replace("{change}", "1")
        .replace("{part}", "1")
        .replace("{place}", "next")
        .replace("{sequence}", "1")
        .replace("{field}", "1")
        .replace("{act}", "1")
        .replace("{name}", "theme")
}

const FORM: [(&str, &str); 13] = [
    ("text", "hello"),
    ("message", "hello"),
    ("status", "resolved"),
    ("subject", "mine"),
    ("days", "3"),
    ("incident", "1"),
    ("field", "1"),
    ("value", "192.0.2.99"),
    ("watch", "Cc"),
    ("reminder", "mine"),
    ("scheme", "classic"),
    ("who", "norman"),
    ("definition", "{}"),
];

testkit::both! {
    // IR-002
    async fn a8_every_route_leads_nobody_to_the_sign_in(world: World) {
        let ticket = world.report("Secret worm", "It spreads.").await;
        let mut nobody = Browser::of(&world);
        for path in GENERAL.iter().chain(GUARDED) {
            let path = filled(path, ticket);
            let page = nobody.get(&path).await;
            assert!(page.at.starts_with("/sign-in") || page.status == StatusCode::METHOD_NOT_ALLOWED, "GET {path}: {} at {}", page.status, page.at);
            let page = nobody.post(&path, &FORM).await;
            assert!(matches!(page.status, StatusCode::UNAUTHORIZED | StatusCode::METHOD_NOT_ALLOWED), "POST {path}: {}", page.status);
        }
    }

    async fn a8_no_route_shows_or_does_anything_for_somebody_without_rights(world: World) {
        let ticket = world.report("Secret worm", "It spreads.").await;
        let admin = world.actor("admin").await;
        let before = show::view(&mut world.look().await, &admin, ticket).await.unwrap().ticket.version;
        let mut norman = Browser::signed_in(&world, "norman").await;
        for path in GENERAL.iter().chain(GUARDED) {
            let path = filled(path, ticket);
            let (got, posted) = (norman.get(&path).await, norman.post(&path, &FORM).await);
            for (method, page) in [("GET", &got), ("POST", &posted)] {
                assert!(!page.status.is_server_error() && !page.html.contains("Secret worm"), "{method} {path}: {}", page.status);
            }
            if GUARDED.contains(&path.as_str()) || (path.starts_with("/tickets/") || path.starts_with("/reminders/")) && path != "/tickets/new" {
                for page in [got, posted] {
                    assert!(
                        matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED),
                        "{path}: {}", page.status
                    );
                }
            }
        }
        let after = show::view(&mut world.look().await, &admin, ticket).await.unwrap().ticket.version;
        assert_eq!(before, after, "nothing was done to the ticket");
    }
}

/// The routes are read from the source, so that a new one cannot be forgotten here.
#[test]
fn every_route_of_the_source_is_in_the_table() {
    let mut missing = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let routes =
                    source.split("route(\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(route, _)| route.to_owned());
                missing.extend(routes.filter(|route| ![&OPEN[..], GENERAL, GUARDED].concat().contains(&route.as_str())));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
