//! `/ticket/N/history`: transactions, oldest first, a page at a time (API-140).

use super::number;
use crate::{
    answer,
    ask::{Filter, Joined, Sorting, Window},
    call::Call,
    failure::Outcome,
    shape::{Look, Transaction, item},
    ticket,
};
use actions::{Tx, ticket::show};
use domain::{TicketId, change::Change};
use serde_json::Value;

pub(crate) async fn list(mut call: Call, id: &str) -> Outcome {
    let id = number(id)?;
    let filter = Filter::read(&mut call, Joined::Or)?;
    let mut tx = call.look().await?;
    ticket::visible(&mut tx, &call, id).await?;
    let paging = call.paging();
    if let Some(filter) = filter {
        return filtered(&mut tx, &call, id, &filter).await;
    }
    let mut window = Window::of(paging);
    let newest_first = Sorting::read(&call.parameters).newest_first();
    if newest_first {
        let mut all = Window::closed();
        show::log(&mut tx, &call.actor, id, |_: &Change| all.admits()).await?;
        window = Window::from_end(paging, all.seen);
    }
    let mut entries = show::log(&mut tx, &call.actor, id, |_: &Change| window.admits()).await?;
    if newest_first {
        entries.reverse();
    }
    let transactions: Vec<Transaction> = entries.into_iter().map(Transaction).collect();
    Ok(answer::ok(&paging.list(&call, window.seen, items(&tx, &call, &transactions))))
}

/// Conditions look at whole entries, so all of them are read.
async fn filtered(tx: &mut Tx, call: &Call, id: TicketId, filter: &Filter) -> Outcome {
    let paging = call.paging();
    let mut window = Window::of(paging);
    let catalog = tx.catalog();
    let entries = show::log(tx, &call.actor, id, |_: &Change| true).await?;
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &[], whole: false };
    let mut found: Vec<Transaction> = entries.into_iter().map(Transaction).filter(|one| filter.matches(one, &look)).collect();
    if Sorting::read(&call.parameters).newest_first() {
        found.reverse();
    }
    found.retain(|_| window.admits());
    Ok(answer::ok(&paging.list(call, window.seen, items(tx, call, &found))))
}

fn items(tx: &Tx, call: &Call, transactions: &[Transaction]) -> Vec<Value> {
    let catalog = tx.catalog();
    let fields = call.fields();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &[], whole: false };
    transactions.iter().map(|one| item(one, &fields, &look)).collect()
}
