//! What staff sees of a person: who they are, their groups, what was written down about them (IR-497 … IR-500).

use crate::{Actor, Error, Result, Tx, access};
use domain::{Right, UserId, person::User};

/// More than this nobody reads through.
const MOST_FOUND: i64 = 50;

#[derive(Clone, Debug)]
pub struct Summary {
    pub user: User,
    /// Such as how the account came to be.
    pub comments: String,
    pub groups: Vec<String>,
    /// The actor may change the name.
    pub editable: bool,
}

/// For staff, that is for whoever may see tickets of some queue, and for oneself; to others nobody exists.
pub async fn summary(tx: &mut Tx, actor: &Actor, id: UserId) -> Result<Summary> {
    require_staff(tx, actor, Some(id))?;
    let user = storage::person::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    let comments = storage::person::comments(&mut tx.db, id).await?;
    let catalog = tx.catalog();
    let member = catalog.groups_of(id);
    let groups = catalog.groups().filter(|(group, _)| member.contains(group)).map(|(_, name)| name.to_owned()).collect();
    let editable = access::require_global(tx, actor, Right::AdminUsers).is_ok();
    Ok(Summary { user, comments, groups, editable })
}

/// People whose login, name or address holds the words.
pub async fn find(tx: &mut Tx, actor: &Actor, words: &str) -> Result<Vec<User>> {
    require_staff(tx, actor, None)?;
    let words = words.trim().to_lowercase();
    if words.is_empty() {
        return Ok(vec![]);
    }
    Ok(storage::person::matching(&mut tx.db, &words, MOST_FOUND).await?)
}

/// Needs `AdminUsers` (IR-499).
pub async fn set_real_name(tx: &mut Tx, actor: &Actor, id: UserId, name: &str) -> Result<()> {
    access::require_global(tx, actor, Right::AdminUsers)?;
    let name = name.trim();
    if name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Error::invalid("real_name", "One line of at most 120 characters, please."));
    }
    let mut user = storage::person::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    let data = format!("{}: “{}” to “{name}”", user.name, user.real_name);
    name.clone_into(&mut user.real_name);
    storage::person::update(&mut tx.db, &user).await?;
    let now = tx.now();
    Ok(storage::audit::append(&mut tx.db, actor.id(), "set real name", &data, now).await?)
}

pub(super) fn require_staff(tx: &Tx, actor: &Actor, of: Option<UserId>) -> Result<()> {
    let is_staff = actor.user.privileged && !access::queues_with(tx, actor, Right::ShowTicket).is_empty();
    if is_staff || of == Some(actor.id()) { Ok(()) } else { Err(Error::NotFound) }
}
