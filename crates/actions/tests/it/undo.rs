//! Acts and taking them back.

use actions::{
    Actor, Door, Error, hook,
    incident::{self, Close},
    message::NewMessage,
    setup,
    ticket::{self, Basics, Create, FieldInput, OwnerChange, Reply, SetStatus, Update, show},
    undo::{recent, standing, undo},
    verify::verify,
};
use domain::{ActId, Right, TicketId, change::ChangeKind, link::LinkKind, person::PersonName, setting::list};
use jiff::SignedDuration;
use testkit::World;

async fn hold(world: &World, seconds: &str) {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &setup::operator(), &[(list::UNDO_HOLD, Some(seconds))]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn update(world: &World, actor: &Actor, id: TicketId, input: Update) -> ActId {
    let mut tx = world.tx().await;
    ticket::update(&mut tx, actor, id, input).await.unwrap();
    tx.commit_act().await.unwrap().unwrap()
}

async fn take(world: &World, actor: &Actor, id: TicketId) {
    update(world, actor, id, Update { take_first: true, ..Update::default() }).await;
}

async fn take_back(world: &World, actor: &Actor, act: ActId) -> actions::Result<actions::undo::Undone> {
    let mut tx = world.tx().await;
    let undone = undo(&mut tx, actor, act).await?;
    tx.commit().await?;
    Ok(undone)
}

async fn incident(world: &World, actor: &Actor, members: Vec<TicketId>) -> TicketId {
    let queue = world.queue_id("Incidents").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Worm", NewMessage::text("A worm."));
    input.members = members;
    input.owner = Some(actor.user.name.clone());
    let id = ticket::create(&mut tx, actor, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

/// Everything about a ticket but how often and by whom it was changed.
async fn state(world: &World, id: TicketId) -> String {
    let admin = world.actor("admin").await;
    let view = show::view(&mut world.look().await, &admin, id).await.unwrap();
    let mut ticket = domain::Ticket::clone(&view.ticket);
    (ticket.version, ticket.head, ticket.updated, ticket.updater) = (0, vec![], ticket.created, ticket.creator);
    let fields: Vec<_> = view.fields.iter().map(|field| (field.field.id, &field.values)).collect();
    let links: Vec<_> = view.links.iter().map(|link| (link.kind, link.outgoing, link.ticket.id)).collect();
    format!("{:?} {fields:?} {links:?} {:?}", ticket, view.people.iter().map(|(role, user)| (role, user.id)).collect::<Vec<_>>())
}

testkit::both! {
    // IR-223
    async fn an_undoing_takes_a_waiting_call_back_and_tells_a_firewall_that_was_told(world: World) {
        hold(&world, "15").await;
        let (dana, queue) = (world.actor("dana").await, world.queue_id("Countermeasures").await);
        let mut tx = world.tx().await;
        let rules = setup::rules(&mut tx, &setup::operator()).await.unwrap();
        let rule = rules.iter().find(|rule| rule.name == "Tell the firewall").unwrap().id;
        setup::enable_rule(&mut tx, &setup::operator(), rule, true).await.unwrap();
        let input = Create { owner: Some("dana".to_owned()), ..Create::new(queue, "Block", NewMessage::text("text")) };
        let block = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let activate = || Update { status: Some("active".to_owned()), ..Update::default() };
        let act = update(&world, &dana, block, activate()).await;
        assert!(hook::claim(&world.desk, 9).await.unwrap().is_empty(), "it waits, so that it can be taken back");
        take_back(&world, &dana, act).await.unwrap();
        world.clock.advance(SignedDuration::from_secs(30));
        assert_eq!((hook::claim(&world.desk, 9).await.unwrap().len(), hook::counts(&world.desk).await.unwrap()), (0, (0, 0)));
        let act = update(&world, &dana, block, activate()).await;
        world.clock.advance(SignedDuration::from_secs(30));
        let made = hook::claim(&world.desk, 9).await.unwrap();
        hook::settle(&world.desk, &made[0], hook::Fate::Done(String::new())).await.unwrap();
        take_back(&world, &dana, act).await.unwrap();
        let again = hook::claim(&world.desk, 9).await.unwrap();
        let told: hook::Payload = serde_json::from_str(&again[0].payload).unwrap();
        assert_eq!(told.status, "pending activation");
    }

    // TC-096: the compensating changes are entries of their own; nothing is taken out of the history.
    async fn an_update_is_undone_with_all_that_followed_from_it(world: World) {
        let report = world.report("Scan", "from 192.0.2.7").await;
        let dana = world.actor("dana").await;
        take(&world, &dana, report).await;
        let incident = incident(&world, &dana, vec![report]).await;
        let former = [state(&world, report).await, state(&world, incident).await];
        let queue = world.queue("Incident Reports").await;
        let field = world.look().await.catalog().field_named(queue.id, "IP").unwrap().id;
        world.clock.advance(SignedDuration::from_mins(5));
        let act = update(&world, &dana, report, Update {
            take_first: true,
            status: Some("resolved".to_owned()),
            basics: Basics { subject: Some("Scanned".to_owned()), priority: Some(7), ..Basics::default() },
            fields: vec![FieldInput { field, values: vec!["192.0.2.8".to_owned()] }],
            people: vec![ticket::PeopleInput { role: domain::Role::Cc, people: vec![PersonName::parse("new@example.org").unwrap()] }],
            ..Update::default()
        }).await;
        let changed = [state(&world, report).await, state(&world, incident).await];
        assert!(changed[0] != former[0] && changed[1] != former[1]);

        let undone = take_back(&world, &dana, act).await.unwrap();
        assert_eq!((undone.restored, undone.changed_meanwhile), (vec![report, incident], vec![]));
        assert_eq!([state(&world, report).await, state(&world, incident).await], former);
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 100).await.unwrap();
        let marked = history.iter().filter(|entry| domain::undo::undone(entry.change.what.data.as_deref()) == Some(act));
        assert!(marked.count() >= 6, "every kind of change has its counterpart");
        assert_eq!(verify(&world.desk).await.unwrap().findings, []);
        assert!(matches!(take_back(&world, &dana, act).await, Err(Error::Conflict(_))), "once is enough");

        let last = recent(&mut world.look().await, &dana, ActId(i64::MAX), 1).await.unwrap().remove(0);
        assert!(last.is_undo && last.is_standing);
        take_back(&world, &dana, last.id).await.unwrap();
        assert_eq!([state(&world, report).await, state(&world, incident).await], changed, "undoing that does it again");
    }

    async fn what_changed_meanwhile_stays_and_is_told(world: World) {
        let report = world.report("Scan", "text").await;
        let (dana, admin) = (world.actor("dana").await, world.actor("admin").await);
        let act = update(&world, &dana, report, Update {
            take_first: true, basics: Basics { priority: Some(3), ..Basics::default() }, ..Update::default()
        }).await;
        update(&world, &admin, report, Update { basics: Basics { priority: Some(9), ..Basics::default() }, ..Update::default() }).await;
        let undone = take_back(&world, &dana, act).await.unwrap();
        assert_eq!((undone.restored, undone.changed_meanwhile), (vec![report], vec![report]));
        let view = show::view(&mut world.look().await, &dana, report).await.unwrap();
        assert_eq!((view.ticket.priority, view.ticket.is_owned()), (9, false));
    }

    async fn only_who_did_it_and_administrators_undo_it_and_only_for_a_while(world: World) {
        let report = world.report("Scan", "text").await;
        let (dana, tariq, admin) = (world.actor("dana").await, world.actor("tariq").await, world.actor("admin").await);
        let act = update(&world, &dana, report, Update { take_first: true, ..Update::default() }).await;
        assert!(matches!(take_back(&world, &tariq, act).await, Err(Error::NotFound)));
        assert!(standing(&mut world.look().await, &tariq, act).await.unwrap().is_none());
        take_back(&world, &admin, act).await.unwrap();
        let act = update(&world, &dana, report, Update { take_first: true, ..Update::default() }).await;
        world.clock.advance(SignedDuration::from_hours(25));
        assert!(matches!(take_back(&world, &dana, act).await, Err(Error::Invalid(_))));
    }

    async fn a_ticket_that_was_made_stays(world: World) {
        let dana = world.actor("dana").await;
        let id = incident(&world, &dana, vec![]).await;
        let last = recent(&mut world.look().await, &dana, ActId(i64::MAX), 1).await.unwrap().remove(0);
        assert_eq!((last.tickets, last.is_standing), (vec![id], false));
        let Err(Error::Invalid(errors)) = take_back(&world, &dana, last.id).await else { panic!("it was undone") };
        assert!(errors[0].message.contains("stays"), "{errors:?}");
    }

    // TC-022: a reply is not out before its time, and until then it can be taken back.
    async fn a_reply_waits_and_is_withdrawn(world: World) {
        hold(&world, "15").await;
        let report = world.report("Scan", "text").await;
        let dana = world.actor("dana").await;
        take(&world, &dana, report).await;
        world.clock.advance(SignedDuration::from_secs(20));
        world.sent().await;
        let former = state(&world, report).await;
        let act = update(&world, &dana, report, Update { reply: Some(NewMessage::text("We look.")), time_taken: 5, ..Update::default() }).await;
        assert_eq!(world.sent().await, [], "it waits");
        let undone = take_back(&world, &dana, act).await.unwrap();
        assert_eq!((undone.withdrawn > 0, undone.sent, undone.unsent.unwrap().is_reply), (true, 0, true));
        assert_eq!(state(&world, report).await, former, "nobody was answered");
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 100).await.unwrap();
        assert!(history.iter().any(|entry| entry.change.what.kind == ChangeKind::Withdrawn));
        assert!(history.iter().any(|entry| entry.change.what.kind == ChangeKind::Correspond && entry.text.contains("We look.")));
        world.clock.advance(SignedDuration::from_secs(20));
        assert_eq!(world.sent().await, []);

        let act = update(&world, &dana, report, Update { reply: Some(NewMessage::text("Done.")), status: Some("resolved".to_owned()), ..Update::default() }).await;
        world.clock.advance(SignedDuration::from_secs(15));
        assert!(!world.sent().await.is_empty(), "its time has come");
        let undone = take_back(&world, &dana, act).await.unwrap();
        assert!(undone.sent > 0 && undone.unsent.is_none());
        let view = show::view(&mut world.look().await, &dana, report).await.unwrap();
        assert_eq!(view.ticket.status, "new");
        assert!(view.ticket.told.is_some(), "they were answered");
    }

    async fn whoever_chose_another_wait_has_it(world: World) {
        hold(&world, "15").await;
        let (dana, report) = (world.actor("dana").await, world.report("Scan", "text").await);
        let mut tx = world.tx().await;
        actions::account::choose(&mut tx, &dana, &[(domain::preference::UNDO_HOLD, Some("40"))]).await.unwrap();
        tx.commit().await.unwrap();
        take(&world, &dana, report).await;
        world.clock.advance(SignedDuration::from_secs(50));
        world.sent().await;
        update(&world, &dana, report, Update { reply: Some(NewMessage::text("We look.")), ..Update::default() }).await;
        world.clock.advance(SignedDuration::from_secs(39));
        assert_eq!(world.sent().await, [], "it waits longer than usual");
        world.clock.advance(SignedDuration::from_secs(1));
        assert!(!world.sent().await.is_empty());
    }

    // IR-212: closing an incident is one act with its children.
    async fn closing_an_incident_is_undone_with_its_children(world: World) {
        let report = world.report("Scan", "text").await;
        let dana = world.actor("dana").await;
        take(&world, &dana, report).await;
        let incident = incident(&world, &dana, vec![report]).await;
        let former = [state(&world, report).await, state(&world, incident).await];
        let mut tx = world.tx().await;
        incident::close(&mut tx, &dana, Close {
            incident, status: Some("resolved".to_owned()), children: vec![report], message: NewMessage::default(),
            as_reply: false, on_incident: false, resolution: None, owner: None, time_taken: 0,
        }).await.unwrap();
        let act = tx.commit_act().await.unwrap().unwrap();
        take_back(&world, &dana, act).await.unwrap();
        assert_eq!([state(&world, report).await, state(&world, incident).await], former);
    }

    // IR-212: nothing is undone that would leave an open child in an incident closed meanwhile.
    async fn an_undoing_does_not_break_a_family(world: World) {
        let report = world.report("Scan", "text").await;
        let dana = world.actor("dana").await;
        take(&world, &dana, report).await;
        let incident = incident(&world, &dana, vec![report]).await;
        let mut tx = world.tx().await;
        incident::unlink_from_incident(&mut tx, &dana, report, incident).await.unwrap();
        let act = tx.commit_act().await.unwrap().unwrap();
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &dana, SetStatus { ticket: incident, status: "resolved".to_owned() }).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(take_back(&world, &dana, act).await, Err(Error::Conflict(_))));
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &dana, SetStatus { ticket: incident, status: "open".to_owned() }).await.unwrap();
        tx.commit().await.unwrap();
        take_back(&world, &dana, act).await.unwrap();
        let view = show::view(&mut world.look().await, &dana, incident).await.unwrap();
        assert_eq!(view.links.iter().filter(|link| link.kind == LinkKind::MemberOf).count(), 1);
    }

    async fn mail_and_refusals_are_no_acts(world: World) {
        let report = world.report("Scan", "text").await;
        let mut tx = world.tx().await;
        let ray = Actor::by_name(&mut tx, "ray@bank.example", Door::Email).await.unwrap();
        ticket::reply(&mut tx, &ray, Reply { ticket: report, message: NewMessage::text("More."), time_taken: 0 }).await.unwrap();
        assert_eq!(tx.commit_act().await.unwrap(), None);
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let attempt = tx.attempt().await.unwrap();
        ticket::change_owner(&mut tx, &dana, report, OwnerChange::Take).await.unwrap();
        let refused: actions::Result<()> = Err(Error::Forbidden(Right::ModifyTicket));
        assert!(tx.settle(attempt, refused).await.unwrap().is_err());
        assert_eq!(tx.commit_act().await.unwrap(), None, "what was rolled back is no act");
    }
}

testkit::both! {
    // TC-083, IR-414: undoing a merge is unmerging.
    async fn a_merge_is_undone_as_any_other_act(world: World) {
        let (one, other) = (world.report("One", "from 192.0.2.7").await, world.report("Other", "from 192.0.2.8").await);
        let dana = world.actor("dana").await;
        take(&world, &dana, one).await;
        take(&world, &dana, other).await;
        let former = [state(&world, one).await, state(&world, other).await];
        let mut tx = world.tx().await;
        ticket::merge(&mut tx, &dana, one, other).await.unwrap();
        let act = tx.commit_act().await.unwrap().unwrap();
        take_back(&world, &dana, act).await.unwrap();
        assert_eq!([state(&world, one).await, state(&world, other).await], former);
        assert_eq!(verify(&world.desk).await.unwrap().findings, []);
        let last = recent(&mut world.look().await, &dana, ActId(i64::MAX), 1).await.unwrap().remove(0);
        assert!(matches!(take_back(&world, &dana, last.id).await, Err(Error::Invalid(_))), "merge again instead");
    }
}
