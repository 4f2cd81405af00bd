//! Owners and watchers: logins, addresses, `Name <address>`, or numbers of users (API-100, API-112).

use super::refused;
use crate::{
    ask::{Wanted, list},
    call::Call,
    failure::{Failure, Outcome},
    sentence,
    shape::{Object, own_name},
};
use actions::{
    Error, Tx, account,
    ticket::{self, Create, show},
};
use domain::{
    Role, TicketId, UserId,
    person::{PersonName, User},
};

const UNKNOWN: &str = "That user does not exist";

/// Reads how somebody is named; `None` when nobody can be named so.
async fn named(tx: &mut Tx, text: &str) -> Outcome<Option<PersonName>> {
    let text = own_name(text.trim());
    if let Ok(number) = text.parse::<i64>() {
        return match account::user(tx, UserId(number)).await {
            Ok(user) => Ok(Some(PersonName::Login(user.name))),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    Ok(PersonName::parse(text).ok())
}

pub(super) async fn at_creation(tx: &mut Tx, object: &Object, input: &mut Create) -> Outcome<()> {
    for (key, role) in [("Requestor", Role::Requestor), ("Cc", Role::Cc), ("AdminCc", Role::AdminCc)] {
        let mut people = Vec::new();
        for text in object.get(key).map(list).unwrap_or_default() {
            let person = named(tx, &text).await?;
            people.push(
                person.ok_or_else(|| Failure::bad(format!("'{text}' is neither a user nor an address that could be {key}")))?,
            );
        }
        match role {
            Role::Cc => input.ccs = people,
            Role::AdminCc => input.admin_ccs = people,
            _ => input.requestors = people,
        }
    }
    if let Some(Wanted::This(owner)) = object.get("Owner").and_then(Wanted::read)
        && let Some(PersonName::Login(login)) = named(tx, &owner).await?
    {
        input.owner = Some(login);
    }
    Ok(())
}

/// The owner that an update asks for, if it does and it is another one; or the sentence why there is none such.
pub(super) async fn wanted_owner(tx: &mut Tx, id: TicketId, object: &Object) -> Outcome<Option<Result<UserId, String>>> {
    let Some(wanted) = object.get("Owner").and_then(Wanted::read) else { return Ok(None) };
    let Wanted::This(text) = wanted else { return Ok(Some(Ok(UserId::NOBODY))) };
    let person = match named(tx, &text).await? {
        Some(PersonName::Address { address, .. }) => PersonName::Login(address.as_str().to_owned()),
        Some(login) => login,
        None => return Ok(Some(Err(UNKNOWN.to_owned()))),
    };
    // a login that nobody has creates nobody
    match ticket::load_or_create(tx, &person, "owner").await {
        Ok(user) => Ok(Some(Ok(user.id))),
        Err(Error::Invalid(_)) => {
            tracing::debug!(ticket.id = id.0, "an unknown owner was asked for");
            Ok(Some(Err(UNKNOWN.to_owned())))
        }
        Err(error) => Err(error.into()),
    }
}

/// The lists that are given replace what was there, one person at a time.
pub(super) async fn set(tx: &mut Tx, call: &Call, id: TicketId, object: &Object) -> Outcome<Vec<String>> {
    let mut sentences = Vec::new();
    for role in Role::WATCHERS {
        let Some(value) = object.get(role.as_str()) else { continue };
        let held = match show::view(tx, &call.actor, id).await {
            Ok(view) => view.holders(role).cloned().collect::<Vec<User>>(),
            Err(error) => {
                sentences.push(refused(&error));
                continue;
            }
        };
        let mut wanted = Vec::new();
        for text in list(value) {
            match add(tx, call, id, role, &text).await? {
                Ok((user, is_new)) => {
                    sentences.extend(is_new.then(|| sentence::added(&user, role.as_str())));
                    wanted.push(user.id);
                }
                Err(reason) => sentences.push(format!("Couldn't add '{text}' as {} for this ticket: {reason}", role.as_str())),
            }
        }
        for user in held.into_iter().filter(|user| !wanted.contains(&user.id)) {
            sentences.extend(remove(tx, call, id, role, &user).await?);
        }
    }
    Ok(sentences)
}

/// The person, and whether they are new there.
async fn add(tx: &mut Tx, call: &Call, id: TicketId, role: Role, text: &str) -> Outcome<Result<(User, bool), String>> {
    let Some(person) = named(tx, text).await? else { return Ok(Err(UNKNOWN.to_owned())) };
    if let PersonName::Address { address, .. } = &person
        && tx.catalog().is_own_address(address)
    {
        return Ok(Err(format!("{address} is an address of this system")));
    }
    let attempt = tx.attempt().await?;
    let outcome = match ticket::load_or_create(tx, &person, role.as_str()).await {
        Ok(user) => ticket::add_person(tx, &call.actor, id, role, user.id).await.map(|change| (user, change.is_some())),
        Err(Error::Invalid(_)) => Err(Error::invalid(role.as_str(), UNKNOWN)),
        Err(error) => Err(error),
    };
    Ok(tx.settle(attempt, outcome).await?.map_err(|error| refused(&error)))
}

async fn remove(tx: &mut Tx, call: &Call, id: TicketId, role: Role, user: &User) -> Outcome<Option<String>> {
    let attempt = tx.attempt().await?;
    let outcome = ticket::remove_person(tx, &call.actor, id, role, user.id).await;
    Ok(match tx.settle(attempt, outcome).await? {
        Ok(change) => change.map(|_| sentence::removed(user, role.as_str())),
        Err(error) => Some(refused(&error)),
    })
}
