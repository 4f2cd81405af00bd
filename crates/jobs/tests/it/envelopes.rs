//! Who letters are from on their envelopes (TC-176).

use std::sync::Arc;

use actions::message::NewMessage;
use actions::{setup, ticket};
use domain::person::EmailAddress;
use domain::setting::list;
use jiff::SignedDuration;
use jobs::{Jobs, Settings};
use mail_out::transport::{Memory, SendError};
use testkit::World;
use tokio_util::sync::CancellationToken;

use crate::send_outbox::{counts, stop, until};

async fn choose(world: &World, wishes: &[(&str, Option<&str>)]) {
    let mut tx = world.tx().await;
    setup::set_settings(&mut tx, &setup::operator(), wishes).await.unwrap();
    tx.commit().await.unwrap();
}

/// Sender and recipients of each envelope of an answer to Ray, the boss and Zoë.
async fn answered(world: &World, memory: &Memory) -> Vec<(Option<String>, Vec<String>)> {
    let dana = world.actor("dana").await;
    let id = world.report("Scan", "text").await;
    until(async || counts(world).await.0 == 0).await;
    memory.take();
    let cc = ["boss@bank.example", "zoë@bank.example"].map(|address| EmailAddress::parse(address).unwrap()).to_vec();
    let message = NewMessage { cc, ..NewMessage::text("We look into it.") };
    let mut tx = world.tx().await;
    ticket::reply(&mut tx, &dana, ticket::Reply { ticket: id, message, time_taken: 0 }).await.unwrap();
    tx.commit().await.unwrap();
    // what is written at the web waits a while
    world.clock.advance(SignedDuration::from_mins(1));
    until(async || counts(world).await.0 == 0).await;
    let mut sent: Vec<_> = memory.take().into_iter().map(|(envelope, _)| (envelope.from, envelope.to)).collect();
    sent.sort();
    sent
}

testkit::both! {
    async fn tc176_the_sender_is_what_the_installation_or_the_queue_says(world: World) {
        let memory = Memory::default();
        let shutdown = CancellationToken::new();
        let jobs = Jobs::start(world.desk.clone(), Some(Arc::new(memory.clone())), Settings::default(), shutdown.clone());
        let all = ["ray@bank.example", "boss@bank.example", "zoë@bank.example"].map(str::to_owned).to_vec();
        for (wishes, sender) in [
            (vec![], Some("reports@csirt.example")),
            (vec![(list::ENVELOPE_SENDER, Some("none"))], None),
            (vec![(list::ENVELOPE_SENDER, Some("b+__TicketID__@csirt.example"))], Some("b+3@csirt.example")),
            (vec![(list::QUEUE_ENVELOPE_SENDERS, Some("incident reports = from"))], Some("reports@csirt.example")),
        ] {
            choose(&world, &wishes).await;
            assert_eq!(answered(&world, &memory).await, [(sender.map(str::to_owned), all.clone())]);
        }
        stop(jobs, shutdown).await;
    }

    async fn tc176_every_recipient_has_an_envelope_that_names_them(world: World) {
        choose(&world, &[(list::VERP_PREFIX, Some("bounce")), (list::VERP_DOMAIN, Some("b.csirt.example"))]).await;
        let memory = Memory::default();
        let shutdown = CancellationToken::new();
        let jobs = Jobs::start(world.desk.clone(), Some(Arc::new(memory.clone())), Settings::default(), shutdown.clone());
        let one = |sender: &str, to: &str| (Some(format!("{sender}@b.csirt.example")), vec![format!("{to}@bank.example")]);
        let envelopes = [one("bounce", "zoë"), one("bounce+boss=bank.example", "boss"), one("bounce+ray=bank.example", "ray")];
        let mut expected = envelopes.to_vec();
        expected.sort();
        assert_eq!(answered(&world, &memory).await, expected);
        stop(jobs, shutdown).await;
    }

    async fn tc176_who_could_not_be_reached_is_tried_again_alone(world: World) {
        choose(&world, &[(list::VERP_PREFIX, Some("bounce")), (list::VERP_DOMAIN, Some("b.csirt.example"))]).await;
        let memory = Memory::default();
        let dana = world.actor("dana").await;
        let id = world.report("Scan", "text").await;
        world.sent().await;
        let cc = vec![EmailAddress::parse("boss@bank.example").unwrap()];
        let mut tx = world.tx().await;
        let message = NewMessage { cc, ..NewMessage::text("We look into it.") };
        ticket::reply(&mut tx, &dana, ticket::Reply { ticket: id, message, time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(SignedDuration::from_mins(1));
        let pending = vec!["ray@bank.example".to_owned()];
        memory.fail_next(SendError { permanent: false, message: "later".to_owned(), pending });
        let shutdown = CancellationToken::new();
        let jobs = Jobs::start(world.desk.clone(), Some(Arc::new(memory.clone())), Settings::default(), shutdown.clone());
        let admin = world.actor("admin").await;
        let put_off = async || {
            let open = actions::outbox::open(&mut world.look().await, &admin, i64::MAX, 10).await.unwrap();
            open.iter().any(|letter| letter.last_error == "later" && letter.letter.recipients == ["ray@bank.example"])
        };
        until(put_off).await;
        assert_eq!(memory.take()[0].0.to, ["boss@bank.example"]);
        world.clock.advance(SignedDuration::from_mins(2));
        until(async || counts(&world).await.0 == 0).await;
        let sent = memory.take();
        assert_eq!((sent.len(), sent[0].0.to.as_slice()), (1, &["ray@bank.example".to_owned()][..]));
        stop(jobs, shutdown).await;
    }
}
