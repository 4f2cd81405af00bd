//! `GET /ticket/N` (API-110).

use super::{number, refusal, state};
use crate::{
    answer,
    call::Call,
    failure::Outcome,
    shape::{Look, TicketRecord, columns, full},
};
use actions::ticket::show;

pub(crate) async fn show(call: &Call, id: &str) -> Outcome {
    let id = number(id)?;
    let mut tx = call.look().await?;
    let view = match show::view(&mut tx, &call.actor, id).await {
        Ok(view) => view,
        Err(error) => return Err(refusal(&mut tx, id, error).await),
    };
    let state = state(&mut tx, &view.ticket).await?;
    if state.is_known(call.method(), call.headers()) {
        return Ok(state.not_modified());
    }
    let catalog = tx.catalog();
    let look = Look { site: &call.site, catalog: &catalog, actor: &call.actor, people: &[], whole: true };
    let record = TicketRecord::of_view(view);
    Ok(state.mark(answer::ok(&full(&record, &columns::TICKET, &call.fields(), &look))))
}
