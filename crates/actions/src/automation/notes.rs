//! Rules that write on the ticket itself (TC-154).

use crate::{
    Actor, Result, Tx,
    message::NewMessage,
    notify,
    ticket::{Basics, Reply, set_basics},
};
use domain::{
    Ticket,
    ticket::{clean_subject, foreign_tags},
};

pub(super) async fn comment(tx: &mut Tx, actor: &Actor, cause: notify::Cause<'_>, template: &str) -> Result<()> {
    let text = notify::text_of(tx, cause, template).await?;
    let note = Reply { ticket: cause.ticket.id, message: NewMessage::text(text), time_taken: 0 };
    crate::ticket::comment(tx, actor, note).await?;
    Ok(())
}

pub(super) async fn reply(tx: &mut Tx, actor: &Actor, cause: notify::Cause<'_>, template: &str) -> Result<()> {
    let text = notify::text_of(tx, cause, template).await?;
    let message = Reply { ticket: cause.ticket.id, message: NewMessage::text(text), time_taken: 0 };
    crate::ticket::reply(tx, actor, message).await?;
    Ok(())
}

/// Other systems' tags join the subject, so that our answers carry them, too.
pub(super) async fn extract_subject_tag(tx: &mut Tx, actor: &Actor, ticket: &Ticket, message: Option<&NewMessage>) -> Result<()> {
    let Some(subject) = message.and_then(|message| message.subject.as_deref()) else { return Ok(()) };
    let catalog = tx.catalog();
    let mut whole = ticket.subject.clone();
    for tag in foreign_tags(subject, &catalog.tags()) {
        if !whole.contains(&tag) {
            whole = format!("{whole} {tag}");
        }
    }
    let whole = clean_subject(&whole);
    if whole != ticket.subject {
        set_basics(tx, actor, ticket.id, Basics { subject: Some(whole), ..Basics::default() }).await?;
    }
    Ok(())
}
