//! New Incidents: from a report, on their own, and with an Investigation in the same step.

use super::client::Client;
use super::{created, incident, input_of, look, messages, values};
use domain::TicketKind;

testkit::both! {
    async fn a_report_must_be_taken_before_an_incident_is_made_of_it(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let address = format!("/incidents/new?from={report}");
        let page = dana.get(&address).await;
        assert!(page.words().contains("Take it and go on"), "{}", page.words());
        let taken = dana.submit(&page.form("#take-first form")).await;
        assert_eq!(taken.location.as_deref(), Some(address.as_str()));
        let form = dana.get(&address).await.form("form.form");
        assert_eq!((form.value("subject"), form.value("message"), form.value("priority")), ("Worm", "Traffic from 192.0.2.7", "50"));
        let page = dana.submit(&form).await;
        let view = look(&world, created(&page)).await;
        assert_eq!((view.ticket.kind, view.owner.name.as_str()), (TicketKind::Incident, "dana"));
        assert_eq!(values(&view, "IP"), ["192.0.2.7"]);
        assert_eq!(look(&world, report).await.ticket.status, "open");
    }

    async fn somebody_else_s_report_can_be_stolen_or_is_left_alone(world: World) {
        let report = world.report("Worm", "x").await;
        Client::signed_in(&world, "dana").await.post(&format!("/tickets/{report}/take"), &[]).await;
        let mut tariq = Client::signed_in(&world, "tariq").await;
        let page = tariq.get(&format!("/incidents/new?from={report}")).await;
        assert!(page.words().contains("belongs to Dana Duty") && page.words().contains("Steal it"), "{}", page.words());
        // sent anyway: nothing is made
        let queue = world.queue_id("Incidents").await.to_string();
        let forced = tariq.post("/incidents/new", &[("from", &report.to_string()), ("queue", &queue), ("subject", "Mine")]).await;
        assert_eq!(forced.status, 403);
        assert_eq!(look(&world, report).await.incidents().count(), 0);
    }

    async fn an_incident_and_its_investigation_are_made_in_one_step_or_not_at_all(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let probe = { let report = world.report("Probe", "x").await; incident(&world, "dana", report).await };
        let (ip, class) = { let view = look(&world, probe).await; (input_of(&view, "IP"), input_of(&view, "Classification")) };
        let form = dana.get("/incidents/new").await.form("form.form").set("subject", "Scan").set("message", "Scans from 192.0.2.1");
        let form = form.set(&ip, "192.0.2.1").set(&class, "Scan").set("owner", "dana").add("launch", "1");
        let page = dana.submit(&form).await;
        assert_eq!((page.status, page.error("launch-requestors").as_str()), (422, "A correspondent for the investigation is needed."));
        let page = dana.submit(&form.set("launch-requestors", "investigations@csirt.example")).await;
        assert_eq!(page.status, 422);
        assert!(page.error("launch-requestors").contains("round in circles"), "{}", page.words());
        assert_eq!(page.form("form.form").value("subject"), "Scan");
        let page = dana.submit(&page.form("form.form").set("launch-requestors", "noc@isp.example").add("launch", "1")).await;
        let view = look(&world, created(&page)).await;
        let children: Vec<_> = view.children(TicketKind::Investigation).map(|child| child.ticket.id).collect();
        let investigation = look(&world, children[0]).await;
        assert_eq!((investigation.ticket.subject.as_str(), investigation.owner.name.as_str()), ("Scan", "dana"));
        assert_eq!(values(&investigation, "IP"), ["192.0.2.1"]);
        assert_eq!(messages(&world, children[0], "Create").await, ["Scans from 192.0.2.1"]);
        let reports = actions::lists::parse("Subject = 'Scan' AND Lifecycle = 'incidents'").unwrap();
        let admin = world.actor("admin").await;
        assert_eq!(actions::lists::count(&mut world.look().await, &admin, &reports).await.unwrap(), 1, "refused ones left nothing");
    }
}
