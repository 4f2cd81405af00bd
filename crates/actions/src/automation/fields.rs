//! Rules that set, clear and date a custom field (TC-154). A queue without the field is left alone.

use crate::{
    Actor, Result, Tx,
    ticket::{FieldInput, add_values, set_values},
};
use domain::{Ticket, custom_field::FieldKind};

/// The field by name, its values, and whether they join what is there.
pub(super) async fn set(tx: &mut Tx, actor: &Actor, ticket: &Ticket, wish: (&str, &[String], bool)) -> Result<()> {
    let (name, values, add) = wish;
    let Some(field) = tx.catalog().field_named(ticket.queue, name).map(|field| field.id) else { return Ok(()) };
    let input = FieldInput { field, values: values.to_vec() };
    if add {
        add_values(tx, actor, ticket.id, input).await?
    } else {
        set_values(tx, actor, ticket.id, input).await?
    };
    Ok(())
}

/// A date for fields that hold dates, the full moment for others.
pub(super) async fn set_to_now(tx: &mut Tx, actor: &Actor, ticket: &Ticket, name: &str) -> Result<()> {
    let Some(kind) = tx.catalog().field_named(ticket.queue, name).map(|field| field.kind) else { return Ok(()) };
    let now = tx.now();
    let value = if kind == FieldKind::Date { now.strftime("%Y-%m-%d").to_string() } else { now.to_string() };
    set(tx, actor, ticket, (name, &[value], false)).await
}
