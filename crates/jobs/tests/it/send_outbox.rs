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

async fn stop(jobs: Jobs, shutdown: CancellationToken) {
    shutdown.cancel();
    jobs.stopped(shutdown).await;
}

async fn until(mut done: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !done().await {
        assert!(start.elapsed() < Duration::from_secs(20), "it never happened");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn counts(world: &World) -> (i64, i64) {
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
            let subject = String::from_utf8_lossy(raw).lines().find(|line| line.starts_with("Subject:")).unwrap().to_owned();
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
