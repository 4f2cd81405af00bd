//! Making Reports, Investigations, Countermeasures and general tickets by hand.

use super::client::Client;
use super::{created, incident, input_of, look, messages, values};
use domain::{Role, TicketKind};

testkit::both! {
    // IR-360, IR-349
    async fn a_report_taken_by_telephone_is_typed_in(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let form = dana.get("/reports/new").await.form("form.form");
        assert_eq!((form.value("status"), form.value("owner"), form.value("level")), ("new", "dana", ""));
        let probe = world.report("Probe", "x").await;
        let (ip, how) = { let view = look(&world, probe).await; (input_of(&view, "IP"), input_of(&view, "How Reported")) };
        let form = form
            .set("subject", "Phishing by telephone")
            .set("requestors", "Ray Requestor <ray@bank.example>, noc@isp.example")
            .set("ccs", "carla@bank.example")
            .set("message", "They called.\nhttp://evil.example")
            .set(&ip, "192.0.2.0/30\n198.51.100.7")
            .set(&how, "Telephone")
            .set("due", "2026-03-04T12:00")
            .set("priority", "7")
            .set("time_worked", "5")
            .attach("../notes.txt", "Notizen".as_bytes());
        let page = dana.submit(&form).await;
        let view = look(&world, created(&page)).await;
        assert_eq!((view.ticket.kind, view.ticket.status.as_str(), view.owner.name.as_str()), (TicketKind::Report, "new", "dana"));
        assert_eq!(view.holders(Role::Requestor).map(|user| user.name.as_str()).collect::<Vec<_>>(), ["ray@bank.example", "noc@isp.example"]);
        assert_eq!(view.holders(Role::Cc).count(), 1);
        assert_eq!(values(&view, "IP"), ["192.0.2.0-192.0.2.3", "198.51.100.7"]);
        assert_eq!(values(&view, "How Reported"), ["Telephone"]);
        assert_eq!(view.ticket.due.unwrap().to_string(), "2026-03-04T12:00:00Z");
        assert_eq!((view.ticket.priority, view.ticket.time_worked), (7, 5));
        assert_eq!(messages(&world, view.ticket.id, "Create").await, ["They called.\nhttp://evil.example"]);
        assert_eq!(page.notice(), format!("created.{}", view.ticket.id));
    }

    async fn an_investigation_starts_with_what_its_incident_knows_and_the_report_quoted(world: World) {
        let report = world.report("Worm", "Traffic from 192.0.2.7").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/investigations/new?incident={incident}&to=noc@isp.example")).await;
        let form = page.form("form.form");
        assert_eq!((form.value("subject"), form.value("requestors"), form.value("message")), ("Worm outbreak", "noc@isp.example", "> It spreads.\n"));
        assert_eq!(form.values("incidents"), [incident.to_string()]);
        let view = look(&world, incident).await;
        assert_eq!(form.value(&input_of(&view, "IP")), "192.0.2.7");
        let page = dana.submit(&form).await;
        let view = look(&world, created(&page)).await;
        assert_eq!(view.incidents().map(|link| link.ticket.id).collect::<Vec<_>>(), [incident]);
        assert_eq!(values(&view, "IP"), ["192.0.2.7"]);
    }

    async fn a_block_asked_for_from_an_ip_carries_it_and_needs_its_incident(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get(&format!("/countermeasures/new?incident={incident}&ip=203.0.113.9")).await;
        let form = page.form("form.form").set("requestors", "ops@isp.example");
        let lonely = dana.submit(&form.clone().clear("incidents")).await;
        assert_eq!((lonely.status, lonely.error("incident").as_str()), (422, "An Incident is needed."));
        assert_eq!(lonely.form("form.form").value("requestors"), "ops@isp.example");
        // typed as a number, as from a slip of paper
        let typed = dana.submit(&lonely.form("form.form").set("incident", &format!("#{incident}"))).await;
        let view = look(&world, created(&typed)).await;
        assert_eq!((view.ticket.status.as_str(), values(&view, "IP")), ("pending activation", vec!["203.0.113.9".to_owned()]));
        assert_eq!(view.incidents().count(), 1);
    }

    async fn a_general_ticket_goes_to_its_queue_and_other_queues_have_their_own_form(world: World) {
        let mut dana = Client::signed_in(&world, "dana").await;
        let page = dana.get("/tickets/new").await;
        let page = dana.submit(&page.form("form.form").set("subject", "Order toner")).await;
        assert_eq!(look(&world, created(&page)).await.queue.name, "General");
        let queue = world.queue_id("Incident Reports").await;
        let page = dana.get(&format!("/tickets/new?queue={queue}")).await;
        assert_eq!(page.location, Some(format!("/reports/new?queue={queue}")));
    }

    async fn choosing_another_queue_keeps_what_was_typed(world: World) {
        let report = world.report("Worm", "x").await;
        let incident = incident(&world, "dana", report).await;
        let mut admin = Client::signed_in(&world, "admin").await;
        let govnet = world.queue_id("Incident Reports - GOVNET").await.to_string();
        let form = admin.get("/reports/new").await.form("form.form").set("subject", "Kept").set("queue", &govnet).set("incident", &incident.to_string());
        let page = admin.submit(&form.add("redisplay", "1")).await;
        let form = page.form("form.form");
        assert_eq!((page.status, form.value("subject"), form.value("queue")), (200, "Kept", govnet.as_str()));
        assert_eq!((form.values("incidents"), form.value("incident")), (vec![incident.to_string().as_str()], ""));
        let greta = Client::signed_in(&world, "greta").await.get("/reports/new").await;
        assert_eq!(greta.attributes("select[name=queue] option", "value"), [govnet]);
    }
}
