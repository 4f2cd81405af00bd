//! Verbs on one ticket: what they refuse, what they record, and that nothing is half done.

use actions::{
    Error,
    message::NewMessage,
    ticket::{self, Basics, FieldInput, OwnerChange, PeopleInput, SetStatus, Update, show},
};
use domain::{Role, TicketId, change::ChangeKind, person::PersonName};
use testkit::World;

async fn owned(world: &World) -> TicketId {
    let id = world.report("Scan", "from 192.0.2.7").await;
    let mut tx = world.tx().await;
    ticket::change_owner(&mut tx, &world.actor("dana").await, id, OwnerChange::Take).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn kinds(world: &World, id: TicketId) -> Vec<ChangeKind> {
    let admin = world.actor("admin").await;
    let entries = show::history_from(&mut world.look().await, &admin, id, 0, 100).await.unwrap();
    entries.iter().map(|entry| entry.change.what.kind).collect()
}

testkit::both! {
    async fn tc002_setting_what_is_set_already_leaves_no_trace(world: World) {
        let id = owned(&world).await;
        let dana = world.actor("dana").await;
        let before = kinds(&world, id).await;
        let mut tx = world.tx().await;
        let field = tx.catalog().field_named(world.queue_id("Incident Reports").await, "IP").unwrap().id;
        ticket::set_basics(&mut tx, &dana, id, Basics { subject: Some("Scan".into()), priority: Some(0), ..Basics::default() }).await.unwrap();
        ticket::set_values(&mut tx, &dana, id, FieldInput { field, values: vec!["192.0.2.7/32".into()] }).await.unwrap();
        assert!(ticket::set_status(&mut tx, &dana, SetStatus { ticket: id, status: "NEW".into() }).await.unwrap().is_none());
        assert!(ticket::change_owner(&mut tx, &dana, id, OwnerChange::TakeOrSteal).await.unwrap().is_none());
        tx.commit().await.unwrap();
        assert_eq!(kinds(&world, id).await, before);
    }

    async fn a_wrong_field_stops_the_whole_update(world: World) {
        let id = owned(&world).await;
        let dana = world.actor("dana").await;
        let before = kinds(&world, id).await;
        let mut tx = world.tx().await;
        let field = tx.catalog().field_named(world.queue_id("Incident Reports").await, "IP").unwrap().id;
        let input = Update {
            reply: Some(NewMessage::text("hello")),
            basics: Basics { subject: Some("New".into()), ..Basics::default() },
            fields: vec![FieldInput { field, values: vec!["not an address".into()] }],
            people: vec![PeopleInput { role: Role::Cc, people: vec![PersonName::parse("reports@csirt.example").unwrap()] }],
            ..Update::default()
        };
        let error = ticket::update(&mut tx, &dana, id, input).await.unwrap_err();
        let Error::Invalid(fields) = &error else { panic!("{error}") };
        let named: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(named, [format!("cf-{field}").as_str(), "ccs"], "{error}");
        drop(tx);
        assert_eq!(kinds(&world, id).await, before);
    }

    async fn a_stale_version_is_a_conflict(world: World) {
        let id = owned(&world).await;
        let dana = world.actor("dana").await;
        let version = show::view(&mut world.look().await, &dana, id).await.unwrap().ticket.version;
        let mut tx = world.tx().await;
        let other = Update { comment: Some(NewMessage::text("meanwhile")), ..Update::default() };
        ticket::update(&mut tx, &world.actor("hana").await, id, other).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.tx().await;
        let stale = Update { version: Some(version), basics: Basics { subject: Some("mine".into()), ..Basics::default() }, ..Update::default() };
        assert!(matches!(ticket::update(&mut tx, &dana, id, stale).await, Err(Error::Conflict(_))));
    }

    async fn tc050_who_may_change_the_owner(world: World) {
        let id = owned(&world).await;
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let mut tx = world.tx().await;
        assert!(matches!(ticket::change_owner(&mut tx, &hana, id, OwnerChange::Take).await, Err(Error::Conflict(_))));
        assert!(matches!(ticket::change_owner(&mut tx, &dana, id, OwnerChange::Steal).await, Err(Error::Conflict(_))));
        assert!(matches!(ticket::change_owner(&mut tx, &hana, id, OwnerChange::Give(hana.id())).await, Err(Error::Invalid(_))), "a plain set on another's ticket");
        let norman = world.actor("norman").await.id();
        assert!(matches!(ticket::change_owner(&mut tx, &dana, id, OwnerChange::Give(norman)).await, Err(Error::Invalid(_))), "norman may not own");
        ticket::change_owner(&mut tx, &hana, id, OwnerChange::Steal).await.unwrap().unwrap();
        ticket::change_owner(&mut tx, &hana, id, OwnerChange::Untake).await.unwrap().unwrap();
        tx.commit().await.unwrap();
    }

    async fn tc017_moving_between_lifecycles_maps_the_status(world: World) {
        let id = owned(&world).await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &admin, SetStatus { ticket: id, status: "rejected".into() }).await.unwrap();
        let incidents = tx.catalog().queue_named("Incidents").unwrap().id;
        ticket::move_to_queue(&mut tx, &admin, id, incidents).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let view = show::view(&mut world.look().await, &admin, id).await.unwrap();
        assert_eq!((view.ticket.status.as_str(), view.ticket.kind), ("abandoned", domain::TicketKind::Incident));
    }

    async fn a_dropped_transaction_leaves_nothing(world: World) {
        let id = owned(&world).await;
        let before = kinds(&world, id).await;
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &world.actor("dana").await, SetStatus { ticket: id, status: "resolved".into() }).await.unwrap();
        drop(tx);
        assert_eq!(kinds(&world, id).await, before);
        assert_eq!(actions::verify::verify(&world.desk).await.unwrap().findings, []);
    }

    async fn hostile_text_is_kept_as_text(world: World) {
        let text = "'; DROP TABLE tickets; -- \u{0}\u{202e} <script>alert(1)</script> {{ 7 * 7 }}";
        let id = world.report(text, text).await;
        let view = show::view(&mut world.look().await, &world.actor("dana").await, id).await.unwrap();
        assert!(view.ticket.subject.contains("DROP TABLE tickets") && !view.ticket.subject.contains('\0'));
        let entries = show::history(&mut world.look().await, &world.actor("dana").await, id, i64::MAX, 50).await.unwrap();
        let create = entries.iter().find(|entry| entry.change.what.kind == ChangeKind::Create).unwrap();
        assert!(create.text.contains("{{ 7 * 7 }}") && !create.text.contains('\0'));
    }
}

testkit::both! {
    async fn giving_a_ticket_away_saves_what_else_was_changed(world: World) {
        let id = owned(&world).await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let input = Update { owner: Some("hana".into()), basics: Basics { subject: Some("Other".into()), ..Basics::default() }, ..Update::default() };
        ticket::update(&mut tx, &dana, id, input).await.unwrap();
        tx.commit().await.unwrap();
        let view = show::view(&mut world.look().await, &dana, id).await.unwrap();
        assert_eq!((view.ticket.subject.as_str(), view.owner.name.as_str()), ("Other", "hana"));
    }
}

testkit::both! {
    async fn a_message_that_is_html_alone_is_shown_and_carried_over_as_text(world: World) {
        use actions::{incident::Prefill, message::NewPart};
        let html = "<html><body><p>Please look at <b>192.0.2.77</b>.</p></body></html>";
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let queue = world.queue_id("Incident Reports").await;
        let part = NewPart { content_type: "text/html".into(), content: Some(html.as_bytes().to_vec()), ..NewPart::default() };
        let message = NewMessage { parts: vec![part], text: "Please look at 192.0.2.77.".into(), ..NewMessage::default() };
        let id = ticket::create(&mut tx, &dana, ticket::Create::new(queue, "HTML", message)).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let mut tx = world.look().await;
        let incidents = tx.catalog().queue_named("Incidents").unwrap().id;
        let prefill = Prefill::from(&mut tx, &dana, id, incidents, true).await.unwrap();
        assert!(prefill.message.starts_with("> Please look at") && prefill.message.contains("192.0.2.77"), "{}", prefill.message);
    }
}
