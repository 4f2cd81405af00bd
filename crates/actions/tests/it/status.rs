//! Statuses, their dates, what holds them back, and lifecycles as data (TC section 3, IR sections 2.1 … 2.5).

use actions::{
    Error,
    message::NewMessage,
    setup::{self, QueueInput},
    ticket::{self, Basics, Create, Link, OwnerChange, Reply, SetStatus, show},
};
use domain::{
    Right, Ticket, TicketId,
    link::LinkKind,
    right::{Grant, Principal, Scope},
};
use jiff::SignedDuration;
use testkit::World;

async fn see(world: &World, id: TicketId) -> Ticket {
    (*show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap().ticket).clone()
}

async fn create(world: &World, queue: &str, incident: Option<TicketId>) -> TicketId {
    let dana = world.actor("dana").await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Scan", NewMessage::text("text"));
    input.owner = Some("dana".into());
    input.incidents = incident.into_iter().collect();
    let id = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn try_status(world: &World, name: &str, id: TicketId, status: &str) -> Result<(), Error> {
    let actor = world.actor(name).await;
    let mut tx = world.tx().await;
    ticket::set_status(&mut tx, &actor, SetStatus { ticket: id, status: status.into() }).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn set(world: &World, id: TicketId, status: &str) {
    try_status(world, "dana", id, status).await.unwrap();
}

async fn depends(world: &World, base: TicketId, target: TicketId) {
    let mut tx = world.tx().await;
    ticket::link(&mut tx, &world.actor("admin").await, Link { kind: LinkKind::DependsOn, base, target }).await.unwrap();
    tx.commit().await.unwrap();
}

fn message(error: &Error) -> String {
    error.to_string()
}

testkit::both! {
    // IR-073, TC-038, TC-064
    async fn ir073_started_is_set_once_when_the_initial_class_is_left(world: World) {
        let investigation = see(&world, create(&world, "Investigations", None).await).await;
        assert_eq!(investigation.started, Some(investigation.created), "created in an active status");
        let incident = create(&world, "Incidents", None).await;
        let report = world.report("Worm", "x").await;
        assert_eq!(see(&world, report).await.started, None);
        world.clock.advance(SignedDuration::from_hours(1));
        let mut tx = world.tx().await;
        actions::incident::link_to_incident(&mut tx, &world.actor("dana").await, report, incident).await.unwrap();
        tx.commit().await.unwrap();
        let opened = see(&world, report).await;
        assert!(opened.status == "open" && opened.started.unwrap() >= opened.created + SignedDuration::from_hours(1));
        world.clock.advance(SignedDuration::from_hours(1));
        try_status(&world, "admin", report, "resolved").await.unwrap();
        try_status(&world, "admin", report, "open").await.unwrap();
        assert_eq!(see(&world, report).await.started, opened.started, "once");
        let block = create(&world, "Countermeasures", Some(incident)).await;
        assert_eq!(see(&world, block).await.started, None);
        set(&world, block, "active").await;
        assert!(see(&world, block).await.started.is_some(), "on activation");
    }

    // IR-074
    async fn ir074_a_staff_reply_neither_opens_an_unlinked_report_nor_starts_it(world: World) {
        let report = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, report, OwnerChange::Take).await.unwrap();
        ticket::reply(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("Thanks."), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let seen = see(&world, report).await;
        assert_eq!((seen.status.as_str(), seen.started), ("new", None));
    }

    // IR-075
    async fn ir075_a_reply_restarts_the_running_time_where_that_is_switched_on(world: World) {
        let report = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        try_status(&world, "admin", report, "open").await.unwrap();
        let first = see(&world, report).await.started;
        let answer = async || {
            world.clock.advance(SignedDuration::from_hours(1));
            let mut tx = world.tx().await;
            ticket::reply(&mut tx, &dana, Reply { ticket: report, message: NewMessage::text("News."), time_taken: 0 }).await.unwrap();
            tx.commit().await.unwrap();
        };
        answer().await;
        assert_eq!(see(&world, report).await.started, first, "off by default");
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &world.actor("admin").await, &[("restart_running_time", Some("yes"))]).await.unwrap();
        tx.commit().await.unwrap();
        answer().await;
        assert!(see(&world, report).await.started > first);
    }

    // IR-076, TC-039
    async fn ir076_resolved_is_set_at_each_entry_into_an_inactive_status_and_stays(world: World) {
        let id = create(&world, "General", None).await;
        set(&world, id, "resolved").await;
        let first = see(&world, id).await.resolved;
        assert!(first.is_some());
        set(&world, id, "open").await;
        assert_eq!(see(&world, id).await.resolved, first, "reopening does not clear it");
        world.clock.advance(SignedDuration::from_hours(1));
        set(&world, id, "rejected").await;
        let second = see(&world, id).await.resolved;
        assert!(second > first, "also for rejected");
        world.clock.advance(SignedDuration::from_hours(1));
        set(&world, id, "resolved").await;
        assert!(see(&world, id).await.resolved > second, "and from one inactive status to another");
    }

    // TC-007, TC-037, IR-030
    async fn tc037_the_three_refusals_differ_and_the_same_status_is_nothing(world: World) {
        let id = create(&world, "General", None).await;
        let unknown = try_status(&world, "dana", id, "nonsense").await.unwrap_err();
        let report = create(&world, "Incident Reports", None).await;
        try_status(&world, "dana", report, "open").await.unwrap();
        let forbidden = try_status(&world, "dana", report, "new").await.unwrap_err();
        let no_right = try_status(&world, "hana", report, "resolved").await.unwrap_err();
        assert!(message(&unknown).contains("isn't a valid status"), "{unknown}");
        assert!(message(&forbidden).contains("can't change status from 'open' to 'new'"), "{forbidden}");
        assert!(matches!(no_right, Error::Forbidden(Right::ModifyTicket)), "IR-031");
        let version = see(&world, id).await.version;
        try_status(&world, "dana", id, "NEW").await.unwrap();
        assert_eq!(see(&world, id).await.version, version);
        let queue = world.queue_id("Incident Reports").await;
        for (status, words) in [("rejected", "can't have status"), ("gone", "isn't a valid status")] {
            let mut input = Create::new(queue, "x", NewMessage::text("x"));
            input.status = Some(status.into());
            let error = ticket::create(&mut world.tx().await, &world.actor("dana").await, input).await.unwrap_err();
            assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "status" && fields[0].message.contains(words)), "TC-007: {error}");
        }
    }

    // TC-020, TC-035
    async fn tc020_delete_is_a_status_that_hides_and_can_be_undone(world: World) {
        let id = create(&world, "General", None).await;
        assert!(matches!(try_status(&world, "dana", id, "deleted").await, Err(Error::Forbidden(Right::DeleteTicket))));
        try_status(&world, "admin", id, "deleted").await.unwrap();
        let admin = world.actor("admin").await;
        let query = actions::lists::parse(&format!("id = {id}")).unwrap();
        assert_eq!(actions::lists::count(&mut world.look().await, &admin, &query).await.unwrap(), 0, "in no list");
        assert_eq!(see(&world, id).await.status, "deleted", "but by its number");
        let other = create(&world, "General", None).await;
        let link = Link { kind: LinkKind::RefersTo, base: other, target: id };
        assert!(message(&ticket::link(&mut world.tx().await, &admin, link).await.unwrap_err()).contains("deleted"), "TC-077");
        try_status(&world, "admin", id, "open").await.unwrap();
        assert_eq!(actions::lists::count(&mut world.look().await, &admin, &query).await.unwrap(), 1);
    }

    // TC-040, TC-086
    async fn tc040_open_dependencies_hold_a_ticket_open(world: World) {
        let (id, first, second) = (create(&world, "General", None).await, create(&world, "General", None).await, create(&world, "General", None).await);
        depends(&world, id, first).await;
        depends(&world, id, second).await;
        let error = try_status(&world, "dana", id, "resolved").await.unwrap_err();
        assert!(message(&error).contains(&format!("#{first}, #{second}")), "{error}");
        set(&world, id, "stalled").await;
        let dana = world.actor("dana").await;
        let listed = actions::lists::listed(&mut world.look().await, &dana, vec![see(&world, id).await]).await.unwrap();
        assert_eq!(listed[0].pending, [first, second]);
        set(&world, first, "resolved").await;
        assert!(try_status(&world, "dana", id, "rejected").await.is_err(), "any inactive status");
        set(&world, second, "rejected").await;
        set(&world, id, "resolved").await;
    }

    // TC-040: what the asker may not see is not named
    async fn tc040_a_dependency_that_may_not_be_seen_is_not_named(world: World) {
        let admin = world.actor("admin").await;
        let id = create(&world, "General", None).await;
        let mut tx = world.tx().await;
        let secret = setup::create_queue(&mut tx, &admin, "Secret", "default", "").await.unwrap();
        let hidden = ticket::create(&mut tx, &admin, Create::new(secret, "Hidden", NewMessage::text("x"))).await.unwrap().ticket;
        tx.commit().await.unwrap();
        depends(&world, id, hidden).await;
        let error = try_status(&world, "dana", id, "resolved").await.unwrap_err();
        assert!(message(&error).contains("others that you may not see") && !message(&error).contains(&format!("#{hidden}")), "{error}");
    }

    // TC-043
    async fn tc043_actions_that_close_are_hidden_while_blocked_where_that_is_chosen(world: World) {
        let (id, other) = (create(&world, "General", None).await, create(&world, "General", None).await);
        depends(&world, id, other).await;
        let dana = world.actor("dana").await;
        let labels = async || {
            let view = show::view(&mut world.look().await, &dana, id).await.unwrap();
            view.actions.iter().map(|action| action.label.clone()).collect::<Vec<_>>()
        };
        assert_eq!(labels().await, ["Open It", "Resolve", "Reject"]);
        let mut tx = world.tx().await;
        setup::set_settings(&mut tx, &world.actor("admin").await, &[("hide_closing_while_blocked", Some("yes"))]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(labels().await, ["Open It"]);
        set(&world, other, "resolved").await;
        assert_eq!(labels().await, ["Open It", "Resolve", "Reject"]);
    }

    // TC-030, TC-032, TC-045
    async fn tc045_a_lifecycle_is_edited_checked_audited_and_in_force_at_once(world: World) {
        let admin = world.actor("admin").await;
        let definition = r#"{"name":"Desk","active":["Open","Waiting"],"inactive":["Done"],"rights":{"* -> Done":"TakeTicket"},
            "actions":[{"to":"Done","label":"Finish","update":"none"}],"maps":{"default":{"open":"open"}}}"#;
        let mut tx = world.tx().await;
        assert!(matches!(setup::save_lifecycle(&mut tx, &world.actor("dana").await, definition).await, Err(Error::Forbidden(_))));
        let broken = definition.replace("\"Done\"],", "\"Done\",\"open\"],");
        let error = setup::save_lifecycle(&mut tx, &admin, &broken).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "definition" && fields[0].message.contains("stands twice")), "{error}");
        assert!(message(&setup::save_lifecycle(&mut tx, &admin, "{").await.unwrap_err()).contains("not a lifecycle"));
        assert_eq!(setup::save_lifecycle(&mut tx, &admin, definition).await.unwrap(), "Desk");
        let queue = setup::create_queue(&mut tx, &admin, "Front desk", "Desk", "").await.unwrap();
        tx.commit().await.unwrap();

        // another process sees it with its next transaction
        let elsewhere = actions::Desk::new(world.desk.db().clone(), world.clock.clone(), actions::Surroundings { public_url: String::new(), receivers: vec![] });
        assert!(elsewhere.read().await.unwrap().catalog().lifecycles.get("Desk").is_some());

        let mut tx = world.tx().await;
        let id = ticket::create(&mut tx, &admin, Create::new(queue, "Hello", NewMessage::text("x"))).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert_eq!(see(&world, id).await.status, "open", "stored in lower case (TC-031)");
        let mut tx = world.tx().await;
        let error = setup::save_lifecycle(&mut tx, &admin, &definition.replace("\"Open\",", "")).await.unwrap_err();
        assert!(message(&error).contains("maps.default") || message(&error).contains("would be no more: open"), "{error}");
        assert!(matches!(setup::delete_lifecycle(&mut tx, &admin, "Desk").await, Err(Error::Conflict(why)) if why.contains("Front desk")));
        drop(tx);

        // a status that moves to another list takes its tickets along
        let moved = definition.replace(r#"["Open","Waiting"]"#, r#"["Waiting"]"#).replace(r#"["Done"]"#, r#"["Done","Open"]"#);
        let mut tx = world.tx().await;
        setup::save_lifecycle(&mut tx, &admin, &moved).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!see(&world, id).await.is_open());
        let mut look = world.desk.db().read().await.unwrap();
        let audit = storage::audit::after(&mut look, 0, 500).await.unwrap();
        assert!(audit.iter().any(|entry| entry.kind == "save lifecycle" && entry.data.contains("\"Desk\"")));
    }

    // TC-045
    async fn tc045_an_unused_lifecycle_is_deleted_and_maps_to_it_go_with_it(world: World) {
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        setup::save_lifecycle(&mut tx, &admin, r#"{"name":"spare","active":["open"],"inactive":["done"]}"#).await.unwrap();
        let mut general = tx.catalog().lifecycles.get("default").unwrap().clone();
        general.maps.insert("spare".into(), [("open".to_owned(), "open".to_owned())].into());
        setup::save_lifecycle(&mut tx, &admin, &serde_json::to_string(&general).unwrap()).await.unwrap();
        setup::delete_lifecycle(&mut tx, &admin, "spare").await.unwrap();
        assert!(tx.catalog().lifecycles.get("spare").is_none() && !tx.catalog().lifecycles.get("default").unwrap().maps.contains_key("spare"));
        assert!(matches!(setup::delete_lifecycle(&mut tx, &admin, "spare").await, Err(Error::NotFound)));
    }

    // TC-036, TC-035, TC-041: a transition's right decides who may and who is offered it
    async fn tc036_a_transition_takes_the_right_that_its_lifecycle_names(world: World) {
        let admin = world.actor("admin").await;
        let id = create(&world, "General", None).await;
        let mut tx = world.tx().await;
        let mut general = tx.catalog().lifecycles.get("default").unwrap().clone();
        general.rights.insert("new -> *".into(), "ReassignTicket".into());
        setup::save_lifecycle(&mut tx, &admin, &serde_json::to_string(&general).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(try_status(&world, "dana", id, "open").await, Err(Error::Forbidden(Right::ReassignTicket))));
        let view = show::view(&mut world.look().await, &world.actor("dana").await, id).await.unwrap();
        assert!(view.actions.is_empty(), "{:?}", view.actions);
        let mut tx = world.tx().await;
        let grant = Grant { principal: Principal::User(world.actor("dana").await.id()), right: Right::ReassignTicket, scope: Scope::Global };
        actions::account::grant(&mut tx, &admin, grant).await.unwrap();
        tx.commit().await.unwrap();
        set(&world, id, "open").await;
        general.rights.insert("* -> open".into(), "OpenTicket".into());
        let error = setup::save_lifecycle(&mut world.tx().await, &admin, &serde_json::to_string(&general).unwrap()).await.unwrap_err();
        assert!(message(&error).contains("There is no right “OpenTicket”"), "{error}");
    }

    // TC-017, TC-044
    async fn tc044_a_move_without_a_map_is_refused(world: World) {
        let admin = world.actor("admin").await;
        let id = create(&world, "General", None).await;
        let mut tx = world.tx().await;
        setup::save_lifecycle(&mut tx, &admin, r#"{"name":"island","active":["open"],"inactive":["done"]}"#).await.unwrap();
        let island = setup::create_queue(&mut tx, &admin, "Island", "island", "").await.unwrap();
        let error = ticket::move_to_queue(&mut tx, &admin, id, island).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "queue"), "{error}");
    }

    // TC-121, TC-122, TC-123, TC-125, TC-126, TC-059
    async fn tc121_queues_are_edited_and_everything_wrong_names_its_field(world: World) {
        let admin = world.actor("admin").await;
        let general = world.queue("General").await;
        let bad = QueueInput {
            name: "42".into(), correspond_address: "nobody".into(), comment_address: "x@".into(), lifecycle: "none".into(), subject_tag: "a]b".into(),
            priorities: "Low".into(), default_due: "soon".into(), default_starts: "never".into(), default_level: "Platinum".into(), time_zone: "Mars".into(),
            ..QueueInput::of(&general)
        };
        let error = setup::edit_queue(&mut world.tx().await, &admin, general.id, &bad).await.unwrap_err();
        let Error::Invalid(fields) = &error else { panic!("{error}") };
        let named: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(named, ["name", "lifecycle", "correspond_address", "comment_address", "priorities", "default_due", "default_starts", "default_level", "time_zone", "subject_tag"]);
        let taken = QueueInput { name: "incident reports".into(), ..QueueInput::of(&general) };
        assert!(matches!(setup::edit_queue(&mut world.tx().await, &admin, general.id, &taken).await, Err(Error::Invalid(fields)) if fields[0].field == "name"), "unique ignoring case");
        assert!(matches!(setup::edit_queue(&mut world.tx().await, &world.actor("dana").await, general.id, &taken).await, Err(Error::Forbidden(_))));
        let good = QueueInput {
            name: "Front desk".into(), correspond_address: "Desk@csirt.example".into(), subject_tag: "desk".into(), priorities: "low=1, high=9".into(), disabled: true,
            ..QueueInput::of(&general)
        };
        let mut tx = world.tx().await;
        setup::edit_queue(&mut tx, &admin, general.id, &good).await.unwrap();
        let catalog = tx.catalog();
        let saved = catalog.queue(general.id).unwrap();
        assert_eq!((saved.name.as_str(), catalog.tag_of(saved), catalog.scale_of(saved).label(9)), ("Front desk", "desk", Some("high")));
        assert!(catalog.is_own_address(saved.correspond_address.as_ref().unwrap()), "TC-125: at once an address of our own");
        assert!(matches!(ticket::create(&mut tx, &admin, Create::new(general.id, "x", NewMessage::text("x"))).await, Err(Error::NotFound)), "TC-123, TC-006: disabled");
    }

    // TC-122: a queue with tickets keeps its kind
    async fn a_queue_with_tickets_keeps_what_they_are(world: World) {
        let admin = world.actor("admin").await;
        world.report("Worm", "x").await;
        let queue = world.queue("Incident Reports").await;
        for lifecycle in ["incidents", "default"] {
            let input = QueueInput { lifecycle: lifecycle.into(), ..QueueInput::of(&queue) };
            let error = setup::edit_queue(&mut world.tx().await, &admin, queue.id, &input).await.unwrap_err();
            assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "lifecycle"), "{lifecycle}: {error}");
        }
    }

    // TC-002, TC-018: a change of subject keeps both values
    async fn tc018_a_subject_is_changed_with_both_values_on_record(world: World) {
        let id = create(&world, "General", None).await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let changes = ticket::set_basics(&mut tx, &dana, id, Basics { subject: Some("New\r\nBcc: x".into()), ..Basics::default() }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((changes[0].what.old.as_deref(), changes[0].what.new.as_deref()), (Some("Scan"), Some("New Bcc: x")));
    }
}
