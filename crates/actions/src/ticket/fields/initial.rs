//! What a new ticket starts with: values given, and defaults where none were (IR-097, TC-135). The Create entry stands for them.

use super::{FieldFile, FieldInput, attach_initially, judge, judge::Case, may_change};
use crate::{Actor, Error, Result, Tx};
use domain::{Ticket, custom_field::FieldValue};

/// Bad values are left out unless the creation is strict.
pub(crate) async fn set_initial(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &Ticket,
    (inputs, files): (&[FieldInput], &[FieldFile]),
    strict: bool,
) -> Result<()> {
    let mut given = Vec::new();
    for input in inputs {
        match read(tx, actor, ticket, input).await {
            Ok(values) if values.is_empty() => {}
            Ok(values) => {
                given.push(input.field);
                for value in &values {
                    storage::custom_field::add(&mut tx.db, ticket.id, input.field, value).await?;
                }
            }
            Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => return Err(error),
            Err(error) if strict => return Err(error),
            Err(error) => tracing::info!(ticket.id = ticket.id.0, %error, "a field's value was left out"),
        }
    }
    for file in files {
        let field = may_change(tx, actor, ticket.queue, file.field, true)?;
        attach_initially(tx, ticket.id, &field, file).await?;
        given.push(file.field);
    }
    let catalog = tx.catalog();
    for field in catalog.fields_of(ticket.queue).filter(|field| !given.contains(&field.id)) {
        let default = catalog.default_of(field, ticket.queue);
        match field.values(field.split(default)) {
            Ok(values) => {
                for value in values {
                    storage::custom_field::add(&mut tx.db, ticket.id, field.id, &value).await?;
                }
            }
            Err(error) => tracing::warn!(field = field.name, %error, "a default cannot be used"),
        }
    }
    Ok(())
}

async fn read(tx: &mut Tx, actor: &Actor, ticket: &Ticket, input: &FieldInput) -> Result<Vec<FieldValue>> {
    let field = may_change(tx, actor, ticket.queue, input.field, true)?;
    if field.kind.is_file() {
        // names without content, copied from another ticket
        return Ok(vec![]);
    }
    judge::values(tx, &field, &Case { queue: ticket.queue, ticket: Some(ticket.id), held: &[] }, &input.values).await
}
