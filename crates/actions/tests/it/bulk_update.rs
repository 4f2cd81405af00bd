//! The update of many tickets (TC-279): everything at once, each ticket whole or not at all, tried before, and taken back.

use actions::{
    Actor, Error,
    bulk::{self, Date, FieldWish, Wanted, Wish, Words, Work},
    ticket::{self, show},
    undo,
};
use domain::{BatchId, FieldId, Role, TicketId};
use jiff::Timestamp;
use testkit::World;

fn work(wish: Wish) -> Work {
    Work::Update { wish: Box::new(wish) }
}

fn chosen(ids: &[TicketId]) -> Vec<Wanted> {
    ids.iter().map(|id| Wanted { ticket: *id, seen: None }).collect()
}

async fn done(world: &World, actor: &Actor, wish: Wish, ids: &[TicketId]) -> (BatchId, Vec<(String, String)>) {
    let mut tx = world.tx().await;
    let id = bulk::begin(&mut tx, actor, &work(wish), &chosen(ids)).await.unwrap();
    tx.commit().await.unwrap();
    while !bulk::step(&world.desk, id).await.unwrap() {}
    let mut items = bulk::results(&mut world.look().await, actor, id, 5_000).await.unwrap();
    items.sort_by_key(|item| item.position);
    (id, items.into_iter().map(|item| (item.outcome, item.note)).collect())
}

async fn view(world: &World, id: TicketId) -> show::TicketView {
    show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

async fn field(world: &World, id: TicketId, name: &str) -> FieldId {
    view(world, id).await.fields.iter().find(|shown| shown.field.name == name).unwrap().field.id
}

async fn values(world: &World, id: TicketId, name: &str) -> Vec<String> {
    view(world, id).await.fields.iter().find(|shown| shown.field.name == name).unwrap().values.clone()
}

fn names(view: &show::TicketView, role: Role) -> Vec<String> {
    view.people.iter().filter(|(held, _)| *held == role).map(|(_, user)| user.name.clone()).collect()
}

fn one(field: FieldId) -> FieldWish {
    FieldWish { field, clear: false, remove: vec![], replace: vec![], add: vec![] }
}

testkit::both! {
    async fn tc279_everything_about_several_tickets_changes_at_once_and_is_taken_back_as_one(world: World) {
        let dana = world.actor("dana").await;
        let (first, second) = (world.report("One", "x").await, world.report("Two", "x").await);
        let ip = field(&world, first, "IP").await;
        let promised = view(&world, second).await.ticket.due;
        let due: Timestamp = "2030-01-01T10:00:00Z".parse().unwrap();
        let wish = Wish {
            words: Words { text: "We look into all of them.".to_owned(), as_reply: true, ..Words::default() },
            owner: Some("dana".to_owned()),
            add: vec![(Role::Cc, "tariq, new@partner.example".to_owned())],
            clear: vec![Role::Requestor],
            subject: Some("A wave".to_owned()),
            status: Some("open".to_owned()),
            priority: Some("70".to_owned()),
            dates: vec![(Date::Due, Some(due))],
            fields: vec![FieldWish { add: vec!["192.0.2.7".to_owned(), "192.0.2.8".to_owned()], ..one(ip) }],
            link: vec![("RefersTo".to_owned(), "https://wiki.example/wave".to_owned())],
            ..Wish::default()
        };
        let (batch, outcomes) = done(&world, &dana, wish, &[first, second]).await;
        assert!(outcomes.iter().all(|(outcome, _)| outcome == "done"), "{outcomes:?}");
        for id in [first, second] {
            let now = view(&world, id).await;
            let ticket = &now.ticket;
            assert_eq!((ticket.subject.as_str(), ticket.status.as_str(), ticket.priority, ticket.due), ("A wave", "open", 70, Some(due)));
            assert_eq!((now.owner.name.as_str(), names(&now, Role::Requestor)), ("dana", vec![]));
            assert_eq!(names(&now, Role::Cc), ["tariq", "new@partner.example"]);
            assert_eq!(now.uris.len(), 1);
            assert_eq!(values(&world, id, "IP").await, ["192.0.2.7", "192.0.2.8"]);
        }
        // what was typed is taken back, values are removed and replaced
        let wish = Wish {
            remove: vec![(Role::Cc, "tariq, nobody@nowhere.example".to_owned())],
            dates: vec![(Date::Due, None)],
            fields: vec![FieldWish { remove: vec!["192.0.2.7".to_owned()], ..one(ip) }],
            unlink: vec![("RefersTo".to_owned(), "https://wiki.example/wave".to_owned())],
            ..Wish::default()
        };
        done(&world, &dana, wish, &[first]).await;
        let now = view(&world, first).await;
        assert_eq!((names(&now, Role::Cc), now.ticket.due, now.uris.len()), (vec!["new@partner.example".to_owned()], None, 0));
        assert_eq!(values(&world, first, "IP").await, ["192.0.2.8"]);
        let replaced = Wish { fields: vec![FieldWish { replace: vec!["198.51.100.1".to_owned()], ..one(ip) }], ..Wish::default() };
        done(&world, &dana, replaced, &[first]).await;
        assert_eq!(values(&world, first, "IP").await, ["198.51.100.1"]);
        let emptied = Wish { fields: vec![FieldWish { clear: true, ..one(ip) }], ..Wish::default() };
        done(&world, &dana, emptied, &[first]).await;
        assert!(values(&world, first, "IP").await.is_empty());
        // the second was not touched since
        let mut tx = world.tx().await;
        undo::undo_batch(&mut tx, &dana, batch, 25).await.unwrap();
        tx.commit().await.unwrap();
        let now = view(&world, second).await;
        assert_eq!((now.ticket.subject.as_str(), now.ticket.due, now.owner.name.as_str()), ("Two", promised, "Nobody"));
    }

    async fn tc279_each_ticket_changes_whole_or_not_at_all_and_says_why(world: World) {
        let dana = world.actor("dana").await;
        let (report, target) = (world.report("One", "x").await, world.report("Two", "x").await);
        let queue = world.queue_id("Incidents").await;
        let mut tx = world.tx().await;
        let input = ticket::Create::new(queue, "Incident", actions::message::NewMessage::text("x"));
        let incident = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        // incidents cannot be rejected, and their subject stays then
        let wish = Wish {
            owner: Some("dana".to_owned()),
            subject: Some("Changed".to_owned()),
            status: Some("rejected".to_owned()),
            ..Wish::default()
        };
        let (_, outcomes) = done(&world, &dana, wish.clone(), &[report, incident, TicketId(999_999)]).await;
        let words: Vec<&str> = outcomes.iter().map(|(outcome, _)| outcome.as_str()).collect();
        assert_eq!(words, ["done", "failed", "skipped"], "{outcomes:?}");
        let untouched = view(&world, incident).await;
        assert_eq!((untouched.ticket.subject.as_str(), untouched.owner.name.as_str()), ("Incident", "Nobody"));
        let (_, again) = done(&world, &dana, wish, &[report]).await;
        assert_eq!(again, [("warned".to_owned(), "it is as wished already".to_owned())]);
        let merge = Wish { merge_into: Some(target), ..Wish::default() };
        let (_, outcomes) = done(&world, &dana, merge, &[report, target]).await;
        assert_eq!((outcomes[0].0.as_str(), outcomes[1].0.as_str()), ("done", "warned"), "{outcomes:?}");
        assert_eq!(view(&world, report).await.ticket.id, target);
    }

    async fn tc279_it_is_tried_without_keeping_anything(world: World) {
        let dana = world.actor("dana").await;
        let report = world.report("One", "x").await;
        let before = view(&world, report).await.ticket;
        world.sent().await;
        let wish = Wish {
            words: Words { text: "Hello".to_owned(), as_reply: true, ..Words::default() },
            owner: Some("dana".to_owned()),
            status: Some("open".to_owned()),
            priority: Some("nonsense".to_owned()),
            ..Wish::default()
        };
        let mut tx = world.tx().await;
        let tried = bulk::rehearse(&mut tx, &dana, &work(wish.clone()), &chosen(&[report])).await.unwrap();
        assert_eq!((tried[0].outcome, tried[0].note.contains("nonsense")), ("failed", true), "{tried:?}");
        let right = Wish { priority: None, ..wish };
        let tried = bulk::rehearse(&mut tx, &dana, &work(right), &chosen(&[report])).await.unwrap();
        assert_eq!(tried[0].outcome, "done", "{tried:?}");
        drop(tx);
        let after = view(&world, report).await.ticket;
        assert_eq!((after.version, &after.status), (before.version, &before.status));
        assert!(world.sent().await.is_empty());
    }

    async fn tc279_what_is_wrong_whatever_the_tickets_is_said_before_anything_begins(world: World) {
        let dana = world.actor("dana").await;
        let report = world.report("One", "x").await;
        let begin = async |actor: &Actor, wish: Wish| -> Error {
            bulk::begin(&mut world.tx().await, actor, &work(wish), &chosen(&[report])).await.unwrap_err()
        };
        assert!(begin(&dana, Wish::default()).await.to_string().contains("what shall change"));
        let wrong = Wish {
            owner: Some("nobody-known".to_owned()),
            add: vec![(Role::Cc, "who".to_owned())],
            status: Some("melted".to_owned()),
            level: Some("Never".to_owned()),
            merge_into: Some(TicketId(999_999)),
            ..Wish::default()
        };
        let Error::Invalid(errors) = begin(&dana, wrong).await else { panic!("refused") };
        let mut fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["add-cc", "level", "merge", "owner", "status"], "{errors:?}");
        let norman = world.actor("norman").await;
        let wish = Wish { status: Some("open".to_owned()), ..Wish::default() };
        assert!(matches!(begin(&norman, wish).await, Error::Forbidden(domain::Right::ShowSearchBulkUpdate)));
    }
}
