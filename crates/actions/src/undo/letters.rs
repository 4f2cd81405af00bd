//! The letters of an act: those that still wait are withdrawn, the others are out.

use crate::{Result, Tx};
use domain::{
    ChangeId,
    change::{Change, ChangeKind},
    undo::Said,
};

pub(super) struct Letters {
    pub(super) withdrawn: usize,
    pub(super) sent: usize,
    out: Vec<String>,
}

fn letter(change: &Change) -> Option<&String> {
    let is_record = matches!(change.what.kind, ChangeKind::EmailRecord | ChangeKind::CommentEmailRecord);
    change.what.data.as_ref().filter(|_| is_record)
}

pub(super) async fn withdraw(tx: &mut Tx, changes: impl Iterator<Item = &Change>) -> Result<Letters> {
    let changes: Vec<&Change> = changes.collect();
    let ids: Vec<String> = changes.iter().copied().filter_map(letter).cloned().collect();
    let caught = storage::outbound::withdraw(&mut tx.db, &ids).await?;
    let out: Vec<String> = ids.into_iter().filter(|id| !caught.contains(id)).collect();
    if out.is_empty() {
        // digests must not tell of what nobody was told of
        let undone: Vec<ChangeId> = changes.iter().map(|change| change.id).collect();
        storage::digest::forget(&mut tx.db, &undone).await?;
    }
    Ok(Letters { withdrawn: caught.len(), sent: out.len(), out })
}

impl Letters {
    /// What the changes of one ticket said to people.
    pub(super) fn said(&self, changes: &[Change]) -> Said {
        let messages = || changes.iter().filter(|change| is_message(change));
        Said {
            message: messages().next().is_some(),
            stays: changes.iter().filter_map(letter).any(|id| self.out.contains(id)),
            minutes: messages().map(|change| change.what.time_taken).sum(),
        }
    }
}

pub(super) fn is_message(change: &Change) -> bool {
    matches!(change.what.kind, ChangeKind::Correspond | ChangeKind::Comment)
}
