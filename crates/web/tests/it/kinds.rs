//! What each type of ticket and each constituency has of its own.

use actions::{
    message::NewMessage,
    ticket::{Create, create},
};
use domain::TicketId;
use testkit::World;

use crate::browser::Browser;

async fn made(world: &World, queue: &str) -> TicketId {
    let admin = world.actor("admin").await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let id = create(&mut tx, &admin, Create::new(queue, "A ticket", NewMessage::text("x"))).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

testkit::both! {
    // IR-013, IR-010: a display, a list and a form of its own for each type, under its own name.
    async fn ir013_each_type_has_its_own_list_form_and_page(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        for (path, queue, plural, single) in [
            ("/reports", "Incident Reports", "Incident Reports", "Incident Report"),
            ("/incidents", "Incidents", "Incidents", "Incident"),
            ("/investigations", "Investigations", "Investigations", "Investigation"),
            ("/countermeasures", "Countermeasures", "Countermeasures", "Countermeasure"),
        ] {
            let id = made(&world, queue).await;
            assert_eq!(dana.get(path).await.text("h1"), plural);
            assert!(dana.get(&format!("{path}/new")).await.has("form.form"), "{path}");
            assert_eq!(dana.get(&format!("/tickets/{id}")).await.text(".ticket-id"), format!("{single} #{id}"));
        }
    }

    // IR-160: all of them, or one; each sees those of the queues they can see.
    async fn ir160_home_offers_the_constituencies_that_somebody_can_see(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let offered = dana.get("/").await.texts("nav.tabs a, .tabs a");
        for name in ["All constituencies", "EDUNET", "GOVNET"] {
            assert!(offered.iter().any(|label| label == name), "{name} in {offered:?}");
        }
        let mut greta = Browser::signed_in(&world, "greta").await;
        let hers = greta.get("/").await;
        assert!(!hers.html.contains("EDUNET"), "others do not exist for her");
    }

    // IR-161: children show their constituency, Incidents their queue.
    async fn ir161_pages_of_children_show_the_constituency_and_those_of_incidents_the_queue(world: World) {
        let mut dana = Browser::signed_in(&world, "dana").await;
        let report = made(&world, "Incident Reports - EDUNET").await;
        assert!(dana.get(&format!("/tickets/{report}")).await.text("#basics").contains("EDUNET"));
        let incident = made(&world, "Incidents - GOVNET").await;
        assert!(dana.get(&format!("/tickets/{incident}")).await.text("#basics").contains("Incidents - GOVNET"));
    }

    // IR-342: taking and stealing say what came of it.
    async fn ir342_taking_and_stealing_report_their_outcome(world: World) {
        let report = world.report("Worm", "x").await;
        let mut dana = Browser::signed_in(&world, "dana").await;
        let page = dana.post(&format!("/tickets/{report}/take"), &[]).await;
        assert!(page.html.contains(&format!("You own ticket {report} now.")));
        let mut tariq = Browser::signed_in(&world, "tariq").await;
        let page = tariq.post(&format!("/tickets/{report}/steal"), &[]).await;
        assert!(page.text("[role=status], .notice").contains(&report.to_string()), "{}", page.text(".notice"));
    }

    // TC-124: pickers offer the queues where somebody may create, and no others.
    async fn tc124_a_queue_picker_offers_only_what_one_may_use(world: World) {
        let mut greta = Browser::signed_in(&world, "greta").await;
        let offered = greta.get("/incidents/new").await.texts("select[name=queue] option");
        assert_eq!(offered, ["Incidents - GOVNET"]);
    }
}
