//! Writing to the children of an Incident and closing it with them: Reply to Reporters, Reply to All, Resolve, Abandon
//! (IR-387 … IR-396).

mod page;

use super::{
    collision,
    numbered::Numbered,
    reading::{Reading, judged},
    refusal::Refusal,
    submission::Submission,
};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{
    Error, Result,
    incident::{self, Close, CloseOutcome},
    ticket::FieldInput,
};
use axum::{Router, extract::RawQuery, routing::get};
use domain::TicketId;
use http_door::{App, text::t, urls};
use page::Page;

/// What the page is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Reporters,
    Everybody,
    Close,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::Reporters, Self::Everybody, Self::Close];

    /// The last part of its address.
    fn name(self) -> &'static str {
        match self {
            Self::Reporters => "reply-reporters",
            Self::Everybody => "reply-all",
            Self::Close => "close",
        }
    }
}

pub(super) fn routes() -> Router<App> {
    Purpose::ALL.into_iter().fold(Router::new(), |router, purpose| {
        let open = move |visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery| open(purpose, visit, id, query);
        let send = move |visit: Visit, Numbered(id): Numbered, form: Submission| send(purpose, visit, id, form);
        router.route(&format!("/tickets/{{id}}/{}", purpose.name()), get(open).post(send))
    })
}

async fn open(purpose: Purpose, visit: Visit, id: TicketId, query: Option<String>) -> Answer {
    let mut form = visit.begun(query.as_deref());
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, id, purpose).await?;
    page.fill(&mut form);
    page.remember(&mut form);
    Ok(page.show(&visit, &form, &Refusal::default()))
}

async fn send(purpose: Purpose, visit: Visit, id: TicketId, mut form: Submission) -> Answer {
    match store(purpose, &visit, id, &form).await {
        Ok(outcome) => {
            let (key, ticket) = match outcome.still_open.first() {
                Some(open) => ("not-closed-warning", *open),
                None if outcome.closed => ("closed", id),
                None => ("written", id),
            };
            Ok(flash::redirect(&urls::ticket(id), key, Some(ticket)))
        }
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            let mut tx = visit.app.desk.read().await?;
            let page = Page::load(&mut tx, &visit.actor, id, purpose).await?;
            let news = collision::news(&mut tx, &visit.actor, &form).await?;
            news.are_seen(&mut form);
            let refusal = refusal.showing(news.shown(&visit.clock(tx.now())));
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

async fn store(purpose: Purpose, visit: &Visit, id: TicketId, form: &Submission) -> Result<CloseOutcome> {
    let mut tx = visit.app.desk.write().await?;
    let page = Page::load(&mut tx, &visit.actor, id, purpose).await?;
    collision::check(&mut tx, &visit.actor, form).await?;
    let mut reading = Reading::new(form, &visit.actor);
    let mut message = reading.message("message");
    message.cc = reading.addresses("cc");
    message.bcc = reading.addresses("bcc");
    let status = reading.optional("status").filter(|_| purpose == Purpose::Close);
    // the verb would write to the children before it saw that the Incident cannot follow
    if purpose == Purpose::Close && !status.as_ref().is_some_and(|status| page.statuses.contains(status)) {
        reading.wrong("status", t("form-status-needed"));
    }
    if purpose != Purpose::Close && message.is_empty() {
        reading.wrong("message", t("form-message-needed-here"));
    }
    let attached = reading.tickets("attach_reports");
    message = incident::attach_reports(&mut tx, &visit.actor, message, &attached).await?;
    let children = page.groups().iter().flat_map(|(name, _, _)| reading.tickets(name)).collect();
    let time_taken = reading.minutes("time_worked");
    let mut errors = reading.into_errors();
    let resolution = page.resolution().filter(|_| form.has("resolution"));
    let input = Close {
        incident: id,
        status,
        children,
        message,
        as_reply: form.text("type") == "reply",
        on_incident: form.is_ticked("on_incident"),
        resolution: resolution
            .map(|shown| FieldInput { field: shown.field.id, values: vec![form.text("resolution").to_owned()] }),
        owner: page.new_owner(form),
        time_taken,
    };
    let outcome = incident::close(&mut tx, &visit.actor, input).await.map_err(|error| at_resolution(error, &page));
    let Some(outcome) = judged(&mut errors, outcome)?.filter(|_| errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    tx.commit().await?;
    Ok(outcome)
}

/// This page has the field under a name of its own.
fn at_resolution(error: Error, page: &Page) -> Error {
    let Error::Invalid(mut errors) = error else { return error };
    let name = page.resolution().map(|shown| super::custom_field::name(&shown.field));
    for error in errors.iter_mut().filter(|error| Some(&error.field) == name.as_ref()) {
        "resolution".clone_into(&mut error.field);
    }
    Error::Invalid(errors)
}
