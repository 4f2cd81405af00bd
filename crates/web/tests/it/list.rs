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
}
