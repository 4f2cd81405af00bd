//! Who watches the tickets of a constituency: its team, as an admin Cc (IR-162).

use crate::{Actor, Result, Tx, setup::DUTY_TEAM, ticket::set_group};
use domain::{GroupId, Role, Ticket};

/// Teams of other constituencies are taken off. Where there is a constituency, so is the team of all; a constituency without a team
/// changes nothing.
pub(super) async fn of_constituency(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<()> {
    let catalog = tx.catalog();
    let team_of = |name: &str| format!("{DUTY_TEAM} {name}");
    let name = catalog.queue(ticket.queue).and_then(|queue| catalog.constituency(queue)).map(|one| team_of(&one.name));
    let wanted = name.as_ref().and_then(|name| catalog.groups().find(|(_, known)| known == name)).map(|(id, _)| id);
    if name.is_some() && wanted.is_none() {
        return Ok(());
    }
    let is_team = |id: GroupId| match catalog.group_name(id) {
        Some(called) if wanted.is_some() => called == DUTY_TEAM || called.starts_with(&team_of("")),
        Some(called) => catalog.constituencies().any(|one| called == team_of(&one.name)),
        None => false,
    };
    let held = storage::watcher::groups_of_tickets(&mut tx.db, &[ticket.id]).await?;
    for (_, _, group) in
        held.into_iter().filter(|(_, role, group)| *role == Role::AdminCc && Some(*group) != wanted && is_team(*group))
    {
        set_group(tx, actor, ticket.id, (Role::AdminCc, group), false).await?;
    }
    if let Some(team) = wanted {
        set_group(tx, actor, ticket.id, (Role::AdminCc, team), true).await?;
    }
    Ok(())
}
