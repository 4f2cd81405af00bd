//! Watchers of a ticket, and people we have not met before (TC section 5, TC-060).

use super::watcher::GROUP;
use crate::{Actor, Error, FieldError, Result, Tx, access, automation, automation::Occasion, history};
use domain::{
    GroupId, Right, Role, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
    person::{PersonName, Theme, User},
};

/// Everyone who shall hold a role.
#[derive(Clone, Debug)]
pub struct PeopleInput {
    pub role: Role,
    pub people: Vec<PersonName>,
}

/// Somebody by login or address; unknown addresses become unprivileged users named by the address.
pub async fn load_or_create(tx: &mut Tx, name: &PersonName, field: &str) -> Result<User> {
    match name {
        PersonName::Login(login) => {
            let known = known(tx, name).await?;
            known.filter(|user| !user.disabled).ok_or_else(|| Error::invalid(field, format!("There is nobody called “{login}”.")))
        }
        PersonName::Address { address, name: real_name } => {
            if let Some(user) = known(tx, name).await? {
                return Ok(user);
            }
            let real_name = real_name.as_deref().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
            let mut user = User {
                id: UserId(0),
                name: address.as_str().to_owned(),
                email: Some(address.clone()),
                real_name,
                organization: String::new(),
                privileged: false,
                disabled: false,
                time_zone: None,
                theme: Theme::System,
                keys: true,
                signature: String::new(),
            };
            user.id = storage::person::insert(&mut tx.db, &user, "made when the address was first met", tx.now).await?;
            Ok(user)
        }
    }
}

/// The same without making anybody; the disabled are found, too.
pub(crate) async fn known(tx: &mut Tx, name: &PersonName) -> Result<Option<User>> {
    Ok(match name {
        PersonName::Login(login) => match login.parse::<i64>() {
            Ok(number) => storage::person::get(&mut tx.db, UserId(number)).await?,
            Err(_) => storage::person::by_name(&mut tx.db, login).await?,
        },
        PersonName::Address { address, .. } => match storage::person::by_email(&mut tx.db, address).await? {
            Some(user) => Some(user),
            None => storage::person::by_name(&mut tx.db, address.as_str()).await?,
        },
    })
}

/// Addresses at which we receive mail ourselves cannot be watchers (IR-250).
pub(crate) fn own_addresses(tx: &Tx, field: &str, people: &[PersonName]) -> Vec<FieldError> {
    let catalog = tx.catalog();
    let own = people.iter().filter_map(|name| match name {
        PersonName::Address { address, .. } if catalog.is_own_address(address) => Some(address),
        _ => None,
    });
    own.map(|address| {
        FieldError::new(field, format!("{address} is an address of this system; mail to it would go round in circles."))
    })
    .collect()
}

/// The group that `group:NAME` names (TC-009); `None` for people.
pub(crate) fn group_of(tx: &Tx, name: &PersonName, field: &str) -> Result<Option<GroupId>> {
    let PersonName::Login(login) = name else { return Ok(None) };
    let Some(group) = login.get(..GROUP.len()).filter(|start| start.eq_ignore_ascii_case(GROUP)).and(login.get(GROUP.len()..))
    else {
        return Ok(None);
    };
    let found = tx.catalog().group_named(group);
    found.map(Some).ok_or_else(|| Error::invalid(field, format!("There is no group called “{}”.", group.trim())))
}

/// Logins that nobody has, and groups that are none.
pub(crate) async fn unknown_logins(tx: &mut Tx, field: &str, people: &[PersonName]) -> Result<Vec<FieldError>> {
    let mut errors = Vec::new();
    for name in people.iter().filter(|name| matches!(name, PersonName::Login(_))) {
        let outcome = match group_of(tx, name, field) {
            Ok(Some(_)) => continue,
            Ok(None) => load_or_create(tx, name, field).await.map(drop),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(()) => {}
            Err(Error::Invalid(found)) => errors.extend(found),
            Err(other) => return Err(other),
        }
    }
    Ok(errors)
}

/// Makes exactly these people the holders of a role.
pub async fn set_people(tx: &mut Tx, actor: &Actor, id: TicketId, input: PeopleInput) -> Result<Vec<Change>> {
    let ticket = access::ticket_for(tx, actor, id, Right::ModifyTicket).await?;
    let field = role_field(input.role);
    Error::unless_empty(own_addresses(tx, field, &input.people))?;
    let mut wanted = Vec::new();
    let mut groups = Vec::new();
    for name in &input.people {
        match group_of(tx, name, field)? {
            Some(group) => groups.push(group),
            None => wanted.push(load_or_create(tx, name, field).await?.id),
        }
    }
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let held: Vec<UserId> = members.iter().filter(|(_, role, _)| *role == input.role).map(|(_, _, user)| *user).collect();
    let mut changes = Vec::new();
    for user in held.iter().filter(|user| !wanted.contains(user)) {
        changes.extend(remove_person(tx, actor, id, input.role, *user).await?);
    }
    for user in wanted.iter().filter(|user| !held.contains(user)) {
        changes.extend(add_person(tx, actor, id, input.role, *user).await?);
    }
    changes.extend(super::watcher::set_groups(tx, actor, ticket.id, input.role, &groups).await?);
    Ok(changes)
}

#[must_use]
pub(crate) fn role_field(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Requestor => "requestors",
        Role::Cc => "ccs",
        Role::AdminCc => "admin_ccs",
    }
}

/// `None` when they were there already.
pub async fn add_person(tx: &mut Tx, actor: &Actor, id: TicketId, role: Role, user: UserId) -> Result<Option<Change>> {
    let mut ticket = may_watch(tx, actor, id, role, user).await?;
    if !storage::person::add_to_role(&mut tx.db, ticket.id, role, user).await? {
        return Ok(None);
    }
    let what = NewChange::moved(ChangeKind::AddWatcher, role.as_str(), None, Some(user.to_string()));
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(Some(change))
}

/// `None` when they were not there.
pub async fn remove_person(tx: &mut Tx, actor: &Actor, id: TicketId, role: Role, user: UserId) -> Result<Option<Change>> {
    let mut ticket = may_watch(tx, actor, id, role, user).await?;
    if !storage::person::remove_from_role(&mut tx.db, ticket.id, role, user).await? {
        return Ok(None);
    }
    let what = NewChange::moved(ChangeKind::DelWatcher, role.as_str(), Some(user.to_string()), None);
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(Some(change))
}

/// `ModifyTicket` for anyone; `Watch` and `WatchAsAdminCc` for oneself (TC-057).
async fn may_watch(tx: &mut Tx, actor: &Actor, id: TicketId, role: Role, user: UserId) -> Result<domain::Ticket> {
    let oneself = if role == Role::AdminCc { Right::WatchAsAdminCc } else { Right::Watch };
    let rights: &[Right] = if user == actor.id() { &[Right::ModifyTicket, oneself] } else { &[Right::ModifyTicket] };
    Ok(access::ticket_for_any(tx, actor, id, rights).await?.into_inner())
}
