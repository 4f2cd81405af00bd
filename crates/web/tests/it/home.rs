//! At a glance.

use crate::browser::Browser;

testkit::both! {
    async fn a_new_report_waits_on_the_home_page_until_somebody_takes_it(world: World) {
        let ticket = world.report("Worm <b>from</b> your network", "Traffic from 192.0.2.7").await;
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.get("/").await;
        assert_eq!(page.texts("#new-reports tbody th a"), ["Worm <b>from</b> your network"]);
        assert!(page.text("#new-reports tbody th").contains("ray@bank.example"));
        assert_eq!(page.attributes("#new-reports tbody form", "action"), [format!("/tickets/{ticket}/take")]);
        assert_eq!(page.texts("#queues-incident_reports tbody tr:first-child td a"), ["1"]);
        let page = browser.get(&page.attributes("#new-reports h2 a", "href")[0]).await;
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
        assert!(!page.has("#new-reports tbody tr"), "the report belongs to no constituency");
        assert!(page.texts("[id^=queues-] tbody th").iter().all(|queue| queue.contains("GOVNET")));
        assert!(!browser.get("/reports?constituency=GOVNET").await.html.contains("Worm"));
        assert!(browser.get("/reports?constituency=nonsense").await.html.contains("Worm"));
    }
}
