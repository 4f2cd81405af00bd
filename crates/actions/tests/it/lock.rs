//! Advisory locks (IR section 18.1).

use actions::{
    Error, account, incident, lock,
    ticket::{self, Create, OwnerChange},
};
use domain::{TicketId, lock::LockKind};
use jiff::SignedDuration;
use testkit::World;

/// Who holds it, and how.
async fn held(world: &World, id: TicketId) -> Option<(String, LockKind)> {
    let admin = world.actor("admin").await;
    let around = actions::presence::around(&mut world.look().await, &admin, id).await.unwrap();
    around.lock.map(|held| (held.holder, held.lock.kind))
}

async fn form(world: &World, name: &str, id: TicketId) {
    let mut tx = world.tx().await;
    lock::lock_for_form(&mut tx, &world.actor(name).await, id).await.unwrap();
    tx.commit().await.unwrap();
}

async fn take(world: &World, name: &str, id: TicketId) {
    let mut tx = world.tx().await;
    ticket::change_owner(&mut tx, &world.actor(name).await, id, OwnerChange::TakeOrSteal).await.unwrap();
    tx.commit().await.unwrap();
}

async fn merge(world: &World, source: TicketId, target: TicketId) {
    let mut tx = world.tx().await;
    ticket::merge(&mut tx, &world.actor("admin").await, source, target).await.unwrap();
    tx.commit().await.unwrap();
}

async fn name(world: &World, login: &str) -> String {
    world.actor(login).await.user.display_name().to_owned()
}

testkit::both! {
    // IR-508, TC-091
    async fn ir508_a_lock_rises_but_never_falls_and_hard_needs_the_right(world: World) {
        let id = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        form(&world, "dana", id).await;
        assert_eq!(held(&world, id).await.unwrap().1, LockKind::Auto);
        let refused = lock::lock(&mut world.tx().await, &dana, id).await.unwrap_err();
        assert!(matches!(refused, Error::Forbidden(_)), "not hers to change: {refused}");
        take(&world, "dana", id).await;
        assert_eq!(held(&world, id).await.unwrap().1, LockKind::Take);
        let mut tx = world.tx().await;
        assert!(lock::lock(&mut tx, &dana, id).await.unwrap().mine);
        tx.commit().await.unwrap();
        assert_eq!(held(&world, id).await, Some((name(&world, "dana").await, LockKind::Hard)));
        form(&world, "dana", id).await;
        assert_eq!(held(&world, id).await.unwrap().1, LockKind::Hard, "a form does not take it back");
    }

    // IR-507, TC-092
    async fn ir507_nobody_is_kept_from_acting_and_nobody_takes_anothers_lock(world: World) {
        let id = world.report("Worm", "x").await;
        form(&world, "dana", id).await;
        let tariq = world.actor("tariq").await;
        form(&world, "tariq", id).await;
        take(&world, "tariq", id).await;
        assert_eq!(held(&world, id).await, Some((name(&world, "dana").await, LockKind::Auto)));
        let refused = lock::lock(&mut world.tx().await, &tariq, id).await.unwrap_err();
        assert!(matches!(&refused, Error::Conflict(words) if words.contains("holds the lock")), "{refused}");
        assert_eq!(lock::unlock(&mut world.tx().await, &tariq, id).await.unwrap(), None, "not his");
        let mut tx = world.tx().await;
        actions::lists::mark_seen(&mut tx, &tariq, id).await.unwrap();
        ticket::set_due(&mut tx, &tariq, id, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn ir509_the_auto_lock_goes_with_the_form_and_leaves_the_others(world: World) {
        let id = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        form(&world, "dana", id).await;
        let mut tx = world.tx().await;
        lock::form_is_done(&mut tx, &dana, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(held(&world, id).await, None);
        take(&world, "dana", id).await;
        let mut tx = world.tx().await;
        lock::form_is_done(&mut tx, &dana, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(held(&world, id).await.unwrap().1, LockKind::Take);
    }

    async fn ir510_unlocking_tells_how_long_and_time_or_signing_out_ends_the_rest(world: World) {
        let id = world.report("Worm", "x").await;
        let dana = world.actor("dana").await;
        form(&world, "dana", id).await;
        world.clock.advance(SignedDuration::from_mins(7));
        let mut tx = world.tx().await;
        assert_eq!(lock::unlock(&mut tx, &dana, id).await.unwrap().unwrap().as_mins(), 7);
        tx.commit().await.unwrap();
        assert_eq!(held(&world, id).await, None);

        let secret = account::sign_in(&world.desk, "dana", testkit::PASSWORD).await.unwrap().unwrap();
        form(&world, "dana", id).await;
        world.clock.advance(SignedDuration::from_hours(10));
        assert!(held(&world, id).await.is_some(), "by default it lasts");
        let mut tx = world.tx().await;
        account::sign_out(&mut tx, &secret).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(held(&world, id).await, None);
    }

    async fn ir508_the_take_lock_goes_when_the_report_comes_to_an_incident(world: World) {
        let (report, other) = (world.report("Worm", "x").await, world.report("Scan", "y").await);
        let dana = world.actor("dana").await;
        take(&world, "dana", report).await;
        take(&world, "dana", other).await;
        let incidents = world.queue_id("Incidents").await;
        let mut tx = world.tx().await;
        let input = Create { owner: Some("dana".into()), members: vec![report], ..Create::new(incidents, "Worms", actions::message::NewMessage::text("x")) };
        let made = ticket::create(&mut tx, &dana, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert_eq!((held(&world, report).await, held(&world, other).await.map(|(_, kind)| kind)), (None, Some(LockKind::Take)));
        let mut tx = world.tx().await;
        incident::link_to_incident(&mut tx, &dana, other, made).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(held(&world, other).await, None);
    }

    async fn ir511_a_merge_passes_a_lock_on_unless_the_target_has_a_better_one(world: World) {
        let (one, two, three) = (world.report("a", "x").await, world.report("b", "x").await, world.report("c", "x").await);
        take(&world, "dana", one).await;
        merge(&world, one, two).await;
        let dana = name(&world, "dana").await;
        assert_eq!((held(&world, one).await, held(&world, two).await), (held(&world, two).await, Some((dana.clone(), LockKind::Take))), "its old number leads there");
        take(&world, "tariq", three).await;
        merge(&world, three, two).await;
        assert_eq!(held(&world, two).await, Some((dana, LockKind::Take)), "another user's stays");
    }

    async fn ir512_my_locks_are_listed_oldest_first_and_ended_together(world: World) {
        let (one, two) = (world.report("a", "x").await, world.report("b", "x").await);
        let dana = world.actor("dana").await;
        take(&world, "dana", two).await;
        world.clock.advance(SignedDuration::from_mins(1));
        form(&world, "dana", one).await;
        let mine = lock::mine(&mut world.look().await, &dana).await.unwrap();
        assert_eq!(mine.iter().map(|mine| (mine.ticket.id, mine.lock.kind)).collect::<Vec<_>>(), [(two, LockKind::Take), (one, LockKind::Auto)]);
        assert!(lock::mine(&mut world.look().await, &world.actor("tariq").await).await.unwrap().is_empty());
        let mut tx = world.tx().await;
        assert_eq!(lock::unlock_all(&mut tx, &dana).await.unwrap(), 2);
        tx.commit().await.unwrap();
        assert!(lock::mine(&mut world.look().await, &dana).await.unwrap().is_empty());
    }

    async fn ir507_who_may_not_see_a_ticket_hears_nothing_of_its_lock(world: World) {
        let id = world.report("Worm", "x").await;
        form(&world, "dana", id).await;
        let norman = world.actor("norman").await;
        let around = actions::presence::around(&mut world.look().await, &norman, id).await.unwrap();
        assert!(around.lock.is_none() && around.others.is_empty());
        assert!(matches!(lock::lock_for_form(&mut world.tx().await, &norman, id).await, Err(Error::NotFound)));
    }
}
