//! Custom fields that the asker may see (API section 16).

use crate::{
    answer,
    ask::{Filter, Joined},
    call::Call,
    failure::{Failure, Outcome},
    queue,
    shape::{Look, custom_field},
};
use actions::{Catalog, account};
use domain::{FieldId, QueueId, Right, UserId, custom_field::CustomField};

pub(crate) async fn show(call: &Call, id: &str) -> Outcome {
    let id: FieldId = id.parse().map_err(|_| Failure::not_found())?;
    let mut tx = call.look().await?;
    let catalog = tx.catalog();
    let field = catalog.field(id).ok_or_else(Failure::not_found)?;
    if !is_visible(&catalog, call, field) {
        return Err(Failure::forbidden());
    }
    let people = [account::user(&mut tx, UserId::SYSTEM).await?];
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &people, whole: true };
    Ok(answer::ok(&custom_field(field, &call.fields(), &look)))
}

/// By a grant on the field itself, everywhere, or on any queue that has it.
fn is_visible(catalog: &Catalog, call: &Call, field: &CustomField) -> bool {
    let applied = |queue: QueueId| catalog.fields_of(queue).any(|one| one.id == field.id);
    let granted = |queue: QueueId| catalog.grants.on_field(&call.actor.identity, Right::SeeCustomField, field.id, queue);
    catalog.queues().any(|queue| applied(queue.id) && granted(queue.id))
}

pub(crate) async fn list(call: Call) -> Outcome {
    let tx = call.look().await?;
    let catalog = tx.catalog();
    let fields = catalog.fields().filter(|field| is_visible(&catalog, &call, field)).cloned().collect();
    drop(tx);
    answer_list(call, &catalog, fields, false).await
}

/// By number only.
pub(crate) async fn of_queue(call: Call, id: &str) -> Outcome {
    let id: QueueId = id.parse().map_err(|_| Failure::not_found())?;
    let tx = call.look().await?;
    let catalog = tx.catalog();
    let of = catalog.queue(id).ok_or_else(Failure::not_found)?;
    if !queue::is_visible(&catalog, &call, of) {
        return Err(Failure::forbidden());
    }
    let granted = |field: &&CustomField| catalog.grants.on_field(&call.actor.identity, Right::SeeCustomField, field.id, id);
    let fields = catalog.fields_of(id).filter(granted).cloned().collect();
    drop(tx);
    answer_list(call, &catalog, fields, true).await
}

async fn answer_list(mut call: Call, catalog: &Catalog, mut fields: Vec<CustomField>, names_its_set: bool) -> Outcome {
    let filter = Filter::read(&mut call, Joined::Or)?;
    let people = [account::user(&mut call.look().await?, UserId::SYSTEM).await?];
    let look = Look { site: &call.site, catalog, actor: &call.actor, people: &people, whole: false };
    queue::select(&mut fields, filter.as_ref(), names_its_set, &look);
    queue::sort(&mut fields, &call, &look);
    Ok(queue::page(&call, &fields, &look))
}
