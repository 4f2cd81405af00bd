//! Making tickets by hand: Reports, Investigations, Countermeasures, general tickets (IR-344 … IR-361) and Incidents, from a
//! child or on their own, with an Investigation in the same step (IR-362 … IR-371).

mod input;
mod launch;
mod linked;
mod page;
mod prefill;
mod show;
mod source;
mod split;

use super::{forgotten, reading::judged, recipients::PREVIEW, refusal::Refusal, submission::Submission};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{Actor, Error, Tx, access, ticket::Preview};
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
        router.route(&urls::create(kind), get(open).post(send))
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
    Ok(page.show(&visit, &form, &Refusal::default(), None))
}

/// The create page of the queue's own kind (IR-280).
fn page_of_queue(tx: &Tx, kind: TicketKind, form: &Submission) -> Option<String> {
    let queue = form.text("queue").parse::<QueueId>().ok()?;
    let other = tx.catalog().queue(queue)?.kind();
    (other != kind).then(|| urls::create(other))
}

async fn send(kind: TicketKind, visit: Visit, form: Submission) -> Answer {
    if form.has("redisplay") {
        return again(kind, &visit, form, Refusal::default(), None).await;
    }
    if form.has(PREVIEW) {
        return match look(kind, &visit, &form).await {
            Ok(preview) => again(kind, &visit, form, Refusal::default(), Some(&preview)).await,
            Err(error) => {
                let refusal = Refusal::of(error, &form)?;
                again(kind, &visit, form, refusal, None).await
            }
        };
    }
    match store(kind, &visit, &form).await {
        Ok((destination, results)) => {
            let notices: Vec<(&str, Option<TicketId>)> = results.iter().map(|(key, ticket)| (*key, Some(*ticket))).collect();
            Ok(flash::redirect_all(&destination, &notices))
        }
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            again(kind, &visit, form, refusal, None).await
        }
    }
}

/// What would happen (TC-026), with everybody in it: who was unticked before stays to be ticked again.
async fn look(kind: TicketKind, visit: &Visit, form: &Submission) -> Result<Preview, Error> {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, kind, form).await?;
    let (mut input, errors) = input::read(&mut tx, &visit.actor, &page, form).await?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    drop(tx);
    input.squelched.clear();
    actions::ticket::preview_create(&visit.app.desk, &visit.actor, input).await
}

async fn again(kind: TicketKind, visit: &Visit, mut form: Submission, refusal: Refusal, preview: Option<&Preview>) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, kind, &form).await?;
    page.settle_incidents(&mut form);
    forgotten::remember(&mut form, &refusal);
    // without any to tick, what is wrong with them stands at the input for their number
    let place =
        |field: &str| if field == "incidents" && page.incidents.is_empty() { "incident".to_owned() } else { field.to_owned() };
    Ok(page.show(visit, &form, &refusal.renamed(place), preview))
}

/// One notice for each result: what was created and what was linked (IR-357, IR-371).
type Results = Vec<(&'static str, TicketId)>;

async fn store(kind: TicketKind, visit: &Visit, form: &Submission) -> Result<(String, Results), Error> {
    let mut tx = visit.app.desk.write().await?;
    let page = Page::load(&mut tx, &visit.actor, kind, form).await?;
    let (input, mut errors) = input::read(&mut tx, &visit.actor, &page, form).await?;
    if page.writes_to_correspondents() {
        errors.extend(forgotten::warning(&tx, form, &input.message));
    }
    let investigation = launch::read((&tx, &visit.actor), &page, &input, form, &mut errors)?;
    let mut linked: Results = input.incidents.iter().chain(&input.members).map(|other| ("linked-to", *other)).collect();
    let ticket = judged(&mut errors, actions::ticket::create(&mut tx, &visit.actor, input).await)?.map(|change| change.ticket);
    if let Some(investigation) = investigation
        && let Some(launched) = judged(&mut errors, launch::create(&mut tx, &visit.actor, ticket, investigation).await)?
    {
        linked.extend([("created", launched), ("linked-to", launched)]);
    }
    // whatever was written goes with the transaction
    let Some(ticket) = ticket.filter(|_| errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    linked::link(&mut tx, &visit.actor, ticket, form).await?;
    let destination = destination(&mut tx, &visit.actor, ticket).await;
    tx.commit().await?;
    let created = std::iter::once(("created", ticket));
    Ok((destination, created.chain(linked).collect()))
}

/// The new ticket's page, for those who may see it.
async fn destination(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> String {
    if access::ticket(tx, actor, ticket).await.is_ok() { urls::ticket(ticket) } else { urls::home() }
}
