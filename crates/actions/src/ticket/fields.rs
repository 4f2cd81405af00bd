//! Custom fields of a ticket (TC-129, IR section 3).

use crate::{Actor, Error, FieldError, Result, Tx, access, automation, automation::Occasion, history};
use domain::{
    FieldId, QueueId, Right, Ticket, TicketId,
    change::{Change, ChangeKind, NewChange},
    custom_field::{CustomField, FieldValue},
};

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

fn read(field: &CustomField, texts: &[String]) -> Result<Vec<FieldValue>> {
    let texts = texts.iter().flat_map(|text| field.split(text));
    field.values(texts).map_err(|error| Error::invalid(input_name(field.id), format!("{}: {error}.", field.name)))
}

/// What is wrong with the values, without storing anything.
pub(crate) fn check(tx: &Tx, actor: &Actor, queue: QueueId, inputs: &[FieldInput]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for input in inputs {
        let outcome = may_change(tx, actor, queue, input.field, true).and_then(|field| read(&field, &input.values));
        match outcome {
            Ok(_) => {}
            Err(Error::Invalid(found)) => errors.extend(found),
            Err(other) => errors.push(FieldError::new(input_name(input.field), other.to_string())),
        }
    }
    errors
}

/// A field the actor may see does not exist for others; one they may see but not change is forbidden.
fn may_change(tx: &Tx, actor: &Actor, queue: QueueId, id: FieldId, initially: bool) -> Result<CustomField> {
    let catalog = tx.catalog();
    let field = catalog
        .fields_of(queue)
        .find(|field| field.id == id)
        .ok_or_else(|| Error::invalid(input_name(id), "This queue has no such field."))?;
    let holds = |right: Right| catalog.grants.on_field(&actor.identity, right, id, queue);
    if holds(Right::ModifyCustomField) || (initially && holds(Right::SetInitialCustomField)) {
        Ok(field.clone())
    } else {
        Err(Error::Forbidden(Right::ModifyCustomField))
    }
}

/// Values given at creation; the Create entry stands for them. Bad ones are left out unless the creation is strict.
pub(crate) async fn set_initial(tx: &mut Tx, actor: &Actor, ticket: &Ticket, inputs: &[FieldInput], strict: bool) -> Result<()> {
    for input in inputs {
        let values = may_change(tx, actor, ticket.queue, input.field, true).and_then(|field| read(&field, &input.values));
        match values {
            Ok(values) => {
                for value in &values {
                    storage::custom_field::add(&mut tx.db, ticket.id, input.field, value).await?;
                }
            }
            Err(error) if strict => return Err(error),
            Err(error) => tracing::info!(ticket.id = ticket.id.0, %error, "a field's value was left out"),
        }
    }
    Ok(())
}

/// Makes the field hold exactly these values. Values that stay leave no trace; a single value replaced is one change.
pub async fn set_values(tx: &mut Tx, actor: &Actor, id: TicketId, input: FieldInput) -> Result<Vec<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, input.field, false)?;
    let wanted = read(&field, &input.values)?;
    let held = held(tx, ticket.id, field.id).await?;
    let gone: Vec<&String> = held.iter().filter(|content| !wanted.iter().any(|value| value.content == **content)).collect();
    let new: Vec<&FieldValue> = wanted.iter().filter(|value| !held.contains(&value.content)).collect();
    if let (true, [old], [value]) = (field.is_single(), &gone[..], &new[..]) {
        storage::custom_field::remove(&mut tx.db, ticket.id, field.id, old).await?;
        storage::custom_field::add(&mut tx.db, ticket.id, field.id, value).await?;
        return Ok(vec![record(tx, actor, &mut ticket, &field, (Some((*old).clone()), Some(value.content.clone()))).await?]);
    }
    let mut changes = Vec::new();
    for content in gone {
        storage::custom_field::remove(&mut tx.db, ticket.id, field.id, content).await?;
        changes.push(record(tx, actor, &mut ticket, &field, (Some(content.clone()), None)).await?);
    }
    for value in new {
        storage::custom_field::add(&mut tx.db, ticket.id, field.id, value).await?;
        changes.push(record(tx, actor, &mut ticket, &field, (None, Some(value.content.clone()))).await?);
    }
    Ok(changes)
}

/// Adds what is missing, up to the field's limit; for *Add IP* and for the rules (IR-198, IR-199, IR-377).
pub async fn add_values(tx: &mut Tx, actor: &Actor, id: TicketId, input: FieldInput) -> Result<Vec<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, input.field, false)?;
    let mut held = held(tx, ticket.id, field.id).await?;
    let mut changes = Vec::new();
    for text in input.values.iter().flat_map(|text| field.split(text)) {
        if field.max_values > 0 && held.len() as i64 >= field.max_values {
            break;
        }
        let value =
            field.value(text).map_err(|error| Error::invalid(input_name(field.id), format!("{}: {error}.", field.name)))?;
        if held.contains(&value.content) {
            continue;
        }
        storage::custom_field::add(&mut tx.db, ticket.id, field.id, &value).await?;
        held.push(value.content.clone());
        changes.push(record(tx, actor, &mut ticket, &field, (None, Some(value.content))).await?);
    }
    Ok(changes)
}

/// `None` when the field had no such value.
pub async fn remove_value(tx: &mut Tx, actor: &Actor, id: TicketId, field: FieldId, content: &str) -> Result<Option<Change>> {
    let mut ticket = locked(tx, actor, id).await?;
    let field = may_change(tx, actor, ticket.queue, field, false)?;
    if !held(tx, ticket.id, field.id).await?.iter().any(|value| value == content) {
        return Ok(None);
    }
    storage::custom_field::remove(&mut tx.db, ticket.id, field.id, content).await?;
    Ok(Some(record(tx, actor, &mut ticket, &field, (Some(content.to_owned()), None)).await?))
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

type Values = (Option<String>, Option<String>);

async fn record(tx: &mut Tx, actor: &Actor, ticket: &mut Ticket, field: &CustomField, (old, new): Values) -> Result<Change> {
    let what = NewChange::moved(ChangeKind::CustomField, &field.id.to_string(), old, new);
    let change = history::record(tx, actor, ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(change)
}
