//! The lifecycles of the four types as a fresh installation has them (IR sections 1, 2.1 … 2.3).

use crate::family::{commit, create, owned_report, set, view};
use actions::{
    Error,
    message::NewMessage,
    ticket::{self, OwnerChange, SetStatus, Update, show},
};
use domain::{
    Right, TicketKind,
    change::ChangeKind,
    lifecycle::{Lifecycle, Update as Form},
};

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// Steps as the specification writes them: where from, and all that it leads to.
fn steps(lifecycle: &Lifecycle, wanted: &[(&str, &[&str])]) {
    for from in lifecycle.statuses() {
        let to: Vec<&str> = lifecycle.statuses().filter(|to| lifecycle.reaches(from, to)).collect();
        let mut expected = wanted.iter().find(|(status, _)| *status == from).unwrap_or_else(|| panic!("{from}")).1.to_vec();
        expected.sort_unstable();
        let mut to = to;
        to.sort_unstable();
        assert_eq!(to, expected, "{} from {from}", lifecycle.name);
    }
}

/// Captions offered in a status, in order, with what each opens.
fn captions(lifecycle: &Lifecycle, status: &str) -> Vec<(String, Form)> {
    lifecycle.actions_from(status).map(|action| (action.label.clone(), action.update)).collect()
}

testkit::both! {
    // IR-005, IR-006, IR-007, IR-008, IR-009
    async fn ir005_the_lifecycle_of_the_queue_makes_the_type(world: World) {
        let tx = world.look().await;
        let catalog = tx.catalog();
        for (name, kind, priority, levels) in [
            ("Incidents", TicketKind::Incident, 50, false),
            ("Incident Reports", TicketKind::Report, 0, true),
            ("Investigations", TicketKind::Investigation, 0, true),
            ("Countermeasures", TicketKind::Countermeasure, 0, true),
        ] {
            let queue = catalog.queue_named(name).unwrap();
            assert_eq!((queue.kind(), queue.initial_priority, !queue.levels_disabled), (kind, priority, levels), "{name}");
        }
        // IR-009: another queue of the lifecycle is a full member, whatever it is called
        assert_eq!(catalog.queue_named("Incident Reports - GOVNET").unwrap().kind(), TicketKind::Report);
    }

    // IR-022, IR-023, IR-024, IR-025
    async fn ir022_statuses_by_class_with_the_one_on_creation_and_the_one_of_merged_tickets(world: World) {
        let tx = world.look().await;
        let catalog = tx.catalog();
        for (name, initial, active, inactive, on_create, merged) in [
            ("incidents", vec![], vec!["open"], vec!["resolved", "abandoned"], "open", "resolved"),
            ("incident_reports", vec!["new"], vec!["open"], vec!["resolved", "rejected"], "new", "resolved"),
            ("investigations", vec![], vec!["open"], vec!["resolved"], "open", "resolved"),
            ("countermeasures", vec!["pending activation"], vec!["active", "pending removal"], vec!["removed"], "pending activation", "removed"),
        ] {
            let lifecycle = catalog.lifecycles.get(name).unwrap();
            assert_eq!((texts(&lifecycle.initial), texts(&lifecycle.active), texts(&lifecycle.inactive)), (initial, active, inactive), "{name}");
            assert_eq!((lifecycle.on_create.as_str(), lifecycle.merged_as.as_str()), (on_create, merged), "{name}");
        }
    }

    // IR-026, IR-027, IR-028, IR-029
    async fn ir026_only_the_listed_steps_lead_on(world: World) {
        let tx = world.look().await;
        let catalog = tx.catalog();
        let lifecycle = |name| catalog.lifecycles.get(name).unwrap();
        steps(lifecycle("incidents"), &[("open", &["resolved", "abandoned"]), ("resolved", &["open"]), ("abandoned", &["open"])]);
        steps(lifecycle("incident_reports"), &[
            ("new", &["open", "resolved", "rejected"]), ("open", &["resolved", "rejected"]), ("resolved", &["open"]), ("rejected", &["open"]),
        ]);
        steps(lifecycle("investigations"), &[("open", &["resolved"]), ("resolved", &["open"])]);
        steps(lifecycle("countermeasures"), &[
            ("pending activation", &["active", "removed"]), ("active", &["pending removal", "removed"]),
            ("pending removal", &["removed", "active"]), ("removed", &["active"]),
        ]);
        for (name, creatable) in [
            ("incidents", vec!["open"]), ("incident_reports", vec!["new", "open", "resolved"]),
            ("investigations", vec!["open", "resolved"]), ("countermeasures", vec!["pending activation", "active"]),
        ] {
            assert_eq!(texts(&lifecycle(name).creatable), creatable, "{name}");
        }
    }

    // IR-032 … IR-048: IR-032, IR-033, IR-034, IR-035, IR-036, IR-037, IR-038, IR-039, IR-040, IR-041, IR-042, IR-043, IR-044,
    // IR-045, IR-046, IR-047, IR-048
    async fn ir032_the_named_actions_and_the_form_that_each_opens(world: World) {
        use Form::{Comment, None, Respond};
        let tx = world.look().await;
        let catalog = tx.catalog();
        let offered = |name, status| captions(catalog.lifecycles.get(name).unwrap(), status);
        let are = |list: &[(&str, Form)]| list.iter().map(|(label, form)| ((*label).to_owned(), *form)).collect::<Vec<_>>();
        let sorted = |mut list: Vec<(String, Form)>| { list.sort_by(|one, other| one.0.cmp(&other.0)); list };
        for (name, status, wanted) in [
            ("incidents", "open", are(&[("Resolve", Comment), ("Quick Resolve", None), ("Abandon", Comment)])),
            ("incidents", "resolved", are(&[("Re-open", None)])),
            ("incidents", "abandoned", are(&[("Re-open", None)])),
            ("incident_reports", "new", are(&[("Open It", Respond), ("Resolve", Comment), ("Quick Resolve", None), ("Reject", Respond), ("Quick Reject", None)])),
            ("incident_reports", "open", are(&[("Resolve", Comment), ("Quick Resolve", None), ("Reject", Respond), ("Quick Reject", None)])),
            ("incident_reports", "rejected", are(&[("Re-open", None)])),
            ("investigations", "open", are(&[("Resolve", Comment), ("Quick Resolve", None)])),
            ("investigations", "resolved", are(&[("Re-open", None)])),
            ("countermeasures", "pending activation", are(&[("Activate", Comment), ("Remove", Comment), ("Quick Remove", None)])),
            ("countermeasures", "active", are(&[("Remove", Comment), ("Quick Remove", None), ("Pending Removal", Comment)])),
            ("countermeasures", "removed", are(&[("Activate", Comment)])),
        ] {
            assert_eq!(sorted(offered(name, status)), sorted(wanted), "{name} {status}");
        }
        let rejecting = catalog.lifecycles.get("incident_reports").unwrap().actions_from("new").filter(|action| action.to == "rejected").all(|action| action.take_first);
        assert!(rejecting, "IR-039, IR-040: take or steal first");
        // IR-049: several actions share one step and stand in the configured order
        let resolving = offered("incident_reports", "open");
        let place = |label: &str| resolving.iter().position(|(other, _)| other == label);
        assert!(place("Resolve") < place("Quick Resolve"));
    }

    // IR-030, IR-031
    async fn ir030_other_steps_are_refused_and_each_needs_the_right(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let report = owned_report(&world, &dana).await;
        set(&world, &dana, report, "rejected").await;
        let to = |status: &str| SetStatus { ticket: report, status: status.to_owned() };
        let mut tx = world.tx().await;
        assert!(matches!(ticket::set_status(&mut tx, &dana, to("resolved")).await, Err(Error::Invalid(_))));
        assert!(matches!(ticket::set_status(&mut tx, &hana, to("open")).await, Err(Error::Forbidden(Right::ModifyTicket))));
        ticket::set_status(&mut tx, &dana, to("open")).await.unwrap();
    }

    // IR-050, IR-051, IR-040
    async fn ir050_reject_is_shown_to_who_does_not_own_the_report_and_makes_them_owner(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let report = owned_report(&world, &dana).await;
        let seen = |actor: actions::Actor| {
            let world = &world;
            async move {
                let view = show::view(&mut world.look().await, &actor, report).await.unwrap();
                view.actions.iter().map(|action| action.label.clone()).collect::<Vec<_>>()
            }
        };
        assert_eq!(seen(hana.clone()).await, ["Reject", "Quick Reject"]);
        assert!(seen(dana.clone()).await.contains(&"Resolve".to_owned()));
        let update = Update { take_first: true, status: Some("rejected".into()), ..Update::default() };
        commit!(world, |tx| ticket::update(&mut tx, &hana, report, update.clone()).await.unwrap());
        let now = view(&world, report).await;
        assert_eq!((now.owner.name.as_str(), now.ticket.status.as_str()), ("hana", "rejected"));
    }

    // IR-052, IR-039
    async fn ir052_a_reply_sent_with_reject_is_recorded_before_the_status_moves(world: World) {
        let dana = world.actor("dana").await;
        let report = world.report("Spam", "x").await;
        let update = Update { take_first: true, status: Some("rejected".into()), reply: Some(NewMessage::text("Not ours.")), ..Update::default() };
        commit!(world, |tx| ticket::update(&mut tx, &dana, report, update.clone()).await.unwrap());
        let entries = show::history_from(&mut world.look().await, &dana, report, 0, 50).await.unwrap();
        let place = |kind: ChangeKind, field: &str| {
            entries.iter().position(|entry| entry.change.what.kind == kind && entry.change.what.field.as_deref().unwrap_or_default() == field).unwrap()
        };
        let (taken, said, moved) = (place(ChangeKind::Set, "Owner"), place(ChangeKind::Correspond, ""), place(ChangeKind::Status, "Status"));
        assert!(taken < said && said < moved, "{taken} {said} {moved}");
    }

    // IR-003
    async fn ir003_each_conversation_has_correspondents_of_its_own(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let investigation = create(&world, &dana, "Investigations", &[incident], &[]).await.unwrap();
        world.sent().await;
        let reply = ticket::Reply { ticket: investigation, message: NewMessage::text("Please stop it."), time_taken: 0 };
        commit!(world, |tx| ticket::reply(&mut tx, &dana, reply.clone()).await.unwrap());
        let letters = world.sent().await;
        let all: Vec<&String> = letters.iter().flat_map(|letter| &letter.letter.recipients).collect();
        assert_eq!(all, ["noc@isp.example"], "never to the reporter");
    }

    // IR-343, IR-336
    async fn ir343_take_is_for_unowned_tickets_and_steal_for_those_of_others(world: World) {
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let report = world.report("Scan", "x").await;
        let offers = |actor: actions::Actor| {
            let world = &world;
            async move {
                let view = show::view(&mut world.look().await, &actor, report).await.unwrap();
                (view.may_take(), view.may_steal(&actor))
            }
        };
        assert_eq!(offers(hana.clone()).await, (true, false));
        commit!(world, |tx| ticket::change_owner(&mut tx, &dana, report, OwnerChange::Take).await.unwrap());
        assert_eq!((offers(hana.clone()).await, offers(dana.clone()).await), ((false, true), (false, false)));
        let mut tx = world.tx().await;
        assert!(ticket::change_owner(&mut tx, &hana, report, OwnerChange::Take).await.is_err());
        ticket::change_owner(&mut tx, &hana, report, OwnerChange::Steal).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(view(&world, report).await.owner.name, "hana");
    }
}
