//! Groups and grants: who belongs where, and who may do what. Each call is followed by [`crate::catalog::touch`].

use crate::{Result, Tx, db::Number};
use domain::{
    GroupId, UserId,
    right::{Grant, Principal, Scope},
};

pub async fn insert(tx: &mut Tx, name: &str, description: &str) -> Result<GroupId> {
    let row: Number = tx
        .one("INSERT INTO groups (name, description) VALUES ($1,$2) RETURNING id AS n", [name.into(), description.into()])
        .await?;
    Ok(GroupId(row.n))
}

pub async fn rename(tx: &mut Tx, group: GroupId, name: &str) -> Result<()> {
    tx.run("UPDATE groups SET name = $2 WHERE id = $1", [group.0.into(), name.into()]).await?;
    Ok(())
}

pub async fn add_user(tx: &mut Tx, group: GroupId, user: UserId) -> Result<bool> {
    Ok(tx
        .run(
            "INSERT INTO group_members (group_id, user_id) VALUES ($1,$2) ON CONFLICT DO NOTHING",
            [group.0.into(), user.0.into()],
        )
        .await?
        > 0)
}

pub async fn remove_user(tx: &mut Tx, group: GroupId, user: UserId) -> Result<bool> {
    Ok(tx.run("DELETE FROM group_members WHERE group_id = $1 AND user_id = $2", [group.0.into(), user.0.into()]).await? > 0)
}

pub async fn add_group(tx: &mut Tx, group: GroupId, member: GroupId) -> Result<bool> {
    Ok(tx
        .run(
            "INSERT INTO group_members (group_id, member_group_id) VALUES ($1,$2) ON CONFLICT DO NOTHING",
            [group.0.into(), member.0.into()],
        )
        .await?
        > 0)
}

fn columns(grant: &Grant) -> [crate::value::Value; 6] {
    let (kind, id, role) = match grant.principal {
        Principal::Everyone => ("everyone", 0, ""),
        Principal::Privileged => ("privileged", 0, ""),
        Principal::Unprivileged => ("unprivileged", 0, ""),
        Principal::User(user) => ("user", user.0, ""),
        Principal::Group(group) => ("group", group.0, ""),
        Principal::Role(role) => ("role", 0, role.as_str()),
    };
    let (scope, scope_id) = match grant.scope {
        Scope::Global => ("global", 0),
        Scope::Queue(queue) => ("queue", queue.0),
        Scope::Field(field) => ("field", field.0),
    };
    [kind.into(), id.into(), role.into(), grant.right.as_str().into(), scope.into(), scope_id.into()]
}

/// Grants a right; `false` when it was held already.
pub async fn grant(tx: &mut Tx, grant: &Grant) -> Result<bool> {
    let rows = tx
        .run(
            "INSERT INTO grants (principal_kind, principal_id, role, right_name, scope_kind, scope_id) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING",
            columns(grant),
        )
        .await?;
    Ok(rows > 0)
}

pub async fn revoke(tx: &mut Tx, grant: &Grant) -> Result<bool> {
    let rows = tx
        .run(
            "DELETE FROM grants WHERE principal_kind=$1 AND principal_id=$2 AND role=$3 AND right_name=$4 AND scope_kind=$5 AND scope_id=$6",
            columns(grant),
        )
        .await?;
    Ok(rows > 0)
}
