//! Where one can go from anywhere.

use crate::browser::Browser;

testkit::both! {
    // IR-275, IR-276, IR-277, IR-278, IR-279
    async fn ir275_every_page_leads_to_lists_creation_search_and_about(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get("/").await;
        let places = page.attributes(".sidebar a", "href");
        for path in ["/", "/reports", "/incidents", "/investigations", "/countermeasures", "/search"] {
            assert!(places.contains(&path.to_owned()), "{path}");
        }
        for path in ["/reports/new", "/incidents/new", "/investigations/new", "/countermeasures/new", "/create"] {
            assert!(page.has(&format!(".topbar a[href='{path}']")), "{path}");
        }
        assert!(page.has("form[role=search] input[name=q][placeholder]"), "IR-277: a simple search box");
        assert!(page.has(".topbar .brand .mark") && page.text(".topbar .brand").contains("Watchbell"), "IR-278");
        let about = dana.get(&page.attributes(".foot a", "href")[0]).await;
        assert!(about.html.contains(env!("CARGO_PKG_VERSION")) && about.html.to_lowercase().contains("licen"), "IR-279");
        // IR-276: ordinary queues are worked on from within
        let general = world.queue_id("General").await;
        let mut admin = Browser::signed_in(&world, "admin").await;
        assert_eq!(admin.get(&format!("/tickets/new?queue={general}")).await.text("h1"), "Create a new ticket");
        assert!(admin.get("/").await.html.contains("General"));
    }

    async fn ir280_both_kinds_of_tickets_share_one_page_and_each_queue_has_its_form(world: World) {
        let general = world.queue_id("General").await;
        let reports = world.queue_id("Incident Reports").await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let input = actions::ticket::Create::new(general, "An advisory", actions::message::NewMessage::text("x"));
        let ticket = actions::ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let mut admin = Browser::signed_in(&world, "admin").await;
        assert_eq!(admin.get(&format!("/tickets/{ticket}")).await.text("h1"), "An advisory");
        let page = admin.get(&format!("/tickets/new?queue={reports}&subject=Kept")).await;
        assert!(page.at.starts_with("/reports/new?"), "{}", page.at);
        assert_eq!(page.attributes("[name=subject]", "value"), ["Kept"], "what was given is preserved");
    }

    async fn ir281_signing_in_leads_home_or_to_the_page_that_was_asked_for(world: World) {
        let mut browser = Browser::of(&world);
        let page = browser.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD), ("next", "/")]).await;
        assert_eq!((page.at.as_str(), page.text("h1").as_str()), ("/", "At a glance"));
        let mut browser = Browser::of(&world);
        let page = browser.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD), ("next", "/incidents")]).await;
        assert_eq!(page.at, "/incidents");
    }

    async fn ir282_the_create_button_begins_with_the_default_queue(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let queue = world.queue_id("Incident Reports").await.to_string();
        let page = dana.get("/create").await;
        assert_eq!(page.attributes("#field-queue option[selected]", "value"), [queue]);
        dana.post("/preferences", &[("group", "work"), ("default_queue", "Investigations"), ("after_edit", "ticket")]).await;
        assert!(dana.get("/create").await.at.starts_with("/investigations/new"));
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert_eq!(norman.get("/create").await.status, 403, "who may not see that queue");
    }

    async fn tc272_ir283_a_ticket_leads_to_its_neighbours_in_the_latest_search(world: World) {
        let mut ids = Vec::new();
        for subject in ["banana", "apple", "cherry", "other"] {
            ids.push(world.report(subject, "x").await);
        }
        let [banana, apple, cherry, _] = ids[..] else { panic!() };
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert!(!dana.get(&format!("/tickets/{banana}")).await.has(".beside-links"), "nothing was looked at");
        dana.get("/search?query=Subject+LIKE+'an'+OR+Subject+LIKE+'e'&order=Subject").await;
        dana.get("/search?query=Subject+!%3D+'other'&order=Subject").await;
        let page = dana.get(&format!("/tickets/{banana}")).await;
        for (words, expected) in [("Previous", apple), ("Next", cherry), ("First", apple), ("Last", cherry)] {
            assert_eq!(dana.get(&page.link(words).unwrap()).await.at, format!("/tickets/{expected}"), "{words}");
        }
        let back = dana.get(&page.link("Results").unwrap()).await;
        assert_eq!(back.texts("#results tbody th a"), ["apple", "banana", "cherry"], "in its order: {}", back.at);
        let end = dana.get(&format!("/tickets/{cherry}/beside/next")).await;
        assert!(end.at.starts_with(&format!("/tickets/{cherry}")) && end.text(".notices").contains("no other ticket"));
        // unset dates come first, so they are before all
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        actions::ticket::set_due(&mut tx, &admin, apple, None).await.unwrap();
        tx.commit().await.unwrap();
        dana.get("/reports").await;
        assert_eq!(dana.get(&format!("/tickets/{cherry}/beside/first")).await.at, format!("/tickets/{apple}"));
        assert_eq!(dana.get(&format!("/tickets/{apple}/beside/next")).await.at, format!("/tickets/{banana}"));
        assert_eq!(dana.get(&format!("/tickets/{banana}/beside/previous")).await.at, format!("/tickets/{apple}"));
    }

    async fn ir284_the_timer_keeps_minutes_for_those_who_may_change_the_ticket(world: World) {
        let ticket = world.report("Worm", "x").await;
        let at = format!("/tickets/{ticket}/timer");
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert_eq!(dana.get(&at).await.status, 403);
        assert_eq!(dana.post(&at, &[("minutes", "5")]).await.status, 403);
        dana.post(&format!("/tickets/{ticket}/take"), &[]).await;
        assert!(dana.get(&format!("/tickets/{ticket}")).await.link("Timer").is_some());
        assert_eq!(dana.post(&at, &[("minutes", "9999")]).await.status, 422);
        let page = dana.post(&at, &[("minutes", "25"), ("note", "Called them")]).await;
        assert!(page.html.contains("Called them") && page.text("#basics").contains("25 min"), "{}", page.text("#basics"));
    }
}
