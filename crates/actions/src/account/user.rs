//! People with accounts.

use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::{
    QueueId, Right, TicketId, UserId,
    person::{EmailAddress, Theme, User},
};

#[derive(Clone, Debug, Default)]
pub struct NewUser {
    pub name: String,
    pub email: Option<String>,
    pub real_name: String,
    pub privileged: bool,
    pub password: Option<String>,
    pub time_zone: Option<String>,
}

/// Needs `AdminUsers`.
pub async fn create_user(tx: &mut Tx, actor: &Actor, input: NewUser) -> Result<User> {
    access::require_global(tx, actor, Right::AdminUsers)?;
    let mut errors = Vec::new();
    let name = input.name.trim().to_owned();
    if name.is_empty() || name.len() > 200 || name.chars().any(char::is_control) || name.parse::<i64>().is_ok() {
        errors.push(FieldError::new("name", "A name is needed; it may not be a number."));
    }
    let email = match input.email.as_deref().map(str::trim).filter(|email| !email.is_empty()).map(EmailAddress::parse) {
        Some(Err(error)) => {
            errors.push(FieldError::new("email", error.to_string()));
            None
        }
        other => other.and_then(Result::ok),
    };
    if input.time_zone.as_deref().is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
        errors.push(FieldError::new("time_zone", "There is no such time zone."));
    }
    if storage::person::by_name(&mut tx.db, &name).await?.is_some() {
        errors.push(FieldError::new("name", "Name in use"));
    }
    if let Some(email) = &email
        && storage::person::by_email(&mut tx.db, email).await?.is_some()
    {
        errors.push(FieldError::new("email", "Email address in use"));
    }
    Error::unless_empty(errors)?;
    let mut user = User {
        id: UserId(0),
        name,
        email,
        real_name: input.real_name,
        organization: String::new(),
        privileged: input.privileged,
        disabled: false,
        time_zone: input.time_zone,
        theme: Theme::System,
        keys: true,
        signature: String::new(),
    };
    let now = tx.now();
    user.id = storage::person::insert(&mut tx.db, &user, "", now).await?;
    storage::audit::append(&mut tx.db, actor.id(), "create user", &user.name, now).await?;
    if let Some(password) = input.password {
        super::set_password(tx, actor, user.id, &password).await?;
    }
    Ok(user)
}

pub async fn user(tx: &mut Tx, id: UserId) -> Result<User> {
    storage::person::get(&mut tx.db, id).await?.ok_or(Error::NotFound)
}

pub async fn user_named(tx: &mut Tx, name: &str) -> Result<User> {
    storage::person::by_name(&mut tx.db, name).await?.ok_or(Error::NotFound)
}

/// Needs `AdminUsers`.
pub async fn all_users(tx: &mut Tx, actor: &Actor, limit: i64) -> Result<Vec<User>> {
    access::require_global(tx, actor, Right::AdminUsers)?;
    Ok(storage::person::all(&mut tx.db, limit).await?)
}

/// Accounts that may own a ticket, by name; what an owner picker lists (TC-053).
pub async fn possible_owners(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> Result<Vec<User>> {
    let ticket = access::ticket(tx, actor, ticket).await?;
    let mut owners = Vec::new();
    for user in storage::person::privileged(&mut tx.db).await? {
        if let Some(candidate) = Actor::of(tx, user, actor.door)
            && access::may(tx, &candidate, &ticket, Right::OwnTicket).await?
        {
            owners.push(candidate.user);
        }
    }
    Ok(owners)
}

/// Accounts that may own what is made in a queue, by name; of no ticket yet, so what its roles would give counts for nobody.
pub async fn possible_owners_in(tx: &mut Tx, actor: &Actor, queue: QueueId) -> Result<Vec<User>> {
    let queue = access::queue_for(tx, actor, queue, Right::CreateTicket)?.id;
    let users = storage::person::privileged(&mut tx.db).await?;
    let catalog = tx.catalog();
    let owns = |candidate: &Actor| catalog.grants.on_queue(&candidate.identity, Right::OwnTicket, queue);
    let candidates = users.into_iter().filter_map(|user| Actor::of(tx, user, actor.door));
    Ok(candidates.filter(owns).map(|candidate| candidate.user).collect())
}

/// What people set for themselves.
pub async fn set_preferences(tx: &mut Tx, actor: &Actor, theme: Option<Theme>, keys: Option<bool>) -> Result<()> {
    let mut user = storage::person::get(&mut tx.db, actor.id()).await?.ok_or(Error::NotFound)?;
    user.theme = theme.unwrap_or(user.theme);
    user.keys = keys.unwrap_or(user.keys);
    Ok(storage::person::update(&mut tx.db, &user).await?)
}
