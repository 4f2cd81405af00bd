//! Single keys: other ones, or none.

use crate::browser::Browser;
use axum::http::StatusCode;

testkit::both! {
    async fn keys_can_be_chosen_switched_off_and_given_back(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let on = |page: &crate::browser::Page, act: &str| page.attributes(&format!("#help [data-binding={act}]"), "data-on")[0].clone();
        assert_eq!(on(&dana.get("/reports").await, "take"), "t|i");
        let page = dana.post("/preferences/bindings", &[("take", "ö"), ("reject", "off")]).await;
        assert_eq!(page.attributes("input[name=take]", "value"), ["ö"], "{}", page.text("main"));
        let page = dana.get("/reports").await;
        assert_eq!((on(&page, "take"), on(&page, "reject"), on(&page, "reply")), ("ö".into(), String::new(), "r".into()));
        let page = dana.post("/preferences/bindings", &[("take", "r")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("#field-reply-error").contains("Take"), "{}", page.text("main"));
        dana.post("/preferences/bindings", &[("usual", "1")]).await;
        assert_eq!(on(&dana.get("/reports").await, "take"), "t|i");
    }
}
