//! Signing in, staying where one was going, and signing out.

use axum::http::StatusCode;

use crate::browser::Browser;

testkit::both! {
    async fn a_wrong_password_brings_the_form_back_with_the_name(world: World) {
        let mut browser = Browser::of(&world);
        let page = browser.post("/sign-in", &[("name", "dana"), ("password", "wrong"), ("next", "/incidents")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attributes("input[name=name]", "value"), ["dana"]);
        assert_eq!(page.attributes("input[name=next]", "value"), ["/incidents"]);
        assert!(page.text("[role=alert]").contains("Name or password is wrong."));
        let page = browser.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD), ("next", "/incidents")]).await;
        assert_eq!((page.status, page.at.as_str()), (StatusCode::OK, "/incidents"));
    }

    async fn whoever_guesses_has_to_wait(world: World) {
        let mut browser = Browser::of(&world);
        for _ in 0..10 {
            browser.post("/sign-in", &[("name", "dana"), ("password", "guess")]).await;
        }
        let page = browser.post("/sign-in", &[("name", "Dana "), ("password", testkit::PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        world.clock.advance(jiff::SignedDuration::from_mins(6));
        let page = browser.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::OK);
    }

    async fn signing_in_leads_nowhere_else(world: World) {
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            let mut browser = Browser::of(&world);
            let page = browser.post("/sign-in", &[("name", "dana"), ("password", testkit::PASSWORD), ("next", next)]).await;
            assert_eq!(page.at, "/", "{next}");
        }
    }

    async fn signing_out_ends_the_session(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.post("/sign-out", &[]).await;
        assert_eq!(page.at, "/sign-in");
        assert!(page.text("[role=status]").contains("You are signed out."));
        assert_eq!(browser.get("/").await.at, "/sign-in");
    }

    async fn preferences_take_effect_at_once(world: World) {
        let mut browser = Browser::signed_in(&world, "dana").await;
        let page = browser.post("/preferences/theme", &[("theme", "dark"), ("return", "/about")]).await;
        assert_eq!((page.at.as_str(), page.attributes("html", "data-theme")), ("/about", vec!["dark".to_owned()]));
        let page = browser.post("/preferences/density", &[("density", "compact"), ("return", "//evil.example")]).await;
        assert_eq!((page.at.as_str(), page.attributes("html", "data-density")), ("/", vec!["compact".to_owned()]));
        let page = browser.post("/preferences/keys", &[("keys", "off"), ("return", "/preferences")]).await;
        assert_eq!(page.attributes("body", "data-keys"), ["off"]);
    }
}
