//! Tickets that sleep until a moment or an answer.

use actions::{
    Actor, Error, lists,
    message::NewMessage,
    ticket::{self, OwnerChange, Reply, SetStatus, snooze},
    undo::undo,
};
use domain::{Right, TicketId, ticket::SNOOZED_UNTIL};
use jiff::{SignedDuration, Timestamp};
use testkit::World;

async fn asleep(world: &World) -> Vec<TicketId> {
    let query = lists::parse("SnoozedUntil > 'now'").unwrap();
    let page = lists::Page { limit: 50, offset: 0 };
    let found = lists::search(&mut world.look().await, &world.actor("admin").await, &query, &[], page).await.unwrap();
    found.into_iter().map(|ticket| ticket.id).collect()
}

async fn put_to_sleep(world: &World, actor: &Actor, id: TicketId, until: Timestamp) -> domain::ActId {
    let mut tx = world.tx().await;
    let what = snooze(&mut tx, actor, id, Some(until)).await.unwrap().unwrap().what;
    assert_eq!((what.field.as_deref(), what.new), (Some(SNOOZED_UNTIL), Some(until.to_string())), "history tells of it");
    tx.commit_act().await.unwrap().unwrap()
}

async fn write(world: &World, name: &str, id: TicketId, is_comment: bool) {
    let actor = world.actor(name).await;
    let mut tx = world.tx().await;
    let reply = Reply { ticket: id, message: NewMessage::text("Here it is."), time_taken: 0 };
    if is_comment { ticket::comment(&mut tx, &actor, reply).await } else { ticket::reply(&mut tx, &actor, reply).await }.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    async fn a_ticket_sleeps_until_its_moment_or_an_answer_from_outside(world: World) {
        let id = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let now = world.look().await.now();
        let monday = now + SignedDuration::from_hours(7 * 24);
        put_to_sleep(&world, &dana, id, monday).await;
        assert_eq!(asleep(&world).await, [id]);
        for (name, is_comment) in [("hana", true), ("hana", false)] {
            write(&world, name, id, is_comment).await;
            assert_eq!(asleep(&world).await, [id], "staff wakes nothing");
        }
        write(&world, "ray@bank.example", id, false).await;
        assert!(asleep(&world).await.is_empty(), "the reporter answered");

        put_to_sleep(&world, &dana, id, monday).await;
        world.clock.advance(SignedDuration::from_hours(7 * 24));
        assert!(asleep(&world).await.is_empty(), "its moment came");
    }

    async fn snoozing_is_undone_and_taken_back(world: World) {
        let id = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let until = world.look().await.now() + SignedDuration::from_hours(1);
        let act = put_to_sleep(&world, &dana, id, until).await;
        let mut tx = world.tx().await;
        undo(&mut tx, &dana, act).await.unwrap();
        tx.commit().await.unwrap();
        assert!(asleep(&world).await.is_empty());

        put_to_sleep(&world, &dana, id, until).await;
        let mut tx = world.tx().await;
        assert_eq!(snooze(&mut tx, &dana, id, None).await.unwrap().map(|change| change.what.new), Some(None));
        tx.commit().await.unwrap();
        assert!(asleep(&world).await.is_empty());
        assert!(snooze(&mut world.tx().await, &dana, id, None).await.unwrap().is_none(), "awake already: nothing to tell");
    }

    async fn what_somebody_owns_is_snoozed_by_them_alone(world: World) {
        let id = world.report("Worm", "x").await;
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let mut tx = world.tx().await;
        let later = Some(tx.now() + SignedDuration::from_hours(1));
        ticket::change_owner(&mut tx, &dana, id, OwnerChange::Take).await.unwrap();
        let refused = snooze(&mut tx, &tariq, id, later).await;
        assert!(matches!(refused, Err(Error::Forbidden(Right::ModifyTicket))), "{refused:?}");
        assert!(snooze(&mut tx, &dana, id, later).await.unwrap().is_some());
    }

    async fn only_open_tickets_sleep_and_only_until_a_moment_to_come(world: World) {
        let id = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        let now = tx.now();
        for (until, word) in [(now, "over"), (now + SignedDuration::from_hours(24 * 400), "366 days")] {
            let refused = snooze(&mut tx, &dana, id, Some(until)).await;
            assert!(matches!(refused, Err(Error::Invalid(ref fields)) if fields[0].field == "snoozed_until" && fields[0].message.contains(word)), "{refused:?}");
        }
        let later = Some(now + SignedDuration::from_hours(1));
        let refused = snooze(&mut tx, &world.actor("ray@bank.example").await, id, later).await;
        assert!(matches!(refused, Err(Error::Forbidden(Right::ModifyTicket) | Error::NotFound)), "{refused:?}");
        ticket::set_status(&mut tx, &world.actor("admin").await, SetStatus { ticket: id, status: "rejected".into() }).await.unwrap();
        assert!(matches!(snooze(&mut tx, &dana, id, later).await, Err(Error::Invalid(fields)) if fields[0].message.contains("closed")));
    }
}
