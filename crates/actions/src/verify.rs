//! Walking the chains: every ticket's history, every stored content, and the administrative record (invariant 2).

use crate::{Desk, Result, history::seal, message::digest};
use domain::{
    ChangeId, Ticket, TicketId,
    change::{Change, Sealed, blob_hash},
};

/// One thing that is not as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// This change, or one before it, was altered, removed or moved.
    Change { ticket: TicketId, change: ChangeId, what: String },
    /// The newest changes of a ticket are missing.
    CutOff { ticket: TicketId, expected: i64, found: i64 },
    /// Stored content does not have the hash it is stored under.
    Blob { hash: String },
    /// An administrative record was altered or removed.
    Audit { id: i64 },
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Finding::Change { ticket, change, what } => write!(f, "ticket #{ticket}, change {change}: {what}"),
            Finding::CutOff { ticket, expected, found } => {
                write!(f, "ticket #{ticket}: the history ends at change {found} of {expected}")
            }
            Finding::Blob { hash } => write!(f, "content {hash} was altered"),
            Finding::Audit { id } => write!(f, "administrative record {id} was altered, or one before it removed"),
        }
    }
}

/// What was looked at, and what was wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub tickets: u64,
    pub changes: u64,
    pub blobs: u64,
    pub findings: Vec<Finding>,
}

const STEP: i64 = 200;

pub async fn verify(desk: &Desk) -> Result<Report> {
    let mut report = Report::default();
    let mut last = TicketId(0);
    loop {
        let mut tx = desk.read().await?;
        let ids = storage::ticket::ids_after(&mut tx.db, last, STEP).await?;
        let Some(newest) = ids.last() else { break };
        last = *newest;
        for ticket in storage::ticket::by_ids(&mut tx.db, &ids).await? {
            report.tickets += 1;
            ticket_chain(&mut tx.db, &ticket, &mut report).await?;
        }
    }
    blobs(desk, &mut report).await?;
    audit(desk, &mut report).await?;
    Ok(report)
}

async fn ticket_chain(db: &mut storage::Tx, ticket: &Ticket, report: &mut Report) -> Result<()> {
    let (mut previous, mut sequence): (Vec<u8>, i64) = (vec![], 0);
    loop {
        let changes = storage::change::after(db, ticket.id, sequence, STEP).await?;
        if changes.is_empty() {
            break;
        }
        let ids: Vec<ChangeId> = changes.iter().filter(|change| change.message.is_some()).map(|change| change.id).collect();
        let parts = storage::part::of_changes(db, &ids).await?;
        let fields = storage::custom_field::of_changes(db, &ids).await?;
        for change in changes {
            report.changes += 1;
            let mine = parts.iter().filter(|part| part.change == change.id);
            let fields: Vec<_> = fields
                .iter()
                .filter(|(id, _, _)| *id == change.id)
                .map(|(_, field, content)| (*field, content.clone()))
                .collect();
            let message = change.message.as_ref().map(|_| digest(mine.map(seal), &fields));
            if let Some(what) = fault(&change, &previous, sequence, message.as_deref()) {
                report.findings.push(Finding::Change { ticket: ticket.id, change: change.id, what });
            }
            sequence = change.sequence;
            previous = change.hash;
        }
    }
    if sequence != ticket.version || previous != ticket.head {
        report.findings.push(Finding::CutOff { ticket: ticket.id, expected: ticket.version, found: sequence });
    }
    Ok(())
}

/// What is wrong with one change after the one before it.
fn fault(change: &Change, previous: &[u8], sequence: i64, message: Option<&[u8]>) -> Option<String> {
    if change.sequence != sequence + 1 {
        return Some(format!("{} change(s) before it are missing", change.sequence - sequence - 1));
    }
    if message != change.message.as_deref() {
        return Some("its message was altered".to_owned());
    }
    let sealed = Sealed {
        ticket: change.ticket,
        sequence: change.sequence,
        actor: change.actor,
        what: &change.what,
        created: change.created,
        message: change.message.as_deref(),
    };
    (sealed.hash(previous) != change.hash).then(|| "it was altered or moved".to_owned())
}

async fn blobs(desk: &Desk, report: &mut Report) -> Result<()> {
    let mut last: Vec<u8> = vec![];
    loop {
        let mut tx = desk.read().await?;
        // few at a time: one may be as large as a message may be
        let step = storage::blob::walk(&mut tx.db, &last, 8).await?;
        let Some((newest, _)) = step.last() else { return Ok(()) };
        last.clone_from(newest);
        for (hash, content) in &step {
            report.blobs += 1;
            if blob_hash(content) != *hash {
                report.findings.push(Finding::Blob { hash: hex::encode(hash) });
            }
        }
    }
}

async fn audit(desk: &Desk, report: &mut Report) -> Result<()> {
    let (mut previous, mut last): (Vec<u8>, i64) = (vec![], 0);
    loop {
        let mut tx = desk.read().await?;
        let entries = storage::audit::after(&mut tx.db, last, STEP).await?;
        let Some(newest) = entries.last() else { return Ok(()) };
        last = newest.id;
        for entry in entries {
            let expected = storage::audit::Entry::seal(&previous, entry.actor, &entry.kind, &entry.data, entry.created);
            if expected != entry.hash {
                report.findings.push(Finding::Audit { id: entry.id });
            }
            previous = entry.hash;
        }
    }
}
