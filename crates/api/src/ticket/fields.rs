//! Custom fields by name or number; names that mean nothing are ignored (API-103, API-112).

use super::refused;
use crate::{ask::list, call::Call, failure::Outcome, sentence, shape::Object};
use actions::{
    Error, Tx, access,
    ticket::{self, FieldInput},
};
use domain::{QueueId, Right, TicketId, custom_field::CustomField};
use serde_json::Value;

/// The fields that an object names, with the values they shall have.
fn wanted(fields: Vec<CustomField>, object: &Object) -> Vec<(CustomField, Vec<String>)> {
    let Some(Value::Object(given)) = object.get("CustomFields") else { return vec![] };
    let one = |(name, value): (&String, &Value)| {
        let by_name = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.trim()));
        let field = by_name.or_else(|| fields.iter().find(|field| field.id.to_string() == name.trim()))?;
        Some((field.clone(), list(value)))
    };
    given.iter().filter_map(one).collect()
}

pub(super) fn at_creation(tx: &Tx, call: &Call, queue: QueueId, object: &Object) -> Vec<FieldInput> {
    let mut fields = access::fields_with(tx, &call.actor, queue, Right::SetInitialCustomField);
    fields.extend(access::fields_with(tx, &call.actor, queue, Right::ModifyCustomField));
    wanted(fields, object).into_iter().map(|(field, values)| FieldInput { field: field.id, values }).collect()
}

pub(super) async fn set(tx: &mut Tx, call: &Call, id: TicketId, object: &Object) -> Outcome<Vec<String>> {
    if !object.contains_key("CustomFields") {
        return Ok(vec![]);
    }
    // without the right to see the ticket none of its fields exist
    let Ok(ticket) = access::ticket(tx, &call.actor, id).await else { return Ok(vec!["Permission Denied".to_owned()]) };
    let mut sentences = Vec::new();
    let visible = access::fields_with(tx, &call.actor, ticket.queue, Right::SeeCustomField);
    for (field, values) in wanted(visible, object) {
        let attempt = tx.attempt().await?;
        let outcome = ticket::set_values(tx, &call.actor, id, FieldInput { field: field.id, values }).await;
        match tx.settle(attempt, outcome).await? {
            Ok(changes) => sentences.extend(changes.iter().map(|change| sentence::of_field(&field, &change.what))),
            Err(error @ Error::Invalid(_)) => sentences.push(format!("Invalid value for custom field {error}")),
            Err(error) => sentences.push(refused(&error)),
        }
    }
    Ok(sentences)
}
