//! Custom fields of every kind: definitions, values, defaults, limits, rights (IR section 3, TC section 12).

mod admin;
mod entry;
mod institution;
mod search;
mod seeded;
mod value;

use actions::{
    Actor, Applied, Error, custom_field,
    message::NewMessage,
    ticket::{self, Create, FieldInput, show},
};
use domain::{
    FieldId, QueueId, TicketId,
    change::Change,
    custom_field::{CustomField, FieldKind},
};
use testkit::World;

/// Defines a field and applies it to a queue.
async fn plant(world: &World, field: CustomField, queue: &str) -> FieldId {
    plant_with(world, field, queue, |_| {}).await
}

async fn plant_with(world: &World, field: CustomField, queue: &str, change: impl Fn(&mut Applied)) -> FieldId {
    let admin = world.actor("admin").await;
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let options = custom_field::option_lines(&field);
    let id = custom_field::define(&mut tx, &admin, field).await.unwrap();
    if !options.is_empty() {
        custom_field::set_options(&mut tx, &admin, id, &options).await.unwrap();
    }
    let mut applied = Applied { field: id, queue, sort_order: None, default: None, mandatory: false };
    change(&mut applied);
    custom_field::apply(&mut tx, &admin, id, vec![applied]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn options(names: &[&str]) -> Vec<domain::custom_field::FieldOption> {
    names.iter().map(|name| domain::custom_field::FieldOption::named(name)).collect()
}

fn select(name: &str, names: &[&str]) -> CustomField {
    CustomField { options: options(names), ..CustomField::new(name, FieldKind::Select) }
}

async fn create(world: &World, actor: &Actor, queue: &str, fields: &[(FieldId, &str)]) -> Result<TicketId, Error> {
    let queue = world.queue_id(queue).await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "A ticket", NewMessage::text("text"));
    input.fields = fields.iter().map(|(field, text)| FieldInput { field: *field, values: vec![(*text).to_owned()] }).collect();
    input.strict = true;
    let id = ticket::create(&mut tx, actor, input).await?.ticket;
    tx.commit().await?;
    Ok(id)
}

async fn set(world: &World, actor: &Actor, id: TicketId, field: FieldId, text: &str) -> Result<Vec<Change>, Error> {
    let mut tx = world.tx().await;
    let input = FieldInput { field, values: vec![text.to_owned()] };
    let changes = ticket::set_values(&mut tx, actor, id, input).await?;
    tx.commit().await?;
    Ok(changes)
}

async fn add(world: &World, actor: &Actor, id: TicketId, field: FieldId, text: &str) -> Result<Vec<Change>, Error> {
    let mut tx = world.tx().await;
    let input = FieldInput { field, values: vec![text.to_owned()] };
    let changes = ticket::add_values(&mut tx, actor, id, input).await?;
    tx.commit().await?;
    Ok(changes)
}

async fn values(world: &World, id: TicketId, name: &str) -> Vec<String> {
    let view = show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap();
    view.fields.iter().find(|shown| shown.field.name == name).map(|shown| shown.values.clone()).unwrap_or_default()
}

async fn field(world: &World, queue: &str, name: &str) -> FieldId {
    let queue: QueueId = world.queue_id(queue).await;
    world.look().await.catalog().field_named(queue, name).unwrap().id
}

fn wrong(error: &Error) -> (String, String) {
    match error {
        Error::Invalid(errors) => (errors[0].field.clone(), errors[0].message.clone()),
        other => panic!("{other}"),
    }
}
