//! Lists of open tickets: pages and order in the address.

use crate::browser::Browser;

testkit::both! {
    async fn a_long_list_has_pages_that_the_address_holds(world: World) {
        for number in 0..53 {
            world.report(&format!("Report {number:02}"), "x").await;
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        let first = browser.get("/reports?order=Subject").await;
        assert_eq!(first.texts("tbody th a").len(), 50);
        assert!(!first.has("a[rel=prev]"));
        let second = browser.get(&first.attributes("a[rel=next]", "href")[0]).await;
        assert_eq!(second.texts("tbody th a"), ["Report 50", "Report 51", "Report 52"]);
        assert!(!second.has("a[rel=next]"));
        let back = browser.get(&second.attributes("a[rel=prev]", "href")[0]).await;
        assert_eq!(back.text("tbody th a"), "Report 00");
    }

    async fn headings_sort_and_turn_round(world: World) {
        for subject in ["banana", "Apple", "cherry"] {
            world.report(subject, "x").await;
        }
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/reports").await;
        let page = browser.get(&page.link("Subject").unwrap()).await;
        assert_eq!(page.texts("tbody th a"), ["Apple", "banana", "cherry"]);
        let page = browser.get(&page.link("Subject").unwrap()).await;
        assert_eq!(page.texts("tbody th a"), ["cherry", "banana", "Apple"]);
        assert_eq!(page.attributes("th[aria-sort]", "aria-sort"), ["descending"]);
    }

    // IR-303, IR-307, IR-317
    async fn ir303_an_administrator_overrides_one_list_and_leaves_the_rest(world: World) {
        world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get("/reports").await;
        assert_eq!(page.texts("#list thead th:not(.select)"), [
            "#", "Subject", "Status", "Time left", "Due", "Created", "Correspondents", "Queue", "Owner", "Last contact", "Updated",
        ]);
        assert!(page.text("#list .second-line").contains("Queue Incident Reports"), "the second line, where there is little room");
        let actions = world.actor("admin").await;
        let mut tx = world.tx().await;
        let wrong = actions::setup::set_settings(&mut tx, &actions, &[("list_layouts", Some("ReportDefault = id Subject Wrong"))]).await;
        assert!(format!("{wrong:?}").contains("There is no column"));
        let wish = "ReportDefault = Subject HasIncident TakeOrSteal CF.{IP} / Owner";
        actions::setup::set_settings(&mut tx, &actions, &[("list_layouts", Some(wish))]).await.unwrap();
        tx.commit().await.unwrap();
        let page = dana.get("/reports").await;
        assert_eq!(page.texts("#list thead th:not(.select)"), ["Subject", "Incidents", "Take or steal", "IP", "Owner"]);
        assert_eq!(page.texts("#list tbody td:not(.select)")[0], "–", "no Incident");
        assert_eq!(dana.get("/search?query=id+%3E+0&columns=ListIncidents").await.texts("#results thead th:not(.select)"), ["#", "Subject", "Status"]);
    }

    async fn ir312_has_incident_counts_those_that_were_not_abandoned(world: World) {
        let report = world.report("Worm", "x").await;
        let admin = world.actor("admin").await;
        let queue = world.queue_id("Incidents").await;
        for (subject, abandon) in [("A", false), ("B", true)] {
            let mut tx = world.tx().await;
            let mut input = actions::ticket::Create::new(queue, subject, actions::message::NewMessage::text("x"));
            input.members = vec![report];
            let incident = actions::ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
            if abandon {
                let update = actions::ticket::Update { status: Some("abandoned".to_owned()), ..actions::ticket::Update::default() };
                actions::ticket::update(&mut tx, &admin, incident, update).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/search?query=id+%3D+{report}&columns=RejectReports")).await;
        assert_eq!(page.texts("#results thead th:not(.select)"), ["#", "Subject", "Incidents", "Correspondents", "Owner", "Created", "Due"]);
        assert_eq!(page.texts("#results tbody td")[1], "1");
    }
}
