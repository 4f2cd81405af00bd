//! Making two tickets one (TC-083 … TC-085, IR-414). Each keeps its own row, people, values and history; what the target gets
//! from the source is noted, so that [`unmerge`](super::unmerge()) can give it back at any time.

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
    incident::same_constituency,
    lock,
};
use domain::{
    Right, Ticket, TicketId,
    change::{Change, ChangeKind, NewChange},
    link::{HAS_MERGED, LinkKind, MERGED_INTO},
};
use storage::merge::Merge;

/// Merges `source` into `target`, of one constituency unless they may mix (IR-153). Needs `ModifyTicket` on both. Returns the
/// change on the target.
pub async fn merge(tx: &mut Tx, actor: &Actor, source: TicketId, target: TicketId) -> Result<Change> {
    let (one, other) = both(tx, actor, source, target).await?;
    same_constituency(tx, &one, &other, "merge")?;
    merge_across(tx, actor, source, target).await
}

/// The same across constituencies, as the page *Advanced* does it (IR-158).
pub async fn merge_across(tx: &mut Tx, actor: &Actor, source: TicketId, target: TicketId) -> Result<Change> {
    let (mut source, mut target) = both(tx, actor, source, target).await?;
    let merge = Merge {
        id: 0,
        source: source.id,
        target: target.id,
        actor: actor.id(),
        at: tx.now,
        times: [source.time_estimated, source.time_worked, source.time_left],
        source_status: source.status.clone(),
        target_status: target.status.clone(),
        target_started: target.started,
        target_version: target.version,
    };
    let id = storage::merge::insert(&mut tx.db, &merge).await?;
    storage::merge::carry_people(&mut tx.db, id, source.id, target.id).await?;
    carry_links(tx, source.id, target.id).await?;
    let earlier = storage::merge::family(&mut tx.db, source.id).await?;
    storage::merge::point(&mut tx.db, &earlier, Some(target.id)).await?;

    lock::was_merged(tx, source.id, target.id).await?;

    source.merged_into = Some(target.id);
    counts_as_merged(tx, &mut source)?;
    let what = NewChange::moved(ChangeKind::AddLink, MERGED_INTO, None, Some(target.id.to_string()));
    history::record(tx, actor, &mut source, what, None).await?;

    target.time_estimated += merge.times[0];
    target.time_worked += merge.times[1];
    target.time_left += merge.times[2];
    let what = NewChange::moved(ChangeKind::AddLink, HAS_MERGED, None, Some(source.id.to_string()));
    let change = history::record(tx, actor, &mut target, what, None).await?;
    automation::react(tx, actor, target.id, &change, &Occasion::default()).await?;
    let version = access::load(tx, target.id, false).await?.version;
    storage::merge::finish(&mut tx.db, id, version).await?;
    Ok(change)
}

/// Both, locked in the order of their numbers so that two merges cannot wait for each other.
async fn both(tx: &mut Tx, actor: &Actor, source: TicketId, target: TicketId) -> Result<(Ticket, Ticket)> {
    let source_first = source <= target;
    let first = access::ticket_for(tx, actor, if source_first { source } else { target }, Right::ModifyTicket).await;
    let second = access::ticket_for(tx, actor, if source_first { target } else { source }, Right::ModifyTicket).await;
    let (source, target) = if source_first { (first, second) } else { (second, first) };
    let source = source?.into_inner();
    let target = target.map_err(|error| match error {
        Error::NotFound => Error::invalid("merge", "New ticket doesn't exist"),
        other => other,
    })?;
    if source.id == target.id {
        return Err(Error::invalid("merge", "Can't merge a ticket into itself"));
    }
    Ok((source, target.into_inner()))
}

async fn carry_links(tx: &mut Tx, source: TicketId, target: TicketId) -> Result<()> {
    storage::merge::carry_links(&mut tx.db, source, target).await?;
    for kind in LinkKind::ALL.into_iter().filter(|kind| kind.refuses_circles()) {
        if storage::link::leads_to(&mut tx.db, kind, target, target).await? {
            return Err(Error::invalid("merge", format!("The links of #{source} and #{target} would go round in a circle.")));
        }
    }
    Ok(())
}

/// What a ticket that was merged away counts as, in silence: no rule hears of it, so nobody is told it was resolved (IR-414).
fn counts_as_merged(tx: &Tx, source: &mut Ticket) -> Result<()> {
    let catalog = tx.catalog();
    let lifecycle = catalog.queue(source.queue).and_then(|queue| catalog.lifecycle(queue)).ok_or(Error::NotFound)?;
    if let Some(class) = lifecycle.class(&lifecycle.merged_as) {
        source.status.clone_from(&lifecycle.merged_as);
        source.status_class = class;
    }
    Ok(())
}
