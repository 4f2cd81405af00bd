//! The seeded rules of Incidents and their children, case by case (IR sections 6.6 … 6.9), and the settings they look at.

use crate::family::{create, owned_report, set, view};
use actions::{
    Actor, Door,
    incident::{self, Close},
    message::NewMessage,
    setup,
    ticket::{self, Link, OwnerChange, Reply, move_to_queue},
};
use domain::{TicketId, link::LinkKind, setting::list};
use jiff::{SignedDuration, Timestamp};
use testkit::World;

async fn choose(world: &World, name: &str, value: &str) {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &setup::operator(), &[(name, Some(value))]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn due_in(world: &World, actor: &Actor, id: TicketId, hours: i64) -> Timestamp {
    let due = world.desk.now().checked_add(SignedDuration::from_hours(hours)).unwrap();
    let mut tx = world.tx().await;
    ticket::set_due(&mut tx, actor, id, Some(due)).await.unwrap();
    tx.commit().await.unwrap();
    due
}

async fn due(world: &World, id: TicketId) -> Option<Timestamp> {
    view(world, id).await.ticket.due
}

async fn status(world: &World, id: TicketId) -> String {
    view(world, id).await.ticket.status.clone()
}

async fn move_to(world: &World, actor: &Actor, id: TicketId, queue: &str) {
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    move_to_queue(&mut tx, actor, id, queue).await.unwrap();
    tx.commit().await.unwrap();
}

async fn queue(world: &World, id: TicketId) -> String {
    view(world, id).await.queue.name
}

async fn write(world: &World, who: &str, id: TicketId, text: &str) {
    let actor = world.actor_by(who, Door::Email).await;
    let mut tx = world.tx().await;
    ticket::reply(&mut tx, &actor, Reply { ticket: id, message: NewMessage::text(text), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn resolution(world: &World, id: TicketId) -> Vec<String> {
    view(world, id).await.fields.into_iter().find(|shown| shown.field.name == "Resolution").map(|shown| shown.values).unwrap()
}

testkit::both! {
    // IR-206, IR-205: closing and reopening a child, and creating an Incident around children that exist
    async fn ir206_a_child_that_opens_again_counts_again(world: World) {
        let dana = world.actor("dana").await;
        let (early, late) = (owned_report(&world, &dana).await, owned_report(&world, &dana).await);
        let incident = create(&world, &dana, "Incidents", &[], &[early, late]).await.unwrap();
        let earliest = due(&world, early).await.min(due(&world, late).await);
        assert!(earliest.is_some() && due(&world, incident).await == earliest, "created with existing children");
        due_in(&world, &dana, early, 1).await;
        let late_due = due_in(&world, &dana, late, 2).await;
        set(&world, &dana, early, "resolved").await;
        assert_eq!(due(&world, incident).await, Some(late_due));
        set(&world, &dana, early, "open").await;
        let again = due_in(&world, &dana, early, 1).await;
        assert_eq!(due(&world, incident).await, Some(again));
    }

    // IR-207, IR-210: nothing open, no Due; a value that is right already is not written again
    async fn ir210_an_incident_without_open_children_has_no_due(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        due_in(&world, &dana, report, 1).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let before = view(&world, incident).await.ticket.version;
        let refers = create(&world, &dana, "Incident Reports", &[], &[]).await.unwrap();
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        ticket::link(&mut tx, &admin, Link { kind: LinkKind::RefersTo, base: report, target: refers }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(view(&world, incident).await.ticket.version, before, "IR-207: looked at, nothing written");
        set(&world, &dana, report, "resolved").await;
        assert_eq!(due(&world, incident).await, None);
    }

    // IR-208: Incidents nested under the Incident count; other tickets do not. IR-211: an Incident recalculates itself
    async fn ir208_nested_incidents_count_and_other_tickets_do_not(world: World) {
        let admin = world.actor("admin").await;
        let outer = create(&world, &admin, "Incidents", &[], &[]).await.unwrap();
        let inner = create(&world, &admin, "Incidents", &[], &[]).await.unwrap();
        let general = create(&world, &admin, "General", &[], &[]).await.unwrap();
        due_in(&world, &admin, general, 1).await;
        let inner_due = due_in(&world, &admin, inner, 5).await;
        for base in [inner, general] {
            let mut tx = world.tx().await;
            ticket::link(&mut tx, &admin, Link { kind: LinkKind::MemberOf, base, target: outer }).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(due(&world, outer).await, Some(inner_due));
        let moved = due_in(&world, &admin, inner, 3).await;
        assert_eq!((due(&world, inner).await, due(&world, outer).await), (Some(moved), Some(moved)));
    }

    async fn ir209_a_due_set_by_hand_stands_until_a_child_moves_and_is_not_copied_down(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, incident, OwnerChange::TakeOrSteal).await.unwrap();
        tx.commit().await.unwrap();
        let first = due(&world, report).await;
        let by_hand = due_in(&world, &dana, incident, 1).await;
        assert_eq!((due(&world, incident).await, due(&world, report).await), (Some(by_hand), first));
        let second = due_in(&world, &dana, report, 6).await;
        assert_eq!(due(&world, incident).await, Some(second));
    }

    // IR-178, IR-220: it really fires, once, to the correspondents
    async fn ir220_correspondents_hear_when_a_block_is_removed(world: World) {
        let dana = world.actor("dana").await;
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let block = create(&world, &dana, "Countermeasures", &[incident], &[]).await.unwrap();
        let removals = async || {
            let mut db = world.desk.db().read().await.unwrap();
            let letters = storage::outbound::of_ticket(&mut db, block).await.unwrap();
            letters.iter().filter(|letter| String::from_utf8_lossy(&letter.letter.raw).contains("removed")).count()
        };
        let before = removals().await;
        set(&world, &dana, block, "active").await;
        assert_eq!(removals().await, before);
        set(&world, &dana, block, "removed").await;
        assert_eq!(removals().await, before + 1);
    }

    async fn ir221_ir222_an_answer_counts_only_when_it_says_so(world: World) {
        choose(&world, "RTIR_CountermeasureApproveActionRegexp", r"(?i)\bdone\b").await;
        let dana = world.actor("dana").await;
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let block = create(&world, &dana, "Countermeasures", &[incident], &[]).await.unwrap();
        let ops = view(&world, block).await.holders(domain::Role::Requestor).next().unwrap().name.clone();
        write(&world, &ops, block, "we look into it").await;
        assert_eq!(status(&world, block).await, "pending activation");
        write(&world, &ops, block, "It is DONE.").await;
        assert_eq!(status(&world, block).await, "active");
        set(&world, &dana, block, "removed").await;
        write(&world, "dana", block, "put it back").await;
        assert_eq!(status(&world, block).await, "active", "removed: whoever wrote, whatever they wrote");
    }

    // IR-218, IR-219: both closing statuses; cleared on reopening; what was chosen stays; the map is a setting
    async fn ir218_a_resolution_comes_with_closing_and_goes_with_reopening(world: World) {
        let dana = world.actor("dana").await;
        let incident = create(&world, &dana, "Incidents", &[], &[]).await.unwrap();
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, incident, OwnerChange::TakeOrSteal).await.unwrap();
        tx.commit().await.unwrap();
        set(&world, &dana, incident, "abandoned").await;
        assert_eq!(resolution(&world, incident).await, ["no resolution reached"]);
        set(&world, &dana, incident, "open").await;
        assert_eq!(resolution(&world, incident).await, Vec::<String>::new());
        choose(&world, list::DEFAULT_RESOLUTION, "resolved = no response from customer").await;
        set(&world, &dana, incident, "resolved").await;
        assert_eq!(resolution(&world, incident).await, ["no response from customer"]);
        set(&world, &dana, incident, "open").await;
        set(&world, &dana, incident, "abandoned").await;
        assert_eq!(resolution(&world, incident).await, Vec::<String>::new(), "not in the map");
    }

    // IR-213, IR-214: no word asked of anybody; resolved tells the reporter, rejected does not
    async fn ir214_reporters_hear_of_resolved_children_and_not_of_rejected_ones(world: World) {
        let dana = world.actor("dana").await;
        for (verdict, letters) in [("resolved", 1), ("abandoned", 0)] {
            let report = owned_report(&world, &dana).await;
            let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
            let count = async || {
                let mut db = world.desk.db().read().await.unwrap();
                storage::outbound::of_ticket(&mut db, report).await.unwrap().len()
            };
            let before = count().await;
            set(&world, &dana, incident, verdict).await;
            assert_eq!(count().await, before + letters, "{verdict}");
        }
    }

    async fn ir396_abandoning_may_resolve_reports_instead(world: World) {
        choose(&world, list::ABANDON_RESOLVES_REPORTS, "yes").await;
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        set(&world, &dana, incident, "abandoned").await;
        assert_eq!(status(&world, report).await, "resolved");
    }

    async fn ir012_closing_leaves_countermeasures_alone_when_they_are_switched_off(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let block = create(&world, &dana, "Countermeasures", &[incident], &[]).await.unwrap();
        choose(&world, "RTIR_DisableCountermeasures", "1").await;
        let mut tx = world.tx().await;
        let input = Close {
            incident, status: Some("resolved".into()), children: vec![report], message: NewMessage::text("Closing."), as_reply: true, on_incident: false, resolution: None, owner: None, time_taken: 0,
        };
        assert!(incident::close(&mut tx, &dana, input).await.unwrap().closed);
        tx.commit().await.unwrap();
        assert_eq!((status(&world, incident).await, status(&world, report).await), ("resolved".into(), "resolved".into()));
        choose(&world, "RTIR_DisableCountermeasures", "0").await;
        assert_eq!(status(&world, block).await, "pending activation");
    }

    // IR-216, IR-217: a late reply to a closed child reopens it and its Incident
    async fn ir217_a_late_reply_reopens_the_child_and_its_incident(world: World) {
        let dana = world.actor("dana").await;
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        set(&world, &dana, incident, "resolved").await;
        write(&world, "ray@bank.example", report, "It is back.").await;
        assert_eq!((status(&world, report).await, status(&world, incident).await), ("open".into(), "open".into()));
        // IR-188: nothing but these rules opens a Report; an unlinked new one stays new
        let other = owned_report(&world, &dana).await;
        write(&world, "ray@bank.example", other, "more").await;
        assert_eq!(status(&world, other).await, "new");
    }

    // IR-172, IR-226: with the rights of whoever changed the owner, which ends by itself
    async fn ir226_owners_spread_over_the_family_with_the_rights_of_whoever_changed_them(world: World) {
        let (dana, greta) = (world.actor("dana").await, world.actor("greta").await);
        let report = owned_report(&world, &dana).await;
        let incident = create(&world, &dana, "Incidents", &[], &[report]).await.unwrap();
        let investigation = create(&world, &dana, "Investigations", &[incident], &[]).await.unwrap();
        set(&world, &dana, investigation, "resolved").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, report, OwnerChange::Give(domain::UserId::NOBODY)).await.unwrap();
        tx.commit().await.unwrap();
        for id in [report, incident, investigation] {
            assert_eq!(view(&world, id).await.owner.name, "Nobody", "#{id}");
        }
        assert!(greta.user.privileged);
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, report, OwnerChange::Take).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(view(&world, incident).await.owner.name, "dana", "IR-225: an unowned Incident is taken");
        assert_eq!(view(&world, investigation).await.owner.name, "dana", "closed children, too");
    }

    // IR-155, IR-156
    async fn ir155_children_move_with_their_incident_to_its_new_constituency(world: World) {
        let admin = world.actor("admin").await;
        let incident = create(&world, &admin, "Incidents - EDUNET", &[], &[]).await.unwrap();
        let report = create(&world, &admin, "Incident Reports - EDUNET", &[incident], &[]).await.unwrap();
        let block = create(&world, &admin, "Countermeasures - EDUNET", &[incident], &[]).await.unwrap();
        let third = create(&world, &admin, "Incident Reports", &[incident], &[]).await.unwrap();
        move_to(&world, &admin, incident, "Incidents - GOVNET").await;
        assert_eq!(queue(&world, report).await, "Incident Reports - GOVNET");
        assert_eq!(queue(&world, block).await, "Countermeasures - GOVNET");
        assert_eq!(queue(&world, third).await, "Incident Reports", "it was not of the old constituency");
        move_to(&world, &admin, report, "Incident Reports - EDUNET").await;
        assert_eq!(queue(&world, incident).await, "Incidents - GOVNET", "moving a child does not move its Incident");
    }

    async fn ir157_where_constituencies_are_inherited_a_child_takes_its_family_along(world: World) {
        choose(&world, "_RTIR_Constituency_Propagation", "inherit").await;
        let admin = world.actor("admin").await;
        let incident = create(&world, &admin, "Incidents - EDUNET", &[], &[]).await.unwrap();
        let one = create(&world, &admin, "Incident Reports - EDUNET", &[incident], &[]).await.unwrap();
        let other = create(&world, &admin, "Investigations - EDUNET", &[incident], &[]).await.unwrap();
        move_to(&world, &admin, one, "Incident Reports - GOVNET").await;
        assert_eq!((queue(&world, incident).await, queue(&world, other).await), ("Incidents - GOVNET".into(), "Investigations - GOVNET".into()));
    }

    async fn ir154_where_constituencies_mix_nobody_moves_along(world: World) {
        choose(&world, "RTIR_StrictConstituencyLinking", "0").await;
        let admin = world.actor("admin").await;
        let incident = create(&world, &admin, "Incidents - EDUNET", &[], &[]).await.unwrap();
        let report = create(&world, &admin, "Incident Reports - EDUNET", &[incident], &[]).await.unwrap();
        move_to(&world, &admin, incident, "Incidents - GOVNET").await;
        assert_eq!(queue(&world, report).await, "Incident Reports - EDUNET");
        let far = create(&world, &admin, "Incident Reports - EDUNET", &[], &[]).await.unwrap();
        let mut tx = world.tx().await;
        incident::link_to_incident(&mut tx, &admin, far, incident).await.unwrap();
        tx.commit().await.unwrap();
    }

    // IR-014: both switches are settings
    async fn ir014_what_children_may_and_must_is_chosen_by_the_installation(world: World) {
        let dana = world.actor("dana").await;
        choose(&world, list::REPORT_SEVERAL, "no").await;
        choose(&world, list::COUNTERMEASURE_REQUIRED, "no").await;
        choose(&world, list::INVESTIGATION_REQUIRED, "yes").await;
        assert!(create(&world, &dana, "Countermeasures", &[], &[]).await.is_ok());
        assert!(create(&world, &dana, "Investigations", &[], &[]).await.is_err());
        let (first, second) = (create(&world, &dana, "Incidents", &[], &[]).await.unwrap(), create(&world, &dana, "Incidents", &[], &[]).await.unwrap());
        let report = owned_report(&world, &dana).await;
        for incident in [first, second] {
            let mut tx = world.tx().await;
            incident::link_to_incident(&mut tx, &dana, report, incident).await.unwrap();
            tx.commit().await.unwrap();
        }
        let incidents: Vec<_> = view(&world, report).await.incidents().map(|link| link.ticket.id).collect();
        assert_eq!(incidents, [second]);
    }
}
