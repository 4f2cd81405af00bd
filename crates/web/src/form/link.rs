//! Bringing children and Incidents together, from either side, and parting them (IR-404 … IR-409).

mod page;

use super::{act::answer, numbered::Numbered, reading::Reading, refusal::Refusal, submission::Submission};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{Error, FieldError, Result, incident};
use axum::{
    Router,
    extract::RawQuery,
    routing::{get, post},
};
use domain::{TicketId, TicketKind};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use page::Page;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/link", get(choose_incident).post(link_to_incident))
        .route("/tickets/{id}/link-children", get(choose_children).post(link_children))
        .route("/tickets/{id}/unlink", post(unlink))
        .route("/tickets/{id}/alert-owner", post(alert_owner))
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
    let pairs = wanted(&form, &visit).map(|ids| ids.into_iter().map(|incident| (id, incident)).collect());
    let outcome = link_all(&visit, pairs).await;
    match outcome {
        // whoever links a Report answers it or tells the owner (IR-410)
        Ok(results) if results.refused.is_empty() => {
            let incident = results.done.first().map(|(_, incident)| incident.to_string()).unwrap_or_default();
            Ok(flash::redirect_all(&urls::with(&urls::ticket(id), &[("linked", &incident)]), &results.notices(id)))
        }
        outcome => finish(&visit, id, TicketKind::Incident, &form, outcome).await,
    }
}

async fn link_children(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let pairs = wanted(&form, &visit).map(|ids| ids.into_iter().map(|child| (child, id)).collect());
    let outcome = link_all(&visit, pairs).await;
    finish(&visit, id, kind(&form), &form, outcome).await
}

/// What became of each pair; what was refused left nothing, and the others stand (IR-407).
#[derive(Default)]
struct Results {
    done: Vec<(TicketId, TicketId)>,
    childless: Vec<TicketId>,
    refused: Vec<(TicketId, Error)>,
}

impl Results {
    /// Seen from a ticket: the others are named.
    fn notices(&self, from: TicketId) -> Vec<(&'static str, Option<TicketId>)> {
        let other = |(child, incident): &(TicketId, TicketId)| if *child == from { *incident } else { *child };
        let done = self.done.iter().map(|pair| ("linked-to", Some(other(pair))));
        done.chain(self.childless.iter().map(|left| ("childless-warning", Some(*left)))).collect()
    }
}

async fn link_all(visit: &Visit, pairs: Result<Vec<(TicketId, TicketId)>>) -> Result<Results> {
    let mut tx = visit.app.desk.write().await?;
    let mut results = Results::default();
    for (child, incident) in pairs? {
        let attempt = tx.attempt().await?;
        let outcome = incident::link_to_incident(&mut tx, &visit.actor, child, incident).await;
        match tx.settle(attempt, outcome).await? {
            Ok(linked) => {
                results.done.push((child, incident));
                results.childless.extend(linked.childless);
            }
            Err(error) => results.refused.push((child, error)),
        }
    }
    tx.commit().await?;
    Ok(results)
}

/// On to the ticket when all went well; else the page again with the result of each.
async fn finish(visit: &Visit, id: TicketId, wanted: TicketKind, form: &Submission, outcome: Result<Results>) -> Answer {
    let results = match outcome {
        Ok(results) if results.refused.is_empty() => return Ok(flash::redirect_all(&urls::ticket(id), &results.notices(id))),
        Ok(results) => results,
        Err(error) => return show(visit, id, wanted, form, Refusal::of(error, form)?).await,
    };
    if let [(_, Error::Forbidden(right))] = &results.refused[..] {
        return Err(Error::Forbidden(*right).into());
    }
    let refused = results.refused.iter().map(|(child, error)| {
        let words = if matches!(error, Error::NotFound) { t("form-no-such-ticket").into_owned() } else { error.to_string() };
        FieldError::new("number", if *child == id { words } else { format!("#{child}: {words}") })
    });
    let mut errors: Vec<FieldError> = refused.collect();
    errors.extend(results.notices(id).into_iter().map(|(key, ticket)| {
        let number = ticket.map_or(0, |ticket| ticket.0).to_string();
        FieldError::new("", tr(&format!("done-{key}"), &[("ticket", number.into())]))
    }));
    show(visit, id, wanted, form, Refusal::of(Error::Invalid(errors), form)?).await
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
        let mut errors = Vec::new();
        for (child, incident) in pairs {
            let attempt = tx.attempt().await?;
            let outcome = incident::unlink_from_incident(&mut tx, &visit.actor, child, incident).await;
            match tx.settle(attempt, outcome).await? {
                Ok(_) => {}
                Err(Error::Invalid(found)) => errors.extend(found),
                Err(error) => return Err(error),
            }
        }
        // those that could be parted are parted; the others are told
        tx.commit().await?;
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    };
    answer(&visit, id, &form, "unlinked", outcome.await)
}

/// One press after linking: a comment to the owner of the Incident (IR-410).
async fn alert_owner(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    let outcome = async {
        let mut tx = visit.app.desk.write().await?;
        let mut reading = Reading::new(&form, &visit.actor);
        let incident = reading.tickets("incident").first().copied();
        reading.finish()?;
        let incident = incident.ok_or_else(|| Error::invalid("incident", t("form-choose-ticket")))?;
        incident::alert_owner(&mut tx, &visit.actor, id, incident).await?;
        tx.commit().await
    };
    answer(&visit, id, &form, "owner-alerted", outcome.await)
}

/// Reports unless the link says otherwise.
pub(super) fn kind(form: &Submission) -> TicketKind {
    match form.text("kind") {
        "investigation" => TicketKind::Investigation,
        "countermeasure" => TicketKind::Countermeasure,
        _ => TicketKind::Report,
    }
}
