//! Replies and comments, with the status that a lifecycle action brings along (IR-379 … IR-386). One submission is one update.

mod page;

use super::{
    collision, custom_field, earlier, forgotten,
    numbered::Numbered,
    quotation,
    reading::{Reading, judged},
    recipients::{self, PREVIEW},
    refusal::Refusal,
    submission::Submission,
};
use crate::{failure::Answer, flash, visit::Visit};
use actions::{
    Error, FieldError, Tx, incident, lists,
    message::{NewMessage, as_written, attach_again},
    ticket::{self, Preview, Update},
};
use axum::{Router, extract::RawQuery, routing::get};
use domain::{TicketId, setting::list::REPLY_PREFIX};
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
    drop(tx);
    let preview = first_preview(&visit, &page, &form).await;
    Ok(page.show(&visit, &form, &Refusal::default(), preview.as_ref()))
}

async fn fill(tx: &mut Tx, visit: &Visit, page: &Page, form: &mut Submission) -> Result<(), Error> {
    form.preset("type", page.audience.name());
    collision::remember(form, [&*page.view.ticket]);
    form.preset("subject", &page.view.ticket.subject);
    let mut message = quotation::of_entry(tx, &visit.actor, page.view.ticket.id, form.text("quote")).await?;
    let unsent = unsent(tx, visit, page.view.ticket.id, form.text("again")).await?;
    if !unsent.is_empty() {
        form.preset("message", unsent);
    }
    let signature = &visit.actor.user.signature;
    if page.audience == Audience::Correspondents && !signature.is_empty() {
        message.push_str(&format!("\n\n-- \n{signature}"));
    }
    form.preset("message", message);
    let (catalog, zone) = (tx.catalog(), lists::zone_of(&visit.actor));
    for field in &page.entry_fields {
        let default = catalog.default_of(field, page.view.ticket.queue);
        let values: Vec<String> = field.split(default).into_iter().map(str::to_owned).collect();
        custom_field::preset(form, field, &values, &zone);
    }
    Ok(())
}

/// The text of one's own message that was taken back before it was sent.
async fn unsent(tx: &mut Tx, visit: &Visit, id: TicketId, place: &str) -> Result<String, Error> {
    let Ok(sequence) = place.parse() else { return Ok(String::new()) };
    let entry = ticket::show::entry_at(tx, &visit.actor, id, sequence).await?;
    Ok(entry.filter(|entry| entry.actor.id == visit.actor.id()).map(|entry| entry.text).unwrap_or_default())
}

/// Before anything was written: what any message of this type would do.
async fn first_preview(visit: &Visit, page: &Page, form: &Submission) -> Option<Preview> {
    let any = Some(NewMessage::text("…"));
    let mut update =
        Update { status: Some(form.text("status").to_owned()).filter(|status| !status.is_empty()), ..Update::default() };
    update.take_first = takes_first(page, update.status.as_deref());
    match page.audience {
        Audience::Correspondents => update.reply = any,
        Audience::Staff => update.comment = any,
    }
    ticket::preview(&visit.app.desk, &visit.actor, page.view.ticket.id, update).await.ok()
}

/// IR-051.
fn takes_first(page: &Page, status: Option<&str>) -> bool {
    page.view.actions.iter().any(|action| action.take_first && Some(action.to.as_str()) == status)
}

async fn send(audience: Audience, visit: Visit, id: TicketId, mut form: Submission) -> Answer {
    let outcome =
        if form.has(PREVIEW) { look(audience, &visit, id, &form).await } else { store(audience, &visit, id, &form).await };
    let (preview, refusal) = match outcome {
        Ok(Done::Stored(key)) => return Ok(flash::redirect(&urls::ticket(id), key, Some(id))),
        Ok(Done::Looked(preview)) => (Some(preview), Refusal::default()),
        Err(error) => (None, Refusal::of(error, &form)?),
    };
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, id, audience).await?;
    if preview.is_some() {
        // only what was sent has to have seen what is new
        return Ok(page.show(&visit, &form, &refusal, preview.as_ref()));
    }
    let news = collision::news(&mut tx, &visit.actor, &form).await?;
    news.are_seen(&mut form);
    forgotten::remember(&mut form, &refusal);
    let refusal = refusal.showing(news.shown(&visit.clock(tx.now())));
    Ok(page.show(&visit, &form, &refusal, None))
}

enum Done {
    Stored(&'static str),
    Looked(Preview),
}

/// What would happen, with everybody in it: who was unticked before stays to be ticked again.
async fn look(audience: Audience, visit: &Visit, id: TicketId, form: &Submission) -> Result<Done, Error> {
    let mut tx = visit.app.desk.read().await?;
    let page = Page::load(&mut tx, &visit.actor, id, audience).await?;
    let (mut update, _, errors) = read(&mut tx, visit, &page, form).await?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    drop(tx);
    for message in [&mut update.reply, &mut update.comment].into_iter().flatten() {
        message.squelched.clear();
    }
    Ok(Done::Looked(ticket::preview(&visit.app.desk, &visit.actor, id, update).await?))
}

async fn store(audience: Audience, visit: &Visit, id: TicketId, form: &Submission) -> Result<Done, Error> {
    let mut tx = visit.app.desk.write().await?;
    let page = Page::load(&mut tx, &visit.actor, id, audience).await?;
    collision::check(&mut tx, &visit.actor, form).await?;
    let (update, key, mut errors) = read(&mut tx, visit, &page, form).await?;
    errors.extend(
        [&update.reply, &update.comment].into_iter().flatten().find_map(|message| forgotten::warning(&tx, form, message)),
    );
    judged(&mut errors, ticket::update(&mut tx, &visit.actor, id, update).await)?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    tx.commit().await?;
    Ok(Done::Stored(key))
}

/// The update that the form describes, what to say afterwards, and what could not be read.
async fn read(
    tx: &mut Tx,
    visit: &Visit,
    page: &Page,
    form: &Submission,
) -> Result<(Update, &'static str, Vec<FieldError>), Error> {
    let mut reading = Reading::new(form, &visit.actor);
    let mut message = reading.message("message");
    let attached = reading.tickets("attach_reports");
    message = incident::attach_reports(tx, &visit.actor, message, &attached).await?;
    message = as_written(tx, &visit.actor, message).await?;
    let again = attach_again(tx, &visit.actor, (page.view.ticket.id, earlier::FILES), &mut message, &earlier::ticked(form)).await;
    message.cc = reading.addresses("cc");
    message.bcc = reading.addresses("bcc");
    message.squelched = recipients::left_out(form);
    message.fields = Some(reading.fields(&page.entry_fields));
    let key = match (message.is_empty(), form.text("type")) {
        (true, _) => "updated",
        (false, "comment") => "commented",
        (false, "reply") => "replied",
        (false, _) if page.audience == Audience::Staff => "commented",
        (false, _) => "replied",
    };
    message.subject = reading.message_subject("subject");
    if key == "replied" {
        message.subject = with_prefix(message.subject, tx.catalog().setting_text(REPLY_PREFIX));
    }
    let status = reading.optional("status");
    let owner = reading.optional("owner").filter(|owner| *owner != page.view.owner.name);
    let take_first = takes_first(page, status.as_deref());
    let mut input = Update { time_taken: reading.time_taken("time_worked"), take_first, status, owner, ..Update::default() };
    if message.is_empty() && input.status.is_none() && input.time_taken == 0 && input.owner.is_none() {
        reading.wrong("message", t("form-message-needed"));
    }
    if key == "commented" {
        input.comment = Some(message);
    } else {
        input.reply = Some(message);
    }
    let mut errors = reading.into_errors();
    judged(&mut errors, again)?;
    Ok((input, key, errors))
}

/// The installation's prefix of replies, unless it is there (IR-380).
fn with_prefix(subject: Option<String>, prefix: &str) -> Option<String> {
    let prefix = prefix.trim();
    subject.map(|subject| {
        let has_it = subject.to_lowercase().starts_with(&prefix.to_lowercase());
        if prefix.is_empty() || has_it { subject } else { format!("{prefix} {subject}") }
    })
}
