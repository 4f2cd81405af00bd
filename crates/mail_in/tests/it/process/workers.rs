use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actions::inbox::{self, Outcome};
use actions::{Clock, Desk, Surroundings};
use jiff::{SignedDuration, Timestamp};
use mail_in::{Limits, Processor};
use tokio_util::sync::CancellationToken;

use crate::post::{REPORT, how_many_tickets, processor, ticket, to};

/// Breaks down while it is told to.
struct Mined(AtomicBool);

impl Clock for Mined {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn random(&self) -> [u8; 16] {
        assert!(!self.0.load(Ordering::SeqCst), "broken");
        rand::random()
    }
}

testkit::both! {
    async fn a_message_that_panics_is_kept_for_later_and_the_worker_goes_on(world: World) {
        let clock = Arc::new(Mined(AtomicBool::new(false)));
        let surroundings = Surroundings { public_url: "http://watchbell.example".to_owned(), receivers: vec![] };
        let desk = Desk::new(world.desk.db().clone(), clock.clone(), surroundings);
        clock.0.store(true, Ordering::SeqCst);
        let processor = Processor::new(desk.clone(), Limits::default());
        let ids = inbox::store(&desk, vec![to("reports@csirt.example", REPORT)]).await.unwrap();
        assert!(processor.process_next().await.unwrap());
        assert_eq!(inbox::counts(&desk).await.unwrap(), (1, 0));
        let admin = world.actor("admin").await;
        let kept = inbox::get(&mut world.look().await, &admin, ids[0]).await.unwrap();
        assert_eq!((kept.tries, kept.reason.contains("broke down")), (1, true), "{}", kept.reason);
        clock.0.store(false, Ordering::SeqCst);
        ticket(&processor.process_one(ids[0]).await.unwrap().unwrap());
    }

    async fn a_message_that_fails_does_not_stop_the_next_and_is_kept(world: World) {
        let mut poisoned = to("reports@csirt.example", REPORT);
        "There is no such queue".clone_into(&mut poisoned.queue);
        let ids = inbox::store(&world.desk, vec![poisoned, to("reports@csirt.example", REPORT)]).await.unwrap();
        let processor = processor(&world);
        assert!(processor.process_next().await.unwrap());
        assert!(processor.process_next().await.unwrap());
        let done = inbox::outcome(&mut world.look().await, ids[1]).await.unwrap().unwrap();
        assert!(ticket(&done).0 > 0);
        for _ in 0..5 {
            world.clock.advance(SignedDuration::from_hours(1));
            processor.process_next().await.unwrap();
        }
        assert!(!processor.process_next().await.unwrap());
        assert_eq!(inbox::counts(&world.desk).await.unwrap(), (0, 1));
    }

    async fn small_messages_are_worked_on_together_and_one_that_fails_undoes_no_other(world: World) {
        let numbered = |number: usize| to("reports@csirt.example", REPORT.replace("<one", &format!("<{number}")));
        let mut poisoned = numbered(2);
        "There is no such queue".clone_into(&mut poisoned.queue);
        let ids = inbox::store(&world.desk, vec![numbered(0), numbered(1), poisoned, numbered(3), numbered(4)]).await.unwrap();
        let processor = processor(&world);
        // SQLite: up to the one that fails, then the rest
        for _ in 0..if world.is_postgres() { 5 } else { 2 } {
            assert!(processor.process_next().await.unwrap());
        }
        assert!(!processor.process_next().await.unwrap());
        let mut look = world.look().await;
        for (id, is_done) in ids.into_iter().zip([true, true, false, true, true]) {
            assert_eq!(inbox::outcome(&mut look, id).await.unwrap().is_some(), is_done, "{id}");
        }
        assert_eq!(how_many_tickets(&world).await, 4);
        assert_eq!(world.sent().await.len(), 4, "each was answered once");
    }

    async fn workers_take_what_arrives_and_stop_when_told(world: World) {
        let shutdown = CancellationToken::new();
        let workers = if world.is_postgres() { 4 } else { 1 };
        let running = tokio::spawn({
            let (processor, shutdown) = (processor(&world), shutdown.clone());
            async move { processor.run(workers, shutdown).await }
        });
        let mails = (0..40).map(|number| to("reports@csirt.example", REPORT.replace("<one", &format!("<{number}"))));
        let ids = inbox::store(&world.desk, mails.collect()).await.unwrap();
        for _ in 0..300 {
            if inbox::counts(&world.desk).await.unwrap().0 == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        for id in ids {
            let outcome = inbox::outcome(&mut world.look().await, id).await.unwrap();
            assert!(matches!(outcome, Some(Outcome::Done(_))), "{outcome:?}");
        }
        assert_eq!(how_many_tickets(&world).await, 40);
        shutdown.cancel();
        tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
    }

    async fn large_messages_wait_for_each_other_and_all_arrive(world: World) {
        let body = "x".repeat(78) + "\n";
        let large = |number: usize| format!("From: ray@bank.example\nMessage-ID: <{number}@x>\n\n{}", body.repeat(80_000));
        let mails = (0..3).map(|number| to("reports@csirt.example", large(number))).collect();
        inbox::store(&world.desk, mails).await.unwrap();
        let processor = processor(&world);
        while inbox::counts(&world.desk).await.unwrap().0 > 0 {
            let (one, other) = tokio::join!(processor.process_next(), processor.process_next());
            one.and(other).unwrap();
        }
        assert_eq!(how_many_tickets(&world).await, 3);
    }
}

#[test]
fn a_message_of_full_size_is_recorded_in_bounded_memory() {
    for database in ["sqlite", "postgres"] {
        let alone = format!("process::workers::records_a_large_message_alone::{database}");
        let status = Command::new(std::env::current_exe().unwrap()).args(["--ignored", "--exact", &alone]).status().unwrap();
        assert!(status.success());
    }
}

testkit::both! {
    #[ignore = "measures the memory of its process, so it is run in one of its own"]
    async fn records_a_large_message_alone(world: World) {
        let head = "From: ray@bank.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: a/b; name=x\n\n";
        let large = format!("{head}{}", ("x".repeat(78) + "\n").repeat(600_000));
        inbox::store(&world.desk, vec![to("reports@csirt.example", large)]).await.unwrap();
        // the kernel counts the peak anew
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let before = kilobytes("VmRSS:");
        assert!(processor(&world).process_next().await.unwrap());
        assert_eq!(how_many_tickets(&world).await, 1);
        let grown = kilobytes("VmHWM:") - before;
        assert!(grown < 200_000, "grown by {grown} kB");
    }
}

fn kilobytes(name: &str) -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
