//! One wish about many tickets (IR section 12.6): what happens to each, and that nothing happens twice.

use actions::{
    Actor,
    bulk::{self, Verdict, Wanted, Words, Work},
    message::NewMessage,
    ticket::{self, Create, OwnerChange, SetStatus, show},
};
use domain::{BatchId, TicketId, bulk::Deed};
use jiff::SignedDuration;
use testkit::World;

fn chosen(ids: &[TicketId]) -> Vec<Wanted> {
    ids.iter().map(|id| Wanted { ticket: *id, seen: None }).collect()
}

fn reject() -> Work {
    Work::Reject { words: Words::default() }
}

async fn begun(world: &World, actor: &Actor, work: &Work, wanted: &[Wanted]) -> BatchId {
    let mut tx = world.tx().await;
    let id = bulk::begin(&mut tx, actor, work, wanted).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Begins and carries out; outcome and note of each ticket, in the order they were chosen.
async fn done(world: &World, actor: &Actor, work: &Work, wanted: &[Wanted]) -> Vec<(String, String)> {
    let id = begun(world, actor, work, wanted).await;
    while !bulk::step(&world.desk, id).await.unwrap() {}
    outcomes(world, actor, id).await
}

async fn outcomes(world: &World, actor: &Actor, id: BatchId) -> Vec<(String, String)> {
    let mut items = bulk::results(&mut world.look().await, actor, id, 5_000).await.unwrap();
    items.sort_by_key(|item| item.position);
    items.into_iter().map(|item| (item.outcome, item.note)).collect()
}

async fn view(world: &World, id: TicketId) -> show::TicketView {
    show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

async fn status(world: &World, id: TicketId) -> String {
    view(world, id).await.ticket.status.clone()
}

async fn own(world: &World, actor: &Actor, id: TicketId) {
    let mut tx = world.tx().await;
    ticket::change_owner(&mut tx, actor, id, OwnerChange::TakeOrSteal).await.unwrap();
    tx.commit().await.unwrap();
}

async fn incident(world: &World, actor: &Actor, subject: &str, members: &[TicketId]) -> TicketId {
    for member in members {
        own(world, actor, *member).await;
    }
    let queue = world.queue_id("Incidents").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, subject, NewMessage::text("x"));
    (input.members, input.owner) = (members.to_vec(), Some(actor.user.name.clone()));
    let id = ticket::create(&mut tx, actor, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn resolved(world: &World, actor: &Actor, id: TicketId) {
    let mut tx = world.tx().await;
    ticket::set_status(&mut tx, actor, SetStatus { ticket: id, status: "resolved".into() }).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::both! {
    // IR-399: what is somebody else's, closed, changed or gone is left with its reason; what is unowned is taken first.
    async fn ir399_bulk_reject_takes_what_is_free_and_leaves_what_is_not(world: World) {
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let mut reports = Vec::new();
        for subject in ["free", "mine", "theirs", "closed", "linked", "changed"] {
            reports.push(world.report(subject, "spam").await);
        }
        let [free, mine, theirs, closed, linked, changed] = reports[..] else { panic!("six reports") };
        own(&world, &dana, mine).await;
        own(&world, &tariq, theirs).await;
        own(&world, &dana, closed).await;
        resolved(&world, &dana, closed).await;
        let parent = incident(&world, &dana, "Incident", &[linked]).await;
        let mut wanted = chosen(&[free, mine, theirs, closed, linked, TicketId(999_999), parent]);
        wanted.push(Wanted { ticket: changed, seen: Some(view(&world, changed).await.ticket.version - 1) });

        let prospects = bulk::outlook(&mut world.look().await, &dana, Deed::Reject, &wanted).await.unwrap();
        let verdicts: Vec<Verdict> = prospects.iter().map(|prospect| prospect.verdict).collect();
        assert_eq!(verdicts, [
            Verdict::Goes, Verdict::Goes, Verdict::OwnedByAnother, Verdict::NothingToDo, Verdict::GoesThoughLinked,
            Verdict::NotAllowed, Verdict::OtherKind, Verdict::ChangedMeanwhile,
        ]);
        let found = done(&world, &dana, &reject(), &wanted).await;
        let names: Vec<&str> = found.iter().map(|(outcome, _)| outcome.as_str()).collect();
        assert_eq!(names, ["done", "done", "skipped", "skipped", "warned", "skipped", "skipped", "skipped"], "{found:?}");
        assert!(found[2].1.contains("somebody else owns it") && found[5].1.contains("no such ticket"), "{found:?}");
        for id in [free, mine, linked] {
            assert_eq!((status(&world, id).await, view(&world, id).await.owner.name.clone()), ("rejected".to_owned(), "dana".to_owned()));
        }
        for (id, kept) in [(theirs, "new"), (closed, "resolved"), (changed, "new"), (parent, "open")] {
            assert_eq!(status(&world, id).await, kept);
        }
        // IR-055: links stay
        assert_eq!(view(&world, linked).await.incidents().count(), 1);
    }

    async fn a_batch_is_continued_after_a_restart_and_nothing_is_done_twice(world: World) {
        let dana = world.actor("dana").await;
        let report = world.report("Worm", "x").await;
        let words = Words { text: "We look into it.".to_owned(), as_reply: true, ..Words::default() };
        let id = begun(&world, &dana, &Work::Write { words }, &chosen(&[report])).await;
        assert_eq!(bulk::resume(&world.desk).await.unwrap(), 0, "somebody may be at it");
        world.clock.advance(SignedDuration::from_secs(11));
        assert_eq!(bulk::resume(&world.desk).await.unwrap(), 1);
        world.clock.advance(SignedDuration::from_secs(11));
        assert_eq!(bulk::resume(&world.desk).await.unwrap(), 0);
        assert!(bulk::step(&world.desk, id).await.unwrap(), "a step more does no harm");
        let history = show::history(&mut world.look().await, &dana, report, i64::MAX, 50).await.unwrap();
        assert_eq!(history.iter().filter(|entry| entry.text == "We look into it.").count(), 1);
        let state = bulk::report(&mut world.look().await, &dana, id).await.unwrap();
        assert_eq!((state.is_finished, state.done, state.waiting, state.skipped, state.failed), (true, 1, 0, 0, 0));
        assert!(matches!(bulk::report(&mut world.look().await, &world.actor("tariq").await, id).await, Err(actions::Error::NotFound)));
    }

    async fn bulk_take_and_write_keep_to_rights_and_what_is_missing_is_said(world: World) {
        let (dana, greta, norman) = (world.actor("dana").await, world.actor("greta").await, world.actor("norman").await);
        let report = world.report("Worm", "x").await;
        let strange = done(&world, &greta, &Work::Take, &chosen(&[report])).await;
        assert_eq!(strange, [("skipped".to_owned(), "there is no such ticket".to_owned())]);
        let words = Words { text: "x".to_owned(), ..Words::default() };
        assert_eq!(done(&world, &norman, &Work::Write { words }, &chosen(&[report])).await[0].0, "skipped");
        assert_eq!(done(&world, &dana, &Work::Take, &chosen(&[report, report])).await.iter().map(|(o, _)| o.as_str()).collect::<Vec<_>>(), ["done", "skipped"]);
        let mut tx = world.tx().await;
        let error = bulk::begin(&mut tx, &dana, &Work::Write { words: Words::default() }, &chosen(&[report])).await.unwrap_err();
        assert!(error.to_string().contains("Write something"), "{error}");
        let error = bulk::begin(&mut tx, &dana, &Work::Take, &[]).await.unwrap_err();
        assert!(error.to_string().contains("at least one"), "{error}");
    }

    // IR-402, IR-403: the chosen kinds hear of it, all close, what another open Incident holds stays.
    async fn ir402_bulk_abandon_closes_families_and_writes_to_the_chosen_kinds(world: World) {
        let dana = world.actor("dana").await;
        let (report, shared, done_already) =
            (world.report("one", "x").await, world.report("shared", "x").await, world.report("resolved", "x").await);
        let first = incident(&world, &dana, "First", &[report, shared, done_already]).await;
        let second = incident(&world, &dana, "Second", &[shared]).await;
        resolved(&world, &dana, done_already).await;
        let words = Words { text: "Made in error.".to_owned(), as_reply: true, ..Words::default() };
        let work = Work::Abandon { words, to_reports: true, to_investigations: false };
        let found = done(&world, &dana, &work, &chosen(&[first, report])).await;
        assert_eq!(found[0].0, "done", "{found:?}");
        assert_eq!(found[1].0, "skipped", "a report is no Incident");
        for (id, state) in [(first, "abandoned"), (second, "open"), (report, "rejected"), (shared, "open"), (done_already, "resolved")] {
            assert_eq!(status(&world, id).await, state, "#{id}");
        }
        let told = |id| { let (world, dana) = (&world, &dana); async move {
            let history = show::history(&mut world.look().await, dana, id, i64::MAX, 50).await.unwrap();
            history.iter().any(|entry| entry.text == "Made in error.")
        } };
        assert!(told(report).await && told(shared).await && !told(done_already).await);
    }
}

testkit::both! {
    // IR-399: one undo for all that a wish did; what was left alone, or was changed since, stays.
    async fn a_batch_is_undone_as_one(world: World) {
        let (dana, tariq) = (world.actor("dana").await, world.actor("tariq").await);
        let mut reports = Vec::new();
        for number in 0..60 {
            reports.push(world.report(&format!("Scan {number}"), "text").await);
        }
        own(&world, &tariq, reports[3]).await;
        let id = begun(&world, &dana, &reject(), &chosen(&reports)).await;
        bulk::step(&world.desk, id).await.unwrap();
        let early = actions::undo::undo_batch(&mut world.tx().await, &dana, id, 50).await;
        assert!(matches!(early, Err(actions::Error::Conflict(_))), "it still goes on");
        while !bulk::step(&world.desk, id).await.unwrap() {}
        let mut tx = world.tx().await;
        ticket::set_status(&mut tx, &dana, SetStatus { ticket: reports[7], status: "open".to_owned() }).await.unwrap();
        tx.commit().await.unwrap();

        let mut undone = actions::undo::Undone::default();
        loop {
            let mut tx = world.tx().await;
            let (some, is_more) = actions::undo::undo_batch(&mut tx, &dana, id, 25).await.unwrap();
            tx.commit().await.unwrap();
            undone.add(some);
            if !is_more {
                break;
            }
        }
        assert_eq!((undone.restored.len(), undone.changed_meanwhile), (59, vec![reports[7]]));
        assert_eq!((status(&world, reports[0]).await, status(&world, reports[59]).await), ("new".to_owned(), "new".to_owned()));
        assert_eq!(status(&world, reports[7]).await, "open");
        assert_eq!(view(&world, reports[3]).await.owner.name, "tariq");
        let (again, _) = actions::undo::undo_batch(&mut world.tx().await, &dana, id, 25).await.unwrap();
        assert_eq!(again, actions::undo::Undone::default(), "once is enough");
        assert_eq!(actions::verify::verify(&world.desk).await.unwrap().findings, []);
    }
}
