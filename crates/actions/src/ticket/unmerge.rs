//! Taking a merge back, at any time: both tickets are as they were, apart from what happened since. What others brought as
//! well, and what was given to the target again since, stays with it.

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
    ticket::remove_value,
};
use domain::{
    FieldId, Right, Role, StatusClass, Ticket, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
    link::{HAS_MERGED, MERGED_INTO},
};
use storage::merge::Merge;

/// What the target would lose.
#[derive(Clone, Debug)]
pub struct Unmerging {
    pub source: Ticket,
    pub target: Ticket,
    /// Minutes: estimated, worked, left.
    pub times: [i64; 3],
    pub people: Vec<(Role, UserId)>,
    pub values: Vec<(FieldId, String)>,
    /// What it would be again, where the merge changed it.
    pub status: Option<String>,
}

/// What [`unmerge`] would do, for a page that asks before.
pub async fn unmerging(tx: &mut Tx, actor: &Actor, source: TicketId) -> Result<Unmerging> {
    let (merge, source, target) = standing(tx, actor, source).await?;
    plan(tx, &merge, source, target).await
}

/// Makes `source` a ticket of its own again. Needs `ModifyTicket` on what it was merged into. Returns the change there.
pub async fn unmerge(tx: &mut Tx, actor: &Actor, source: TicketId) -> Result<Change> {
    let (merge, source, target) = standing(tx, actor, source).await?;
    let Unmerging { mut source, mut target, people, values, status, .. } = plan(tx, &merge, source, target).await?;
    storage::merge::hand_over(&mut tx.db, merge.id, target.id).await?;
    storage::merge::take_people(&mut tx.db, target.id, &people).await?;

    let mine = below(tx, &merge).await?;
    storage::merge::give_back_links(&mut tx.db, source.id, &mine, target.id).await?;
    let inner: Vec<TicketId> = mine.iter().copied().filter(|id| *id != source.id).collect();
    storage::merge::point(&mut tx.db, &inner, Some(source.id)).await?;
    storage::text::point(&mut tx.db, &[source.id], None).await?;
    storage::merge::delete(&mut tx.db, merge.id).await?;

    source.merged_into = None;
    source.status_class = class_of(tx, &source, &merge.source_status).unwrap_or(source.status_class);
    source.status.clone_from(&merge.source_status);
    let what = NewChange::moved(ChangeKind::DeleteLink, MERGED_INTO, Some(target.id.to_string()), None);
    let parted = history::record(tx, actor, &mut source, what, None).await?;

    target.time_estimated = (target.time_estimated - merge.times[0]).max(0);
    target.time_worked = (target.time_worked - merge.times[1]).max(0);
    target.time_left = (target.time_left - merge.times[2]).max(0);
    let what = NewChange::moved(ChangeKind::DeleteLink, HAS_MERGED, Some(source.id.to_string()), None);
    let change = history::record(tx, actor, &mut target, what, None).await?;
    if let Some(status) = status {
        restore_status(tx, actor, &mut target, &merge, status).await?;
    }
    for (field, content) in values {
        remove_value(tx, &Actor::system(actor.door), target.id, field, &content).await?;
    }
    automation::react(tx, actor, source.id, &parted, &Occasion::default()).await?;
    automation::react(tx, actor, target.id, &change, &Occasion::default()).await?;
    recount_incidents(tx, &source, &target).await?;
    Ok(change)
}

/// The merge with both its tickets, locked. What is inside another merged ticket comes out after that one.
async fn standing(tx: &mut Tx, actor: &Actor, source: TicketId) -> Result<(Merge, Ticket, Ticket)> {
    let target = access::ticket_for(tx, actor, source, Right::ModifyTicket).await?.into_inner();
    let not_merged = || Error::invalid("merge", format!("#{source} is not merged into another ticket."));
    let merge = storage::merge::of_source(&mut tx.db, source).await?.ok_or_else(not_merged)?;
    if merge.target != target.id {
        return Err(Error::invalid("merge", format!("#{source} is part of #{}; take that one out first.", merge.target)));
    }
    let source = storage::ticket::lock(&mut tx.db, source).await?.ok_or(Error::NotFound)?;
    Ok((merge, source, target))
}

/// What was not given to the target again since the merge.
async fn plan(tx: &mut Tx, merge: &Merge, source: Ticket, target: Ticket) -> Result<Unmerging> {
    let (mut people, mut values) =
        (storage::merge::people(&mut tx.db, merge.id).await?, storage::merge::values(&mut tx.db, merge.id).await?);
    let mut moved = false;
    let mut last = merge.target_version;
    loop {
        let step = storage::change::after(&mut tx.db, target.id, last, 200).await?;
        let Some(newest) = step.last() else { break };
        last = newest.sequence;
        for change in &step {
            let what = &change.what;
            let is = |field: String, new: String| what.field.as_ref() == Some(&field) && what.new.as_ref() == Some(&new);
            match what.kind {
                ChangeKind::AddWatcher => people.retain(|(role, user)| !is(role.as_str().to_owned(), user.to_string())),
                ChangeKind::CustomField => values.retain(|(field, content)| !is(field.to_string(), content.clone())),
                ChangeKind::Status => moved = true,
                _ => {}
            }
        }
    }
    let status = Some(merge.target_status.clone()).filter(|before| !moved && *before != target.status);
    Ok(Unmerging { source, target, times: merge.times, people, values, status })
}

/// The source and what was merged into it before it was merged itself.
async fn below(tx: &mut Tx, merge: &Merge) -> Result<Vec<TicketId>> {
    let all = storage::merge::into_ticket(&mut tx.db, merge.target).await?;
    let mut mine = vec![merge.source];
    let mut at = 0;
    while let Some(id) = mine.get(at).copied() {
        mine.extend(
            all.iter()
                .filter(|other| other.target == id && !mine.contains(&other.source))
                .map(|other| other.source)
                .collect::<Vec<_>>(),
        );
        at += 1;
    }
    Ok(mine)
}

fn class_of(tx: &Tx, ticket: &Ticket, status: &str) -> Option<StatusClass> {
    let catalog = tx.catalog();
    catalog.queue(ticket.queue).and_then(|queue| catalog.lifecycle(queue)).and_then(|lifecycle| lifecycle.class(status))
}

/// Back to where the merge found it, whatever the lifecycle says about such a step.
async fn restore_status(tx: &mut Tx, actor: &Actor, target: &mut Ticket, merge: &Merge, status: String) -> Result<()> {
    let Some(class) = class_of(tx, target, &status) else { return Ok(()) };
    let what = NewChange::moved(ChangeKind::Status, "Status", Some(target.status.clone()), Some(status.clone()));
    target.status = status;
    target.status_class = class;
    target.started = merge.target_started;
    history::record(tx, actor, target, what, None).await?;
    Ok(())
}

/// Children went from one family to another (IR-206).
async fn recount_incidents(tx: &mut Tx, source: &Ticket, target: &Ticket) -> Result<()> {
    for ticket in [source, target] {
        crate::incident::recalculate_due(tx, ticket.id).await?;
    }
    Ok(())
}
