//! Working in one constituency, and what constituencies let pages offer (IR-153, IR-154, IR-157, IR-159).

use actions::message::NewMessage;
use actions::setup::{self, NewConstituency};
use actions::ticket::{self, Create};
use axum::http::{StatusCode, header};
use domain::TicketId;
use domain::setting::list;
use testkit::World;

use crate::browser::{Browser, Page};

async fn made(world: &World, queue: &str, subject: &str) -> TicketId {
    let queue = world.queue_id(queue).await;
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, subject, NewMessage::text("x"));
    input.owner = Some("dana".to_owned());
    let id = ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn choose(world: &World, value: &str) {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &setup::operator(), &[(list::CONSTITUENCY_LINKING, Some(value))]).await.unwrap();
    tx.commit().await.unwrap();
}

/// Where a page leads that neither stays under the prefix nor is about all constituencies.
fn leaving(page: &Page, prefix: &str) -> Vec<String> {
    let mut all = page.attributes("[href]", "href");
    all.extend(page.attributes("form[action]", "action"));
    all.extend(page.attributes("[data-href]", "data-href"));
    let outside = ["/static/", "/files/", "/admin", "/about", "/sign-out", "/c/", "#"];
    all.retain(|url| !url.starts_with(prefix) && url != "/" && !outside.iter().any(|start| url.starts_with(start)));
    all
}

testkit::both! {
    // IR-159, IR-160: lists, boxes, counts, saved searches, the search box and every link.
    async fn ir159_under_its_prefix_a_constituency_is_all_there_is(world: World) {
        let edunet = made(&world, "Incident Reports - EDUNET", "Worm at school").await;
        made(&world, "Incident Reports - GOVNET", "Worm at court").await;
        made(&world, "Incident Reports", "Worm elsewhere").await;
        for who in ["dana", "admin"] {
            let mut browser = Browser::signed_in(&world, who).await;
            let home = browser.get("/").await;
            assert_eq!(home.link("EDUNET").as_deref(), Some("/c/EDUNET/"));
            assert_eq!(leaving(&home, "/"), Vec::<String>::new());
            let home = browser.get("/c/edunet/").await;
            assert_eq!((home.status, leaving(&home, "/c/EDUNET/")), (StatusCode::OK, vec![]));
            assert_eq!(home.text(".sidebar .within strong"), "EDUNET");
            assert!(home.texts("[id^=queues-] tbody th").iter().all(|queue| queue.contains("EDUNET")));
            assert!(home.texts("#quick-create option").iter().all(|text| !text.contains("GOVNET") && text != "Incident Reports"));
            for path in ["/c/EDUNET/reports", "/c/EDUNET/search?query=Subject+LIKE+'Worm'", "/c/EDUNET/search?query=id+%3E+0&order=-id", "/c/EDUNET/reports/bulk-reject", "/c/EDUNET/palette?q=Worm", "/c/EDUNET/at-hand"] {
                let page = browser.get(path).await;
                assert!(!page.html.contains("at court") && !page.html.contains("Worm elsewhere"), "{who} {path}");
                assert_eq!((page.status, leaving(&page, "/c/EDUNET/")), (StatusCode::OK, vec![]), "{path}");
            }
            let found = browser.get("/c/EDUNET/search?q=incident_reports+any").await;
            assert!(found.at.starts_with("/c/EDUNET/search?query=") && found.html.contains("Worm at school"), "{}", found.at);
            let page = browser.get(&format!("/c/EDUNET/tickets/{edunet}")).await;
            assert_eq!((page.text("h1").as_str(), leaving(&page, "/c/EDUNET/")), ("Worm at school", vec![]));
            assert!(browser.get("/reports").await.html.contains("Worm at court"), "without the prefix all is as before");
        }
    }

    // IR-159: what is not there and what one may not see are one; strangers hear nothing.
    async fn ir159_only_constituencies_that_one_may_see_have_a_prefix(world: World) {
        let mut greta = Browser::signed_in(&world, "greta").await;
        assert_eq!(greta.get("/c/GOVNET/reports").await.status, StatusCode::OK);
        for path in ["/c/EDUNET/", "/c/EDUNET/reports", "/c/NOWHERE/reports", "/c/", "/c/%FF/reports", "/c/GOVNET/nothing"] {
            let page = greta.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.attributes("[href]", "href").iter().any(|url| url.contains("EDUNET") || url.contains("NOWHERE")), "{path}");
        }
        let mut stranger = Browser::of(&world);
        for name in ["EDUNET", "nowhere"] {
            let page = stranger.once("GET", &format!("/c/{name}/reports?page=2"), None).await;
            assert_eq!(page.headers[header::LOCATION], format!("/sign-in?next=/c/{name}/reports%3Fpage%3D2"));
        }
        let mut tx = world.tx().await;
        let input = NewConstituency { name: "Health / Net".to_owned(), ..NewConstituency::default() };
        setup::create_constituency(&mut tx, &setup::operator(), input).await.unwrap();
        tx.commit().await.unwrap();
        let mut dana = Browser::signed_in(&world, "dana").await;
        let prefix = dana.get("/").await.link("Health / Net").unwrap();
        assert_eq!(prefix, "/c/Health%20%2F%20Net/");
        let page = dana.get(&prefix).await;
        assert_eq!((page.status, leaving(&page, &prefix)), (StatusCode::OK, vec![]));
    }

    // IR-159: creating, and the ways on from forms.
    async fn ir159_forms_under_the_prefix_make_tickets_of_the_constituency_and_lead_back(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get("/c/EDUNET/create").await;
        assert!(page.at.starts_with("/c/EDUNET/reports/new"), "{}", page.at);
        assert_eq!(page.texts("[name=queue] option"), ["Incident Reports - EDUNET"]);
        let (edunet, govnet) = (world.queue_id("Incident Reports - EDUNET").await, world.queue_id("Incident Reports - GOVNET").await);
        let form = |queue: domain::QueueId| [("queue", queue.to_string()), ("subject", "Phish".to_owned()), ("message", "x".to_owned())];
        for path in ["/c/EDUNET/quick", "/c/EDUNET/reports/new"] {
            let fields = form(edunet);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let made = dana.post(path, &fields).await;
            assert!(made.at.starts_with("/c/EDUNET/"), "{}", made.at);
            let fields = form(govnet);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(dana.post(path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
        assert_eq!(dana.get("/reports").await.texts("#list tbody th a"), ["Phish", "Phish"]);
        let other = made(&world, "Incident Reports - GOVNET", "Worm at court").await;
        for path in [format!("/c/EDUNET/incidents/new?from={other}"), format!("/c/EDUNET/reports/new?split={other}")] {
            let page = dana.get(&path).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(page.html.contains("belongs to GOVNET"), "{path}");
        }
        let own = made(&world, "Incident Reports - EDUNET", "Worm at school").await;
        let page = dana.post(&format!("/c/EDUNET/tickets/{own}/comment"), &[("message", "Seen.")]).await;
        assert_eq!((page.status, page.at.starts_with(&format!("/c/EDUNET/tickets/{own}"))), (StatusCode::OK, true), "{}", page.at);
        assert_eq!(dana.get(&format!("/c/EDUNET/incidents/new?from={own}")).await.texts("[name=queue] option"), ["Incidents - EDUNET"]);
    }

    // IR-159, IR-283: neighbours are of the list that was looked at there; drafts are the form's, wherever it was opened.
    async fn ir159_neighbours_and_drafts_keep_to_the_prefix(world: World) {
        let (first, last) = (made(&world, "Incident Reports - EDUNET", "One").await, made(&world, "Incident Reports - EDUNET", "Two").await);
        made(&world, "Incident Reports - GOVNET", "Three").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let list = dana.once("GET", "/c/EDUNET/reports?order=id", None).await;
        let cookies: Vec<&str> = list.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
        assert!(cookies.iter().any(|cookie| cookie.contains("Path=/c/EDUNET/tickets")), "{cookies:?}");
        let page = dana.get(&format!("/c/EDUNET/tickets/{first}/beside/last")).await;
        assert_eq!(page.at.split(['?', '#']).next(), Some(format!("/c/EDUNET/tickets/{last}").as_str()));
        let form = format!("/c/EDUNET/tickets/{first}/comment");
        dana.post("/drafts", &[("draft-form", &form), ("message", "Half a thought")]).await;
        assert!(dana.get(&format!("/tickets/{first}/comment?draft=restore")).await.html.contains("Half a thought"));
        assert!(dana.get(&format!("{form}?draft=restore")).await.html.contains("Half a thought"));
        dana.post(&form, &[("message", "A whole one")]).await;
        assert!(!dana.get(&format!("/tickets/{first}/comment?draft=restore")).await.html.contains("Half a thought"));
    }

    // IR-153, IR-154: queues to choose from on the forms that a ticket leads to.
    async fn ir153_forms_of_a_ticket_offer_the_queues_of_its_constituency_first_or_alone(world: World) {
        let report = made(&world, "Incident Reports - GOVNET", "Worm").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let pages = [format!("/incidents/new?from={report}"), format!("/reports/new?split={report}"), format!("/tickets/{report}/edit")];
        for path in &pages {
            let queues = dana.get(path).await.texts("[name=queue] option");
            assert!(queues.len() == 1 && queues[0].ends_with("GOVNET"), "{path}: {queues:?}");
        }
        assert_eq!(dana.get(&pages[0]).await.texts("[name=launch-queue] option"), ["Investigations - GOVNET"]);
        choose(&world, "no").await;
        for path in &pages {
            let queues = dana.get(path).await.texts("[name=queue] option");
            assert!(queues.len() == 3 && queues[0].ends_with("GOVNET"), "{path}: {queues:?}");
        }
    }

    // IR-157: where constituencies are rejected, only the very same is listed; where they are inherited, all.
    async fn ir157_lists_to_link_from_show_what_may_be_linked(world: World) {
        made(&world, "Incidents - GOVNET", "Courts").await;
        made(&world, "Incidents", "Everywhere").await;
        let report = made(&world, "Incident Reports - EDUNET", "Worm").await;
        made(&world, "Incidents - EDUNET", "Schools").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        for (mode, expected) in [("strict", &["Everywhere", "Schools"][..]), ("reject", &["Schools"]), ("inherit", &["Courts", "Everywhere", "Schools"]), ("no", &["Courts", "Everywhere", "Schools"])] {
            choose(&world, mode).await;
            let mut listed = dana.get(&format!("/tickets/{report}/link")).await.texts("#choices tbody th a");
            listed.sort();
            assert_eq!(listed, expected, "{mode}");
        }
    }
}
