//! Custom fields of a ticket (TC-129, IR section 3). What a value must be is judged in `judge`, what a new ticket starts with in
//! `initial`, what an entry of the history carries in `entry`, uploads in `file`.

mod entry;
mod file;
mod initial;
mod judge;

use crate::{Actor, Error, Result, Tx, access, automation, automation::Occasion, history};
use domain::{
    FieldId, Ticket, TicketId,
    change::{Change, ChangeKind, NewChange},
    custom_field::{CustomField, FieldValue},
};
use judge::{Case, may_change};

pub use entry::EntryField;
pub(crate) use entry::fields_of_entries;
pub(crate) use entry::of_message;
use file::attach_initially;
pub use file::{FieldFile, attach_file, held_file};
pub(crate) use initial::set_initial;
pub(crate) use judge::{at_creation, check};

/// All the values that a field shall have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldInput {
    pub field: FieldId,
    pub values: Vec<String>,
}

/// The name a form gives the field's input.
#[must_use]
fn input_name(field: FieldId) -> String {
    format!("cf-{field}")
}

/// Makes the field hold exactly these values. Values that stay leave no trace; a single value replaced is one change.
pub async fn set_values(tx: &mut Tx, actor: &Actor, id: TicketId, input: FieldInput) -> Result<Vec<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, input.field, false)?;
    let held = held(tx, ticket.id, field.id).await?;
    let case = Case { queue: ticket.queue, ticket: Some(ticket.id), held: &held };
    let wanted = judge::values(tx, &field, &case, &input.values).await?;
    let gone: Vec<&String> = held.iter().filter(|content| !wanted.iter().any(|value| value.content == **content)).collect();
    let new: Vec<&FieldValue> = wanted.iter().filter(|value| !held.contains(&value.content)).collect();
    if let (true, [old], [value]) = (field.is_single(), &gone[..], &new[..]) {
        return Ok(vec![replace(tx, actor, &mut ticket, &field, (old, value)).await?]);
    }
    let mut changes = Vec::new();
    for content in gone {
        changes.push(remove(tx, actor, &mut ticket, &field, content).await?);
    }
    for value in new {
        changes.push(add(tx, actor, &mut ticket, &field, value).await?);
    }
    Ok(changes)
}

/// Adds what is missing; for *Add IP* and for the rules (IR-198, IR-377). Rules stop at the field's limit (IR-199, IR-201); what a
/// person adds beyond it takes the place of the oldest value (TC-129).
pub async fn add_values(tx: &mut Tx, actor: &Actor, id: TicketId, input: FieldInput) -> Result<Vec<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, input.field, false)?;
    let mut held = held(tx, ticket.id, field.id).await?;
    let mut changes = Vec::new();
    for text in input.values.iter().flat_map(|text| field.split(text)) {
        let value = judge::one(tx, &field, Some(ticket.id), text).await?;
        if held.contains(&value.content) {
            continue;
        }
        let is_full = field.max_values > 0 && held.len() as i64 >= field.max_values;
        if is_full && actor.is_system() {
            break;
        }
        let oldest = if is_full { Some(held.remove(0)) } else { None };
        match oldest {
            Some(old) if field.is_single() => changes.push(replace(tx, actor, &mut ticket, &field, (&old, &value)).await?),
            old => {
                if let Some(old) = old {
                    changes.push(remove(tx, actor, &mut ticket, &field, &old).await?);
                }
                changes.push(add(tx, actor, &mut ticket, &field, &value).await?);
            }
        }
        held.push(value.content);
    }
    Ok(changes)
}

/// `None` when the field had no such value.
pub async fn remove_value(tx: &mut Tx, actor: &Actor, id: TicketId, field: FieldId, content: &str) -> Result<Option<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, field, false)?;
    let held = held(tx, ticket.id, field.id).await?;
    if !held.iter().any(|value| value == content) {
        return Ok(None);
    }
    if held.len() == 1 && tx.catalog().is_mandatory(&field, ticket.queue) {
        return Err(judge::needed(&field));
    }
    Ok(Some(remove(tx, actor, &mut ticket, &field, content).await?))
}

/// Changing a field needs the right on the field, not `ModifyTicket`; seeing the ticket is enough to get there (TC-138).
async fn locked(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Ticket> {
    let seen = access::ticket(tx, actor, id).await?;
    access::load(tx, seen.id, true).await
}

async fn held(tx: &mut Tx, ticket: TicketId, field: FieldId) -> Result<Vec<String>> {
    let all = storage::custom_field::of_tickets(&mut tx.db, &[ticket]).await?;
    Ok(all.into_iter().filter(|(_, id, _)| *id == field).map(|(_, _, content)| content).collect())
}

async fn add(tx: &mut Tx, actor: &Actor, ticket: &mut Ticket, field: &CustomField, value: &FieldValue) -> Result<Change> {
    storage::custom_field::add(&mut tx.db, ticket.id, field.id, value).await?;
    record(tx, actor, ticket, change(field, None, Some(value))).await
}

async fn remove(tx: &mut Tx, actor: &Actor, ticket: &mut Ticket, field: &CustomField, content: &str) -> Result<Change> {
    storage::custom_field::remove(&mut tx.db, ticket.id, field.id, content).await?;
    record(tx, actor, ticket, change(field, Some(content), None)).await
}

async fn replace(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &mut Ticket,
    field: &CustomField,
    (old, new): (&str, &FieldValue),
) -> Result<Change> {
    storage::custom_field::remove(&mut tx.db, ticket.id, field.id, old).await?;
    storage::custom_field::add(&mut tx.db, ticket.id, field.id, new).await?;
    record(tx, actor, ticket, change(field, Some(old), Some(new))).await
}

/// What a file held is sealed by its hash, beside its name.
fn change(field: &CustomField, old: Option<&str>, new: Option<&FieldValue>) -> NewChange {
    let file = new.and_then(|value| value.file.as_ref());
    NewChange {
        data: file.map(|file| format!("{} {} {}", hex::encode(&file.hash), file.media_type, file.size)),
        ..NewChange::moved(
            ChangeKind::CustomField,
            &field.id.to_string(),
            old.map(str::to_owned),
            new.map(|value| value.content.clone()),
        )
    }
}

async fn record(tx: &mut Tx, actor: &Actor, ticket: &mut Ticket, what: NewChange) -> Result<Change> {
    let change = history::record(tx, actor, ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    // rules that answer may have changed the ticket in turn, and the next value is recorded on what it is then
    if tx.catalog().rules().iter().any(|rule| rule.definition.on.contains(&ChangeKind::CustomField)) {
        *ticket = access::load(tx, ticket.id, true).await?;
    }
    Ok(change)
}

/// What is wrong with one value, with the field's name and its input's.
fn refused(field: &CustomField, error: &domain::custom_field::InvalidValue) -> Error {
    Error::invalid(input_name(field.id), format!("{}: {error}.", field.name))
}
