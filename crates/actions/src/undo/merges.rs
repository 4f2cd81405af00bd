//! Merges among what an act did: they are taken back as a whole, by the verb that knows how.

use crate::{Actor, Error, Result, Tx, ticket::unmerge};
use domain::{
    TicketId,
    change::{Change, ChangeKind},
    link::MERGED_INTO,
};
use storage::act::ActTicket;

/// Takes them back, the last first; the tickets that were parted.
pub(super) async fn take_back<'a>(
    tx: &mut Tx,
    actor: &Actor,
    changes: impl Iterator<Item = &'a Change>,
) -> Result<Vec<TicketId>> {
    let mut merges: Vec<&Change> = changes.filter(|change| change.what.field.as_deref() == Some(MERGED_INTO)).collect();
    if merges.iter().any(|change| change.what.kind == ChangeKind::DeleteLink) {
        return Err(Error::invalid("act", "Merge the tickets again instead of undoing that they were parted."));
    }
    merges.sort_by_key(|change| std::cmp::Reverse(change.id));
    let mut parted = Vec::new();
    for merge in merges {
        unmerge(tx, actor, merge.ticket).await?;
        parted.push(merge.ticket);
        parted.extend(merge.what.new.as_deref().and_then(|id| id.parse::<TicketId>().ok()));
    }
    Ok(parted)
}

/// What else the act did to a ticket that was parted: its minutes went with the merge.
pub(super) fn without_times(touched: &ActTicket) -> ActTicket {
    let mut rest = touched.clone();
    if let Some(before) = &rest.before {
        rest.after.time_estimated = before.time_estimated;
        rest.after.time_worked = before.time_worked;
        rest.after.time_left = before.time_left;
    }
    rest
}
