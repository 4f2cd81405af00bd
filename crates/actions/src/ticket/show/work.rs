//! What the page of a ticket tells about its work: who worked how long, what it waits for.

use super::TicketView;
use crate::{Actor, Result, Tx, access};
use domain::{Ticket, TicketId, UserId, link::LinkKind};

/// Members looked at for the time of a whole family.
const MOST_MEMBERS: i64 = 1_000;

#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Minutes by person, most first (TC-070).
    pub by_person: Vec<(String, i64)>,
    /// The ticket's own minutes and those of all its members, their members included; `None` when it has none.
    pub with_members: Option<i64>,
    /// Open tickets that it depends on and the viewer may see (TC-086).
    pub blockers: Vec<Ticket>,
    /// There are others.
    pub more_blockers: bool,
}

pub async fn work(tx: &mut Tx, actor: &Actor, view: &TicketView) -> Result<Work> {
    let id = view.ticket.id;
    let (blockers, more_blockers) = blockers(tx, actor, id).await?;
    Ok(Work { by_person: by_person(tx, id).await?, with_members: with_members(tx, actor, view).await?, blockers, more_blockers })
}

async fn by_person(tx: &mut Tx, id: TicketId) -> Result<Vec<(String, i64)>> {
    let times = storage::change::time_by_actor(&mut tx.db, id).await?;
    let ids: Vec<UserId> = times.iter().map(|(user, _)| *user).collect();
    let users = storage::person::by_ids(&mut tx.db, &ids).await?;
    let name = |id: UserId| users.iter().find(|user| user.id == id).map(|user| user.display_name().to_owned());
    Ok(times.into_iter().filter_map(|(user, minutes)| Some((name(user)?, minutes))).collect())
}

async fn with_members(tx: &mut Tx, actor: &Actor, view: &TicketView) -> Result<Option<i64>> {
    if !view.links.iter().any(|link| link.kind == LinkKind::MemberOf && !link.outgoing) {
        return Ok(None);
    }
    let ids = storage::link::members_below(&mut tx.db, view.ticket.id, MOST_MEMBERS).await?;
    let members = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let visible = access::visible_of(tx, actor, &members).await?;
    let own = view.ticket.time_worked;
    let others = visible.iter().filter(|member| member.id != view.ticket.id).map(|member| member.time_worked);
    Ok(Some(others.fold(own, i64::saturating_add)))
}

/// What a ticket waits for: those the actor may see, and whether there are others (TC-040, TC-086).
pub(crate) async fn blockers(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<(Vec<Ticket>, bool)> {
    let open: Vec<Ticket> = storage::ticket::linked(&mut tx.db, id, LinkKind::DependsOn, true)
        .await?
        .into_iter()
        .filter(|other| other.is_open() && other.merged_into.is_none())
        .collect();
    let visible = access::visible_of(tx, actor, &open).await?;
    let more = visible.len() < open.len();
    Ok((visible, more))
}
