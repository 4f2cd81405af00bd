//! Everything by words, with the asker's rights.

use super::owner;
use crate::browser::Browser;

testkit::both! {
    async fn the_palette_finds_pages_tickets_and_what_can_be_done_here(world: World) {
        let report = world.report("Worm outbreak", "x").await;
        let mut dana = owner(&world, "dana", report).await;
        let page = dana.get("/palette").await;
        assert!(page.link("My locks").is_some() && page.link("Drafts").is_some() && page.link("Incidents").is_some());
        assert!(page.link("Administration").is_none(), "not hers");
        let number = report.to_string();
        for words in [format!("%23{number}"), number.clone(), "worm%20OUT".to_owned()] {
            let page = dana.get(&format!("/palette?q={words}")).await;
            assert_eq!(page.link(&format!("#{report} Worm outbreak")).as_deref(), Some(format!("/tickets/{report}").as_str()), "{words}");
        }
        let page = dana.get(&format!("/palette?fragment=1&ticket={report}&q=reply")).await;
        assert!(!page.has("header.topbar") && page.link("Reply").unwrap().ends_with("/reply"), "{}", page.html);
        assert!(dana.get("/palette?q=zzzz").await.text("main").contains("Nothing fits"));
    }

    async fn the_palette_knows_nothing_of_what_may_not_be_seen(world: World) {
        let report = world.report("Secret worm", "x").await;
        let mut norman = Browser::signed_in(&world, "norman").await;
        for query in [format!("q={report}"), "q=Secret".to_owned(), format!("ticket={report}")] {
            let page = norman.get(&format!("/palette?{query}")).await;
            assert!(!page.html.contains("Secret worm") && !page.has("h2#palette-here"), "{query}");
            assert!(!page.html.contains(&format!("/tickets/{report}/")), "{query}");
        }
    }
}
