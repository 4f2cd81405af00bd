//! Linking children to Incidents and parting them (IR sections 1.1, 12.7), and passing messages on (IR-422).

use crate::family::{commit, create, owned_report, set, values, view};
use actions::{
    Error, incident,
    ticket::{self, Forward, Link, show},
};
use domain::{change::ChangeKind, link::LinkKind, person::EmailAddress, setting::list};
use testkit::World;

async fn choose(world: &World, name: &str, value: &str) {
    let mut tx = world.tx().await;
    let operator = actions::setup::operator();
    actions::setup::set_settings(&mut tx, &operator, &[(name, Some(value))]).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    // IR-014, IR-015, IR-016
    async fn ir014_several_and_required_are_chosen_per_type(world: World) {
        let dana = world.actor("dana").await;
        let (first, second) = (create(&world, &dana, "Incidents", &[], &[]).await.unwrap(), create(&world, &dana, "Incidents", &[], &[]).await.unwrap());
        let report = create(&world, &dana, "Incident Reports", &[first, second], &[]).await.unwrap();
        assert_eq!(view(&world, report).await.incidents().count(), 2, "IR-015: a report may be part of several");
        choose(&world, list::REPORT_SEVERAL, "no").await;
        choose(&world, list::REPORT_REQUIRED, "yes").await;
        // IR-019: only the last one counts
        let report = create(&world, &dana, "Incident Reports", &[first, second], &[]).await.unwrap();
        assert_eq!(view(&world, report).await.incidents().map(|one| one.ticket.id).collect::<Vec<_>>(), [second]);
        assert!(matches!(create(&world, &dana, "Incident Reports", &[], &[]).await, Err(Error::Invalid(fields)) if fields[0].field == "incidents"));
        // IR-016: mail is never refused for it
        assert_eq!(view(&world, world.report("By mail", "x").await).await.incidents().count(), 0);
    }

    // IR-018, IR-017
    async fn ir018_the_former_incident_left_without_children_is_named(world: World) {
        let dana = world.actor("dana").await;
        let (first, second) = (create(&world, &dana, "Incidents", &[], &[]).await.unwrap(), create(&world, &dana, "Incidents", &[], &[]).await.unwrap());
        let (one, two) = (create(&world, &dana, "Investigations", &[first], &[]).await.unwrap(), create(&world, &dana, "Investigations", &[first], &[]).await.unwrap());
        let linked = commit!(world, |tx| incident::link_to_incident(&mut tx, &dana, one, second).await.unwrap());
        assert_eq!(linked.childless, [], "another child is left");
        let linked = commit!(world, |tx| incident::link_to_incident(&mut tx, &dana, two, second).await.unwrap());
        assert_eq!(linked.childless, [first], "the former Incident, not the new one");
    }

    // IR-020, TC-075, TC-077, TC-078
    async fn ir020_membership_goes_round_in_no_circle_and_both_ends_remember_it(world: World) {
        let admin = world.actor("admin").await;
        let (one, two) = (create(&world, &admin, "Incidents", &[], &[]).await.unwrap(), create(&world, &admin, "Incidents", &[], &[]).await.unwrap());
        let link = |kind, base, target| Link { kind, base, target };
        commit!(world, |tx| ticket::link(&mut tx, &admin, link(LinkKind::MemberOf, one, two)).await.unwrap());
        for refused in [link(LinkKind::MemberOf, two, one), link(LinkKind::MemberOf, one, two), link(LinkKind::RefersTo, one, one)] {
            let mut tx = world.tx().await;
            assert!(matches!(ticket::link(&mut tx, &admin, refused).await, Err(Error::Invalid(_))), "{refused:?}");
            tx.rollback().await.unwrap();
        }
        let mut tx = world.tx().await;
        ticket::link(&mut tx, &admin, link(LinkKind::RefersTo, two, one)).await.unwrap();
        tx.commit().await.unwrap();
        for (id, field, other) in [(one, "MemberOf", two), (two, "HasMember", one), (one, "ReferredToBy", two), (two, "RefersTo", one)] {
            let entries = show::history(&mut world.look().await, &admin, id, i64::MAX, 50).await.unwrap();
            let told = |entry: &show::Entry| {
                let what = &entry.change.what;
                what.kind == ChangeKind::AddLink && what.field.as_deref() == Some(field) && what.new == Some(other.to_string())
            };
            assert_eq!(entries.iter().filter(|entry| told(entry)).count(), 1, "#{id} {field}");
        }
    }

    async fn ir021_abandoned_incidents_are_not_shown_on_a_child(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let (kept, given_up) = (create(&world, &dana, "Incidents", &[], &[report]).await.unwrap(), create(&world, &dana, "Incidents", &[], &[report]).await.unwrap());
        set(&world, &dana, given_up, "abandoned").await;
        let shown = view(&world, report).await;
        assert_eq!(shown.incidents().map(|one| one.ticket.id).collect::<Vec<_>>(), [kept]);
        assert!(shown.links.iter().any(|link| link.ticket.id == given_up), "the link itself stays");
    }

    // IR-227, IR-408
    async fn ir227_who_owns_neither_takes_the_incident_by_linking(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let report = world.report("Scan", "from 192.0.2.7").await;
        commit!(world, |tx| incident::link_to_incident(&mut tx, &hana, report, incident).await.unwrap());
        assert_eq!((view(&world, incident).await.owner.name.as_str(), view(&world, report).await.owner.name.as_str()), ("hana", "Nobody"));
        // IR-408: the owner of one end needs nothing on the other
        let other = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        commit!(world, |tx| ticket::change_owner(&mut tx, &hana, report, ticket::OwnerChange::Take).await.unwrap());
        commit!(world, |tx| incident::link_to_incident(&mut tx, &hana, report, other).await.unwrap());
        assert_eq!(view(&world, other).await.owner.name, "dana");
        // IR-409
        commit!(world, |tx| incident::unlink_from_incident(&mut tx, &dana, report, other).await.unwrap());
        assert_eq!(view(&world, report).await.incidents().map(|one| one.ticket.id).collect::<Vec<_>>(), [incident]);
    }

    async fn ir410_the_owner_is_told_of_a_linked_report_by_a_comment_in_the_mail(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let report = owned_report(&world, &hana).await;
        let mut tx = world.tx().await;
        assert!(incident::alert_owner(&mut tx, &hana, report, incident).await.is_err(), "not linked yet");
        drop(tx);
        commit!(world, |tx| incident::link_to_incident(&mut tx, &hana, report, incident).await.unwrap());
        commit!(world, |tx| incident::alert_owner(&mut tx, &hana, report, incident).await.unwrap());
        let entries = show::history(&mut world.look().await, &dana, incident, i64::MAX, 50).await.unwrap();
        assert!(entries.iter().any(|entry| entry.change.what.kind == ChangeKind::Comment && entry.text.contains(&format!("#{report}"))));
        let letters = world.sent().await;
        assert!(letters.iter().any(|letter| letter.letter.recipients == ["dana@csirt-staff.example"]));
        let mut tx = world.tx().await;
        assert!(incident::alert_owner(&mut tx, &dana, report, incident).await.is_err(), "the owner need not tell themselves");
    }

    // IR-055, IR-053, IR-054
    async fn ir055_a_rejected_report_keeps_its_incidents_and_stays_to_be_found(world: World) {
        let dana = world.actor("dana").await;
        let (report, other) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
        let incident = create(&world, &dana, "Incidents", &[], &[report, other]).await.unwrap();
        set(&world, &dana, report, "rejected").await;
        assert_eq!(view(&world, report).await.incidents().map(|one| one.ticket.id).collect::<Vec<_>>(), [incident]);
        // IR-053: closed one by one, the Incident goes on
        assert_eq!((view(&world, incident).await.ticket.status.as_str(), view(&world, other).await.ticket.status.as_str()), ("open", "open"));
        let found = |text: &'static str| {
            let (world, dana) = (&world, &dana);
            async move {
                let query = actions::lists::parse(text).unwrap();
                let page = actions::lists::Page { limit: 9, offset: 0 };
                let found = actions::lists::search(&mut world.look().await, dana, &query, &[], page).await.unwrap();
                found.into_iter().map(|ticket| ticket.id).collect::<Vec<_>>()
            }
        };
        assert!(found("CF.{IP} = '192.0.2.7' AND Lifecycle = 'incident_reports'").await.contains(&report), "IR-054: by address");
        assert!(!found("Lifecycle = 'incident_reports' AND Status = __Active__").await.contains(&report), "default lists leave it out");
        // it can be linked and opened again
        let second = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        commit!(world, |tx| incident::link_to_incident(&mut tx, &dana, report, second).await.unwrap());
        assert_eq!(view(&world, report).await.ticket.status, "open");
    }

    // IR-189, IR-190
    async fn ir190_network_data_is_copied_on_linking_and_on_creation_with_an_incident(world: World) {
        let dana = world.actor("dana").await;
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let report = owned_report(&world, &dana).await;
        commit!(world, |tx| incident::link_to_incident(&mut tx, &dana, report, incident).await.unwrap());
        assert_eq!(values(&view(&world, incident).await, "IP"), ["192.0.2.7"]);
        let queue = world.queue_id("Incident Reports").await;
        let mut input = ticket::Create::new(queue, "Another", actions::message::NewMessage::text("from 198.51.100.9"));
        input.incidents = vec![incident];
        commit!(world, |tx| ticket::create(&mut tx, &dana, input.clone()).await.unwrap());
        assert_eq!(values(&view(&world, incident).await, "IP"), ["192.0.2.7", "198.51.100.9"]);
    }
}

testkit::both! {
    // IR-422, IR-338, TC-178, TC-343
    async fn ir422_a_ticket_or_an_entry_is_passed_on_as_whole_messages(world: World) {
        let (dana, norman) = (world.actor("dana").await, world.actor("norman").await);
        let report = owned_report(&world, &dana).await;
        commit!(world, |tx| {
            let secret = actions::message::NewMessage::text("Internal remark.");
            ticket::comment(&mut tx, &dana, ticket::Reply { ticket: report, message: secret, time_taken: 0 }).await.unwrap();
        });
        world.sent().await;
        let to = vec![EmailAddress::parse("cert@friends.example").unwrap()];
        let input = Forward { to, subject: "Fwd: Scan".into(), text: "Please look.".into(), ..Forward::default() };
        let mut tx = world.tx().await;
        assert!(matches!(ticket::forward(&mut tx, &norman, report, input.clone()).await, Err(Error::NotFound)));
        for bad in [Forward { to: vec![], ..input.clone() }, Forward { subject: " ".into(), ..input.clone() }, Forward { to: vec![EmailAddress::parse("reports@csirt.example").unwrap()], ..input.clone() }] {
            assert!(matches!(ticket::forward(&mut tx, &dana, report, bad).await, Err(Error::Invalid(_))));
        }
        drop(tx);
        let change = commit!(world, |tx| ticket::forward(&mut tx, &dana, report, input.clone()).await.unwrap());
        assert_eq!((change.what.kind, change.what.data.as_deref()), (ChangeKind::ForwardTicket, Some("cert@friends.example")));
        let letters = world.sent().await;
        let raw = String::from_utf8(letters[0].letter.raw.clone()).unwrap();
        assert!(raw.contains("message/rfc822") && raw.contains("from 192.0.2.7") && raw.contains("Please look."), "{raw}");
        assert!(!raw.contains("Internal remark.") && raw.contains("Fwd: Scan"), "{raw}");
        assert_eq!(view(&world, report).await.people.len(), 1, "nobody became a watcher");
        let entries = show::history_from(&mut world.look().await, &dana, report, 0, 50).await.unwrap();
        let comment = entries.iter().find(|entry| entry.change.what.kind == ChangeKind::Comment).unwrap().change.sequence;
        let one = Forward { entry: Some(comment), ..input };
        commit!(world, |tx| ticket::forward(&mut tx, &dana, report, one.clone()).await.unwrap());
        let letters = world.sent().await;
        assert!(String::from_utf8(letters[0].letter.raw.clone()).unwrap().contains("Internal remark."), "one entry on purpose");
    }
}
