//! Descriptions, times, priorities, links, reminders, bookmarks, what was viewed last, what is unread (TC sections 2, 6, 7, 8).

use actions::{
    Actor, Error, lists,
    message::NewMessage,
    setup,
    ticket::{self, Basics, Create, Link, LinksInput, OwnerChange, Reply, reminder, reminder::NewReminder, show},
};
use domain::{Ticket, TicketId, change::ChangeKind, link::LinkKind};
use testkit::World;

async fn create(world: &World, name: &str, queue: &str, edit: impl FnOnce(&mut Create)) -> TicketId {
    let actor = world.actor(name).await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Hello", NewMessage::text("x"));
    input.owner = Some(name.into());
    edit(&mut input);
    let id = ticket::create(&mut tx, &actor, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn view(world: &World, id: TicketId) -> show::TicketView {
    show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

async fn see(world: &World, id: TicketId) -> Ticket {
    (*view(world, id).await.ticket).clone()
}

async fn kinds(world: &World, id: TicketId) -> Vec<ChangeKind> {
    let entries = show::history_from(&mut world.look().await, &world.actor("admin").await, id, 0, 200).await.unwrap();
    entries.into_iter().map(|entry| entry.change.what.kind).collect()
}

async fn count(world: &World, name: &str, query: &str) -> i64 {
    lists::count(&mut world.look().await, &world.actor(name).await, &lists::parse(query).unwrap()).await.unwrap()
}

async fn set_setting(world: &World, name: &str, value: &str) {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &world.actor("admin").await, &[(name, Some(value))]).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    // TC-005: the attributes a ticket is born with and their defaults; IR-077, IR-577
    async fn tc005_attributes_are_kept_as_given_and_have_their_defaults(world: World) {
        let plain = see(&world, create(&world, "dana", "General", |_| ()).await).await;
        assert_eq!((plain.description.as_str(), plain.priority, plain.time_estimated, plain.time_worked, plain.time_left, plain.told), ("", 0, 0, 0, 0, None));
        let full = create(&world, "dana", "General", |input| {
            input.description = " What it is.\r\nTwo lines. ".into();
            (input.priority, input.final_priority) = (Some(-5), Some(90));
            (input.time_estimated, input.time_worked, input.time_left) = (60, 10, 50);
        }).await;
        let seen = see(&world, full).await;
        assert_eq!((seen.description.as_str(), seen.priority, seen.initial_priority, seen.final_priority), ("What it is.\nTwo lines.", -5, -5, 90), "TC-072: any integer");
        assert_eq!((seen.time_estimated, seen.time_worked, seen.time_left), (60, 10, 50));
        assert_eq!(count(&world, "dana", "Description LIKE 'two lines'").await, 1, "searchable");
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let changes = ticket::set_basics(&mut tx, &dana, full, Basics { description: Some("Other.".into()), ..Basics::default() }).await.unwrap();
        assert_eq!((changes.len(), changes[0].what.field.as_deref(), changes[0].what.new.as_deref()), (1, Some("Description"), Some("Other.")));
        let long = Basics { description: Some("x".repeat(30_000)), ..Basics::default() };
        assert!(matches!(ticket::set_basics(&mut tx, &dana, full, long).await, Err(Error::Invalid(fields)) if fields[0].field == "description"));
    }

    // TC-012, TC-069, TC-070
    async fn tc070_time_grows_with_what_people_book_and_is_told_by_person_and_with_members(world: World) {
        let incident = create(&world, "dana", "Incidents", |input| input.time_worked = 5).await;
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let mut tx = world.tx().await;
        let say = |id, minutes| Reply { ticket: id, message: NewMessage::text("x"), time_taken: minutes };
        ticket::comment(&mut tx, &hana, say(incident, 30)).await.unwrap();
        ticket::comment(&mut tx, &dana, say(incident, -2)).await.unwrap();
        ticket::update(&mut tx, &dana, incident, ticket::Update { time_taken: 7, ..Default::default() }).await.unwrap();
        assert!(matches!(ticket::comment(&mut tx, &dana, say(incident, -1000)).await, Err(Error::Invalid(fields)) if fields[0].field == "time_worked"));
        tx.commit().await.unwrap();
        let child = create(&world, "dana", "Investigations", |input| {
            input.incidents = vec![incident];
            input.time_worked = 100;
            input.requestors = domain::person::PersonName::parse_list("noc@isp.example").unwrap();
        }).await;
        assert_eq!((see(&world, incident).await.time_worked, see(&world, child).await.time_worked), (40, 100));
        let shown = view(&world, incident).await;
        let work = show::work(&mut world.look().await, &world.actor("admin").await, &shown).await.unwrap();
        assert_eq!(work.by_person, [("Hana Handler".to_owned(), 30), ("Dana Duty".to_owned(), 10)], "TC-012: the creation's minutes count");
        assert_eq!(work.with_members, Some(140));
    }

    // TC-073
    async fn tc073_labels_are_searched_on_the_scale_of_each_queue(world: World) {
        let high = create(&world, "dana", "General", |input| input.priority = Some(100)).await;
        create(&world, "dana", "General", |input| input.priority = Some(40)).await;
        assert_eq!((count(&world, "dana", "Priority = 'High'").await, count(&world, "dana", "Priority < 'medium'").await), (1, 1));
        let queue = world.queue("General").await;
        let own = setup::QueueInput { priorities: "idle=0, busy=40".into(), ..setup::QueueInput::of(&queue) };
        let mut tx = world.tx().await;
        setup::edit_queue(&mut tx, &world.actor("admin").await, queue.id, &own).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((count(&world, "dana", "Priority >= 'busy'").await, count(&world, "dana", "Priority = 'High'").await), (2, 0));
        let listed = lists::listed(&mut world.look().await, &world.actor("dana").await, vec![see(&world, high).await]).await.unwrap();
        assert_eq!(listed[0].priority.as_deref(), Some("busy"));
        assert!(lists::count(&mut world.look().await, &world.actor("dana").await, &lists::parse("Priority = 'urgent'").unwrap()).await.is_err());
    }

    // TC-025, TC-064
    async fn tc064_dates_set_themselves_and_told_tells_of_the_last_contact(world: World) {
        let id = world.report("Worm", "x").await;
        let made = see(&world, id).await;
        assert!(made.created == made.updated && made.told.is_none() && made.started.is_none() && made.resolved.is_none());
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, id, OwnerChange::Take).await.unwrap();
        ticket::reply(&mut tx, &dana, Reply { ticket: id, message: NewMessage::text("x"), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let told = see(&world, id).await;
        assert!(told.told.is_some() && told.updated > made.updated);
        assert!(!kinds(&world, id).await.contains(&ChangeKind::Told), "silent");
    }

    // TC-013
    async fn tc013_links_given_at_creation_are_told_at_the_other_end_only(world: World) {
        let incident = create(&world, "dana", "Incidents", |_| ()).await;
        let block = create(&world, "dana", "Countermeasures", |input| input.incidents = vec![incident]).await;
        assert!(!kinds(&world, block).await.contains(&ChangeKind::AddLink));
        assert!(kinds(&world, incident).await.contains(&ChangeKind::AddLink));
    }

    // TC-027
    async fn tc027_updates_of_one_ticket_at_the_same_time_lose_nothing(world: World) {
        let id = create(&world, "dana", "General", |_| ()).await;
        let dana = world.actor("dana").await;
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let (desk, dana) = (world.desk.clone(), dana.clone());
            tasks.push(tokio::spawn(async move {
                let mut tx = desk.write().await.unwrap();
                ticket::comment(&mut tx, &dana, Reply { ticket: id, message: NewMessage::text("x"), time_taken: 5 }).await.unwrap();
                tx.commit().await.unwrap();
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(see(&world, id).await.time_worked, 40);
        assert_eq!(actions::verify::verify(&world.desk).await.unwrap().findings, []);
    }

    // TC-075, TC-076, TC-078, TC-079
    async fn tc079_several_links_of_all_kinds_are_added_and_taken_away_at_once(world: World) {
        let id = create(&world, "dana", "General", |_| ()).await;
        let (a, b, c) = (create(&world, "dana", "General", |_| ()).await, create(&world, "dana", "General", |_| ()).await, create(&world, "dana", "General", |_| ()).await);
        let dana = world.actor("dana").await;
        let word = |word: &str, text: String| (word.to_owned(), text);
        let mut tx = world.tx().await;
        let input = LinksInput {
            add: vec![
                word("DependsOn", format!("{a} #{b}")),
                word("ReferredToBy", format!("t:{c}")),
                word("RefersTo", "https://cve.example/x mailto:a@b.example".into()),
                word("HasMember", c.to_string()),
            ],
            remove: vec![],
        };
        ticket::edit_links(&mut tx, &dana, id, &input).await.unwrap();
        tx.commit().await.unwrap();
        let seen = view(&world, id).await;
        let ends = |kind, outgoing| seen.links.iter().filter(|link| link.kind == kind && link.outgoing == outgoing).map(|link| link.ticket.id).collect::<Vec<_>>();
        assert_eq!((ends(LinkKind::DependsOn, true), ends(LinkKind::RefersTo, false), ends(LinkKind::MemberOf, false)), (vec![a, b], vec![c], vec![c]));
        assert_eq!(seen.uris.len(), 2);
        let entries = show::history_from(&mut world.look().await, &dana, a, 0, 100).await.unwrap();
        let far = entries.iter().find(|entry| entry.change.what.kind == ChangeKind::AddLink).unwrap();
        assert_eq!((far.change.what.field.as_deref(), far.change.what.new.clone()), (Some("DependedOnBy"), Some(id.to_string())), "TC-078: told at both ends");
        let mut tx = world.tx().await;
        let input = LinksInput { remove: vec![word("DependsOn", a.to_string()), word("RefersTo", "https://cve.example/x".into())], add: vec![] };
        ticket::edit_links(&mut tx, &dana, id, &input).await.unwrap();
        tx.commit().await.unwrap();
        assert!(kinds(&world, a).await.contains(&ChangeKind::DeleteLink) && kinds(&world, id).await.contains(&ChangeKind::DeleteLink));
        assert_eq!(view(&world, id).await.uris.len(), 1);
    }

    // TC-077
    async fn tc077_what_is_refused_is_said_beside_its_input(world: World) {
        let id = create(&world, "dana", "General", |_| ()).await;
        let other = create(&world, "dana", "General", |_| ()).await;
        let foreign = create(&world, "hana", "General", |_| ()).await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::link(&mut tx, &dana, Link { kind: LinkKind::DependsOn, base: id, target: other }).await.unwrap();
        tx.commit().await.unwrap();
        for (relation, text, words) in [
            ("DependsOn", id.to_string(), "to itself"),
            ("DependsOn", other.to_string(), "linked already"),
            ("DependedOnBy", other.to_string(), "in a circle"),
            ("RefersTo", "javascript://alert(1)".into(), "starts with http"),
            ("RefersTo", "nonsense".into(), "neither a ticket number nor an address"),
            ("RefersTo", "asset:3".into(), "neither a ticket number nor an address"),
            ("ReferredToBy", "https://x.example".into(), "Only tickets can be linked to this one"),
            ("RefersTo", "4711".into(), "no ticket “4711”"),
            ("RefersTo", foreign.to_string(), "needs the right ModifyTicket"),
        ] {
            let input = LinksInput { add: vec![(relation.to_owned(), text.clone())], remove: vec![] };
            let error = ticket::edit_links(&mut world.tx().await, &dana, id, &input).await.unwrap_err();
            let Error::Invalid(fields) = &error else { panic!("{relation} {text}: {error}") };
            assert!(fields[0].field == format!("add-{}", relation.to_lowercase()) && fields[0].message.contains(words), "{relation} {text}: {error}");
        }
        // StrictLinkACL switched off: the right on one end is enough
        set_setting(&world, "strict_link_rights", "no").await;
        let input = LinksInput { add: vec![("RefersTo".into(), foreign.to_string())], remove: vec![] };
        ticket::edit_links(&mut world.tx().await, &dana, id, &input).await.unwrap();
        let norman = world.actor("norman").await;
        assert!(ticket::edit_links(&mut world.tx().await, &norman, id, &input).await.is_err());
    }

    // TC-087, TC-088
    async fn tc087_reminders_are_added_completed_and_opened_again(world: World) {
        let id = create(&world, "dana", "General", |_| ()).await;
        let (dana, hana, norman) = (world.actor("dana").await, world.actor("hana").await, world.actor("norman").await);
        let due = world.desk.now().checked_add(jiff::SignedDuration::from_hours(2)).unwrap();
        let new = |subject: &str, owner: Option<&Actor>| NewReminder { ticket: id, subject: subject.into(), owner: owner.map(Actor::id), due: Some(due) };
        let mut tx = world.tx().await;
        let own = reminder::add(&mut tx, &dana, new("Call the bank", None)).await.unwrap();
        assert_eq!(own.owner, dana.id(), "one's own by default");
        let hers = reminder::add(&mut tx, &dana, NewReminder { due: None, ..new("Ask the provider", Some(&hana)) }).await.unwrap();
        for (input, field) in [(new(" ", None), "reminder"), (new("x", Some(&norman)), "owner")] {
            assert!(matches!(reminder::add(&mut tx, &dana, input).await, Err(Error::Invalid(fields)) if fields[0].field == field));
        }
        assert!(matches!(reminder::add(&mut tx, &norman, new("x", None)).await, Err(Error::NotFound)));
        tx.commit().await.unwrap();
        assert_eq!(reminder::mine(&mut world.look().await, &dana, 10).await.unwrap().len(), 1);
        assert_eq!(reminder::mine(&mut world.look().await, &hana, 10).await.unwrap()[0].reminder.subject, "Ask the provider");
        let mut tx = world.tx().await;
        reminder::edit(&mut tx, &dana, own.id, NewReminder { due: None, ..new("Call the bank again", None) }).await.unwrap();
        assert!(reminder::complete(&mut tx, &hana, hers.id, true).await.unwrap().is_some(), "whoever is reminded says that it is done");
        assert!(reminder::complete(&mut tx, &hana, hers.id, true).await.unwrap().is_none());
        assert!(matches!(reminder::complete(&mut tx, &norman, own.id, true).await, Err(Error::NotFound)));
        reminder::complete(&mut tx, &dana, own.id, true).await.unwrap();
        reminder::complete(&mut tx, &dana, own.id, false).await.unwrap();
        tx.commit().await.unwrap();
        let shown = reminder::of_ticket(&mut world.look().await, &dana, id).await.unwrap();
        assert_eq!(shown.iter().map(|shown| (shown.reminder.subject.as_str(), shown.reminder.completed.is_some())).collect::<Vec<_>>(), [("Call the bank again", false), ("Ask the provider", true)]);
        let told: Vec<ChangeKind> = kinds(&world, id).await.into_iter().filter(|kind| kind.as_str().ends_with("Reminder")).collect();
        assert_eq!(told, [ChangeKind::AddReminder, ChangeKind::AddReminder, ChangeKind::ResolveReminder, ChangeKind::ResolveReminder, ChangeKind::OpenReminder]);
    }

    // TC-089
    async fn tc089_bookmarks_are_one_s_own_and_can_be_searched(world: World) {
        let (one, two) = (create(&world, "dana", "General", |_| ()).await, create(&world, "dana", "General", |_| ()).await);
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::set_bookmark(&mut tx, &dana, one, true).await.unwrap();
        ticket::set_bookmark(&mut tx, &dana, one, true).await.unwrap();
        assert!(matches!(ticket::set_bookmark(&mut tx, &world.actor("norman").await, one, true).await, Err(Error::NotFound)));
        tx.commit().await.unwrap();
        assert!(ticket::is_bookmarked(&mut world.look().await, &dana, one).await.unwrap());
        assert!(!ticket::is_bookmarked(&mut world.look().await, &world.actor("hana").await, one).await.unwrap());
        assert_eq!((count(&world, "dana", "id = '__Bookmarked__'").await, count(&world, "hana", "id = '__Bookmarked__'").await), (1, 0));
        assert_eq!(count(&world, "dana", &format!("id != '__Bookmarked__' AND id = {two}")).await, 1);
        assert!(lists::count(&mut world.look().await, &dana, &lists::parse("id > '__Bookmarked__'").unwrap()).await.is_err());
        let version = see(&world, one).await.version;
        let mut tx = world.tx().await;
        ticket::set_bookmark(&mut tx, &dana, one, false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((count(&world, "dana", "id = '__Bookmarked__'").await, see(&world, one).await.version), (0, version), "no history tells");
    }

    // TC-093, IR-323
    async fn tc093_the_last_ten_viewed_are_remembered_newest_first(world: World) {
        let dana = world.actor("dana").await;
        let mut ids = Vec::new();
        for _ in 0..12 {
            ids.push(create(&world, "dana", "General", |_| ()).await);
        }
        for id in ids.iter().chain(&ids[3..4]) {
            let mut tx = world.tx().await;
            ticket::remember_viewed(&mut tx, &dana, *id).await.unwrap();
            tx.commit().await.unwrap();
        }
        let shown: Vec<TicketId> = ticket::recently_viewed(&mut world.look().await, &dana).await.unwrap().iter().map(|ticket| ticket.id).collect();
        let mut expected = vec![ids[3]];
        expected.extend(ids[2..].iter().rev().filter(|id| **id != ids[3]));
        assert_eq!(shown, expected);
        assert_eq!(shown.len(), 10);
        let norman = world.actor("norman").await;
        assert!(matches!(ticket::remember_viewed(&mut world.tx().await, &norman, ids[0]).await, Err(Error::NotFound)));
    }

    // TC-090: what may not be seen is not counted
    async fn tc090_unread_counts_messages_of_others_that_may_be_seen(world: World) {
        use domain::{Right, right::{Grant, Principal, Scope}};
        let id = world.report("Worm", "x").await;
        let (dana, hana) = (world.actor("dana").await, world.actor("hana").await);
        let mut tx = world.tx().await;
        ticket::comment(&mut tx, &dana, Reply { ticket: id, message: NewMessage::text("between us"), time_taken: 0 }).await.unwrap();
        let norman = world.actor("norman").await;
        let grant = Grant { principal: Principal::User(norman.id()), right: Right::ShowTicket, scope: Scope::Global };
        actions::account::grant(&mut tx, &world.actor("admin").await, grant).await.unwrap();
        tx.commit().await.unwrap();
        let unread = async |actor: &Actor| lists::listed(&mut world.look().await, actor, vec![see(&world, id).await]).await.unwrap()[0].unread;
        assert_eq!((unread(&hana).await, unread(&norman).await, unread(&dana).await), (2, 1, 0), "one's own comment marks what was read");
        let mut tx = world.tx().await;
        lists::mark_seen(&mut tx, &hana, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(unread(&hana).await, 0);
    }
}
