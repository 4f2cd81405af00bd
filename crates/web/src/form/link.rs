//! Bringing children and Incidents together, from either side, and parting them (IR-404 … IR-409).

mod page;

use super::{act::answer, numbered::Numbered, reading::Reading, refusal::Refusal, submission::Submission};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{Error, Result, incident};
use axum::{
    Router,
    extract::RawQuery,
    routing::{get, post},
};
use domain::{TicketId, TicketKind};
use http_door::{App, text::t, urls};
use page::Page;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/link", get(choose_incident).post(link_to_incident))
        .route("/tickets/{id}/link-children", get(choose_children).post(link_children))
        .route("/tickets/{id}/unlink", post(unlink))
}

async fn choose_incident(visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery) -> Answer {
    show(&visit, id, TicketKind::Incident, &Submission::of_query(query.as_deref()), Refusal::default()).await
}

async fn choose_children(visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery) -> Answer {
    let form = Submission::of_query(query.as_deref());
    show(&visit, id, kind(&form), &form, Refusal::default()).await
}

async fn show(visit: &Visit, id: TicketId, wanted: TicketKind, form: &Submission, refusal: Refusal) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, visit, id, wanted, form).await?;
    // the verb speaks of the Incident; the input that can be mended is the number's
    Ok(page.show(visit, form, &refusal.renamed(|field| if field.is_empty() { String::new() } else { "number".to_owned() })))
}

/// A number that was typed goes before a line that was chosen.
fn wanted(form: &Submission, visit: &Visit) -> Result<Vec<TicketId>> {
    let mut reading = Reading::new(form, &visit.actor);
    let typed = reading.tickets("number");
    let mut ids = if typed.is_empty() { reading.tickets("incident") } else { typed };
    ids.extend(reading.tickets("children"));
    if ids.is_empty() {
        reading.wrong("number", t("form-choose-ticket"));
    }
    reading.finish()?;
    Ok(ids)
}

async fn link_to_incident(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        for incident in wanted(&form, &visit)? {
            incident::link_to_incident(&mut tx, &visit.actor, id, incident).await?;
        }
        tx.commit().await
    };
    finish(&visit, id, TicketKind::Incident, &form, outcome.await).await
}

async fn link_children(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        for child in wanted(&form, &visit)? {
            let missing = |error| {
                if matches!(error, Error::NotFound) { Error::invalid("incident", t("form-no-such-ticket")) } else { error }
            };
            incident::link_to_incident(&mut tx, &visit.actor, child, id).await.map_err(missing)?;
        }
        tx.commit().await
    };
    finish(&visit, id, kind(&form), &form, outcome.await).await
}

async fn finish(visit: &Visit, id: TicketId, wanted: TicketKind, form: &Submission, outcome: Result<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(flash::redirect(&urls::ticket(id), "linked", Some(id))),
        Err(error) => show(visit, id, wanted, form, Refusal::of(error, form)?).await,
    }
}

/// From the child's page with `incident`, or from the Incident's with any number of `child`.
async fn unlink(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let mut reading = Reading::new(&form, &visit.actor);
        let mut pairs: Vec<(TicketId, TicketId)> =
            reading.tickets("incident").into_iter().map(|incident| (id, incident)).collect();
        pairs.extend(reading.tickets("child").into_iter().map(|child| (child, id)));
        if pairs.is_empty() {
            reading.wrong("incident", t("form-choose-ticket"));
        }
        reading.finish()?;
        for (child, incident) in pairs {
            incident::unlink_from_incident(&mut tx, &visit.actor, child, incident).await?;
        }
        tx.commit().await
    };
    answer(&visit, id, &form, "unlinked", outcome.await)
}

/// Reports unless the link says otherwise.
fn kind(form: &Submission) -> TicketKind {
    match form.text("kind") {
        "investigation" => TicketKind::Investigation,
        "countermeasure" => TicketKind::Countermeasure,
        _ => TicketKind::Report,
    }
}
