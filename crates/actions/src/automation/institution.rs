//! Whose addresses a ticket is about: the directory's answer goes into the field Customer (IR-126, IR-127, IR-130).

use crate::{
    Actor, Result, Tx,
    ticket::{FieldInput, add_values, remove_value},
};
use domain::{
    FieldId, Ticket, UserId,
    change::{Change, ChangeKind},
    custom_field::{CustomField, FieldKind},
    ip_range::IpRange,
};

const CUSTOMER: &str = "Customer";
const ADDRESSES: &str = "IP";

/// Of the address that was added, or of all when the ticket is new.
pub(super) async fn add(tx: &mut Tx, actor: &Actor, ticket: &Ticket, change: &Change) -> Result<()> {
    let values = match (change.what.kind, &change.what.new) {
        (ChangeKind::CustomField, Some(added)) => vec![added.clone()],
        _ => held(tx, ticket, ADDRESSES).await?,
    };
    if let Err(error) = look_up(tx, actor, ticket, &values).await? {
        // the operation stands; somebody can ask again (IR-130)
        tracing::error!(ticket.id = ticket.id.0, error, "the directory of institutions could not be asked");
    }
    Ok(())
}

/// Adds what the directory says about some addresses; the inner error is the directory's.
pub(crate) async fn look_up(tx: &mut Tx, actor: &Actor, ticket: &Ticket, addresses: &[String]) -> Result<Result<(), String>> {
    let catalog = tx.catalog();
    let Some(field) = catalog.field_named(ticket.queue, CUSTOMER) else { return Ok(Ok(())) };
    let names = match institutions(tx, field, addresses) {
        Ok(names) => names,
        Err(error) => return Ok(Err(error)),
    };
    if !names.is_empty() {
        add_values(tx, actor, ticket.id, FieldInput { field: field.id, values: names }).await?;
    }
    Ok(Ok(()))
}

/// Only those that the field may hold.
fn institutions(tx: &Tx, field: &CustomField, addresses: &[String]) -> Result<Vec<String>, String> {
    let catalog = tx.catalog();
    let directory = catalog.directory().ok_or_else(|| "there is no directory of institutions".to_owned())?;
    let mut names: Vec<String> = Vec::new();
    for range in addresses.iter().filter_map(|text| IpRange::parse(text).ok()) {
        for institution in directory.of(&range).map_err(str::to_owned)? {
            let fits = field.kind != FieldKind::Select || field.option(&institution.name).is_some();
            if fits && !names.contains(&institution.name) {
                names.push(institution.name.clone());
            }
        }
    }
    Ok(names)
}

/// Takes away what the rule itself had added and no address supports any more; what people chose stays (IR-127).
pub(super) async fn forget(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    let catalog = tx.catalog();
    let Some(field) = catalog.field_named(ticket.queue, CUSTOMER) else { return Ok(()) };
    let addresses = held(tx, ticket, ADDRESSES).await?;
    let supported = match institutions(tx, field, &addresses) {
        Ok(names) => names,
        Err(error) => {
            tracing::error!(ticket.id = ticket.id.0, error, "the directory of institutions could not be asked");
            return Ok(());
        }
    };
    for value in held(tx, ticket, CUSTOMER).await? {
        if !supported.contains(&value) && is_ours(tx, ticket, field.id, &value).await? {
            remove_value(tx, actor, ticket.id, field.id, &value).await?;
        }
    }
    Ok(())
}

/// The history tells who added a value last; what a ticket began with was given by hand.
async fn is_ours(tx: &mut Tx, ticket: &Ticket, field: FieldId, value: &str) -> Result<bool> {
    Ok(storage::change::who_added(&mut tx.db, ticket.id, field, value).await? == Some(UserId::SYSTEM))
}

async fn held(tx: &mut Tx, ticket: &Ticket, name: &str) -> Result<Vec<String>> {
    let Some(field) = tx.catalog().field_named(ticket.queue, name).map(|field| field.id) else { return Ok(vec![]) };
    let all = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    Ok(all.into_iter().filter(|(_, id, _)| *id == field).map(|(_, _, content)| content).collect())
}

/// Everything on the ticket once more, on somebody's wish (IR-130).
pub(crate) async fn all(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<Result<(), String>> {
    let addresses = held(tx, ticket, ADDRESSES).await?;
    look_up(tx, actor, ticket, &addresses).await
}
