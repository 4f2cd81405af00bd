//! `GET /transaction/N` (API-141, API-143).

use crate::{
    answer,
    call::Call,
    failure::{Failure, Outcome},
    shape::{Look, Transaction, columns, full},
};
use actions::{
    Error, Tx,
    ticket::show::{self, Entry},
};
use domain::ChangeId;

pub(crate) async fn show(call: &Call, id: &str) -> Outcome {
    let mut tx = call.look().await?;
    let transaction = Transaction(entry(&mut tx, call, id).await?);
    let catalog = tx.catalog();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &[], whole: true };
    Ok(answer::ok(&full(&transaction, &columns::TRANSACTION, &call.fields(), &look)))
}

/// Missing is 404, there but not to be seen is 403.
pub(crate) async fn entry(tx: &mut Tx, call: &Call, id: &str) -> Outcome<Entry> {
    let id: ChangeId = id.parse().map_err(|_| Failure::not_found())?;
    match show::entry(tx, &call.actor, id).await {
        Err(Error::NotFound) if show::change_exists(tx, id).await? => Err(Failure::forbidden()),
        other => Ok(other?),
    }
}
