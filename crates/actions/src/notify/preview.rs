//! What a template makes of a ticket that is there, as far as the person who asks may see it.

use super::{Cause, context};
use crate::{
    Actor, Door, Error, Result, Tx, access,
    message::NewMessage,
    setup::told,
    ticket::show::{self, Entry},
};
use domain::{Right, TicketId, html_text::to_text};
use mail_out::threading;
use serde_json::Value;

/// Entries of the history that are looked at for one with a message.
const LOOKED_AT: i64 = 50;

/// What a letter would say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplatePreview {
    pub ticket: TicketId,
    /// The kind of change that it is about: the newest message, else the newest change.
    pub about: String,
    pub subject: String,
    /// What else the template puts into the head.
    pub headers: Vec<(String, String)>,
    pub text: String,
    /// As the template wrote it.
    pub html: Option<String>,
}

/// Nothing is written or sent.
pub async fn preview_template(tx: &mut Tx, actor: &Actor, content: &str, ticket: &str) -> Result<TemplatePreview> {
    access::require_global(tx, actor, Right::ShowTemplate)?;
    let nothing = || Error::invalid("ticket", "There is no ticket of this number.");
    let id: TicketId = ticket.trim().trim_start_matches('#').parse().map_err(|_| nothing())?;
    let seen = match access::ticket(tx, actor, id).await {
        Err(Error::NotFound) => return Err(nothing()),
        other => other?.into_inner(),
    };
    let entries = show::history(tx, actor, seen.id, i64::MAX, LOOKED_AT).await?;
    let has_message = |entry: &&Entry| entry.change.what.kind.is_message();
    let entry = entries.iter().find(has_message).or(entries.first()).ok_or_else(nothing)?;
    let author = Actor::of(tx, entry.actor.clone(), Door::Web).unwrap_or_else(|| Actor::system(Door::Web));
    let subject = entry.change.what.data.clone().filter(|_| entry.change.what.kind.is_message());
    let message = NewMessage { subject, ..NewMessage::text(entry.text.clone()) };
    let catalog = tx.catalog();
    let queue = catalog.queue(seen.queue).ok_or(Error::NotFound)?;
    let cause = Cause { rule: "", actor: &author, ticket: &seen, change: &entry.change, message: Some(&message) };
    let mut context = context::of(tx, cause, queue).await?;
    let shown: Vec<String> =
        access::fields_with(tx, actor, queue.id, Right::SeeCustomField).into_iter().map(|field| field.name).collect();
    for path in ["/fields", "/change/fields"] {
        if let Some(Value::Object(fields)) = context.pointer_mut(path) {
            fields.retain(|name, _| shown.contains(name));
        }
    }
    let rendered = rules::render("", content, &context).map_err(|error| Error::invalid("content", told(&error)))?;
    let subject = rendered.header("Subject").or(message.subject.as_deref()).unwrap_or(&seen.subject);
    let is_html = rendered.is_html();
    Ok(TemplatePreview {
        ticket: seen.id,
        about: entry.change.what.kind.as_str().to_owned(),
        subject: threading::subject_with_tag(subject, catalog.tag_of(queue), seen.id.0),
        headers: rendered.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("Subject")).cloned().collect(),
        text: if is_html { to_text(&rendered.body) } else { rendered.body.trim_start().to_owned() },
        html: is_html.then_some(rendered.body),
    })
}
