//! Options of the installation (IR section 19).

use actions::{
    Error,
    setup::{self, set_settings},
};
use domain::setting::list;

testkit::both! {
    async fn ir556_a_bad_stored_value_is_told_by_name_and_its_default_holds(world: World) {
        let mut db = world.desk.db().write().await.unwrap();
        for (name, value) in [("overdue_after_days", "soon"), ("default_queue", "Gone"), ("countermeasure_approve_pattern", "(")] {
            storage::setting::put(&mut db, name, value).await.unwrap();
        }
        storage::catalog::touch(&mut db).await.unwrap();
        db.commit().await.unwrap();
        let tx = world.look().await;
        let catalog = tx.catalog();
        assert_eq!((catalog.setting_number(list::OVERDUE_AFTER), catalog.setting_text(list::DEFAULT_QUEUE)), (7, "Incident Reports"));
        assert_eq!(catalog.setting_finds(list::APPROVE_PATTERN, "anything"), None);
        let mut named: Vec<&str> = catalog.setting_problems().iter().map(|(name, _)| *name).collect();
        named.sort_unstable();
        assert_eq!(named, ["countermeasure_approve_pattern", "default_queue", "overdue_after_days"]);
    }

    async fn settings_are_set_by_administrators_and_the_audit_tells(world: World) {
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let mut tx = world.tx().await;
        assert!(matches!(set_settings(&mut tx, &dana, &[(list::OVERDUE_AFTER, Some("3"))]).await, Err(Error::Forbidden(_))));
        let refused = set_settings(&mut tx, &admin, &[(list::APPROVE_PATTERN, Some("done"))]).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].field == list::APPROVE_PATTERN), "only on the machine (IR-555)");
        assert_eq!(set_settings(&mut tx, &setup::operator(), &[("RTIR_BlockAproveActionRegexp", Some("done"))]).await.unwrap(), 1);
        assert_eq!(set_settings(&mut tx, &admin, &[("OverdueAfter", Some("03")), (list::LOCK_EXPIRY, Some("0"))]).await.unwrap(), 1, "0 holds already");
        assert_eq!(tx.catalog().setting_number(list::OVERDUE_AFTER), 3);
        assert_eq!(set_settings(&mut tx, &admin, &[(list::OVERDUE_AFTER, None)]).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut db = world.desk.db().read().await.unwrap();
        let entries = storage::audit::after(&mut db, 0, 1000).await.unwrap();
        let told: Vec<&str> = entries.iter().filter(|entry| entry.kind == "set setting").map(|entry| entry.data.as_str()).collect();
        // the world is made with two of its own
        assert_eq!(told[2..], [
            "countermeasure_approve_pattern: “” to “done”",
            "overdue_after_days: “7” to “3”",
            "overdue_after_days: “3” to “7” (default)",
        ]);
    }
}
