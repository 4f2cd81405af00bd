//! One case from a report to its end and back, by verbs alone.

use actions::{
    Door,
    incident::{self, Close},
    message::NewMessage,
    ticket::{self, Create, OwnerChange, Reply, show},
    verify::verify,
};
use domain::{TicketKind, person::PersonName};
use jiff::SignedDuration;

testkit::both! {
    async fn a_report_becomes_an_incident_is_investigated_resolved_and_reopened(world: World) {
        let report = world.report("Worm from your network", "Traffic from 192.0.2.7 and 198.51.100.9 to shop.example.\nCVE-2026-12345").await;
        let dana = world.actor("dana").await;
        let seen = show::view(&mut world.look().await, &dana, report).await.unwrap();
        let values = |name: &str| seen.fields.iter().find(|field| field.field.name == name).unwrap().values.clone();
        assert_eq!(values("IP"), ["192.0.2.7", "198.51.100.9"]);
        assert_eq!(values("Domain"), ["shop.example"]);
        assert_eq!(values("CVE ID"), ["CVE-2026-12345"]);
        assert_eq!(values("How Reported"), ["Email"]);
        assert_eq!(seen.ticket.due.unwrap().duration_since(seen.ticket.created), SignedDuration::from_mins(60));
        assert_eq!(seen.ticket.status, "new");

        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, report, OwnerChange::Take).await.unwrap().unwrap();
        let queue = tx.catalog().queue_named("Incidents").unwrap().id;
        let prefill = incident::Prefill::from(&mut tx, &dana, report, queue, false).await.unwrap();
        assert!(prefill.message.contains("192.0.2.7"));
        let mut input = Create::new(queue, prefill.subject, NewMessage::text(prefill.message));
        input.fields = prefill.fields.into_iter().map(|(field, values)| ticket::FieldInput { field, values }).collect();
        input.members = vec![report];
        input.owner = Some("dana".to_owned());
        input.strict = true;
        let incident = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();

        let view = show::view(&mut world.look().await, &dana, incident).await.unwrap();
        assert_eq!(view.children(TicketKind::Report).map(|child| (child.ticket.id, child.ticket.status.as_str())).collect::<Vec<_>>(), [(report, "open")]);
        assert_eq!(view.ticket.due, seen.ticket.due, "the incident is due when its report is");

        world.clock.advance(SignedDuration::from_mins(5));
        let mut tx = world.tx().await;
        let queue = tx.catalog().queue_named("Investigations").unwrap().id;
        let mut input = Create::new(queue, "Infected host", NewMessage::text("> Traffic from 192.0.2.7\n\nPlease clean it."));
        input.requestors = vec![PersonName::parse("noc@isp.example").unwrap()];
        input.incidents = vec![incident];
        input.owner = Some("dana".to_owned());
        input.strict = true;
        let investigation = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();

        let mut tx = world.tx().await;
        ticket::reply(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("We are on it."), time_taken: 5 }).await.unwrap();
        let outcome = incident::close(&mut tx, &dana, Close {
            incident, status: Some("resolved".to_owned()), children: vec![report, investigation], message: NewMessage::text("Done."),
            as_reply: false, on_incident: true, owner: None, resolution: None, time_taken: 0,
        }).await.unwrap();
        assert!(outcome.closed, "{outcome:?}");
        tx.commit().await.unwrap();
        for id in [report, investigation, incident] {
            let view = show::view(&mut world.look().await, &dana, id).await.unwrap();
            assert_eq!((view.ticket.status.as_str(), view.ticket.due), ("resolved", None), "#{id}");
        }

        let mut tx = world.tx().await;
        let ray = actions::Actor::by_name(&mut tx, "ray@bank.example", Door::Email).await.unwrap();
        ticket::reply(&mut tx, &ray, Reply { ticket: report, message: NewMessage::text("It came back."), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        for id in [report, incident] {
            let view = show::view(&mut world.look().await, &dana, id).await.unwrap();
            assert_eq!(view.ticket.status, "open", "#{id}");
            assert!(view.ticket.due.is_some(), "#{id}");
        }
        let checked = verify(&world.desk).await.unwrap();
        assert_eq!(checked.findings, []);
        assert!(checked.tickets == 3 && checked.changes > 20, "{checked:?}");
    }
}
