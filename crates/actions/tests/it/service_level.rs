//! Dates by service level (IR section 7, TC section 17): the promises of levels, and the historic scheme.

use actions::{
    Door, Error,
    message::NewMessage,
    setup::{self, QueueInput, Scheme},
    ticket::{self, Basics, Create, OwnerChange, Reply, SetStatus, show},
};
use domain::{
    QueueId, Ticket, TicketId,
    person::PersonName,
    service_level::{Calendar, Hours, Promise, ServiceLevel},
};
use testkit::World;

async fn see(world: &World, id: TicketId) -> Ticket {
    (*show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap().ticket).clone()
}

fn shown(moment: Option<jiff::Timestamp>) -> String {
    moment.map_or("never".into(), |moment| moment.strftime("%a %F %R").to_string())
}

async fn due(world: &World, id: TicketId) -> String {
    shown(see(world, id).await.due)
}

async fn take(world: &World, id: TicketId) {
    let mut tx = world.tx().await;
    ticket::change_owner(&mut tx, &world.actor("dana").await, id, OwnerChange::Take).await.unwrap();
    tx.commit().await.unwrap();
}

async fn write(world: &World, name: &str, id: TicketId) {
    let actor = world.actor_by(name, Door::Email).await;
    let mut tx = world.tx().await;
    ticket::reply(&mut tx, &actor, Reply { ticket: id, message: NewMessage::text("Hello."), time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn set(world: &World, id: TicketId, status: &str) {
    let mut tx = world.tx().await;
    ticket::set_status(&mut tx, &world.actor("admin").await, SetStatus { ticket: id, status: status.into() }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn change(world: &World, id: TicketId, basics: Basics) {
    let mut tx = world.tx().await;
    ticket::set_basics(&mut tx, &world.actor("admin").await, id, basics).await.unwrap();
    tx.commit().await.unwrap();
}

async fn create(world: &World, queue: &str, edit: impl FnOnce(&mut Create)) -> TicketId {
    let dana = world.actor("dana").await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Scan", NewMessage::text("text"));
    input.requestors = vec![PersonName::parse("noc@isp.example").unwrap()];
    input.owner = Some("dana".into());
    edit(&mut input);
    let id = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn choose(world: &World, scheme: Scheme, default: &str) {
    let mut tx = world.tx().await;
    setup::choose_scheme(&mut tx, &world.actor("admin").await, scheme, default).await.unwrap();
    tx.commit().await.unwrap();
}

async fn edit_queue(world: &World, name: &str, edit: impl FnOnce(&mut QueueInput)) -> QueueId {
    let queue = world.queue(name).await;
    let mut input = QueueInput::of(&queue);
    edit(&mut input);
    let mut tx = world.tx().await;
    setup::edit_queue(&mut tx, &world.actor("admin").await, queue.id, &input).await.unwrap();
    tx.commit().await.unwrap();
    queue.id
}

async fn save_level(world: &World, level: ServiceLevel) {
    let mut tx = world.tx().await;
    setup::save_level(&mut tx, &world.actor("admin").await, level).await.unwrap();
    tx.commit().await.unwrap();
}

fn level(name: &str) -> ServiceLevel {
    ServiceLevel { name: name.into(), calendar: "Office hours".into(), ..ServiceLevel::default() }
}

async fn set_setting(world: &World, name: &str, value: &str) {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &world.actor("admin").await, &[(name, Some(value))]).await.unwrap();
    tx.commit().await.unwrap();
}

// The world's clock stands at Monday 2026-03-02 09:30 UTC, in business hours.
testkit::both! {
    // IR-230, IR-231, IR-233, TC-213, TC-215, TC-216, TC-217
    async fn ir231_due_follows_the_oldest_unanswered_message_then_keeps_in_loop(world: World) {
        save_level(&world, ServiceLevel {
            response: Some(Promise::business(60)), keep_in_loop: Some(Promise::business(120)), ..level("Gold")
        }).await;
        edit_queue(&world, "Incident Reports", |queue| queue.default_level = "Gold".into()).await;
        let id = world.report("Worm", "x").await;
        let report = see(&world, id).await;
        assert_eq!((report.level.as_deref(), shown(report.starts).as_str(), shown(report.due).as_str()), (Some("Gold"), "Mon 2026-03-02 09:30", "Mon 2026-03-02 10:30"), "IR-233");
        take(&world, id).await;
        world.clock.set("2026-03-02T10:00:00Z");
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &world.actor("dana").await, Reply { ticket: id, message: NewMessage::text("internal"), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(&world, id).await, "Mon 2026-03-02 10:30", "comments never count");
        write(&world, "dana", id).await;
        assert_eq!(due(&world, id).await, "Mon 2026-03-02 12:00", "kept in the loop");
        world.clock.set("2026-03-02T17:30:00Z");
        write(&world, "ray@bank.example", id).await;
        world.clock.set("2026-03-02T17:45:00Z");
        write(&world, "ray@bank.example", id).await;
        assert_eq!(due(&world, id).await, "Tue 2026-03-03 09:30", "from the oldest that waits");
        set(&world, id, "resolved").await;
        assert_eq!(due(&world, id).await, "never");
    }

    // TC-217, IR-231
    async fn tc217_without_a_promise_that_applies_due_is_cleared_unless_a_resolve_deadline_exists(world: World) {
        save_level(&world, ServiceLevel { response: Some(Promise::business(60)), ..level("Answer") }).await;
        save_level(&world, ServiceLevel { response: Some(Promise::business(60)), resolve: Some(Promise::real(24 * 60)), ..level("Solve") }).await;
        edit_queue(&world, "Incident Reports", |queue| queue.default_level = "Answer".into()).await;
        let id = world.report("Worm", "x").await;
        take(&world, id).await;
        write(&world, "dana", id).await;
        assert_eq!(due(&world, id).await, "never");
        change(&world, id, Basics { level: Some(Some("Solve".into())), ..Basics::default() }).await;
        assert_eq!(due(&world, id).await, "Tue 2026-03-03 09:30", "from creation");
    }

    // TC-217: the owner never counts as outside, and AssumeOutsideActor turns the question round (TC-213)
    async fn tc213_who_is_outside(world: World) {
        let id = world.report("Worm", "x").await;
        take(&world, id).await;
        write(&world, "dana", id).await;
        assert!(see(&world, id).await.unanswered_since.is_none());
        write(&world, "hana", id).await;
        assert!(see(&world, id).await.unanswered_since.is_none(), "staff");
        set_setting(&world, "assume_outside_actor", "yes").await;
        write(&world, "hana", id).await;
        assert!(see(&world, id).await.unanswered_since.is_some(), "anybody but owner and AdminCcs");
        write(&world, "dana", id).await;
        assert!(see(&world, id).await.unanswered_since.is_none(), "the owner");
    }

    // IR-232, TC-215
    async fn ir232_the_level_is_given_on_creation_and_changing_it_recomputes(world: World) {
        save_level(&world, ServiceLevel { response: Some(Promise::real(15)), start_immediately: true, ..level("Night call") }).await;
        world.clock.set("2026-03-02T23:00:00Z");
        let id = create(&world, "Incident Reports", |input| input.level = Some("Night call".into())).await;
        let report = see(&world, id).await;
        assert_eq!((shown(report.starts).as_str(), shown(report.due).as_str()), ("Mon 2026-03-02 23:00", "Mon 2026-03-02 23:15"));
        change(&world, id, Basics { level: Some(Some("Full service".into())), ..Basics::default() }).await;
        let report = see(&world, id).await;
        assert_eq!((shown(report.starts).as_str(), shown(report.due).as_str()), ("Tue 2026-03-03 09:00", "Tue 2026-03-03 10:00"));
    }

    // TC-215: given, else the queue's, else the installation's, else none where levels are off; IR-234
    async fn tc215_where_a_level_comes_from(world: World) {
        save_level(&world, ServiceLevel { response: Some(Promise::business(60)), ..level("Of all") }).await;
        choose(&world, Scheme::Standard, "Of all").await;
        assert_eq!(see(&world, world.report("a", "x").await).await.level.as_deref(), Some("Full service"), "the queue's");
        edit_queue(&world, "Incident Reports", |queue| queue.default_level = String::new()).await;
        assert_eq!(see(&world, world.report("b", "x").await).await.level.as_deref(), Some("Of all"), "the installation's");
        edit_queue(&world, "Incident Reports", |queue| queue.levels = false).await;
        let plain = see(&world, world.report("c", "x").await).await;
        assert_eq!((plain.level, plain.due, plain.starts), (None, None, None), "switched off");
        let incident = see(&world, create(&world, "Incidents", |_| ()).await).await;
        assert_eq!((incident.level, incident.due), (None, None), "IR-234");
    }

    // TC-214, IR-236
    async fn tc214_calendars_holidays_and_the_zone_of_a_queue(world: World) {
        let day = vec![Hours::parse("09:00-12:00").unwrap(), Hours::parse("13:00-18:00").unwrap()];
        let week = [vec![], day.clone(), day.clone(), day.clone(), day.clone(), day, vec![]];
        let mut tx = world.tx().await;
        let calendar = Calendar { name: "Office hours".into(), time_zone: "UTC".into(), week, holidays: vec!["2026-03-03".into()] };
        setup::save_calendar(&mut tx, &world.actor("admin").await, calendar).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.set("2026-03-02T11:30:00Z");
        assert_eq!(due(&world, world.report("over lunch", "x").await).await, "Mon 2026-03-02 13:30");
        world.clock.set("2026-03-02T17:30:00Z");
        assert_eq!(due(&world, world.report("before a holiday", "x").await).await, "Wed 2026-03-04 09:30");
        edit_queue(&world, "Incident Reports", |queue| queue.time_zone = "America/New_York".into()).await;
        assert_eq!(due(&world, world.report("elsewhere", "x").await).await, "Mon 2026-03-02 19:00", "12:30 there, over their lunch");
    }

    // TC-218, TC-219
    async fn tc218_tc219_out_of_hours_and_ignored_statuses(world: World) {
        let response = Promise { ignore_on: vec!["open".into()], exclude_ignored_time: true, ..Promise::business(60) };
        let mut patient = ServiceLevel { response: Some(response), ..level("Patient") };
        patient.out_of_hours.response = Some(Promise::business(30));
        save_level(&world, patient).await;
        edit_queue(&world, "Incident Reports", |queue| queue.default_level = "Patient".into()).await;
        world.clock.set("2026-03-02T20:00:00Z");
        assert_eq!(due(&world, world.report("at night", "x").await).await, "Tue 2026-03-03 10:30");
        world.clock.set("2026-03-03T10:00:00Z");
        let id = world.report("by day", "x").await;
        assert_eq!(due(&world, id).await, "Tue 2026-03-03 11:00");
        set(&world, id, "open").await;
        assert_eq!(due(&world, id).await, "never", "no Due is kept in that status");
        world.clock.set("2026-03-03T12:00:00Z");
        set(&world, id, "resolved").await;
        world.clock.set("2026-03-03T13:00:00Z");
        let mut patient = level("Patient");
        patient.response = Some(Promise { ignore_on: vec!["resolved".into(), "new".into()], exclude_ignored_time: true, ..Promise::business(60) });
        save_level(&world, patient).await;
        set(&world, id, "open").await;
        assert_eq!(due(&world, id).await, "Tue 2026-03-03 12:00", "the hour spent resolved is added");
    }

    // IR-235 … IR-241
    async fn ir235_ir241_the_classic_scheme_through_the_life_of_a_report(world: World) {
        choose(&world, Scheme::Classic, "").await;
        let id = world.report("Worm", "x").await;
        let report = see(&world, id).await;
        assert_eq!((report.level.as_deref(), shown(report.starts).as_str(), shown(report.due).as_str()), (Some("Full service"), "Mon 2026-03-02 09:30", "Mon 2026-03-02 10:30"), "IR-235, IR-237, IR-238");
        take(&world, id).await;
        world.clock.set("2026-03-02T10:00:00Z");
        write(&world, "dana", id).await;
        assert_eq!(due(&world, id).await, "Mon 2026-03-09 10:00", "IR-239: seven days");
        world.clock.set("2026-03-02T20:00:00Z");
        write(&world, "ray@bank.example", id).await;
        assert_eq!(due(&world, id).await, "Tue 2026-03-03 09:00", "IR-240: now, in business hours");
        set(&world, id, "resolved").await;
        assert_eq!(due(&world, id).await, "never", "IR-241");
        set(&world, id, "open").await;
        let report = see(&world, id).await;
        assert_eq!((report.level.as_deref(), shown(report.due).as_str()), (Some("Full service: out of hours"), "Tue 2026-03-03 11:00"), "IR-241");
        let night = see(&world, world.report("At night", "x").await).await;
        assert_eq!((night.level.as_deref(), shown(night.due).as_str()), (Some("Full service: out of hours"), "Tue 2026-03-03 11:00"), "IR-235");
    }

    // IR-237, IR-238, IR-239
    async fn ir238_what_we_launch_is_due_days_ahead_and_an_incident_only_starts(world: World) {
        choose(&world, Scheme::Classic, "").await;
        world.clock.set("2026-03-07T12:00:00Z");
        let incident = create(&world, "Incidents", |_| ()).await;
        assert_eq!(shown(see(&world, incident).await.starts), "Sat 2026-03-07 12:00");
        let investigation = see(&world, create(&world, "Investigations", |_| ()).await).await;
        assert_eq!((shown(investigation.starts).as_str(), shown(investigation.due).as_str()), ("Mon 2026-03-09 09:00", "Mon 2026-03-16 09:00"));
        edit_queue(&world, "Countermeasures", |queue| queue.default_due = "2 weeks".into()).await;
        assert_eq!(due(&world, create(&world, "Countermeasures", |input| input.incidents = vec![incident]).await).await, "Mon 2026-03-23 09:00", "the queue's own");
        set_setting(&world, "overdue_after_days", "3").await;
        assert_eq!(due(&world, create(&world, "Investigations", |_| ()).await).await, "Tue 2026-03-10 12:00", "overdue after");
    }

    // IR-242
    async fn ir242_a_priority_brings_a_level_and_an_incident_s_counts_for_its_children(world: World) {
        let report = world.report("Worm", "x").await;
        take(&world, report).await;
        let incident = create(&world, "Incidents", |input| input.members = vec![report]).await;
        let raise = |priority| Basics { priority: Some(priority), ..Basics::default() };
        change(&world, incident, raise(100)).await;
        assert_eq!(see(&world, report).await.level.as_deref(), Some("Full service"), "off by default");
        set_setting(&world, "level_by_priority", "High = Now (in business hours)\n60-99 = Reduced service").await;
        change(&world, incident, raise(70)).await;
        assert_eq!(see(&world, report).await.level.as_deref(), Some("Reduced service"));
        assert_eq!(due(&world, report).await, "Mon 2026-03-02 11:30");
        change(&world, incident, raise(100)).await;
        assert_eq!((see(&world, report).await.level.as_deref(), due(&world, report).await.as_str()), (Some("Now (in business hours)"), "Mon 2026-03-02 09:30"), "sooner");
        change(&world, incident, raise(10)).await;
        assert_eq!(see(&world, report).await.level.as_deref(), Some("Now (in business hours)"), "nothing for what is not in the map");
        let urgent = create(&world, "Incident Reports", |input| input.priority = Some(100)).await;
        assert_eq!(see(&world, urgent).await.level.as_deref(), Some("Now (in business hours)"), "on creation");
    }

    // IR-245
    async fn ir245_due_and_starts_are_set_by_hand_and_stand_until_something_happens(world: World) {
        let by_hand: jiff::Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
        let id = create(&world, "Incident Reports", |input| (input.due, input.starts) = (Some(by_hand), Some(by_hand))).await;
        assert_eq!((see(&world, id).await.due, see(&world, id).await.starts), (Some(by_hand), Some(by_hand)));
        change(&world, id, Basics { due: Some(None), starts: Some(None), ..Basics::default() }).await;
        assert_eq!((see(&world, id).await.due, see(&world, id).await.starts), (None, None));
    }

    // TC-008
    async fn tc008_a_queue_gives_its_tickets_dates_and_priorities(world: World) {
        edit_queue(&world, "General", |queue| {
            (queue.default_due, queue.default_starts) = ("2 weeks".into(), "tomorrow 10:00".into());
            (queue.initial_priority, queue.final_priority) = (20, 80);
        }).await;
        let id = create(&world, "General", |_| ()).await;
        let made = see(&world, id).await;
        assert_eq!((shown(made.due).as_str(), shown(made.starts).as_str()), ("Mon 2026-03-16 09:30", "Tue 2026-03-03 10:00"));
        assert_eq!((made.initial_priority, made.priority, made.final_priority), (20, 20, 80));
        assert_eq!((made.started, made.resolved), (None, None), "born initial");
        let open = see(&world, create(&world, "General", |input| input.status = Some("open".into())).await).await;
        assert!(open.started == Some(open.created) && open.resolved.is_none());
        let closed = see(&world, create(&world, "General", |input| input.status = Some("resolved".into())).await).await;
        assert_eq!(closed.resolved, Some(closed.created));
    }

    // IR-230, TC-213, TC-214
    async fn levels_and_calendars_are_checked_audited_and_kept_while_they_are_used(world: World) {
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        let lost = ServiceLevel { calendar: "nowhere".into(), ..level("Lost") };
        assert!(matches!(setup::save_level(&mut tx, &admin, lost).await, Err(Error::Invalid(fields)) if fields[0].field == "calendar"));
        assert!(matches!(setup::save_level(&mut tx, &admin, level(" ")).await, Err(Error::Invalid(fields)) if fields[0].field == "name"));
        let closed = Calendar { name: "Closed".into(), time_zone: "UTC".into(), ..Calendar::default() };
        assert!(matches!(setup::save_calendar(&mut tx, &admin, closed).await, Err(Error::Invalid(fields)) if fields[0].field == "week"));
        assert!(matches!(setup::delete_calendar(&mut tx, &admin, "Office hours").await, Err(Error::Conflict(_))));
        assert!(matches!(setup::delete_level(&mut tx, &admin, "Full service").await, Err(Error::Conflict(_))));
        assert!(matches!(setup::choose_scheme(&mut tx, &admin, Scheme::Standard, "Platinum").await, Err(Error::Invalid(_))));
        let dana = world.actor("dana").await;
        assert!(matches!(setup::save_level(&mut tx, &dana, level("Mine")).await, Err(Error::Forbidden(_))));
        assert!(matches!(setup::delete_level(&mut tx, &dana, "Full service").await, Err(Error::Forbidden(_))));
        setup::save_level(&mut tx, &admin, ServiceLevel { response: Some(Promise::real(1)), ..level("Spare") }).await.unwrap();
        setup::delete_level(&mut tx, &admin, "Spare").await.unwrap();
        assert!(tx.catalog().level("Spare").is_none());
        tx.commit().await.unwrap();
        let mut look = world.desk.db().read().await.unwrap();
        let kinds: Vec<String> = storage::audit::after(&mut look, 0, 500).await.unwrap().into_iter().map(|entry| entry.kind).collect();
        assert!(kinds.ends_with(&["save service level".to_owned(), "delete service level".to_owned()]), "{kinds:?}");
    }
}
