//! Making tickets by hand: Reports, Investigations, Countermeasures, general tickets (IR-344 … IR-361) and Incidents, from a
//! child or on their own, with an Investigation in the same step (IR-362 … IR-371).

mod input;
mod launch;
mod page;
mod prefill;
mod show;
mod source;

use super::{reading::judged, refusal::Refusal, submission::Submission};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{Actor, Error, Tx, access};
use axum::{
    Router,
    extract::RawQuery,
    response::{IntoResponse, Redirect},
    routing::get,
};
use domain::{QueueId, TicketId, TicketKind};
use http_door::{App, urls};
use page::Page;

pub(super) fn routes() -> Router<App> {
    let kinds =
        [TicketKind::Report, TicketKind::Incident, TicketKind::Investigation, TicketKind::Countermeasure, TicketKind::General];
    kinds.into_iter().fold(Router::new(), |router, kind| {
        let open = move |visit: Visit, RawQuery(query): RawQuery| open(kind, visit, query);
        let send = move |visit: Visit, form: Submission| send(kind, visit, form);
        router.route(urls::create(kind), get(open).post(send))
    })
}

async fn open(kind: TicketKind, visit: Visit, query: Option<String>) -> Answer {
    let mut form = visit.begun(query.as_deref());
    let mut tx = visit.app.desk.read().await?;
    if let Some(elsewhere) = page_of_queue(&tx, kind, &form) {
        return Ok(Redirect::to(&format!("{elsewhere}?{}", query.unwrap_or_default())).into_response());
    }
    let page = Page::load(&mut tx, &visit.actor, kind, &form).await?;
    prefill::fill(&mut tx, &visit.actor, &page, &mut form).await?;
    Ok(page.show(&visit, &form, &Refusal::default()))
}

/// The create page of the queue's own kind (IR-280).
fn page_of_queue(tx: &Tx, kind: TicketKind, form: &Submission) -> Option<&'static str> {
    let queue = form.text("queue").parse::<QueueId>().ok()?;
    let other = tx.catalog().queue(queue)?.kind();
    (other != kind).then(|| urls::create(other))
}

async fn send(kind: TicketKind, visit: Visit, form: Submission) -> Answer {
    if form.has("redisplay") {
        return again(kind, &visit, form, Refusal::default()).await;
    }
    match store(kind, &visit, &form).await {
        Ok((destination, key, ticket)) => Ok(flash::redirect(&destination, key, Some(ticket))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            again(kind, &visit, form, refusal).await
        }
    }
}

async fn again(kind: TicketKind, visit: &Visit, mut form: Submission, refusal: Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, kind, &form).await?;
    page.settle_incidents(&mut form);
    // without any to tick, what is wrong with them stands at the input for their number
    let place =
        |field: &str| if field == "incidents" && page.incidents.is_empty() { "incident".to_owned() } else { field.to_owned() };
    Ok(page.show(visit, &form, &refusal.renamed(place)))
}

async fn store(kind: TicketKind, visit: &Visit, form: &Submission) -> Result<(String, &'static str, TicketId), Error> {
    let mut tx = visit.app.desk.write().await?;
    let page = Page::load(&mut tx, &visit.actor, kind, form).await?;
    let (input, mut errors) = input::read(&mut tx, &visit.actor, &page, form).await?;
    let investigation = launch::read((&tx, &visit.actor), &page, &input, form, &mut errors)?;
    let key = if investigation.is_some() { "created-and-launched" } else { "created" };
    let ticket = judged(&mut errors, actions::ticket::create(&mut tx, &visit.actor, input).await)?.map(|change| change.ticket);
    if let Some(investigation) = investigation {
        judged(&mut errors, launch::create(&mut tx, &visit.actor, ticket, investigation).await)?;
    }
    // whatever was written goes with the transaction
    let Some(ticket) = ticket.filter(|_| errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    let destination = destination(&mut tx, &visit.actor, ticket).await;
    tx.commit().await?;
    Ok((destination, key, ticket))
}

/// The new ticket's page, for those who may see it.
async fn destination(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> String {
    if access::ticket(tx, actor, ticket).await.is_ok() { urls::ticket(ticket) } else { urls::home() }
}
