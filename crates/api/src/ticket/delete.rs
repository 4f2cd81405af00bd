//! `DELETE /ticket/N`: the status `deleted`, where the lifecycle has it (API-116).

use super::{number, unchanged};
use crate::{answer, call::Call, failure::Outcome};
use actions::ticket::{SetStatus, set_status};

pub(crate) async fn delete(call: &Call, id: &str) -> Outcome {
    let mut tx = call.change().await?;
    let ticket = unchanged(&mut tx, call, number(id)?).await?;
    set_status(&mut tx, &call.actor, SetStatus { ticket: ticket.id, status: "deleted".to_owned() }).await?;
    tx.commit().await?;
    Ok(answer::no_content())
}
