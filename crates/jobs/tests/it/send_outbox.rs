use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actions::outbox;
use actions::ticket::show::{TicketView, view};
use domain::TicketId;
use jiff::SignedDuration;
use jobs::{Jobs, Settings};
use mail_out::transport::{Envelope, Memory, SendError, Sending, Transport};
use testkit::World;
use tokio_util::sync::CancellationToken;

fn start(world: &World, transport: impl Transport) -> (Jobs, CancellationToken) {
    let shutdown = CancellationToken::new();
    (Jobs::start(world.desk.clone(), Some(Arc::new(transport)), Settings::default(), shutdown.clone()), shutdown)
}

pub(crate) async fn stop(jobs: Jobs, shutdown: CancellationToken) {
    shutdown.cancel();
    jobs.stopped(shutdown).await;
}

pub(crate) async fn until(mut done: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !done().await {
        assert!(start.elapsed() < Duration::from_secs(20), "it never happened");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub(crate) async fn counts(world: &World) -> (i64, i64) {
    outbox::counts(&world.desk).await.unwrap()
}

async fn history(world: &World, id: TicketId) -> Vec<String> {
    let admin = world.actor("admin").await;
    let entries = actions::ticket::show::history_from(&mut world.look().await, &admin, id, 0, 100).await.unwrap();
    entries
        .into_iter()
        .filter_map(|entry| (entry.change.what.kind.as_str() == "SystemError").then_some(entry.change.what.data?))
        .collect()
}

async fn shown(world: &World, id: TicketId) -> TicketView {
    view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

fn subject(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).lines().find(|line| line.starts_with("Subject:")).unwrap().to_owned()
}

fn trouble(permanent: bool) -> SendError {
    SendError { permanent, message: "no such user".to_owned(), pending: vec!["ray@bank.example".to_owned()] }
}

/// Takes its time, and remembers what began when, and how many were on their way then.
#[derive(Clone, Default)]
struct Slow {
    begun: Arc<Mutex<Vec<(Instant, String)>>>,
    ended: Arc<AtomicUsize>,
    most_at_once: Arc<AtomicUsize>,
}

impl Transport for Slow {
    fn send<'a>(&'a self, _: &'a Envelope, raw: &'a [u8]) -> Sending<'a> {
        Box::pin(async move {
            let subject = subject(raw);
            let begun = {
                let mut begun = self.begun.lock().unwrap();
                begun.push((Instant::now(), subject));
                begun.len()
            };
            self.most_at_once.fetch_max(begun - self.ended.load(Ordering::SeqCst), Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(200)).await;
            self.ended.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
    }
}

testkit::both! {
    async fn what_the_outbox_holds_and_gets_is_sent_once(world: World) {
        world.report("Before", "text").await;
        let memory = Memory::default();
        let (jobs, shutdown) = start(&world, memory.clone());
        until(async || counts(&world).await == (0, 0)).await;
        let id = world.report("After", "text").await;
        until(async || counts(&world).await == (0, 0)).await;
        let sent = memory.take();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].0, Envelope { from: None, to: vec!["ray@bank.example".to_owned()] });
        assert!(shown(&world, id).await.ticket.id == id && history(&world, id).await.is_empty());
        stop(jobs, shutdown).await;
    }

    // TC-177: what cannot be sent stands on the ticket; what may pass is tried again
    async fn passing_trouble_is_tried_again_and_lasting_trouble_stands_on_the_ticket(world: World) {
        let memory = Memory::default();
        memory.fail_next(trouble(false));
        let (jobs, shutdown) = start(&world, memory.clone());
        let id = world.report("Scan", "text").await;
        until(async || outbox_error(&world).await == "no such user").await;
        assert_eq!((counts(&world).await, memory.take().len()), ((1, 0), 0));
        memory.fail_next(trouble(true));
        world.clock.advance(SignedDuration::from_mins(2));
        until(async || counts(&world).await == (0, 1)).await;
        let said = history(&world, id).await;
        assert_eq!(said, ["Mail to ray@bank.example could not be sent: no such user"]);
        stop(jobs, shutdown).await;
    }

    async fn a_letter_that_is_put_off_is_not_overtaken_by_the_next_of_its_ticket(world: World) {
        let memory = Memory::default();
        memory.fail_next(trouble(false));
        let (jobs, shutdown) = start(&world, memory.clone());
        let id = world.report("Scan", "text").await;
        until(async || outbox_error(&world).await == "no such user").await;
        answer(&world, id).await;
        world.clock.advance(SignedDuration::from_secs(30));
        let other = world.report("Other", "text").await;
        until(async || counts(&world).await.0 == 2).await;
        let sent: Vec<String> = memory.take().iter().map(|(_, raw)| subject(raw)).collect();
        assert!(sent.len() == 1 && sent[0].contains(&format!("#{other}]")), "another ticket's goes: {sent:?}");
        world.clock.advance(SignedDuration::from_mins(2));
        until(async || counts(&world).await == (0, 0)).await;
        let sent: Vec<String> = memory.take().iter().map(|(_, raw)| subject(raw)).collect();
        assert!(sent.len() == 2 && sent.iter().all(|subject| subject.contains(&format!("#{id}]"))), "{sent:?}");
        stop(jobs, shutdown).await;
    }

    async fn whoever_owns_the_ticket_is_told_of_a_letter_that_will_not_arrive(world: World) {
        let id = world.report("Scan", "text").await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        actions::ticket::change_owner(&mut tx, &dana, id, actions::ticket::OwnerChange::Take).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(SignedDuration::from_mins(1));
        let memory = Memory::default();
        memory.fail_next(trouble(true));
        let (jobs, shutdown) = start(&world, memory.clone());
        until(async || counts(&world).await == (0, 1)).await;
        let notices = || memory.sent().into_iter().find(|(envelope, _)| envelope.to == [dana.email().unwrap().to_string()]);
        until(async || notices().is_some()).await;
        let (envelope, raw) = notices().unwrap();
        let text = String::from_utf8(raw).unwrap();
        assert_eq!(envelope.from, None, "nothing comes back to a notice");
        assert!(text.contains(&format!("#{id}] Mail could not be delivered")) && text.contains("ray@bank.example"), "{text}");
        stop(jobs, shutdown).await;
    }

    async fn an_administrator_sends_again_or_cancels_and_the_ticket_tells(world: World) {
        let memory = Memory::default();
        memory.fail_next(trouble(true));
        let (jobs, shutdown) = start(&world, memory.clone());
        let id = world.report("Scan", "text").await;
        until(async || counts(&world).await == (0, 1)).await;
        let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
        let letter = outbox::open(&mut world.look().await, &admin, i64::MAX, 10).await.unwrap().remove(0);
        assert_eq!((letter.state.as_str(), letter.last_error.as_str()), ("failed", "no such user"));
        let mut tx = world.tx().await;
        assert!(outbox::open(&mut tx, &dana, i64::MAX, 10).await.is_err(), "only administrators look at it");
        assert!(outbox::requeue(&mut tx, &dana, letter.id).await.is_err());
        outbox::requeue(&mut tx, &admin, letter.id).await.unwrap();
        tx.commit().await.unwrap();
        until(async || counts(&world).await == (0, 0)).await;
        assert_eq!(memory.take().len(), 1);
        let mut tx = world.tx().await;
        let error = outbox::requeue(&mut tx, &admin, letter.id).await.unwrap_err();
        assert!(error.to_string().contains("This letter is sent"), "{error}");
        drop(tx);
        memory.fail_next(trouble(false));
        let other = world.report("Other", "text").await;
        until(async || outbox::open(&mut world.look().await, &admin, i64::MAX, 10).await.unwrap().iter().any(|letter| !letter.last_error.is_empty())).await;
        let letter = outbox::open(&mut world.look().await, &admin, i64::MAX, 10).await.unwrap().remove(0);
        let mut tx = world.tx().await;
        outbox::cancel(&mut tx, &admin, letter.id).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(SignedDuration::from_hours(3));
        until(async || counts(&world).await == (0, 0)).await;
        assert!(memory.take().is_empty());
        for (ticket, said) in [(id, "is sent again."), (other, "was cancelled and will not be sent.")] {
            let entries = actions::ticket::show::history_from(&mut world.look().await, &admin, ticket, 0, 100).await.unwrap();
            let told = entries.iter().filter(|entry| entry.change.what.kind.as_str() == "Delivery");
            let told: Vec<&str> = told.filter_map(|entry| entry.change.what.data.as_deref()).collect();
            assert_eq!(told, [format!("Mail to ray@bank.example {said}")]);
        }
        stop(jobs, shutdown).await;
    }

    async fn one_ticket_in_order_and_many_at_once(world: World) {
        let first = world.report("Scan", "text").await;
        answer(&world, first).await;
        for number in 0..4 {
            world.report(&format!("Other {number}"), "text").await;
        }
        let slow = Slow::default();
        let (jobs, shutdown) = start(&world, slow.clone());
        until(async || counts(&world).await == (0, 0)).await;
        let sent = slow.begun.lock().unwrap().clone();
        let of_first: Vec<_> = sent.iter().filter(|(_, subject)| subject.contains(&format!("#{first}]"))).collect();
        assert!(of_first[1].0 - of_first[0].0 >= Duration::from_millis(200));
        assert!((2..=8).contains(&slow.most_at_once.load(Ordering::SeqCst)));
        stop(jobs, shutdown).await;
    }

    async fn stopping_finishes_what_is_on_its_way_and_keeps_the_rest(world: World) {
        let first = world.report("Scan", "text").await;
        answer(&world, first).await;
        let (waiting, _) = counts(&world).await;
        let slow = Slow::default();
        let (jobs, shutdown) = start(&world, slow.clone());
        until(async || !slow.begun.lock().unwrap().is_empty()).await;
        stop(jobs, shutdown).await;
        assert_eq!(slow.begun.lock().unwrap().len(), 1);
        assert_eq!(counts(&world).await, (waiting - 1, 0));
    }
}

async fn outbox_error(world: &World) -> String {
    // claimed letters are not claimed again: this only looks at what settling wrote
    let admin = world.actor("admin").await;
    let entries = actions::ticket::show::history_from(&mut world.look().await, &admin, TicketId(1), 0, 100).await.unwrap();
    entries.into_iter().filter_map(|entry| entry.outgoing).map(|outgoing| outgoing.last_error).next().unwrap_or_default()
}

/// A second letter about the ticket, to the same requestor.
async fn answer(world: &World, id: TicketId) {
    let dana = world.actor("dana").await;
    let mut tx = world.tx().await;
    let message = actions::message::NewMessage::text("We look into it.");
    actions::ticket::reply(&mut tx, &dana, actions::ticket::Reply { ticket: id, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}
