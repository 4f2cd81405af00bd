//! Queues that the asker may see (API section 13).

use crate::{
    answer,
    ask::{Filter, Joined, Sorting},
    call::Call,
    failure::{Failure, Outcome},
    shape::{Look, Record, columns, full, item},
};
use actions::{Catalog, Error, Tx, account};
use domain::{Right, Role, UserId, person::User, queue::Queue};

pub(crate) async fn show(call: &Call, name: &str) -> Outcome {
    let mut tx = call.look().await?;
    let catalog = tx.catalog();
    let queue = catalog.queue_named(name).ok_or_else(Failure::not_found)?;
    if !is_visible(&catalog, call, queue) {
        return Err(Failure::forbidden());
    }
    let people = watchers(&mut tx, &catalog, std::slice::from_ref(queue)).await?;
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &people, whole: true };
    Ok(answer::ok(&full(queue, &columns::QUEUE, &call.fields(), &look)))
}

pub(crate) fn is_visible(catalog: &Catalog, call: &Call, queue: &Queue) -> bool {
    catalog.grants.on_queue(&call.actor.identity, Right::SeeQueue, queue.id)
}

pub(crate) async fn list(mut call: Call, all: bool) -> Outcome {
    let filter = Filter::read(&mut call, Joined::And)?;
    let mut tx = call.look().await?;
    let catalog = tx.catalog();
    let with_disabled = call.parameters.get("find_disabled_rows") == Some("1");
    let visible = catalog.queues().filter(|queue| (with_disabled || !queue.disabled) && is_visible(&catalog, &call, queue));
    let mut queues: Vec<Queue> = visible.cloned().collect();
    let people = watchers(&mut tx, &catalog, &queues).await?;
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &people, whole: false };
    select(&mut queues, filter.as_ref(), all, &look);
    sort(&mut queues, &call, &look);
    Ok(page(&call, &queues, &look))
}

/// Without any condition that counts, only a path that names its set has something to list (API-080).
pub(crate) fn select<R: Record>(records: &mut Vec<R>, filter: Option<&Filter>, names_its_set: bool, look: &Look) {
    match filter {
        Some(filter) => {
            records.retain(|record| (names_its_set || !filter.says_nothing(record, look)) && filter.matches(record, look));
        }
        None if names_its_set => {}
        None => records.clear(),
    }
}

/// By name unless another column is asked for.
pub(crate) fn sort<R: Record>(records: &mut [R], call: &Call, look: &Look) {
    let mut keys = Sorting::read(&call.parameters).0;
    keys.push(("Name".to_owned(), false));
    records.sort_by(|left, right| {
        let by = |(name, descends): &(String, bool)| {
            let text =
                |record: &R| record.column(name, look).map(|column| crate::shape::column_text(&column, look)).unwrap_or_default();
            let order = crate::ask::order(&text(left).to_lowercase(), &text(right).to_lowercase());
            if *descends { order.reverse() } else { order }
        };
        keys.iter().map(by).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
}

pub(crate) fn page<R: Record>(call: &Call, records: &[R], look: &Look) -> axum::response::Response {
    let (paging, fields) = (call.paging(), call.fields());
    let from = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let shown = records.iter().skip(from).take(usize::try_from(paging.limit()).unwrap_or(0));
    let items = shown.map(|record| item(record, &fields, look)).collect();
    answer::ok(&paging.list(call, records.len() as i64, items))
}

/// The people who watch any of the queues, and the product itself, who made them.
async fn watchers(tx: &mut Tx, catalog: &Catalog, queues: &[Queue]) -> Outcome<Vec<User>> {
    let of = |queue: &Queue| {
        Role::WATCHERS.into_iter().flat_map(|role| catalog.queue_watchers(queue.id, role)).collect::<Vec<UserId>>()
    };
    let mut ids: Vec<UserId> = queues.iter().flat_map(of).collect();
    ids.push(UserId::SYSTEM);
    ids.sort_unstable();
    ids.dedup();
    let mut people = Vec::with_capacity(ids.len());
    for id in ids {
        match account::user(tx, id).await {
            Ok(user) => people.push(user),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(people)
}
