//! Replies and comments, with the status that a lifecycle action brings along (IR-379 … IR-386). One submission is one update.

mod page;

use super::{
    collision,
    numbered::Numbered,
    quotation,
    reading::{Reading, judged},
    refusal::Refusal,
    submission::Submission,
};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{
    Error, Tx,
    ticket::{self, Update, show},
};
use axum::{Router, extract::RawQuery, routing::get};
use domain::TicketId;
use http_door::{App, text::t, urls};
use page::Page;
pub(super) use page::shown;

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    Correspondents,
    Staff,
}

impl Audience {
    const ALL: [Self; 2] = [Self::Correspondents, Self::Staff];

    /// The last part of its address, and the value of the form's choice.
    fn name(self) -> &'static str {
        match self {
            Self::Correspondents => "reply",
            Self::Staff => "comment",
        }
    }
}

pub(super) fn routes() -> Router<App> {
    Audience::ALL.into_iter().fold(Router::new(), |router, audience| {
        let open = move |visit: Visit, Numbered(id): Numbered, RawQuery(query): RawQuery| open(audience, visit, id, query);
        let send = move |visit: Visit, Numbered(id): Numbered, form: Submission| send(audience, visit, id, form);
        router.route(&format!("/tickets/{{id}}/{}", audience.name()), get(open).post(send))
    })
}

async fn open(audience: Audience, visit: Visit, id: TicketId, query: Option<String>) -> Answer {
    let mut form = visit.begun(query.as_deref());
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, id, audience).await?;
    fill(&mut tx, &visit, &page, &mut form).await?;
    Ok(page.show(&visit, &form, &Refusal::default()))
}

async fn fill(tx: &mut Tx, visit: &Visit, page: &Page, form: &mut Submission) -> Result<(), Error> {
    form.preset("type", page.audience.name());
    collision::remember(form, [&*page.view.ticket]);
    form.preset("subject", &page.view.ticket.subject);
    let mut message = quotation::of_entry(tx, &visit.actor, page.view.ticket.id, form.text("quote")).await?;
    let signature = &visit.actor.user.signature;
    if page.audience == Audience::Correspondents && !signature.is_empty() {
        message.push_str(&format!("\n\n-- \n{signature}"));
    }
    form.preset("message", message);
    Ok(())
}

async fn send(audience: Audience, visit: Visit, id: TicketId, mut form: Submission) -> Answer {
    match store(audience, &visit, id, &form).await {
        Ok(key) => Ok(flash::redirect(&urls::ticket(id), key, Some(id))),
        Err(error) => {
            let refusal = Refusal::of(error, &form)?;
            let mut tx = visit.app.desk.read().await?;
            let page = Page::load(&mut tx, &visit.actor, id, audience).await?;
            let news = collision::news(&mut tx, &visit.actor, &form).await?;
            news.are_seen(&mut form);
            let refusal = refusal.showing(news.shown(&visit.clock(tx.now())));
            Ok(page.show(&visit, &form, &refusal))
        }
    }
}

async fn store(audience: Audience, visit: &Visit, id: TicketId, form: &Submission) -> Result<&'static str, Error> {
    let mut tx = visit.app.desk.write().await?;
    let view = show::view(&mut tx, &visit.actor, id).await?;
    collision::check(&mut tx, &visit.actor, form).await?;
    let mut reading = Reading::new(form, &visit.actor);
    let mut message = reading.message("message");
    message.subject = reading.message_subject("subject");
    message.cc = reading.addresses("cc");
    message.bcc = reading.addresses("bcc");
    let mut input =
        Update { time_taken: reading.minutes("time_worked"), status: reading.optional("status"), ..Update::default() };
    // IR-051
    input.take_first = view.actions.iter().any(|action| action.take_first && Some(&action.to) == input.status.as_ref());
    let key = match (message.is_empty(), form.text("type")) {
        (true, _) => "updated",
        (false, "comment") => "commented",
        (false, "reply") => "replied",
        (false, _) if audience == Audience::Staff => "commented",
        (false, _) => "replied",
    };
    if message.is_empty() && input.status.is_none() && input.time_taken == 0 {
        reading.wrong("message", t("form-message-needed"));
    }
    let mut errors = reading.into_errors();
    if key == "commented" {
        input.comment = Some(message);
    } else {
        input.reply = Some(message);
    }
    judged(&mut errors, ticket::update(&mut tx, &visit.actor, id, input).await)?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    tx.commit().await?;
    Ok(key)
}
