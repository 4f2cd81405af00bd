//! What people choose for themselves.

use axum::http::StatusCode;

use crate::browser::Browser;

testkit::both! {
    async fn a_choice_holds_for_whoever_made_it_and_for_nobody_else(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let form = [("group", "home"), ("summary_rows", "3"), ("home_refresh", "5"), ("date_format", "date")];
        assert!(dana.post("/preferences", &form).await.html.contains("Saved."));
        let page = dana.get("/preferences").await;
        assert_eq!(page.attributes("#field-summary_rows", "value"), ["3"]);
        assert_eq!(page.attributes("#field-home_refresh option[selected]", "value"), ["5"]);
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        assert_ne!(tariq.get("/preferences").await.attributes("#field-summary_rows", "value"), ["3"]);
        // empty is back to what holds for all
        dana.post("/preferences", &[("group", "home"), ("summary_rows", ""), ("home_refresh", "0"), ("date_format", "relative")]).await;
        assert_ne!(dana.get("/preferences").await.attributes("#field-summary_rows", "value"), ["3"]);
    }

    async fn ir282_the_default_queue_is_one_of_incident_response_where_one_may_create(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let offered = dana.get("/preferences").await.attributes("#field-default_queue option", "value");
        assert!(offered.contains(&"Investigations".to_owned()) && !offered.contains(&"General".to_owned()));
        let mut norman = Browser::signed_in(&world, "norman").await;
        let page = norman.post("/preferences", &[("group", "work"), ("default_queue", "Investigations"), ("after_edit", "form")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("#field-default_queue-error").contains("no such queue"));
        assert_eq!(norman.get("/preferences").await.attributes("#field-after_edit option[selected]", "value"), ["ticket"], "all or nothing");
    }
}

#[test]
fn every_preference_has_its_words() {
    for preference in domain::preference::all().filter(|one| domain::preference::Group::SHOWN.contains(&one.group)) {
        let key = format!("preference-{}", preference.name.replace('_', "-"));
        assert!(http_door::text::has(&key) && http_door::text::has(&format!("{key}-hint")), "{key} is not in home.ftl");
        if let domain::setting::Kind::Choice(choices) = preference.kind {
            for (name, _) in choices {
                assert!(http_door::text::has(&format!("{key}-{name}")), "{key}-{name} is not in home.ftl");
            }
        }
    }
}
