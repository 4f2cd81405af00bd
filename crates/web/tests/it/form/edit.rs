//! Editing.

use super::client::Client;
use super::{created, incident, input_of, look, messages, values};
use domain::Role;

testkit::both! {
    async fn one_save_changes_what_was_touched_and_nothing_else(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let before = look(&world, report).await;
        let form = dana.get(&format!("/tickets/{report}/edit")).await.form("form.form");
        assert_eq!(form.value("requestors"), "Ray Requestor <ray@bank.example>");
        let same = dana.submit(&form).await;
        assert_eq!((same.status, look(&world, report).await.ticket.version), (303, before.ticket.version), "nothing touched, nothing written");

        let ip = input_of(&before, "IP");
        let form = form
            .set("subject", "Worm at the bank")
            .set("owner", "hana")
            .set("due", "2026-03-09T17:00")
            .set("time_left", "30")
            .set("ccs", "carla@bank.example")
            .set("requestors", "ray@bank.example; second@bank.example")
            .set(&ip, "192.0.2.8");
        assert_eq!(dana.submit(&form).await.status, 303);
        let view = look(&world, report).await;
        assert_eq!((view.ticket.subject.as_str(), view.owner.name.as_str(), view.ticket.time_left), ("Worm at the bank", "hana", 30));
        assert_eq!(view.ticket.due.unwrap().to_string(), "2026-03-09T17:00:00Z");
        assert_eq!((view.holders(Role::Requestor).count(), view.holders(Role::Cc).count()), (2, 1));
        assert_eq!(values(&view, "IP"), ["192.0.2.8"]);
        assert_eq!(values(&view, "How Reported"), ["Email"]);
    }

    async fn a_stale_form_comes_back_with_what_was_typed_beside_what_is_new(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let form = dana.get(&format!("/tickets/{report}/edit")).await.form("form.form").set("subject", "Typed by Dana");
        let mut admin = Client::signed_in(&world, "admin").await;
        let other = admin.get(&format!("/tickets/{report}/edit")).await.form("form.form");
        admin.submit(&other.set("subject", "Set by Alma").set("time_left", "45")).await;

        let page = dana.submit(&form).await;
        assert_eq!(page.status, 409);
        let back = page.form("form.form");
        assert_eq!((back.value("subject"), back.value("time_left")), ("Typed by Dana", "45"), "untouched inputs show what is new");
        assert!(page.text("#differences").contains("Set by Alma"), "{}", page.words());
        assert!(page.text(".error-summary").contains("Somebody changed Subject since"), "{}", page.words());
        assert_eq!(dana.submit(&back).await.status, 303, "sent again on purpose");
        let view = look(&world, report).await;
        assert_eq!((view.ticket.subject.as_str(), view.ticket.time_left), ("Typed by Dana", 45));
    }

    async fn everything_wrong_is_said_beside_its_field_and_nothing_is_written(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        dana.post(&format!("/tickets/{report}/take"), &[]).await;
        let version = look(&world, report).await.ticket.version;
        let form = dana.get(&format!("/tickets/{report}/edit")).await.form("form.form").set("time_left", "12");
        let ip = input_of(&look(&world, report).await, "IP");
        for (name, bad, error) in [
            ("subject", " ".to_owned(), "A subject is needed"),
            ("subject", "x".repeat(300), "at most 200 characters"),
            ("requestors", "no one at all@".to_owned(), "is not an e-mail address"),
            ("requestors", "reports@csirt.example".to_owned(), "round in circles"),
            ("admin_ccs", "nobody-we-know".to_owned(), "There is nobody called"),
            ("due", "some day".to_owned(), "not a date and time"),
            ("time_estimated", "-5".to_owned(), "cannot be negative"),
            ("level", "Platinum".to_owned(), "no service level"),
            ("owner", "norman".to_owned(), "may not own tickets"),
            ("queue", "999999".to_owned(), "may not create tickets"),
            ("queue", "x".to_owned(), "may not create tickets"),
            (&ip, "192.0.2.999".to_owned(), "not an IP address"),
        ] {
            let page = dana.submit(&form.clone().set(name, &bad)).await;
            assert_eq!(page.status, 422, "{name}={bad}: {}", page.words());
            assert!(page.error(name).contains(error), "{name}: {}", page.words());
            assert_eq!(page.form("form.form").value("time_left"), "12", "{name}");
        }
        assert_eq!(look(&world, report).await.ticket.version, version);
    }

    async fn a_countermeasure_s_status_is_edited_and_others_are_not(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={incident}")).await;
        let block = created(&dana.submit(&page.form("form.form")).await);
        let page = dana.get(&format!("/tickets/{block}/edit")).await;
        assert_eq!(page.attributes("select[name=status] option", "value"), ["pending activation", "active", "removed"]);
        dana.submit(&page.form("form.form").set("status", "active")).await;
        assert_eq!(look(&world, block).await.ticket.status, "active");
        let page = dana.get(&format!("/tickets/{report}/edit")).await;
        assert!(!page.has("select[name=status]"));
        dana.submit(&page.form("form.form").set("status", "rejected")).await;
        assert_eq!(look(&world, report).await.ticket.status, "open", "a status that the form does not offer is ignored");
    }

    async fn times_are_typed_in_the_person_s_own_zone(world: World) {
        let mut tx = world.tx().await;
        let new = actions::account::NewUser {
            name: "berta".into(), privileged: true, password: Some(testkit::PASSWORD.into()), time_zone: Some("Europe/Berlin".into()), ..Default::default()
        };
        let admin = world.actor("admin").await;
        let berta = actions::account::create_user(&mut tx, &admin, new).await.unwrap();
        let team = tx.catalog().groups().find(|(_, name)| *name == "DutyTeam").unwrap().0;
        actions::account::add_member(&mut tx, &admin, team, berta.id).await.unwrap();
        tx.commit().await.unwrap();
        let report = world.report("Worm", "x").await;
        let mut berta = Client::signed_in(&world, "berta").await;
        berta.post(&format!("/tickets/{report}/take"), &[]).await;
        let form = berta.get(&format!("/tickets/{report}/edit")).await.form("form.form");
        assert_eq!(form.value("due"), "2026-03-02 11:30", "an hour ahead of the clock in London");
        berta.submit(&form.set("due", "2026-07-01T08:00")).await;
        assert_eq!(look(&world, report).await.ticket.due.unwrap().to_string(), "2026-07-01T06:00:00Z");
        assert_eq!(messages(&world, report, "Correspond").await, [""; 0]);
    }
}
