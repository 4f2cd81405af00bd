//! `PUT /ticket/N/take`, `/untake`, `/steal`: exactly one sentence (API-115).

use super::{number, refused, unchanged};
use crate::{
    answer,
    call::Call,
    failure::{Failure, Outcome},
    sentence,
};
use actions::ticket::{OwnerChange, change_owner};
use serde_json::json;

pub(crate) async fn change(call: &Call, id: &str, wish: OwnerChange) -> Outcome {
    let mut tx = call.change().await?;
    let ticket = unchanged(&mut tx, call, number(id)?).await?;
    let attempt = tx.attempt().await?;
    let outcome = change_owner(&mut tx, &call.actor, ticket.id, wish).await;
    let sentence = match tx.settle(attempt, outcome).await? {
        Ok(Some(change)) => sentence::of_update(&change, &tx.catalog()),
        Ok(None) => "That user already owns that ticket".to_owned(),
        Err(error) => refused(&error),
    };
    tx.commit().await.map_err(Failure::from)?;
    Ok(answer::ok(&json!([sentence])))
}
