//! Every named file of a ticket, for its box of attachments (TC-114).

use super::history::{found, is_visible, shown_part};
use crate::{Actor, Result, Tx, access};
use domain::{
    ChangeId, TicketId, UserId,
    change::{Change, ChangeKind},
    person::User,
};
use jiff::Timestamp;

/// A file with who sent it when.
#[derive(Clone, Debug)]
pub struct NamedFile {
    pub part: super::ShownPart,
    pub change: ChangeId,
    pub author: User,
    pub at: Timestamp,
    /// It came with a comment.
    pub internal: bool,
}

/// Up to `limit`, newest first, without those of messages the actor may not see.
pub async fn files(tx: &mut Tx, actor: &Actor, id: TicketId, limit: i64) -> Result<Vec<NamedFile>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let parts = storage::part::files_of_ticket(&mut tx.db, ticket.id, limit).await?;
    let mut ids: Vec<ChangeId> = parts.iter().map(|part| part.change).collect();
    ids.dedup();
    let changes = storage::change::by_ids(&mut tx.db, &ids).await?;
    let rights = access::rights(tx, actor, &ticket).await?;
    let seen: Vec<&Change> = changes.iter().filter(|change| is_visible(tx, actor, &ticket, &rights, change)).collect();
    let mut people: Vec<UserId> = seen.iter().map(|change| change.actor).collect();
    people.sort_unstable();
    people.dedup();
    let users = storage::person::by_ids(&mut tx.db, &people).await?;
    let found = found(tx, parts.iter()).await?;
    let named = |part: &storage::part::Part| {
        let change = seen.iter().find(|change| change.id == part.change)?;
        let author = users.iter().find(|user| user.id == change.actor)?.clone();
        let internal = change.what.kind == ChangeKind::Comment;
        Some(NamedFile { part: shown_part(part, &found), change: change.id, author, at: change.created, internal })
    };
    Ok(parts.iter().filter_map(named).collect())
}
