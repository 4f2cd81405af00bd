//! The options of the installation in a browser (IR section 19).

use crate::browser::Browser;
use axum::http::StatusCode;

async fn now(world: &testkit::World, name: &str) -> String {
    world.look().await.catalog().setting_text(name).to_owned()
}

testkit::both! {
    // IR-555: changed by an administrator in the web interface, except the countermeasure pattern
    async fn ir555_an_administrator_changes_settings_and_takes_them_back(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let page = admin.get("/admin/settings").await;
        assert!(page.has("#setting-overdue_after_days input[value='7']") && page.has("#setting-countermeasure_approve_pattern code"));
        assert!(!page.has("[name=countermeasure_approve_pattern]"));
        let mut fields = vec![("group", "mail"), ("reply_prefix", "Re:"), ("undo_hold_seconds", "20")];
        fields.extend([("mail_answers_per_hour", "4"), ("mail_alike_per_hour", "100"), ("keep_raw_mail_days", "0")]);
        fields.extend([("max_attachment_bytes", "10485760"), ("mail_commands", "no")]);
        // a choice or a text that may not be empty comes with every form
        fields.extend([("redistribute_auto_generated", "privileged"), ("envelope_sender", "queue")]);
        fields.extend([("digest_hour", "07:00"), ("digest_weekday", "monday")]);
        let page = admin.post("/admin/settings", &fields).await;
        assert!(page.text("[role=status]").contains("saved"), "{}", page.html);
        assert_eq!((now(&world, "reply_prefix").await, now(&world, "undo_hold_seconds").await), ("Re:".into(), "20".into()));
        admin.post("/admin/settings", &[("group", "mail"), ("reset", "reply_prefix")]).await;
        assert_eq!((now(&world, "reply_prefix").await, now(&world, "undo_hold_seconds").await), (String::new(), "20".into()));
        admin.post("/admin/settings", &[("group", "countermeasures"), ("countermeasure_approve_pattern", "x"), ("fourth_type", "block")]).await;
        assert_eq!((now(&world, "countermeasure_approve_pattern").await, now(&world, "fourth_type").await), (String::new(), "block".into()));
    }

    async fn ir556_wrong_values_come_back_with_their_field_and_nothing_is_half_saved(world: World) {
        let mut admin = Browser::signed_in(&world, "admin").await;
        let form = [("group", "work"), ("overdue_after_days", "9"), ("lock_expiry_minutes", "soon"), ("default_queue", "No such queue"), ("level_by_priority", "")];
        let page = admin.post("/admin/settings", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("#field-lock_expiry_minutes-error").contains("whole number") && page.text("#field-default_queue-error").contains("No such queue"));
        assert!(page.has("#setting-overdue_after_days input[value='9']"), "what was typed is kept");
        assert_eq!(now(&world, "overdue_after_days").await, "7");
    }

    async fn settings_are_for_administrators(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        assert_eq!(dana.get("/admin/settings").await.status, StatusCode::FORBIDDEN);
        assert_eq!(dana.post("/admin/settings", &[("group", "work"), ("overdue_after_days", "9")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(now(&world, "overdue_after_days").await, "7");
    }
}

#[test]
fn every_setting_has_its_words() {
    for setting in domain::setting::all() {
        let key = format!("setting-{}", setting.name.replace('_', "-"));
        assert!(http_door::text::has(&key) && http_door::text::has(&format!("{key}-hint")), "{key} is not in settings.ftl");
    }
}
