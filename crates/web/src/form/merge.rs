//! Merging a ticket into another one, chosen from lists or by number, and taking a merge back (IR section 12.8).

mod page;

use super::{act::answer, numbered::Numbered, reading::Reading, refusal::Refusal, submission::Submission};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{Result, incident, ticket};
use axum::{Router, extract::RawQuery, routing::get};
use domain::{TicketId, TicketKind};
use http_door::{App, text::t, urls};
use page::Page;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/merge", get(choose).post(merge))
        .route("/tickets/{id}/unmerge", get(page::ask).post(unmerge))
}

async fn choose(visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery) -> Answer {
    show(&visit, id, &visit.begun(query.as_deref()), Refusal::default()).await
}

async fn show(visit: &Visit, id: TicketId, form: &Submission, refusal: Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, visit, id, form).await?;
    // what is wrong is wrong with the choice; the input that can be mended is the number's
    Ok(page.show(visit, form, &refusal.renamed(|field| if field.is_empty() { String::new() } else { "number".to_owned() })))
}

async fn merge(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    match store(&visit, id, &form).await {
        Ok(target) => Ok(flash::redirect(&urls::ticket(target), "merged", Some(target))),
        Err(error) => show(&visit, id, &form, Refusal::of(error, &form)?).await,
    }
}

/// The ticket that goes on. A number that was typed goes before a line that was chosen.
async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<TicketId> {
    let mut tx = visit.app.desk.write().await?;
    let mut reading = Reading::new(form, &visit.actor);
    let typed = reading.tickets("number");
    let other = typed.first().copied().or(reading.tickets("into").first().copied());
    if other.is_none() {
        reading.wrong("number", t("merge-choose"));
    }
    reading.finish()?;
    let other = other.unwrap_or(id);
    let kind = ticket::show::view(&mut tx, &visit.actor, id).await?.ticket.kind;
    let change = if kind == TicketKind::General {
        ticket::merge(&mut tx, &visit.actor, id, other).await?
    } else {
        incident::merge(&mut tx, &visit.actor, id, other).await?
    };
    tx.commit().await?;
    Ok(change.ticket)
}

async fn unmerge(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        ticket::unmerge(&mut tx, &visit.actor, id).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, "unmerged", outcome.await)
}
