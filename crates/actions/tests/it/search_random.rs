//! Random queries over a random world: SQLite, PostgreSQL and a naive look at every ticket find the same, for people with different
//! rights (acceptance D2). What the naive look knows of a ticket comes from the pages' verbs, one ticket at a time, so that a list
//! never shows more than its tickets do.

mod facts;
mod naive;
mod queries;

use actions::{
    Actor,
    lists::{self, Order, OrderBy, Page},
    message::NewMessage,
    ticket::{self, Create, FieldInput, Link, OwnerChange, Reply, SetStatus},
};
use domain::{TicketId, link::LinkKind, person::PersonName};
use facts::{Facts, facts};
use jiff::SignedDuration;
use queries::Dice;
use testkit::World;

/// Shared among the askers.
const QUERIES: usize = 5_000;
const TICKETS: u64 = 40;
const ASKERS: [&str; 5] = ["admin", "dana", "greta", "norman", "ray"];
pub(crate) const WORDS: [&str; 8] = ["scan", "Phishing", "ÄRGER", "zürich", "100%", "a_b", "Wurm", "it's"];
pub(crate) const PEOPLE: [&str; 4] =
    ["Ray Requestor <ray@bank.example>", "noc@isp.example", "Öykü <oyku@uni.example>", "dana@csirt-staff.example"];

fn sentence(dice: &mut Dice) -> String {
    (0..=dice.below(3)).map(|_| WORDS[dice.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

fn address(dice: &mut Dice) -> String {
    ["192.0.2.7", "192.0.2.0/24", "10.9.8.7", "2001:db8::7", "203.0.113.5-203.0.113.9"][dice.below(5)].to_owned()
}

async fn one(world: &World, dice: &mut Dice, all: &mut Vec<TicketId>) {
    let names = ["Incident Reports", "Incidents", "Investigations", "Incident Reports - GOVNET", "General"];
    let (admin, queue) = (world.actor("admin").await, world.queue(names[dice.below(names.len())]).await);
    let mut tx = world.tx().await;
    let mut input = Create::new(queue.id, sentence(dice), NewMessage::text(sentence(dice)));
    input.description = if dice.one_in(3) { sentence(dice) } else { String::new() };
    input.requestors = (0..dice.below(3)).map(|_| PersonName::parse(PEOPLE[dice.below(4)]).unwrap()).collect();
    input.ccs = (0..dice.below(2)).map(|_| PersonName::parse(PEOPLE[dice.below(4)]).unwrap()).collect();
    input.priority = Some(dice.below(101) as i64);
    input.time_worked = dice.below(3) as i64 * 15;
    let hours = |dice: &mut Dice| SignedDuration::from_hours(dice.below(200) as i64 - 100);
    input.due = dice.one_in(2).then(|| tx.now() + hours(dice));
    input.starts = dice.one_in(3).then(|| tx.now() + hours(dice));
    let ip = tx.catalog().fields().find(|field| field.name == "IP").map(|field| field.id);
    let values: Vec<String> = (0..dice.below(3)).map(|_| address(dice)).collect();
    input.fields = ip.map(|field| FieldInput { field, values }).into_iter().collect();
    let id = ticket::create(&mut tx, &admin, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    all.push(id);
}

/// Deeds that may be refused; then nothing happened.
async fn afterwards(world: &World, dice: &mut Dice, all: &[TicketId]) {
    let names = ["admin", "dana", "hana"];
    let actor = world.actor(names[dice.below(names.len())]).await;
    let (id, other) = (all[dice.below(all.len())], all[dice.below(all.len())]);
    let mut tx = world.tx().await;
    let done = match dice.below(6) {
        0 => ticket::change_owner(&mut tx, &actor, id, OwnerChange::Take).await.is_ok(),
        1 => {
            let status = ["open", "resolved", "rejected", "abandoned"][dice.below(4)].to_owned();
            ticket::set_status(&mut tx, &actor, SetStatus { ticket: id, status }).await.is_ok()
        }
        2 => {
            let kind = [LinkKind::MemberOf, LinkKind::DependsOn, LinkKind::RefersTo][dice.below(3)];
            ticket::link(&mut tx, &actor, Link { kind, base: id, target: other }).await.is_ok()
        }
        3 | 4 => {
            let input = Reply { ticket: id, message: NewMessage::text(sentence(dice)), time_taken: dice.below(2) as i64 * 5 };
            ticket::comment(&mut tx, &actor, input).await.is_ok()
        }
        _ => {
            let input = Reply { ticket: id, message: NewMessage::text(sentence(dice)), time_taken: 0 };
            ticket::reply(&mut tx, &actor, input).await.is_ok()
        }
    };
    let end = if done { tx.commit().await } else { tx.rollback().await };
    end.unwrap();
    world.clock.advance(SignedDuration::from_mins(dice.below(600) as i64));
}

async fn asker(world: &World, name: &str) -> Actor {
    match name {
        "ray" => {
            let mut tx = world.tx().await;
            let user = ticket::load_or_create(&mut tx, &PersonName::parse(PEOPLE[0]).unwrap(), "requestors").await.unwrap();
            Actor::of(&tx, user, actions::Door::Web).unwrap()
        }
        name => world.actor(name).await,
    }
}

testkit::both! {
    async fn random_queries_find_what_a_look_at_every_ticket_finds(world: World) {
        let mut dice = Dice::new(0x5eed);
        let mut all = Vec::new();
        for _ in 0..TICKETS {
            one(&world, &mut dice, &mut all).await;
        }
        for _ in 0..TICKETS * 4 {
            afterwards(&world, &mut dice, &all).await;
        }
        let mut told = 0;
        for name in ASKERS {
            let actor = asker(&world, name).await;
            let mut tx = world.look().await;
            let seen: Vec<Facts> = facts(&mut tx, &actor, &all).await;
            let around = naive::Around { me: actor.user.clone(), now: tx.now(), zone: lists::zone_of(&actor) };
            for _ in 0..QUERIES / ASKERS.len() {
                let text = queries::random(&mut dice, &all, 0).to_string();
                let query = lists::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
                let expected: Vec<i64> =
                    seen.iter().filter(|facts| naive::matches(&query, facts, &around)).map(|facts| facts.ticket.id.0).collect();
                let order = [OrderBy::ascending(Order::Id)];
                let found = match lists::search(&mut tx, &actor, &query, &order, Page { limit: 100, offset: 0 }).await {
                    Ok(found) => found,
                    // whoever sees the field on no ticket does not learn that there is one
                    Err(error) => {
                        assert!(error.to_string().ends_with("Unknown field: CF.{IP}"), "{name} asks {text}: {error}");
                        assert!(!seen.iter().any(|facts| facts.shows_addresses), "{name} asks {text}");
                        continue;
                    }
                };
                let found: Vec<i64> = found.iter().map(|found| found.id.0).collect();
                assert_eq!(found, expected, "{name} asks {text}");
                let count = lists::count(&mut tx, &actor, &query).await.unwrap();
                assert_eq!(count, expected.len() as i64, "{name} counts {text}");
                told += usize::from(!expected.is_empty() && expected.len() < seen.len());
            }
        }
        assert!(told > QUERIES / 10, "only {told} queries told tickets apart");
    }
}
