//! Incidents and their families, made and looked at: what several test files begin with.

use actions::{
    Actor, Error,
    message::NewMessage,
    ticket::{self, Create, OwnerChange, SetStatus, show},
};
use domain::{Role, TicketId, person::PersonName};
use testkit::World;

/// Runs something in a transaction of its own and commits it.
macro_rules! commit {
    ($world:expr, |$tx:ident| $body:expr) => {{
        let mut $tx = $world.tx().await;
        let outcome = $body;
        $tx.commit().await.unwrap();
        outcome
    }};
}
pub(crate) use commit;

pub(crate) async fn create(
    world: &World,
    actor: &Actor,
    queue: &str,
    incidents: &[TicketId],
    members: &[TicketId],
) -> Result<TicketId, Error> {
    let mut tx = world.tx().await;
    let queue = tx.catalog().queue_named(queue).unwrap().id;
    let mut input = Create::new(queue, "A ticket", NewMessage::text("text"));
    input.requestors = vec![PersonName::parse("noc@isp.example").unwrap()];
    input.incidents = incidents.to_vec();
    input.members = members.to_vec();
    input.owner = Some(actor.user.name.clone());
    input.strict = true;
    let id = ticket::create(&mut tx, actor, input).await?.ticket;
    tx.commit().await.unwrap();
    Ok(id)
}

pub(crate) async fn owned_report(world: &World, actor: &Actor) -> TicketId {
    let report = world.report("Scan", "from 192.0.2.7").await;
    commit!(world, |tx| ticket::change_owner(&mut tx, actor, report, OwnerChange::Take).await.unwrap());
    report
}

pub(crate) async fn view(world: &World, id: TicketId) -> show::TicketView {
    show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap()
}

pub(crate) async fn set(world: &World, actor: &Actor, id: TicketId, status: &str) {
    commit!(world, |tx| ticket::set_status(&mut tx, actor, SetStatus { ticket: id, status: status.into() }).await.unwrap());
}

pub(crate) fn people(view: &show::TicketView) -> Vec<(Role, String)> {
    view.people.iter().map(|(role, user)| (*role, user.name.clone())).collect()
}

pub(crate) fn values(view: &show::TicketView, field: &str) -> Vec<String> {
    view.fields.iter().find(|shown| shown.field.name == field).map(|shown| shown.values.clone()).unwrap_or_default()
}
