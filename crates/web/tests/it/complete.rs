//! What is proposed while a query is typed: only what the asker may see.

use crate::browser::Browser;
use serde_json::Value;

async fn asked(browser: &mut Browser, parameters: &[(&str, &str)]) -> (u64, Vec<String>) {
    let page = browser.get(&format!("/search/complete?{}", serde_urlencoded::to_string(parameters).unwrap())).await;
    let answer: Value = serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("{}", page.html));
    let found = answer["found"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    (answer["from"].as_u64().unwrap(), found)
}

testkit::both! {
    async fn fields_values_and_people_are_proposed_where_they_can_stand(world: World) {
        world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        for (before, from, first) in [
            ("Stat", 0, "Status"),
            ("Status ", 7, "="),
            ("Status = 'rej", 9, "'rejected'"),
            ("Status = ", 9, "__Active__"),
            ("Queue = 'Incident R", 8, "'Incident Reports'"),
            ("Owner = 'tar", 8, "'tariq'"),
            ("Owner = '__", 8, "__CurrentUser__"),
            ("Requestor LIKE 'ray@ba", 15, "'ray@bank.example'"),
            ("Requestor.Na", 0, "Requestor.Name"),
            ("CF.{I", 0, "CF.{IP}"),
            ("id > 0 A", 7, "AND"),
            // places are counted as scripts do
            ("Subject = '😀ö' AND Que", 20, "Queue"),
        ] {
            let (at, found) = asked(&mut dana, &[("before", before)]).await;
            assert_eq!((at, found.first().map(String::as_str)), (from, Some(first)), "{before}: {found:?}");
            assert!(found.len() <= 12);
        }
        assert!(asked(&mut dana, &[("before", "Owner = 'h")]).await.1.is_empty(), "one letter finds nobody");
        assert_eq!(asked(&mut dana, &[("field", "Requestor"), ("value", "ray")]).await.1, ["ray@bank.example"]);
    }

    async fn nobody_is_proposed_what_they_may_not_see(world: World) {
        world.report("Worm", "x").await;
        let mut norman = Browser::signed_in(&world, "norman").await;
        for before in ["Queue = 'Inc", "Requestor = 'ray", "Owner = 'tar", "CF.{I", "Status = 'rej"] {
            assert!(asked(&mut norman, &[("before", before)]).await.1.is_empty(), "{before}");
        }
        assert!(asked(&mut norman, &[("field", "Requestor"), ("value", "ray")]).await.1.is_empty());
        let mut stranger = Browser::of(&world);
        assert!(!stranger.get("/search/complete?before=Stat").await.html.contains("Status"));
    }
}
