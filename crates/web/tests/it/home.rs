//! At a glance.

use crate::browser::Browser;

testkit::both! {
    async fn a_new_report_waits_on_the_home_page_until_somebody_takes_it(world: World) {
        let ticket = world.report("Worm <b>from</b> your network", "Traffic from 192.0.2.7").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        assert_eq!(page.texts("#search-1 tbody th a"), ["Worm <b>from</b> your network"]);
        assert!(page.text("#search-1 tbody tr").contains("ray@bank.example"));
        assert_eq!(page.attributes("#search-1 tbody form", "action"), [format!("/tickets/{ticket}/take")]);
        assert_eq!(page.texts("#queues-incident_reports tbody tr:first-child td a"), ["1"]);
        let page = browser.get(&page.attributes("#search-1 h2 a", "href")[0]).await;
        assert_eq!(page.texts("#results tbody th a").len(), 1, "the title leads to the whole list");
    }

    async fn each_count_of_the_queue_list_is_a_search(world: World) {
        world.report("Worm", "one").await;
        world.report("Phish", "two").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        let search = &page.attributes("#queues-incident_reports tbody td a", "href")[0];
        let page = browser.get(search).await;
        assert_eq!(page.text("#results h2"), "2 tickets");
        assert_eq!(page.texts("#results tbody th a"), ["Worm", "Phish"]);
    }

    async fn a_constituency_narrows_home_and_lists(world: World) {
        world.report("Worm", "one").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        let narrowed = page.link("GOVNET").unwrap();
        let page = browser.get(&narrowed).await;
        assert!(!page.has("#search-1 tbody tr"), "the report belongs to no constituency");
        assert!(page.texts("[id^=queues-] tbody th").iter().all(|queue| queue.contains("GOVNET")));
        assert!(!browser.get("/reports?constituency=GOVNET").await.html.contains("Worm"));
        assert!(browser.get("/reports?constituency=nonsense").await.html.contains("Worm"));
    }

    // IR-285, IR-286, IR-295: the default is everybody's, and its lists are saved searches.
    // TC-289: it is a dashboard that everybody has.
    async fn ir286_the_default_home_has_four_lists_and_three_boxes_beside(world: World) {
        world.report("Worm", "one").await;
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert_eq!(norman.get("/").await.text("h1"), "At a glance", "every user may read the default");
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        assert_eq!(page.texts(".main-column > .panel h2"), [
            "New unlinked Incident Reports",
            "Most due incidents owned by me",
            "Most due unowned incidents",
            "Most due incidents",
        ]);
        let aside = page.texts(".side-column > .panel h2");
        assert_eq!((aside.first().unwrap().as_str(), aside.last().unwrap().as_str()), ("Work with constituency", "Refresh"));
        assert!(page.has("#queues-incident_reports table.counts"));
        let saved = browser.get("/searches").await;
        assert!(saved.text("#searches li:first-child").contains("Incident response"), "they carry the mark");
        assert_eq!(saved.texts("#searches li").len(), 7);
        assert!(!saved.has("#searches a[href$='/edit']"), "only administrators change everybody's");
    }

    // IR-288, IR-289, IR-296: rows as preferred, the columns of the list, links to the ticket's page.
    async fn ir289_new_reports_have_their_columns_and_as_many_rows_as_preferred(world: World) {
        for number in 0..4 {
            world.report(&format!("Report {number}"), "x").await;
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        assert_eq!(page.texts("#search-1 thead th"), ["#", "Subject", "Correspondents", "Owner", "Due", "Queue", "Take"]);
        assert_eq!(page.texts("#search-1 tbody tr").len(), 4);
        assert!(page.attributes("#search-1 tbody th a", "href")[0].starts_with("/tickets/"));
        browser.post("/preferences", &[("group", "home"), ("summary_rows", "3"), ("home_refresh", "0"), ("date_format", "relative")]).await;
        let page = browser.get("/").await;
        assert_eq!(page.texts("#search-1 tbody tr").len(), 3);
        assert_eq!(browser.get(&page.attributes("#search-1 h2 a", "href")[0]).await.texts("#results tbody tr").len(), 4);
    }

    // IR-290, IR-291, IR-292, IR-319
    async fn ir290_due_incidents_stand_in_order_and_tell_unseen_messages(world: World) {
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let queue = world.queue_id("Incidents").await;
        let mut tx = world.tx().await;
        let mut made = Vec::new();
        for (subject, owner, priority) in [("Mine", Some("dana"), 10), ("Free", None, 20), ("Urgent", None, 90)] {
            let mut input = actions::ticket::Create::new(queue, subject, actions::message::NewMessage::text("x"));
            input.owner = owner.map(str::to_owned);
            input.priority = Some(priority);
            made.push(actions::ticket::create(&mut tx, &dana, input).await.unwrap().ticket);
        }
        tx.commit().await.unwrap();
        let mut tx = world.tx().await;
        actions::ticket::comment(&mut tx, &tariq, actions::ticket::Reply { ticket: made[0], message: actions::message::NewMessage::text("look"), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        assert_eq!(page.texts("#search-4 thead th"), ["#", "Subject", "Due", "Owner", "Priority", "Updates"]);
        assert_eq!(page.texts("#search-4 tbody th a"), ["Urgent", "Free", "Mine"], "no Due first, then by priority");
        assert_eq!(page.texts("#search-2 tbody th a"), ["Mine"]);
        assert_eq!(page.texts("#search-3 tbody th a"), ["Urgent", "Free"]);
        assert_eq!(page.text("#search-2 tbody td:last-child"), "1");
        assert_eq!(page.text("#search-3 tbody td:last-child"), "0");
        let jumped = browser.post(&format!("/tickets/{}/seen", made[0]), &[("jump", "1")]).await;
        assert!(jumped.at.contains("#change-"), "{}", jumped.at);
        assert_eq!(browser.get("/").await.text("#search-2 tbody td:last-child"), "0");
    }

    async fn ir285_a_dashboard_of_ones_own_is_built_without_dragging_and_may_be_lost(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.post("/dashboards", &[("name", "My shift"), ("keeper", "mine")]).await;
        let at = page.at.clone();
        assert_eq!(page.texts("#dashboard-main .box-name").len(), 4, "it begins with the boxes of the present home");
        browser.post(&format!("{at}/down"), &[("widget", "search-1")]).await;
        browser.post(&format!("{at}/remove"), &[("widget", "search-2")]).await;
        browser.post(&format!("{at}/across"), &[("widget", "refresh")]).await;
        let page = browser.post(&format!("{at}/add"), &[("widget", "quick-create"), ("side", "main")]).await;
        assert_eq!(page.texts("#dashboard-main .box-name"), [
            "New unlinked Incident Reports", "Most due unowned incidents", "Most due incidents", "Refresh", "Quick creation",
        ]);
        assert_eq!(browser.get("/").await.text("h1"), "My shift");
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        assert_eq!(tariq.get(&at).await.status, axum::http::StatusCode::NOT_FOUND, "others have no part in it");
        assert_eq!(tariq.get("/dashboards/1").await.texts(".box-name ~ form").len(), 0);
        assert_eq!(tariq.post("/dashboards/1/remove", &[("widget", "search-1")]).await.status, axum::http::StatusCode::FORBIDDEN);
        browser.post(&format!("{at}/delete"), &[]).await;
        let page = browser.get("/").await;
        assert_eq!(page.text("h1"), "At a glance");
        assert!(page.text(".notices").contains("is gone"), "the user is told");
        assert!(!browser.get("/").await.html.contains("is gone"), "and the choice is dropped");
        let mut admin = Browser::signed_in(&world, "admin").await;
        assert_eq!(admin.post("/dashboards/1/remove", &[("widget", "search-2")]).await.texts("#dashboard-main .box-name").len(), 3);
    }

    // TC-290
    async fn ir287_boxes_that_may_be_added_show_what_they_say(world: World) {
        let mut browser = Browser::signed_in(&world, "admin").await;
        let page = browser.get("/dashboards/1").await;
        for kind in ["quick-create", "queues-administered", "queues-supported", "dashboards"] {
            assert!(page.attributes("#add option", "value").contains(&kind.to_owned()), "{kind}");
            browser.post("/dashboards/1/add", &[("widget", kind), ("side", "main")]).await;
        }
        assert_eq!(browser.post("/dashboards/1/add", &[("widget", "dashboards"), ("side", "main")]).await.status, 422);
        let page = browser.get("/").await;
        assert!(page.has("#quick-create") && page.has("#queues-administered") && page.has("#dashboards"));
        assert!(!page.has("#queues-supported"), "nothing to support");
    }

    async fn tc028_quick_creation_makes_a_ticket_and_keeps_what_was_typed(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        admin.post("/dashboards/1/add", &[("widget", "quick-create"), ("side", "main")]).await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        let queue = world.queue_id("Incident Reports").await.to_string();
        assert_eq!(page.attributes("#quick-create option[selected]", "value")[0], queue, "IR-282: the default queue");
        let form = [("queue", queue.as_str()), ("subject", "Quick"), ("owner", "dana"), ("requestors", "not an address <"), ("message", "Hello")];
        let page = browser.post("/quick", &form).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attributes("#quick-create [name=subject]", "value"), ["Quick"]);
        let form = [("queue", queue.as_str()), ("subject", "Quick"), ("owner", "dana"), ("requestors", "ray@bank.example"), ("message", "Hello")];
        assert_eq!(browser.post("/quick", &form).await.at, "/");
        browser.post("/preferences", &[("group", "work"), ("show_created", "1"), ("after_edit", "ticket")]).await;
        let page = browser.post("/quick", &form).await;
        assert!(page.at.starts_with("/tickets/") && page.html.contains("Hello"));
    }

    // TC-127
    async fn ir293_queues_that_somebody_hides_are_not_counted(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let shown = browser.get("/").await.texts("#queues-incident_reports tbody th");
        assert!(shown.iter().any(|queue| queue == "Incident Reports"));
        assert_eq!(browser.get("/").await.texts("#queues-incident_reports tbody tr:first-child .none")[0], "–", "a dash for none");
        let all = browser.get("/preferences").await.attributes("#queues input[checked]", "value");
        let hidden = world.queue_id("Incident Reports").await.to_string();
        let mut form = vec![("group", "queues")];
        form.extend(all.iter().filter(|id| **id != hidden).map(|id| ("queue", id.as_str())));
        browser.post("/preferences", &form).await;
        assert!(!browser.get("/").await.texts("#queues-incident_reports tbody th").iter().any(|queue| queue == "Incident Reports"));
    }

    async fn ir294_the_page_is_read_again_as_chosen_or_as_a_search_asks(world: World) {
        world.report("Worm", "x").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        assert!(!browser.get("/").await.has("meta[http-equiv=refresh]"), "never at first");
        let page = browser.post("/preferences/home-refresh", &[("home-refresh", "10"), ("return", "/")]).await;
        assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), ["600"]);
        let mut admin = Browser::signed_in(&world, "admin").await;
        let edit = admin.get("/searches/1/edit").await;
        let query = edit.text("#field-query");
        let form = [("name", "Fresh reports"), ("query", query.as_str()), ("columns", "id Subject Created"), ("sort", "-Created"), ("rows", "2"), ("refresh", "5")];
        assert!(admin.post("/searches/1", &form).await.html.contains("Fresh reports"));
        let page = browser.get("/").await;
        assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), ["300"]);
        assert_eq!(page.texts("#search-1 thead th"), ["#", "Subject", "Created"], "columns of the search");
    }

    async fn ir295_saved_searches_tell_all_that_is_wrong_with_them(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let form = [("name", " "), ("query", "Nonsense = 1"), ("columns", "Subject Nonsense"), ("sort", "Nonsense"), ("rows", "999"), ("refresh", "3"), ("keeper", "mine")];
        let page = browser.post("/searches", &form).await;
        assert_eq!(page.status, 422);
        for field in ["name", "query", "columns", "sort", "rows", "refresh"] {
            assert!(page.has(&format!("a[href='#field-{field}']")), "{field}");
        }
        assert_eq!(browser.post("/searches", &[("name", "x"), ("query", "id > 0"), ("keeper", "system")]).await.status, 403);
        assert!(browser.post("/searches", &[("name", "All"), ("query", "id > 0"), ("keeper", "mine")]).await.html.contains("All"));
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        assert_eq!(tariq.get("/searches/8").await.status, 404);
        assert_eq!(tariq.post("/searches/8/delete", &[]).await.status, 404);
        assert!(browser.post("/dashboards", &[("name", "Mine"), ("keeper", "mine")]).await.html.contains("All"));
    }
}
