//! Fields of the history's entries: given with a creation, a reply or a comment, sealed with it, never changed afterwards
//! (IR-102, TC-104).

use super::{FieldInput, input_name, refused};
use crate::{Actor, Error, FieldError, Result, Tx, message::NewMessage};
use domain::{
    ChangeId, FieldId, QueueId, Right,
    custom_field::{Bearer, CustomField},
};

/// What an entry carries in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryField {
    pub field: CustomField,
    pub values: Vec<String>,
}

/// Reads what came with a message. Only a form that asked (`Some`) can have left out what must be given; defaults hold anyway.
pub(crate) fn of_message(
    tx: &Tx,
    actor: &Actor,
    queue: QueueId,
    message: &NewMessage,
) -> Result<Vec<(FieldId, String)>, Vec<FieldError>> {
    let catalog = tx.catalog();
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    let given = message.fields.as_deref().unwrap_or_default();
    for field in catalog.fields_for(Bearer::Change, queue) {
        let may = [Right::ModifyCustomField, Right::SetInitialCustomField]
            .into_iter()
            .any(|right| catalog.grants.on_field(&actor.identity, right, field.id, queue));
        let typed: Vec<&str> = given.iter().filter(|input| may && input.field == field.id).flat_map(texts).collect();
        let typed: Vec<&str> = typed.into_iter().flat_map(|text| field.split(text)).collect();
        let typed = if typed.is_empty() { field.split(catalog.default_of(field, queue)) } else { typed };
        if typed.is_empty() && may && message.fields.is_some() && catalog.is_mandatory(field, queue) {
            errors.push(FieldError::new(input_name(field.id), format!("{} is needed.", field.name)));
        }
        match field.values(typed) {
            Ok(read) => values.extend(read.into_iter().map(|value| (field.id, value.content))),
            Err(error) => match refused(field, &error) {
                Error::Invalid(found) => errors.extend(found),
                other => errors.push(FieldError::new(input_name(field.id), other.to_string())),
            },
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

fn texts(input: &FieldInput) -> impl Iterator<Item = &str> {
    input.values.iter().map(String::as_str)
}

/// Those of some entries that the actor may see, by entry.
pub(crate) async fn fields_of_entries(
    tx: &mut Tx,
    actor: &Actor,
    queue: QueueId,
    changes: &[ChangeId],
) -> Result<Vec<(ChangeId, EntryField)>> {
    let catalog = tx.catalog();
    let mut found: Vec<(ChangeId, EntryField)> = Vec::new();
    for (change, id, content) in storage::custom_field::of_changes(&mut tx.db, changes).await? {
        let Some(field) = catalog.field(id) else { continue };
        if !catalog.grants.on_field(&actor.identity, Right::SeeCustomField, id, queue) {
            continue;
        }
        match found.iter_mut().find(|(of, known)| *of == change && known.field.id == id) {
            Some((_, known)) => known.values.push(content),
            None => found.push((change, EntryField { field: field.clone(), values: vec![content] })),
        }
    }
    Ok(found)
}
