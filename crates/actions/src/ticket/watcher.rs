//! Groups as watchers of a ticket (TC-056), and addresses that get no mail of it (TC-061).

use crate::{
    Actor, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
    ticket::{PeopleInput, people},
};
use domain::{
    GroupId, Right, Role, TicketId,
    change::{Change, ChangeKind, NewChange},
    person::EmailAddress,
};

/// How a group is written where people are named.
pub const GROUP: &str = "group:";

/// Groups that hold roles, with their names.
pub async fn watching_groups(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Vec<(Role, GroupId, String)>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let catalog = tx.catalog();
    let groups = storage::watcher::groups_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let named = |group: GroupId| catalog.group_name(group).unwrap_or_default().to_owned();
    Ok(groups.into_iter().map(|(_, role, group)| (role, group, named(group))).collect())
}

/// Needs `ModifyTicket`. `None` when it was so already.
pub async fn set_group(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    (role, group): (Role, GroupId),
    watches: bool,
) -> Result<Option<Change>> {
    let mut ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?.into_inner();
    if role == Role::Owner {
        return Err(Error::invalid("role", "An owner is one person, never a group."));
    }
    let name =
        tx.catalog().group_name(group).map(str::to_owned).ok_or_else(|| Error::invalid("who", "There is no such group."))?;
    let changed = if watches {
        storage::watcher::add_group(&mut tx.db, ticket.id, role, group).await?
    } else {
        storage::watcher::remove_group(&mut tx.db, ticket.id, role, group).await?
    };
    if !changed {
        return Ok(None);
    }
    let value = Some(format!("{GROUP}{name}"));
    let (kind, old, new) = if watches { (ChangeKind::AddWatcher, None, value) } else { (ChangeKind::DelWatcher, value, None) };
    let change = history::record(tx, actor, &mut ticket, NewChange::moved(kind, role.as_str(), old, new), None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(Some(change))
}

/// Makes exactly these groups the ones that hold a role.
pub(super) async fn set_groups(tx: &mut Tx, actor: &Actor, id: TicketId, role: Role, wanted: &[GroupId]) -> Result<Vec<Change>> {
    let held = storage::watcher::groups_of_tickets(&mut tx.db, &[id]).await?;
    let held: Vec<GroupId> = held.into_iter().filter(|(_, one, _)| *one == role).map(|(_, _, group)| group).collect();
    let mut changes = Vec::new();
    for group in held.iter().filter(|group| !wanted.contains(group)) {
        changes.extend(set_group(tx, actor, id, (role, *group), false).await?);
    }
    for group in wanted.iter().filter(|group| !held.contains(group)) {
        changes.extend(set_group(tx, actor, id, (role, *group), true).await?);
    }
    Ok(changes)
}

/// Adds people and groups by what they are called, leaving those who are there. Needs `ModifyTicket`.
pub async fn add_named(tx: &mut Tx, actor: &Actor, id: TicketId, input: PeopleInput) -> Result<Vec<Change>> {
    let ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?.id;
    let field = "add";
    Error::unless_empty(people::own_addresses(tx, field, &input.people))?;
    let mut changes = Vec::new();
    for name in &input.people {
        if let Some(group) = people::group_of(tx, name, field)? {
            changes.extend(set_group(tx, actor, ticket, (input.role, group), true).await?);
            continue;
        }
        let user = people::load_or_create(tx, name, field).await?.id;
        changes.extend(people::add_person(tx, actor, ticket, input.role, user).await?);
    }
    Ok(changes)
}

/// Takes people and groups out of a role by what they are called; who is not there is no mistake. Needs `ModifyTicket`, or `Watch`
/// for oneself.
pub async fn remove_named(tx: &mut Tx, actor: &Actor, id: TicketId, input: PeopleInput) -> Result<Vec<Change>> {
    let ticket = access::ticket(tx, actor, id).await?.id;
    let mut changes = Vec::new();
    for name in &input.people {
        if let Some(group) = people::group_of(tx, name, "remove")? {
            changes.extend(set_group(tx, actor, ticket, (input.role, group), false).await?);
        } else if let Some(user) = people::known(tx, name).await? {
            changes.extend(people::remove_person(tx, actor, ticket, input.role, user.id).await?);
        }
    }
    Ok(changes)
}

/// Addresses that get no mail of the ticket.
pub async fn squelched(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Vec<String>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let quiet = storage::squelch::of_ticket(&mut tx.db, ticket.id).await?;
    Ok(quiet.iter().map(ToString::to_string).collect())
}

/// Needs `ModifyTicket`. `None` when it was so already.
pub async fn set_squelched(tx: &mut Tx, actor: &Actor, id: TicketId, address: &str, quiet: bool) -> Result<Option<Change>> {
    let mut ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?.into_inner();
    let address = EmailAddress::parse(address).map_err(|error| Error::invalid("squelch", format!("{error}.")))?;
    let held = storage::squelch::of_ticket(&mut tx.db, ticket.id).await?;
    if held.contains(&address) == quiet {
        return Ok(None);
    }
    let value = Some(address.to_string());
    let (old, new) = if quiet { (None, value) } else { (value, None) };
    if quiet {
        storage::squelch::add(&mut tx.db, ticket.id, &address).await?;
    } else {
        storage::watcher::unsquelch(&mut tx.db, ticket.id, address.as_str()).await?;
    }
    let change = history::record(tx, actor, &mut ticket, NewChange::set("Squelch", old, new), None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(Some(change))
}
