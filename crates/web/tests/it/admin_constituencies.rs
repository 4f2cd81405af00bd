//! The page on which administrators keep constituencies.

use axum::http::StatusCode;

use crate::browser::Browser;

testkit::both! {
    async fn ir164_an_administrator_adds_and_renames_constituencies_in_the_browser(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin/constituencies").await;
        assert_eq!(page.texts(".panel h2")[..2], ["EDUNET", "GOVNET"]);
        let form = [("name", "HEALTH"), ("correspond_address", "nonsense@")];
        let page = admin.post("/admin/constituencies", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attributes("#new [name=name]", "value"), ["HEALTH"], "what was typed stays");
        let page = admin.post("/admin/constituencies", &[("name", "HEALTH"), ("correspond_address", "abuse@health.example")]).await;
        assert!(page.texts(".panel h2").iter().any(|name| name == "HEALTH") && page.html.contains("abuse@health.example"));
        let page = admin.post("/admin/constituencies/rename", &[("old", "HEALTH"), ("new", "GOVNET")]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.html.contains("already"), "{}", page.html);
        let page = admin.post("/admin/constituencies/rename", &[("old", "HEALTH"), ("new", "CLINICS")]).await;
        assert!(page.html.contains("DutyTeam CLINICS") && page.html.contains("Incident Reports - CLINICS"));
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert_eq!(dana.get("/admin/constituencies").await.status, StatusCode::FORBIDDEN);
    }
}
