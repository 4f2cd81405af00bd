//! Forms: what a person does with them in a browser, on both databases.

mod act;
mod administration;
mod answer;
mod builder;
mod bulk;
mod bulk_update;
mod children;
mod client;
mod close;
mod create;
mod edit;
mod fields;
mod incident;
mod kept_files;
mod link;
mod merge;
mod refusal;
mod relations;
mod sound;
mod story;
mod work;

use actions::ticket::show::{TicketView, view};
use domain::TicketId;
use testkit::World;

use client::Answer;

/// A ticket as the administrator sees it.
async fn look(world: &World, id: TicketId) -> TicketView {
    view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

/// The values of a field by its name.
fn values(view: &TicketView, field: &str) -> Vec<String> {
    view.fields.iter().find(|shown| shown.field.name == field).unwrap().values.clone()
}

fn input_of(view: &TicketView, field: &str) -> String {
    format!("cf-{}", view.fields.iter().find(|shown| shown.field.name == field).unwrap().field.id)
}

/// The texts of a ticket's messages by kind of entry.
async fn messages(world: &World, id: TicketId, kind: &str) -> Vec<String> {
    let admin = world.actor("admin").await;
    let entries = actions::ticket::show::history_from(&mut world.look().await, &admin, id, 0, 500).await.unwrap();
    entries.into_iter().filter(|entry| entry.change.what.kind.as_str() == kind).map(|entry| entry.text).collect()
}

/// Where a creation led to.
fn created(page: &Answer) -> TicketId {
    assert_eq!(page.status, 303, "{}", page.words());
    let location = page.location.as_deref().unwrap();
    location.strip_prefix("/tickets/").unwrap_or_else(|| panic!("{location}")).parse().unwrap()
}

/// A report that its named owner made an Incident of, by verbs.
async fn incident(world: &World, owner: &str, report: TicketId) -> TicketId {
    let actor = world.actor(owner).await;
    let queue = world.queue_id("Incidents").await;
    let mut tx = world.tx().await;
    actions::ticket::change_owner(&mut tx, &actor, report, actions::ticket::OwnerChange::TakeOrSteal).await.unwrap();
    let mut input = actions::ticket::Create::new(queue, "Worm outbreak", actions::message::NewMessage::text("It spreads."));
    input.owner = Some(owner.to_owned());
    input.members = vec![report];
    let id = actions::ticket::create(&mut tx, &actor, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}
