//! *Advanced*: any queue, times, priorities, every type of link and merging with any ticket, without the checks of the incident
//! pages (IR-423, IR-424, IR-158). The rights of the core apply.

mod page;

use super::{
    numbered::Numbered,
    reading::{Reading, judged},
    refusal::Refusal,
    submission::Submission,
};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{
    Actor, Error, FieldError, Result, Tx,
    ticket::{self, Basics, Link, Update},
};
use axum::{Router, routing::get};
use domain::{
    TicketId,
    link::{Direction, LinkKind, direction},
};
use http_door::{
    App,
    text::{t, tr},
    urls,
};
use page::Page;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tickets/{id}/advanced", get(open).post(send))
}

async fn open(visit: Visit, Numbered(id): Numbered) -> Answer {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, id).await?;
    Ok(page.show(&visit, &page.filled(), &Refusal::default()))
}

async fn send(visit: Visit, Numbered(id): Numbered, form: Submission) -> Answer {
    match store(&visit, id, &form).await {
        Ok(ticket) => Ok(flash::redirect(&urls::ticket(ticket), "updated", Some(ticket))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            let mut tx = visit.app.desk.read().await?;
            let page = Page::load(&mut tx, &visit.actor, id).await?;
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

/// All of it or nothing.
async fn store(visit: &Visit, id: TicketId, form: &Submission) -> Result<TicketId> {
    let mut tx = visit.app.desk.write().await?;
    let page = Page::load(&mut tx, &visit.actor, id).await?;
    let mut reading = Reading::new(form, &visit.actor);
    let update = update(&page, &mut reading, form);
    let into = reading.tickets("merge");
    let mut errors = reading.into_errors();
    judged(&mut errors, ticket::update(&mut tx, &visit.actor, id, update).await)?;
    for (name, word) in page::DIRECTIONS {
        errors.extend(links(&mut tx, &visit.actor, id, (name, word), form).await?);
    }
    let mut goes_on = id;
    if let Some(target) = into.first() {
        let outcome = ticket::merge_across(&mut tx, &visit.actor, id, *target).await;
        let merged = judged(&mut errors, outcome)?;
        goes_on = merged.map_or(id, |change| change.ticket);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    tx.commit().await?;
    Ok(goes_on)
}

fn update(page: &Page, reading: &mut Reading<'_>, form: &Submission) -> Update {
    let ticket = &page.view.ticket;
    let queue = form.text("queue").parse().ok().filter(|queue| *queue != ticket.queue);
    let subject = form.text("subject");
    let mut number = |name: &str, now: i64| reading.number(name).filter(|number| *number != now);
    let (priority, final_priority) = (number("priority", ticket.priority), number("final_priority", ticket.final_priority));
    let mut minutes = |name: &str, now: i64| Some(reading.minutes(name)).filter(|minutes| *minutes != now);
    Update {
        version: form.text("version").parse().ok(),
        queue,
        basics: Basics {
            subject: (subject != ticket.subject).then(|| subject.to_owned()),
            priority,
            final_priority,
            time_estimated: minutes("time_estimated", ticket.time_estimated),
            time_worked: minutes("time_worked", ticket.time_worked),
            time_left: minutes("time_left", ticket.time_left),
            ..Basics::default()
        },
        ..Update::default()
    }
}

/// New links typed beside a type, and ticked ones of it that go.
async fn links(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    (name, word): (&str, &str),
    form: &Submission,
) -> Result<Vec<FieldError>> {
    let Some((kind, way)) = direction(word) else { return Ok(vec![]) };
    let mut found = Vec::new();
    for gone in form.all(&format!("unlink-{name}")) {
        let outcome = match gone.parse() {
            Ok(other) => ticket::unlink(tx, actor, between(kind, way, id, other)).await,
            Err(_) => ticket::unlink_uri(tx, actor, kind, id, gone).await,
        };
        judged(&mut found, outcome.map_err(unnamed))?;
    }
    for new in form.text(name).split_whitespace() {
        let outcome = match new.trim_start_matches('#').parse() {
            Ok(other) => ticket::link_across(tx, actor, between(kind, way, id, other)).await,
            Err(_) if way == Direction::From => ticket::link_uri(tx, actor, kind, id, new).await,
            Err(_) => Err(Error::invalid("link", tr("form-not-a-ticket-number", &[("text", new.into())]))),
        };
        judged(&mut found, outcome.map_err(unnamed))?;
    }
    Ok(found.into_iter().map(|error| FieldError::new(name, error.message)).collect())
}

/// A ticket at the other end that is not there, or may not be changed.
fn unnamed(error: Error) -> Error {
    match error {
        Error::NotFound => Error::invalid("link", t("form-no-such-ticket")),
        Error::Forbidden(_) => Error::invalid("link", t("advanced-link-forbidden")),
        other => other,
    }
}

fn between(kind: LinkKind, way: Direction, id: TicketId, other: TicketId) -> Link {
    match way {
        Direction::From => Link { kind, base: id, target: other },
        Direction::To => Link { kind, base: other, target: id },
    }
}
