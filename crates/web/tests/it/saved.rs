//! Saved searches: what is kept of a search, whose it is, copies, and those that everybody has.

use crate::browser::Browser;

const SEARCH: [(&str, &str); 9] = [
    ("name", "Worms"),
    ("description", "What the worm did"),
    ("query", "Subject LIKE 'worm'"),
    ("columns", "id Subject Owner"),
    ("sort", "-id"),
    ("rows", "10"),
    ("group", "Owner"),
    ("density", "compact"),
    ("refresh", "5"),
];

fn with<'a>(keeper: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    SEARCH
        .into_iter()
        .map(|(key, text)| if key == "name" { (key, name) } else { (key, text) })
        .chain([("keeper", keeper)])
        .collect()
}

testkit::both! {
    async fn tc278_a_search_is_kept_with_all_of_how_it_is_shown_and_has_an_address_of_its_own(world: World) {
        world.report("A worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.post("/searches", &with("mine", "Worms")).await;
        assert!(page.text("#searches").contains("What the worm did"), "{}", page.text("#searches"));
        let permanent = "/searches/8";
        let result = dana.get(permanent).await;
        assert_eq!(result.at, "/search?query=Subject%20LIKE%20%27worm%27&columns=id%20Subject%20Owner&order=-id&rows=10&group=Owner&density=compact&refresh=5&saved=8");
        assert_eq!(result.texts("#results tbody tr[data-row] th a"), ["A worm"]);
        assert_eq!(result.text(".page-head p"), "Worms");
        assert_eq!(dana.get("/search").await.link("Worms"), Some(result.at.clone()), "on the page of searches, too");
        // through the builder and back into the same search
        let builder = dana.get(&result.link("Edit search").unwrap()).await;
        assert_eq!(builder.attributes("input[name=saved]", "value"), ["8"]);
        let save = dana.get(&result.link("Save this search").unwrap().replace("worm", "wurm")).await;
        assert!(save.at.starts_with("/searches/8/edit?"), "{}", save.at);
        assert_eq!((save.text("#field-query"), save.attributes("#field-name", "value")), ("Subject LIKE 'wurm'".to_owned(), vec!["Worms".to_owned()]));
        // a copy has another name and leaves the first as it was
        let copy = dana.post("/searches", &with("", "Worms, too")).await;
        assert!(copy.text("#searches").contains("Worms, too"));
        let new = dana.get("/searches/new?copied=8").await;
        assert_eq!((new.text("#field-query"), new.attributes("#field-columns", "value")), ("Subject LIKE 'worm'".to_owned(), vec!["id Subject Owner".to_owned()]));
        assert!(dana.get("/searches/8/edit").await.has("button[formaction='/searches']"));
        dana.post("/searches/8/delete", &[]).await;
        assert_eq!(dana.get(permanent).await.status, 404);
        let wrong = dana.post("/searches", &[("name", "x"), ("query", "id > 0"), ("group", "Nonsense"), ("density", "tight")]).await;
        assert!(wrong.status == 422 && wrong.html.contains("grouped by “Nonsense”") && wrong.html.contains("One of the densities"));
    }

    async fn tc278_own_searches_are_ones_own_groups_the_groups_and_the_systems_everybodys(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let offers = dana.get("/searches/new").await.attributes("#field-keeper option", "value");
        let group = offers.iter().find(|offer| offer.starts_with("group-")).unwrap().clone();
        assert!(offers.contains(&"mine".to_owned()) && !offers.contains(&"system".to_owned()), "{offers:?}");
        dana.post("/searches", &with("mine", "Own")).await;
        dana.post("/searches", &with(&group, "Ours")).await;
        assert_eq!(dana.post("/searches", &with("system", "All")).await.status, 403);
        let mut admin = Browser::signed_in(&world, "admin").await;
        admin.post("/searches", &with("system", "Everybody's")).await;
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        let seen = tariq.get("/searches").await.text("#searches");
        assert!(!seen.contains("Own") && seen.contains("Ours") && seen.contains("Everybody's"), "{seen}");
        assert_eq!(tariq.get("/searches/8").await.status, 404);
        // a member changes the group's; who may not change one is led to a copy
        assert_eq!(tariq.get("/searches/9/edit").await.status, 200);
        assert_eq!(tariq.get("/searches/10/edit").await.status, 403);
        let copy = tariq.get("/searches/10/edit?query=id+%3E+5").await;
        assert!(copy.at.starts_with("/searches/new?copied=10"), "{}", copy.at);
        assert_eq!((copy.text("#field-query"), copy.attributes("#field-name", "value")), ("id > 5".to_owned(), vec!["Everybody's".to_owned()]));
        let mut norman = Browser::signed_in(&world, "norman").await;
        assert!(!norman.get("/searches").await.text("#searches").contains("Ours"));
        assert_eq!(norman.post("/searches/9", &with("mine", "Mine now")).await.status, 404);
    }

    async fn tc283_everybody_has_my_unowned_and_bookmarked_tickets(world: World) {
        let (mine, free) = (world.report("Mine", "x").await, world.report("Free", "x").await);
        let mut dana = Browser::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{mine}/take"), &[]).await;
        dana.post(&format!("/tickets/{free}/bookmark"), &[("on", "1")]).await;
        let searches = dana.get("/searches").await;
        for (name, expected) in [("My Tickets", vec!["Mine"]), ("Unowned Tickets", vec!["Free"]), ("Bookmarked Tickets", vec!["Free"])] {
            let result = dana.get(&searches.link(name).unwrap()).await;
            assert_eq!(result.texts("#results tbody tr[data-row] th a"), expected, "{name}");
            assert_eq!(result.has("#results form[action$='/take']"), name == "Unowned Tickets", "{name}");
        }
    }
}
