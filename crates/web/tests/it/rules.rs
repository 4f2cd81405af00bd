//! The pages of automation rules (TC-161).

use crate::browser::Browser;
use axum::http::StatusCode;

testkit::both! {
    async fn tc161_a_rule_is_written_switched_off_and_its_runs_are_read(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin/rules").await;
        assert!(page.text("#rules").contains("Close children with their incident") && page.text("#rules").contains("Tell the firewall"));
        let form = [("name", "Loud"), ("on", "Create"), ("lifecycles", "incident_reports"), ("when", "Subject LIKE 'worm'"), ("stage", "immediate"), ("effects", r#"{"do":"set_priority","to":90}"#)];
        let page = admin.post("/admin/rules/new", &form).await;
        assert_eq!(page.text("h1"), "Loud");
        let at = page.at.clone();
        let ticket = world.report("Worm", "It spreads.").await;
        let page = admin.get(&at).await;
        assert!(page.text("#runs").contains(&format!("#{ticket}")), "{}", page.text("#runs"));
        assert!(page.has("#ready code"));
        admin.post(&format!("{at}/enabled"), &[("enabled", "no")]).await;
        let other = world.report("Worm again", "x").await;
        assert!(!admin.get(&at).await.text("#runs").contains(&format!("#{other}")));
    }

    async fn a_rule_with_mistakes_comes_back_with_what_was_typed(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let form = [("name", "Broken"), ("on", "Create"), ("when", "Colour ="), ("effects", "{\"do\":\"explode\"}")];
        let page = admin.post("/admin/rules/new", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has("#field-when-error") && page.has("#field-effects-error") && page.text("#field-when").contains("Colour ="));
        assert_eq!(admin.get("/admin/rules/4711").await.status, StatusCode::NOT_FOUND);
    }
}
