//! Files of earlier messages, sent once more (TC-114).

use super::NewMessage;
use crate::{Actor, Error, Result, Tx, access, ticket::show};
use domain::{ChangeId, TicketId, file_kind};

/// More than this nobody ticks.
const MOST: usize = 50;
/// All of them together: a letter is in memory as a whole.
const MOST_BYTES: usize = 50 * 1024 * 1024;

/// The message with files of the same ticket (and of those merged into it) that the actor may see, each by the entry it came with
/// and its number. What is wrong is told at `field`.
pub async fn attach_again(
    tx: &mut Tx,
    actor: &Actor,
    (ticket, field): (TicketId, &str),
    message: &mut NewMessage,
    files: &[(ChangeId, i64)],
) -> Result<()> {
    if files.len() > MOST {
        return Err(Error::invalid(field, format!("At most {MOST} files of earlier messages, please.")));
    }
    if files.is_empty() {
        return Ok(());
    }
    let ticket = access::ticket(tx, actor, ticket).await?.id;
    let family = storage::merge::family(&mut tx.db, ticket).await?;
    let missing = || Error::invalid(field, "A file that was ticked is not there, or not for you to see.");
    let mut bytes = 0;
    for (change, part) in files {
        let known = storage::change::get(&mut tx.db, *change).await?.filter(|change| family.contains(&change.ticket));
        let change = known.ok_or_else(missing)?.id;
        let (shown, content) = match show::file(tx, actor, change, *part).await {
            Err(Error::NotFound) => return Err(missing()),
            other => other?,
        };
        let name = shown.file_name.as_deref().unwrap_or("attachment");
        if file_kind::is_dangerous(name, &shown.content_type, file_kind::found(&content)) {
            let text = format!("“{name}” could run when somebody opens it, and is not sent as it is. Forward its entry instead.");
            return Err(Error::invalid(field, text));
        }
        bytes += content.len();
        if bytes > MOST_BYTES {
            return Err(Error::invalid(field, "The files of earlier messages are too large together."));
        }
        *message = std::mem::take(message).attach(name, &shown.content_type, content);
    }
    Ok(())
}
