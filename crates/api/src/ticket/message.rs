//! `POST /ticket/N/correspond` and `/comment`: the message first, then the other changes it brings (API-120 … API-124).

use super::{number, update};
use crate::{
    answer,
    ask::{number as whole_number, scalar},
    body::{Draft, Refusal, Submission, subject_of},
    call::Call,
    failure::{Failure, Outcome},
    shape::Object,
};
use actions::{
    Error, access,
    message::NewMessage,
    ticket::{Reply, comment, reply},
};
use domain::{TicketId, change::ChangeKind};

/// What a message may change beside itself.
const BESIDE: [&str; 5] = ["Status", "CustomFields", "Requestor", "Cc", "AdminCc"];

pub(crate) async fn add(mut call: Call, id: &str, kind: ChangeKind) -> Outcome {
    let not_recorded = || Failure::bad("Message could not be recorded");
    let Submission { mut object, files } = Submission::read(&mut call).await?;
    let id = number(id).map_err(|_| not_recorded())?;
    let message = NewMessage { subject: subject_of(&object), ..Draft::take(&mut object, files, Refusal::AtMessage)?.message() };
    let time_taken = minutes(&object)?;
    let mut tx = call.change().await?;
    if !access::ticket_exists(&mut tx, id).await? {
        return Err(not_recorded());
    }
    let input = Reply { ticket: id, message, time_taken };
    let (change, sentence) = match kind {
        ChangeKind::Comment => (comment(&mut tx, &call.actor, input).await, "Comments added"),
        _ => (reply(&mut tx, &call.actor, input).await, "Correspondence added"),
    };
    let change = change.map_err(|error| match error {
        Error::NotFound | Error::Forbidden(_) => Failure::bad("Permission Denied"),
        other => other.into(),
    })?;
    let mut sentences = vec![sentence.to_owned()];
    sentences.extend(beside(&mut tx, &call, change.ticket, object).await?);
    tx.commit().await?;
    Ok(answer::created(&call.site.location(format_args!("transaction/{}", change.id)), &sentences))
}

fn minutes(object: &Object) -> Outcome<i64> {
    match object.get("TimeTaken").and_then(scalar).filter(|text| !text.trim().is_empty()) {
        None => Ok(0),
        Some(text) => whole_number(&text).ok_or_else(|| Failure::bad("TimeTaken is a number of minutes")),
    }
}

/// Without the prefix that updates give their sentences.
async fn beside(tx: &mut actions::Tx, call: &Call, id: TicketId, mut object: Object) -> Outcome<Vec<String>> {
    object.retain(|key, _| BESIDE.contains(&key.as_str()));
    let prefix = format!("Ticket {id}: ");
    let sentences = update::apply(tx, call, id, &object).await?;
    Ok(sentences.into_iter().map(|sentence| sentence.strip_prefix(&prefix).map(str::to_owned).unwrap_or(sentence)).collect())
}
