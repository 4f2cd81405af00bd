//! Merging and taking it back (IR section 12.8, TC-083 … TC-085).

use crate::family::{commit, create, owned_report, people, set, values, view};
use actions::{
    Error, incident, lists,
    ticket::{self, Basics, FieldInput, Link, OwnerChange, show},
};
use domain::{Role, TicketId, link::LinkKind};
use jiff::SignedDuration;
use testkit::World;

/// Everything that merging blends, and what must not change.
#[derive(Debug, PartialEq)]
struct Picture {
    status: String,
    subject: String,
    times: [i64; 3],
    people: Vec<(Role, String)>,
    links: Vec<(LinkKind, bool, TicketId)>,
    values: Vec<(String, Vec<String>)>,
    due: Option<jiff::Timestamp>,
    started: Option<jiff::Timestamp>,
}

async fn picture(world: &World, id: TicketId) -> Picture {
    let view = view(world, id).await;
    let mut links: Vec<_> = view.links.iter().map(|link| (link.kind, link.outgoing, link.ticket.id)).collect();
    links.sort_by_key(|(kind, outgoing, id)| (kind.as_str(), *outgoing, *id));
    let ticket = &view.ticket;
    Picture {
        status: ticket.status.clone(),
        subject: ticket.subject.clone(),
        times: [ticket.time_estimated, ticket.time_worked, ticket.time_left],
        people: people(&view),
        links,
        values: view.fields.iter().map(|field| (field.field.name.clone(), field.values.clone())).collect(),
        due: ticket.due,
        started: ticket.started,
    }
}

async fn merge(world: &World, who: &str, source: TicketId, target: TicketId) -> TicketId {
    let actor = world.actor(who).await;
    commit!(world, |tx| incident::merge(&mut tx, &actor, source, target).await.unwrap().ticket)
}

async fn unmerge(world: &World, who: &str, source: TicketId) {
    let actor = world.actor(who).await;
    commit!(world, |tx| ticket::unmerge(&mut tx, &actor, source).await.unwrap());
}

async fn worked(world: &World, id: TicketId, minutes: i64) {
    let admin = world.actor("admin").await;
    let times = Basics { time_worked: Some(minutes), time_estimated: Some(minutes * 2), time_left: Some(1), ..Basics::default() };
    commit!(world, |tx| ticket::set_basics(&mut tx, &admin, id, times.clone()).await.unwrap());
}

async fn watcher(world: &World, id: TicketId, role: Role, name: &str) {
    let (admin, other) = (world.actor("admin").await, world.actor(name).await);
    commit!(world, |tx| ticket::add_person(&mut tx, &admin, id, role, other.id()).await.unwrap());
}

testkit::both! {
    // IR-414, TC-016, TC-083, TC-084, TC-085
    async fn ir414_merging_adds_times_and_joins_people_links_and_network_data(world: World) {
        let dana = world.actor("dana").await;
        let (source, target) = (owned_report(&world, &dana).await, world.report("Other", "from 198.51.100.4 and 192.0.2.7").await);
        let extra = world.report("Extra", "x").await;
        for (id, minutes) in [(source, 5), (target, 7)] {
            worked(&world, id, minutes).await;
        }
        watcher(&world, source, Role::Cc, "hana").await;
        let admin = world.actor("admin").await;
        commit!(world, |tx| for (base, end) in [(source, extra), (target, extra), (source, target)] {
            ticket::link(&mut tx, &admin, Link { kind: LinkKind::RefersTo, base, target: end }).await.unwrap();
        });
        assert_eq!(merge(&world, "dana", source, target).await, target);
        let merged = picture(&world, target).await;
        assert_eq!((merged.subject.as_str(), merged.times), ("Other", [24, 12, 2]));
        assert!(merged.people.contains(&(Role::Cc, "hana".into())), "{:?}", merged.people);
        assert_eq!(merged.people.iter().filter(|(role, _)| *role == Role::Requestor).count(), 1, "joined without duplicates");
        assert_eq!(merged.links, [(LinkKind::RefersTo, true, extra)], "alike ones once, those between the two dropped");
        assert_eq!(values(&view(&world, target).await, "IP"), ["198.51.100.4", "192.0.2.7"]);
        assert_eq!(view(&world, source).await.ticket.id, target, "both numbers lead to the target");
        let ids: Vec<_> = view(&world, target).await.merged.iter().map(|one| (one.ticket.id, one.by.name.clone())).collect();
        assert_eq!(ids, [(source, "dana".to_owned())]);
    }

    // IR-191, IR-192
    async fn ir191_network_data_of_all_three_kinds_is_united_and_missing_fields_do_no_harm(world: World) {
        let source = world.report("A", "192.0.2.7 www.example.com CVE-2021-44228").await;
        let target = world.report("B", "192.0.2.7 and 198.51.100.9 CVE-2020-0001").await;
        merge(&world, "dana", source, target).await;
        let view = view(&world, target).await;
        assert_eq!(values(&view, "IP"), ["192.0.2.7", "198.51.100.9"]);
        assert_eq!(values(&view, "Domain"), ["www.example.com"]);
        assert_eq!(values(&view, "CVE ID"), ["CVE-2020-0001", "CVE-2021-44228"]);
    }

    async fn tc085_histories_are_shown_together_by_time_and_in_windows(world: World) {
        let dana = world.actor("dana").await;
        let source = owned_report(&world, &dana).await;
        world.clock.advance(SignedDuration::from_mins(1));
        let target = owned_report(&world, &dana).await;
        for (at, id) in [source, target, source, target].into_iter().enumerate() {
            world.clock.advance(SignedDuration::from_mins(1));
            let reply = ticket::Reply { ticket: id, message: actions::message::NewMessage::text(format!("note {at}")), time_taken: 0 };
            commit!(world, |tx| ticket::comment(&mut tx, &dana, reply.clone()).await.unwrap());
        }
        let before = show::history_from(&mut world.look().await, &dana, source, 0, 100).await.unwrap().len()
            + show::history_from(&mut world.look().await, &dana, target, 0, 100).await.unwrap().len();
        merge(&world, "dana", source, target).await;
        let mut seen = Vec::new();
        let mut place = None;
        loop {
            let window = show::window(&mut world.look().await, &dana, source, place, 4).await.unwrap();
            seen.extend(window.entries.into_iter().map(|entry| (entry.change.created, entry.change.id, entry.change.ticket, entry.text)));
            place = window.older;
            if place.is_none() {
                break;
            }
        }
        assert!(seen.windows(2).all(|pair| (pair[0].0, pair[0].1) > (pair[1].0, pair[1].1)), "newest first, nothing twice");
        assert!(seen.len() >= before + 2, "{} of {before}", seen.len());
        let notes: Vec<_> = seen.iter().filter(|(_, _, _, text)| text.starts_with("note")).map(|(_, _, id, text)| (*id, text.as_str())).collect();
        assert_eq!(notes, [(target, "note 3"), (source, "note 2"), (target, "note 1"), (source, "note 0")]);
        let log = show::log(&mut world.look().await, &dana, target, |_| true).await.unwrap();
        assert_eq!(log.len(), seen.len());
        assert!(log.windows(2).all(|pair| pair[0].change.id < pair[1].change.id));
    }

    async fn tc085_a_merged_ticket_is_in_no_list_and_its_unread_messages_count_for_the_target(world: World) {
        let (source, target) = (world.report("Away", "x").await, world.report("Stays", "y").await);
        let hana = world.actor("hana").await;
        merge(&world, "dana", source, target).await;
        let mut tx = world.look().await;
        let query = lists::parse("Lifecycle = 'incident_reports'").unwrap();
        let found = lists::search(&mut tx, &hana, &query, &[], lists::Page { limit: 9, offset: 0 }).await.unwrap();
        assert_eq!(found.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [target]);
        assert_eq!(lists::listed(&mut tx, &hana, found.clone()).await.unwrap()[0].unread, 2);
        drop(tx);
        commit!(world, |tx| lists::mark_seen(&mut tx, &hana, target).await.unwrap());
        assert_eq!(lists::listed(&mut world.look().await, &hana, found).await.unwrap()[0].unread, 0);
    }

    // IR-413, IR-153
    async fn ir413_other_constituencies_are_refused_and_nothing_changes(world: World) {
        let admin = world.actor("admin").await;
        let edu = create(&world, &admin, "Incident Reports - EDUNET", &[], &[]).await.unwrap();
        let gov = create(&world, &admin, "Incident Reports - GOVNET", &[], &[]).await.unwrap();
        let mut tx = world.tx().await;
        let error = incident::merge(&mut tx, &admin, edu, gov).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].message.contains(&format!("#{gov}"))), "{error}");
        drop(tx);
        assert_eq!(view(&world, edu).await.ticket.id, edu);
        // IR-158: the page Advanced does not ask for constituencies
        commit!(world, |tx| ticket::merge_across(&mut tx, &admin, edu, gov).await.unwrap());
        assert_eq!(view(&world, edu).await.ticket.id, gov);
    }

    // IR-412, IR-228
    async fn ir412_a_report_goes_into_the_investigation_whichever_was_chosen(world: World) {
        let dana = world.actor("dana").await;
        for swapped in [false, true] {
            let report = world.report("Report", "x").await;
            let investigation = create(&world, &dana, "Investigations", &[], &[]).await.unwrap();
            let (one, other) = if swapped { (investigation, report) } else { (report, investigation) };
            assert_eq!(merge(&world, "hana", one, other).await, investigation);
            let view = view(&world, report).await;
            assert_eq!((view.ticket.id, view.owner.name.as_str()), (investigation, "hana"), "forced to the merger first (IR-228)");
        }
        let report = world.report("Report", "x").await;
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let mut tx = world.tx().await;
        let error = incident::merge(&mut tx, &dana, report, incident).await.unwrap_err();
        assert!(error.to_string().contains("different types"), "{error}");
        assert!(incident::merge(&mut tx, &dana, report, report).await.is_err());
        assert!(incident::merge(&mut tx, &dana, report, TicketId(4711)).await.unwrap_err().to_string().contains("no ticket #4711"));
    }

    // IR-415, IR-181
    async fn ir415_a_linked_report_merged_into_a_new_one_leaves_it_linked_and_open(world: World) {
        let dana = world.actor("dana").await;
        let linked = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[linked]).await.unwrap();
        let fresh = world.report("Fresh", "from 203.0.113.5").await;
        merge(&world, "dana", linked, fresh).await;
        let now = view(&world, fresh).await;
        assert_eq!((now.ticket.status.as_str(), now.incidents().map(|one| one.ticket.id).collect::<Vec<_>>()), ("open", vec![incident]));
        assert!(values(&view(&world, incident).await, "IP").contains(&"203.0.113.5".to_owned()), "merging is linking");
        unmerge(&world, "dana", linked).await;
        let fresh = view(&world, fresh).await;
        assert_eq!((fresh.ticket.status.as_str(), fresh.incidents().count(), fresh.ticket.started), ("new", 0, None));
        assert_eq!(view(&world, linked).await.incidents().count(), 1);
    }

    async fn ir414_nobody_is_told_that_the_merged_ticket_was_resolved(world: World) {
        let (source, target) = (world.report("Away", "x").await, world.report("Stays", "y").await);
        let before = actions::outbox::counts(&world.desk).await.unwrap();
        merge(&world, "dana", source, target).await;
        // only "a ticket is yours now" could go out, and takers are not told what they did
        assert_eq!(actions::outbox::counts(&world.desk).await.unwrap(), before);
        let source = show::history_from(&mut world.look().await, &world.actor("dana").await, target, 0, 99).await.unwrap();
        assert!(!source.iter().any(|entry| entry.change.what.kind == domain::change::ChangeKind::Status));
    }

    // IR-416, TC-083
    async fn ir416_both_tickets_need_the_right_which_taking_them_gives(world: World) {
        let (source, target) = (world.report("Away", "x").await, world.report("Stays", "y").await);
        let (dana, norman) = (world.actor("dana").await, world.actor("norman").await);
        commit!(world, |tx| ticket::change_owner(&mut tx, &dana, source, OwnerChange::Take).await.unwrap());
        let mut tx = world.tx().await;
        assert!(matches!(ticket::merge(&mut tx, &dana, source, target).await, Err(Error::Forbidden(_))), "the core does not take");
        assert!(matches!(incident::merge(&mut tx, &norman, source, target).await, Err(Error::NotFound)));
        assert!(incident::merge(&mut tx, &dana, source, target).await.is_ok());
    }
}

testkit::both! {
    async fn tc085_unmerging_restores_both_exactly(world: World) {
        let dana = world.actor("dana").await;
        let source = world.report("Source", "from 192.0.2.7").await;
        let target = world.report("Target", "from 198.51.100.4").await;
        let extra = world.report("Extra", "x").await;
        for (id, minutes) in [(source, 5), (target, 7)] {
            worked(&world, id, minutes).await;
            commit!(world, |tx| ticket::change_owner(&mut tx, &dana, id, OwnerChange::Take).await.unwrap());
        }
        watcher(&world, source, Role::AdminCc, "tariq").await;
        let incident = create(&world, &dana, "Incidents", &[], &[source]).await.unwrap();
        let admin = world.actor("admin").await;
        commit!(world, |tx| for (kind, base, end) in [
            (LinkKind::RefersTo, source, extra), (LinkKind::RefersTo, target, extra), (LinkKind::DependsOn, extra, source),
            (LinkKind::RefersTo, source, target), (LinkKind::DependsOn, target, source),
        ] {
            ticket::link(&mut tx, &admin, Link { kind, base, target: end }).await.unwrap();
        });
        let before = [picture(&world, source).await, picture(&world, target).await, picture(&world, incident).await, picture(&world, extra).await];
        merge(&world, "dana", source, target).await;
        assert_ne!(picture(&world, target).await, before[1]);
        unmerge(&world, "dana", source).await;
        let mut after = [picture(&world, source).await, picture(&world, target).await, picture(&world, incident).await, picture(&world, extra).await];
        // what an Incident was given by its member stays with it (IR-189 removes nothing)
        after[2].values.clone_from(&before[2].values);
        assert_eq!(after, before);
        assert!(view(&world, target).await.merged.is_empty());
    }

    async fn tc085_what_happened_since_the_merge_stays(world: World) {
        let (source, target) = (world.report("Source", "from 192.0.2.7").await, world.report("Target", "x").await);
        watcher(&world, source, Role::Cc, "hana").await;
        worked(&world, source, 5).await;
        merge(&world, "dana", source, target).await;
        worked(&world, target, 45).await;
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        // taken away and given again: that is the target's own now
        commit!(world, |tx| {
            ticket::remove_person(&mut tx, &dana, target, Role::Cc, hana.id()).await.unwrap();
            ticket::add_person(&mut tx, &dana, target, Role::Cc, hana.id()).await.unwrap();
            let field = tx.catalog().field_named(tx.catalog().queue_named("Incident Reports").unwrap().id, "IP").unwrap().id;
            ticket::set_values(&mut tx, &dana, target, FieldInput { field, values: vec![] }).await.unwrap();
            ticket::add_values(&mut tx, &dana, target, FieldInput { field, values: vec!["192.0.2.7".into()] }).await.unwrap();
        });
        set(&world, &dana, target, "open").await;
        unmerge(&world, "dana", source).await;
        let target = view(&world, target).await;
        assert_eq!((target.ticket.time_worked, target.ticket.status.as_str()), (40, "open"));
        assert!(people(&target).contains(&(Role::Cc, "hana".into())));
        assert_eq!(values(&target, "IP"), ["192.0.2.7"]);
    }

    async fn tc085_what_another_merged_ticket_brings_as_well_stays_until_that_one_leaves(world: World) {
        let (one, two) = (world.report("One", "from 192.0.2.7").await, world.report("Two", "from 192.0.2.7").await);
        let target = world.report("Target", "x").await;
        for id in [one, two] {
            watcher(&world, id, Role::Cc, "hana").await;
            merge(&world, "dana", id, target).await;
        }
        let held = |view: &show::TicketView| (people(view).contains(&(Role::Cc, "hana".into())), values(view, "IP").len());
        unmerge(&world, "dana", one).await;
        assert_eq!(held(&view(&world, target).await), (true, 1));
        unmerge(&world, "dana", two).await;
        assert_eq!(held(&view(&world, target).await), (false, 0));
    }

    async fn tc084_merges_nest_and_the_outer_one_is_taken_back_first(world: World) {
        let (inner, middle, outer) = (world.report("Inner", "from 192.0.2.7").await, world.report("Middle", "x").await, world.report("Outer", "x").await);
        let dana = world.actor("dana").await;
        let incident = create(&world, &world.actor("admin").await, "Incidents", &[], &[inner]).await.unwrap();
        let before = [picture(&world, inner).await, picture(&world, middle).await, picture(&world, outer).await];
        merge(&world, "dana", inner, middle).await;
        merge(&world, "dana", middle, outer).await;
        assert_eq!(view(&world, inner).await.ticket.id, outer);
        assert_eq!(view(&world, outer).await.incidents().map(|one| one.ticket.id).collect::<Vec<_>>(), [incident]);
        let mut tx = world.tx().await;
        let error = ticket::unmerge(&mut tx, &dana, inner).await.unwrap_err();
        assert!(error.to_string().contains(&format!("part of #{middle}")), "{error}");
        drop(tx);
        unmerge(&world, "dana", middle).await;
        let (outer_now, outer_was) = (picture(&world, outer).await, &before[2]);
        assert_eq!((view(&world, inner).await.ticket.id, &outer_now.links, &outer_now.values), (middle, &outer_was.links, &outer_was.values));
        unmerge(&world, "dana", inner).await;
        for (id, was) in [inner, middle, outer].into_iter().zip(before) {
            let now = picture(&world, id).await;
            assert_eq!((now.links, now.values, now.status, now.people), (was.links, was.values, was.status, was.people), "#{id}");
        }
    }

    async fn tc077_merging_that_would_close_a_circle_is_refused(world: World) {
        let admin = world.actor("admin").await;
        let (first, middle, last) = (world.report("1", "x").await, world.report("2", "x").await, world.report("3", "x").await);
        commit!(world, |tx| for (base, target) in [(first, middle), (middle, last)] {
            ticket::link(&mut tx, &admin, Link { kind: LinkKind::DependsOn, base, target }).await.unwrap();
        });
        let mut tx = world.tx().await;
        let error = ticket::merge(&mut tx, &admin, first, last).await.unwrap_err();
        assert!(error.to_string().contains("circle"), "{error}");
    }
}
