//! The administration pages of queues, lifecycles and service levels.

use super::client::Client;

testkit::both! {
    // TC-121, TC-122, TC-126, TC-055
    async fn tc126_queues_are_listed_found_and_edited(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let id = world.queue_id("General").await;
        for path in ["/admin/queues", "/admin/lifecycles", "/admin/service-levels"] {
            assert_eq!(dana.get(path).await.status, 403, "{path}");
        }
        assert_eq!(dana.post(&format!("/admin/queues/{id}"), &[("name", "Mine")]).await.status, 403);
        let mut admin = Client::signed_in(&world, "admin").await;
        assert_eq!(admin.get("/admin/queues?words=govnet").await.texts("tbody th a").len(), 4);
        let address = format!("/admin/queues/{id}");
        let form = admin.get(&address).await.form("form.form");
        assert_eq!((form.value("name"), form.value("lifecycle")), ("General", "default"));
        let page = admin.submit(&form.clone().set("default_due", "soon").set("priorities", "Low")).await;
        assert!(page.status == 422 && page.error("default_due").contains("no date") && page.error("priorities").contains("not like"), "{}", page.words());
        assert_eq!(page.form("form.form").value("priorities"), "Low", "kept as typed");
        assert_eq!(admin.submit(&form.set("default_due", "2 weeks").set("priorities", "idle=0, busy=9").set("disabled", "1")).await.status, 303);
        let queue = world.queue("General").await;
        assert!(queue.disabled && queue.default_due.as_deref() == Some("2 weeks") && queue.scale.is_some());
        assert!(!admin.get("/admin/queues").await.words().contains("General"), "disabled ones when asked for");
        assert!(admin.get("/admin/queues?disabled=1").await.words().contains("General"));
        admin.post(&format!("{address}/watchers"), &[("who", "group:DutyTeam"), ("role", "AdminCc")]).await;
        admin.post(&format!("{address}/watchers"), &[("who", "hana"), ("role", "Cc")]).await;
        let page = admin.get(&address).await;
        assert!(page.text("#watchers").contains("Group DutyTeam") && page.text("#watchers").contains("Hana Handler"));
        for button in page.attributes("#watchers button[name=remove]", "value") {
            admin.post(&format!("{address}/watchers"), &[("remove", &button)]).await;
        }
        assert!(admin.get(&address).await.text("#watchers").contains("Nobody watches"));
        assert!(admin.post(&format!("{address}/watchers"), &[("who", "group:Nowhere"), ("role", "Cc")]).await.error("who").contains("no group"));
    }

    // TC-045, TC-041, TC-044
    async fn tc045_a_lifecycle_is_shown_edited_cloned_and_deleted(world: World) {
        let mut admin = Client::signed_in(&world, "admin").await;
        assert!(admin.get("/admin/lifecycles").await.words().contains("pending activation"));
        let page = admin.get("/admin/lifecycles/default").await;
        assert!(page.text("#transitions").contains("DeleteTicket") && page.text("#actions").contains("Stall") && page.text("#maps").contains("incidents"));
        assert!(page.has("#missing-maps"), "deleted has no map");
        assert!(!page.words().contains("Delete lifecycle"));
        let form = admin.get("/admin/lifecycles/default/edit?clone=1").await.form("form.form");
        let definition = form.value("definition").to_owned();
        assert!(definition.contains("\"default 2\""));
        let broken = admin.submit(&form.clone().set("definition", &definition.replace("\"on_create\": \"new\"", "\"on_create\": \"fresh\""))).await;
        assert!(broken.status == 422 && broken.error("definition").contains("on_create"), "{}", broken.words());
        let saved = admin.submit(&form.set("definition", &definition.replace("default 2", "Desk"))).await;
        assert_eq!(saved.location.as_deref(), Some("/admin/lifecycles/Desk"));
        assert_eq!(admin.post("/admin/lifecycles/default/delete", &[]).await.status, 409, "a queue uses it");
        assert_eq!(admin.post("/admin/lifecycles/Desk/delete", &[]).await.status, 303);
        assert_eq!(admin.get("/admin/lifecycles/Desk").await.status, 404);
    }

    // TC-213, TC-214, IR-230, IR-235, IR-236
    async fn tc213_levels_calendars_and_the_scheme_are_set_up(world: World) {
        let mut admin = Client::signed_in(&world, "admin").await;
        let form = admin.get("/admin/service-levels/level").await.form("form.form");
        let form = form.set("name", "Gold").set("response-business", "60").set("response-ignore", "Stalled, new").set("response-exclude", "1").set("resolve-out-real", "5");
        let page = admin.submit(&form.clone().set("response-business", "-1").set("calendar", "Office hours")).await;
        assert!(page.status == 422 && page.error("response-business").contains("from 0"), "{}", page.words());
        assert_eq!(admin.submit(&form.set("calendar", "Office hours")).await.status, 303);
        let catalog = world.look().await.catalog();
        let (gold, _) = catalog.level("Gold").unwrap();
        let response = gold.response.as_ref().unwrap();
        assert_eq!((response.business_minutes, response.ignore_on.as_slice(), response.exclude_ignored_time), (Some(60), &["stalled".to_owned(), "new".to_owned()][..], true));
        assert_eq!(gold.out_of_hours.resolve.as_ref().unwrap().real_minutes, Some(5));
        assert!(admin.get("/admin/service-levels").await.words().contains("60 Business minutes"));

        let form = admin.get("/admin/service-levels/calendar?name=Office%20hours").await.form("form.form");
        assert_eq!((form.value("monday"), form.value("sunday")), ("09:00-18:00", ""), "IR-236");
        let page = admin.submit(&form.clone().set("monday", "9 to 5").set("holidays", "12-24")).await;
        assert!(page.status == 422 && page.error("monday").contains("not like 09:00-18:00"), "{}", page.words());
        let page = admin.submit(&form.clone().set("holidays", "24.12.")).await;
        assert!(page.error("holidays").contains("not like 12-24"), "{}", page.words());
        assert_eq!(admin.submit(&form.set("monday", "08:00-12:00, 13:00-17:00").set("holidays", "12-24\n2026-04-06")).await.status, 303);
        let form = admin.get("/admin/service-levels/calendar?name=Office%20hours").await.form("form.form");
        assert_eq!((form.value("monday"), form.value("holidays").trim()), ("08:00-12:00, 13:00-17:00", "12-24\n2026-04-06"));

        let form = admin.get("/admin/service-levels").await.form("form.form");
        assert_eq!(admin.submit(&form.set("scheme", "classic").set("default_level", "Gold")).await.status, 303);
        assert!(world.look().await.catalog().is_classic(), "IR-235: selectable");
        assert_eq!(admin.post("/admin/service-levels/delete-level", &[("name", "Gold")]).await.status, 409, "the default of all");
        assert_eq!(admin.post("/admin/service-levels/delete-calendar", &[("name", "Office hours")]).await.status, 409);
    }
}
