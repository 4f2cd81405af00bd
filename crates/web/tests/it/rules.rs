//! The pages of automation rules (TC-161).

use crate::browser::Browser;
use axum::http::StatusCode;

testkit::both! {
    async fn tc161_a_rule_is_written_switched_off_and_its_runs_are_read(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin/rules").await;
        assert!(page.text("#rules").contains("Close children with their incident") && page.text("#rules").contains("Tell the firewall"));
        let form = [("name", "Loud"), ("on", "Create"), ("lifecycles", "incident_reports"), ("when", "Subject LIKE 'worm'"), ("stage", "immediate"), ("effect", "0"), ("effect-0-do", "set_priority"), ("effect-0-to", "90")];
        let page = admin.post("/admin/rules/new", &form).await;
        assert_eq!(page.text("h1"), "Loud");
        assert_eq!(page.attributes("#field-effect-0-to", "value"), ["90"]);
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
        let form = [("name", "Broken"), ("on", "Create"), ("when", "Colour ="), ("effect", "0"), ("effect-0-do", "explode")];
        let page = admin.post("/admin/rules/new", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has("#field-when-error") && page.has("#field-effects-error") && page.text("#field-when").contains("Colour ="));
        assert_eq!(admin.get("/admin/rules/4711").await.status, StatusCode::NOT_FOUND);
    }

    async fn tc161_effects_are_put_together_and_the_rule_is_tried_without_being_stored(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let ticket = world.report("Worm", "It spreads.").await;
        let page = admin.post("/admin/rules/new", &[("name", "X"), ("ready", "On close"), ("take", "1")]).await;
        assert!(page.text("#field-when").contains("Change.NewClass = 'inactive'") && page.attributes("#field-on input[checked]", "value") == ["Status"]);
        let begun = [("name", "X"), ("on", "Create"), ("when", "Subject = 'Worm'")];
        let page = admin.post("/admin/rules/new", &[&begun[..], &[("new-effect", "notify"), ("add", "1")]].concat()).await;
        assert!(page.has("#field-effect-0-template") && page.texts("fieldset.effect legend")[0] == "Mail to roles");
        let row = [("effect", "0"), ("effect-0-do", "notify"), ("effect-0-to", "owner"), ("effect-0-to", "ccs"), ("effect-0-template", "Transaction")];
        let page = admin.post("/admin/rules/new", &[&begun[..], &row, &[("new-effect", "set_status"), ("add", "1")]].concat()).await;
        assert_eq!(page.attributes("input[name=effect]", "value"), ["0", "1"]);
        assert_eq!(page.attributes("#field-effect-0-to input[checked]", "value"), ["owner", "ccs"], "what was chosen stays");
        let page = admin.post("/admin/rules/new", &[&begun[..], &row, &[("effect", "1"), ("effect-1-do", "set_status"), ("drop", "0")]].concat()).await;
        assert_eq!(page.attributes("input[name=effect]", "value"), ["1"]);
        let page = admin.post("/admin/rules/new", &[&begun[..], &row, &[("try", "1")]].concat()).await;
        assert!(page.text("#tried").contains("fired on 1 of") && page.text("#tried").contains(&format!("#{ticket}")), "{}", page.text("#tried"));
        assert!(!admin.get("/admin/rules").await.text("#rules").contains("Subject = 'Worm'"), "nothing was stored");
        let page = admin.post("/admin/rules/new", &[&begun[..], &row].concat()).await;
        assert_eq!(page.attributes("#field-effect-0-to input[checked]", "value"), ["owner", "ccs"]);
        let clock = [("name", "Ageing"), ("cron", "0 8 * * *"), ("search", "Status = 'new'"), ("effect", "0"), ("effect-0-do", "age_priority")];
        let page = admin.post("/admin/rules/new", &clock).await;
        assert_eq!((page.text("h1"), page.attributes("#field-cron", "value")), ("Ageing".to_owned(), vec!["0 8 * * *".to_owned()]));
    }

    async fn tc161_rules_go_through_a_file(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let text = String::from_utf8(admin.get("/admin/rules/export").await.bytes).unwrap();
        assert!(text.contains("Close children with their incident") && text.contains("Acknowledges a new ticket"));
        let changed = text.replace("name: Tell the new owner", "name: Tell whom it was given to");
        let page = admin.post("/admin/rules/import", &[("file", &changed)]).await;
        assert!(page.text("#rules").contains("Tell whom it was given to"), "{}", page.text("main"));
        let page = admin.post("/admin/rules/import", &[("file", "rules:\n  - name: B\n    on: [Nothing]\n    effects: []\n")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("main").contains("Line 3, on of “B”") && page.text("#field-file").contains("name: B"), "{}", page.text("main"));
    }
}
