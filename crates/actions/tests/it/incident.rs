//! Incidents and their families (IR sections 1.1, 6.6, 6.7, 12.5, 12.7).

use crate::family::{create, owned_report, set, view};
use actions::{
    Error,
    incident::{self, Close},
    message::NewMessage,
    ticket::{self, OwnerChange, show},
};
use domain::TicketId;
use jiff::SignedDuration;

testkit::both! {
    async fn ir212_a_child_shared_with_another_open_incident_stays_open_and_is_told(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let first = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let second = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        set(&world, &dana, first, "resolved").await;
        assert_eq!(view(&world, report).await.ticket.status, "open");
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 50).await.unwrap();
        assert!(history.iter().any(|entry| entry.text.contains(&format!("#{first} is now resolved")) && entry.text.contains(&format!("#{second}"))));
        set(&world, &dana, second, "abandoned").await;
        assert_eq!(view(&world, report).await.ticket.status, "rejected");
    }

    async fn ir215_reopening_a_child_reopens_its_incident(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let block = create(&world, &dana, "Countermeasures", &[incident], &[]).await.unwrap();
        set(&world, &dana, incident, "abandoned").await;
        assert_eq!((view(&world, report).await.ticket.status.as_str(), view(&world, block).await.ticket.status.as_str()), ("rejected", "removed"));
        set(&world, &dana, block, "active").await;
        assert_eq!(view(&world, incident).await.ticket.status, "open");
        assert_eq!(view(&world, report).await.ticket.status, "rejected", "its sisters stay closed");
    }

    async fn ir204_due_of_an_incident_is_the_earliest_of_its_open_children(world: World) {
        let dana = world.actor("dana").await;
        let (early, late) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
        let incident = create(&world, &dana, "Incidents", &[], &[early, late]).await.unwrap();
        let base = world.desk.now();
        for (id, hours) in [(early, 5), (late, 9)] {
            let mut tx = world.tx().await;
            ticket::set_due(&mut tx, &dana, id, Some(base.checked_add(SignedDuration::from_hours(hours)).unwrap())).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(view(&world, incident).await.ticket.due, view(&world, early).await.ticket.due);
        set(&world, &dana, early, "resolved").await;
        assert_eq!(view(&world, incident).await.ticket.due, view(&world, late).await.ticket.due);
        let mut tx = world.tx().await;
        incident::unlink_from_incident(&mut tx, &dana, late, incident).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(view(&world, incident).await.ticket.due, None);
        let changes = show::history(&mut world.look().await, &dana, incident, i64::MAX, 100).await.unwrap();
        let dues = changes.iter().filter(|entry| entry.change.what.field.as_deref() == Some("Due")).count();
        assert!(dues <= 6, "a due that is right already leaves no trace: {dues}");
    }

    async fn ir017_an_investigation_leaves_its_former_incident(world: World) {
        let dana = world.actor("dana").await;
        let first = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let second = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let investigation = create(&world, &dana, "Investigations", &[first], &[]).await.unwrap();
        let mut tx = world.tx().await;
        incident::link_to_incident(&mut tx, &dana, investigation, second).await.unwrap();
        tx.commit().await.unwrap();
        let incidents: Vec<_> = view(&world, investigation).await.incidents().map(|link| link.ticket.id).collect();
        assert_eq!(incidents, [second]);
    }

    async fn ir405_linking_to_a_closed_incident_opens_it(world: World) {
        let dana = world.actor("dana").await;
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        set(&world, &dana, incident, "resolved").await;
        let report = owned_report(&world, &dana).await;
        let mut tx = world.tx().await;
        incident::link_to_incident(&mut tx, &dana, report, incident).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((view(&world, incident).await.ticket.status.as_str(), view(&world, report).await.ticket.status.as_str()), ("open", "open"));
    }

    async fn ir153_linking_across_constituencies_is_refused(world: World) {
        let admin = world.actor("admin").await;
        let foreign = create(&world, &admin, "Incidents - GOVNET", &[], &[]).await.unwrap();
        let child = create(&world, &admin, "Incident Reports - EDUNET", &[], &[]).await.unwrap();
        let mut tx = world.tx().await;
        let error = incident::link_to_incident(&mut tx, &admin, child, foreign).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "incident" && fields[0].message.contains(&format!("#{foreign}"))), "{error}");
    }

    async fn ir393_children_left_out_keep_the_incident_open(world: World) {
        let dana = world.actor("dana").await;
        let (chosen, left) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
        let incident = create(&world, &dana, "Incidents", &[], &[chosen, left]).await.unwrap();
        let close = |children: Vec<TicketId>| Close {
            incident, status: Some("resolved".into()), children, message: NewMessage::text("Closing."), as_reply: true, on_incident: false, resolution: None, owner: None, time_taken: 0,
        };
        let mut tx = world.tx().await;
        let outcome = incident::close(&mut tx, &dana, close(vec![chosen])).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((outcome.closed, outcome.still_open), (false, vec![left]));
        assert_eq!((view(&world, incident).await.ticket.status.as_str(), view(&world, chosen).await.ticket.status.as_str()), ("open", "resolved"));
        let mut tx = world.tx().await;
        assert!(incident::close(&mut tx, &dana, close(vec![left])).await.unwrap().closed);
        tx.commit().await.unwrap();
        let resolution = view(&world, incident).await.fields.into_iter().find(|field| field.field.name == "Resolution").unwrap();
        assert_eq!(resolution.values, ["successfully resolved"]);
    }

    async fn ir354_ir355_what_a_form_must_have(world: World) {
        let dana = world.actor("dana").await;
        let error = create(&world, &dana, "Countermeasures", &[], &[]).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "incidents"), "{error}");
        let report = owned_report(&world, &dana).await;
        let error = create(&world, &dana, "Investigations", &[report], &[]).await.unwrap_err();
        assert!(error.to_string().contains("is not an Incident"), "{error}");
        let error = create(&world, &dana, "Investigations", &[TicketId(4711)], &[]).await.unwrap_err();
        assert!(error.to_string().contains("no Incident #4711"), "{error}");
    }

    // IR-226
    async fn ir224_ir225_one_owner_for_the_family(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let investigation = create(&world, &dana, "Investigations", &[incident], &[]).await.unwrap();
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &hana, investigation, OwnerChange::Steal).await.unwrap();
        tx.commit().await.unwrap();
        for id in [report, incident, investigation] {
            assert_eq!(view(&world, id).await.owner.name, "hana", "#{id}");
        }
    }
}

testkit::both! {
    async fn closing_with_a_status_that_does_not_close_writes_to_nobody(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        for status in ["open", "nonsense"] {
            let mut tx = world.tx().await;
            let input = Close {
                incident, status: Some(status.into()), children: vec![report], message: NewMessage::text("Bye."), as_reply: true, on_incident: false, resolution: None, owner: None, time_taken: 0,
            };
            assert!(matches!(incident::close(&mut tx, &dana, input).await, Err(Error::Invalid(_))), "{status}");
            tx.commit().await.unwrap();
        }
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 50).await.unwrap();
        assert!(!history.iter().any(|entry| entry.text.contains("Bye.")));
    }

    async fn ir391_time_is_booked_on_the_incident_alone_with_or_without_a_message(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let mut tx = world.tx().await;
        let input = Close {
            incident, status: None, children: vec![report], message: NewMessage::text("News."), as_reply: true, on_incident: false, resolution: None, owner: None, time_taken: 7,
        };
        incident::close(&mut tx, &dana, input).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((view(&world, incident).await.ticket.time_worked, view(&world, report).await.ticket.time_worked), (7, 0));
        let history = show::history(&mut world.look().await, &dana, incident, i64::MAX, 50).await.unwrap();
        assert!(!history.iter().any(|entry| entry.text.contains("News.")));
    }
}
