//! What the tests of the doors share: mail to give, and a look at what came of it.

use actions::inbox::{self, NewInbound, Outcome};
use actions::ticket::show::{Entry, TicketView, history_from, view};
use actions::{Actor, outbox};
use domain::TicketId;
use mail_in::{Incoming, Limits, Processor, parse};
use testkit::World;

pub(crate) const REPORT: &str = concat!(
    "From: Ray Requestor <ray@bank.example>\nTo: reports@csirt.example\nMessage-ID: <one@bank.example>\n",
    "Subject: Scan of our net\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\n",
    "Hosts 192.0.2.7 and 198.51.100.9 scan us; see http://evil.example/x\n"
);

pub(crate) fn to(address: &str, raw: impl Into<Vec<u8>>) -> NewInbound {
    let action = if address.starts_with("comment") { "comment" } else { "correspond" };
    let queue = if address.starts_with("investigations") { "Investigations" } else { "Incident Reports" };
    NewInbound {
        door: "lmtp".to_owned(),
        sender: Some("ray@bank.example".to_owned()),
        recipient: address.to_owned(),
        queue: queue.to_owned(),
        action: action.to_owned(),
        ticket: String::new(),
        raw: raw.into(),
    }
}

pub(crate) fn processor(world: &World) -> Processor {
    Processor::new(world.desk.clone(), Limits::default())
}

/// Stored and worked on.
pub(crate) async fn take_in(world: &World, message: NewInbound) -> Outcome {
    let ids = inbox::store(&world.desk, vec![message]).await.unwrap();
    match processor(world).process_one(ids[0]).await.unwrap() {
        Some(outcome) => outcome,
        None => panic!("{}", inbox::get(&mut world.look().await, &world.actor("admin").await, ids[0]).await.unwrap().reason),
    }
}

pub(crate) async fn mail(world: &World, raw: impl Into<Vec<u8>>) -> Outcome {
    take_in(world, to("reports@csirt.example", raw)).await
}

/// The ticket that a message was recorded on.
pub(crate) fn ticket(outcome: &Outcome) -> TicketId {
    let Outcome::Done(ticket) = outcome else { panic!("{outcome:?}") };
    *ticket
}

pub(crate) fn refused(outcome: &Outcome) -> &str {
    let Outcome::Refused(reason) = outcome else { panic!("{outcome:?}") };
    reason
}

pub(crate) struct Sent {
    pub(crate) recipients: Vec<String>,
    pub(crate) envelope_sender: Option<String>,
    pub(crate) message: Incoming,
}

/// What waits in the outbox since the last look.
pub(crate) async fn sent(world: &World) -> Vec<Sent> {
    let letters = world.sent().await;
    let read = |letter: outbox::Outbound| Sent {
        message: parse(&letter.letter.raw, &Limits::default()).unwrap(),
        recipients: letter.letter.recipients,
        envelope_sender: letter.letter.sender,
    };
    letters.into_iter().map(read).collect()
}

pub(crate) async fn sent_to(world: &World, address: &str) -> Vec<Sent> {
    sent(world).await.into_iter().filter(|sent| sent.recipients.iter().any(|one| one == address)).collect()
}

pub(crate) async fn shown(world: &World, id: TicketId) -> TicketView {
    view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

pub(crate) async fn entries(world: &World, id: TicketId) -> Vec<Entry> {
    let admin: Actor = world.actor("admin").await;
    history_from(&mut world.look().await, &admin, id, 0, 100).await.unwrap()
}

/// The texts of messages on the ticket, with what they are.
pub(crate) async fn said(world: &World, id: TicketId) -> Vec<(String, String)> {
    let entries = entries(world, id).await;
    let messages = entries.into_iter().filter(|entry| entry.change.what.kind.is_message());
    messages.map(|entry| (entry.change.what.kind.as_str().to_owned(), entry.text.trim().to_owned())).collect()
}

pub(crate) async fn how_many_tickets(world: &World) -> i64 {
    let mut count = 0;
    let admin = world.actor("admin").await;
    while actions::access::ticket(&mut world.look().await, &admin, TicketId(count + 1)).await.is_ok() {
        count += 1;
    }
    count
}
