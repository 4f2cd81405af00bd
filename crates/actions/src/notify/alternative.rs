//! The HTML beside a letter that a template wrote as text, where somebody wrote its message with Markdown.

use super::{Cause, context};
use crate::{Error, Result, Tx};
use domain::{markdown::lines_of, queue::Queue};
use serde_json::Value;

/// Stands for the message while the rest is written; a character that nobody types.
const MESSAGE: &str = "\u{e0b1}message\u{e0b1}";

/// `None` where the message has no HTML, or where the template does something else with it than put it in once.
pub(super) async fn html(tx: &mut Tx, cause: Cause<'_>, queue: &Queue, template: &str) -> Result<Option<String>> {
    let Some(message) = cause.message.and_then(|message| message.html.as_deref()) else { return Ok(None) };
    let catalog = tx.catalog();
    let Some(content) = catalog.template(cause.ticket.queue, template) else { return Ok(None) };
    let mut context = context::of(tx, cause, queue).await?;
    if let Some(text) = context.pointer_mut("/message/text") {
        *text = Value::String(MESSAGE.to_owned());
    }
    let rendered = rules::render(template, content, &context).map_err(|error| Error::Internal(error.into()))?;
    let mut halves = rendered.body.trim().split(MESSAGE);
    Ok(match (halves.next(), halves.next(), halves.next()) {
        (Some(before), Some(after), None) => Some(format!("{}\n{message}\n{}", passage(before), passage(after))),
        _ => None,
    })
}

fn passage(text: &str) -> String {
    let text = text.trim_matches('\n');
    if text.trim().is_empty() { String::new() } else { format!("<div>{}</div>", lines_of(text)) }
}
