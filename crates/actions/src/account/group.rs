//! Groups and grants; every change is on the administrative record.

use crate::{Actor, Error, Result, Tx, access};
use domain::{GroupId, Right, UserId, right::Grant};

pub async fn create_group(tx: &mut Tx, actor: &Actor, name: &str, description: &str) -> Result<GroupId> {
    access::require_global(tx, actor, Right::AdminUsers)?;
    if name.trim().is_empty() {
        return Err(Error::invalid("name", "A name is needed."));
    }
    let group = match storage::group::insert(&mut tx.db, name.trim(), description).await {
        Err(storage::Error::Taken) => return Err(Error::invalid("name", format!("There is a group “{name}” already."))),
        other => other?,
    };
    done(tx, actor, "create group", name).await?;
    Ok(group)
}

pub async fn add_member(tx: &mut Tx, actor: &Actor, group: GroupId, user: UserId) -> Result<bool> {
    access::require_global(tx, actor, Right::AdminUsers)?;
    let new = storage::group::add_user(&mut tx.db, group, user).await?;
    done(tx, actor, "add member", &format!("group {group} user {user}")).await?;
    Ok(new)
}

pub async fn remove_member(tx: &mut Tx, actor: &Actor, group: GroupId, user: UserId) -> Result<bool> {
    access::require_global(tx, actor, Right::AdminUsers)?;
    let was = storage::group::remove_user(&mut tx.db, group, user).await?;
    done(tx, actor, "remove member", &format!("group {group} user {user}")).await?;
    Ok(was)
}

/// Needs `SuperUser`: whoever can grant can have everything.
pub async fn grant(tx: &mut Tx, actor: &Actor, grant: Grant) -> Result<bool> {
    access::require_global(tx, actor, Right::SuperUser)?;
    let new = storage::group::grant(&mut tx.db, &grant).await?;
    done(tx, actor, "grant", &format!("{grant:?}")).await?;
    Ok(new)
}

pub async fn revoke(tx: &mut Tx, actor: &Actor, grant: Grant) -> Result<bool> {
    access::require_global(tx, actor, Right::SuperUser)?;
    let was = storage::group::revoke(&mut tx.db, &grant).await?;
    done(tx, actor, "revoke", &format!("{grant:?}")).await?;
    Ok(was)
}

async fn done(tx: &mut Tx, actor: &Actor, kind: &str, data: &str) -> Result<()> {
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), kind, data, now).await?;
    tx.catalog_changed().await
}
