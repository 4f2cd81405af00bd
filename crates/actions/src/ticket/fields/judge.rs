//! What a field may hold, judged with what only the database knows: who else holds it, what it is based on, whether it must be given.

use super::{FieldFile, FieldInput, input_name, refused};
use crate::{Actor, Error, FieldError, Result, Tx};
use domain::{
    FieldId, QueueId, Right, TicketId,
    custom_field::{CustomField, FieldValue, InvalidValue},
};

/// Where values shall go, and what is there.
pub(super) struct Case<'a> {
    pub(super) queue: QueueId,
    pub(super) ticket: Option<TicketId>,
    pub(super) held: &'a [String],
}

/// A field the actor may see does not exist for others; one they may see but not change is forbidden.
pub(super) fn may_change(tx: &Tx, actor: &Actor, queue: QueueId, id: FieldId, initially: bool) -> Result<CustomField> {
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

pub(super) async fn one(tx: &mut Tx, field: &CustomField, ticket: Option<TicketId>, text: &str) -> Result<FieldValue> {
    let value = field.value(text).map_err(|error| refused(field, &error))?;
    check_unique(tx, field, ticket, std::slice::from_ref(&value)).await?;
    Ok(value)
}

/// All values of a field, with everything that can be wrong with them but their categories.
pub(super) async fn values(tx: &mut Tx, field: &CustomField, case: &Case<'_>, texts: &[String]) -> Result<Vec<FieldValue>> {
    let texts = texts.iter().flat_map(|text| field.split(text));
    let values = field.values(texts).map_err(|error| refused(field, &error))?;
    if let Some(stranger) =
        values.iter().find(|value| field.kind.is_file() && case.ticket.is_some() && !case.held.contains(&value.content))
    {
        return Err(refused(field, &InvalidValue::NotAFile(stranger.content.clone())));
    }
    if values.is_empty() && !case.held.is_empty() && tx.catalog().is_mandatory(field, case.queue) {
        return Err(needed(field));
    }
    check_unique(tx, field, case.ticket, &values).await?;
    Ok(values)
}

/// TC-132: also forbids removing the last value.
pub(super) fn needed(field: &CustomField) -> Error {
    Error::invalid(input_name(field.id), format!("{} is needed.", field.name))
}

/// TC-133
async fn check_unique(tx: &mut Tx, field: &CustomField, ticket: Option<TicketId>, values: &[FieldValue]) -> Result<()> {
    for value in values.iter().filter(|_| field.unique) {
        if storage::custom_field::is_held_elsewhere(&mut tx.db, field.id, &value.content, ticket).await? {
            let sentence = format!("{}: “{}” is held by another ticket already.", field.name, value.content);
            return Err(Error::invalid(input_name(field.id), sentence));
        }
    }
    Ok(())
}

/// What is wrong with the values, without storing anything: everything at once, for a form.
pub(crate) async fn check(
    tx: &mut Tx,
    actor: &Actor,
    queue: QueueId,
    ticket: Option<TicketId>,
    inputs: &[FieldInput],
) -> Result<Vec<FieldError>> {
    let all = match ticket {
        Some(ticket) => storage::custom_field::of_tickets(&mut tx.db, &[ticket]).await?,
        None => vec![],
    };
    let held = |field: FieldId| -> Vec<String> {
        all.iter().filter(|(_, id, _)| *id == field).map(|(_, _, content)| content.clone()).collect()
    };
    let mut errors = Vec::new();
    for input in inputs {
        let held_here = held(input.field);
        let case = Case { queue, ticket, held: &held_here };
        let field = match may_change(tx, actor, queue, input.field, ticket.is_none()) {
            Ok(field) => field,
            Err(error) => {
                note(&mut errors, input.field, error);
                continue;
            }
        };
        let parents = field.based_on.map_or(vec![], |parent| {
            let given = inputs.iter().find(|input| input.field == parent).map(|input| input.values.clone());
            given.unwrap_or_else(|| held(parent))
        });
        let outcome = values(tx, &field, &case, &input.values).await;
        let wrong = outcome.and_then(|values| {
            let categories = values.iter().try_for_each(|value| field.check_category(&value.content, &parents));
            categories.map_err(|error| refused(&field, &error))
        });
        if let Err(error) = wrong {
            note(&mut errors, input.field, error);
        }
    }
    Ok(errors)
}

fn note(errors: &mut Vec<FieldError>, field: FieldId, error: Error) {
    match error {
        Error::Invalid(found) => errors.extend(found),
        other => errors.push(FieldError::new(input_name(field), other.to_string())),
    }
}

/// The same for a new ticket made at a form: also what must be given and was not (IR-103, TC-132).
pub(crate) async fn at_creation(
    tx: &mut Tx,
    actor: &Actor,
    queue: QueueId,
    inputs: &[FieldInput],
    files: &[FieldFile],
) -> Result<Vec<FieldError>> {
    let mut errors = check(tx, actor, queue, None, inputs).await?;
    let catalog = tx.catalog();
    for field in catalog.fields_of(queue).filter(|field| catalog.is_mandatory_at_creation(field, queue)) {
        let typed = inputs.iter().any(|input| input.field == field.id && input.values.iter().any(|text| !text.trim().is_empty()));
        let given = typed || files.iter().any(|file| file.field == field.id) || !catalog.default_of(field, queue).is_empty();
        if !given && may_change(tx, actor, queue, field.id, true).is_ok() {
            errors.push(FieldError::new(input_name(field.id), format!("{} is needed.", field.name)));
        }
    }
    Ok(errors)
}
