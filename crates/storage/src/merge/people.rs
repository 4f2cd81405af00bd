//! People and field values that a target got by a merge. What another merged ticket brings as well is handed over to that
//! merge when one is taken back.

use crate::{Result, Tx};
use domain::{FieldId, Role, TicketId, UserId};
use sqlx::FromRow;

/// Somebody in a role.
pub type People = Vec<(Role, UserId)>;

/// Adds the watchers of `source` that `target` does not have, and notes them.
pub async fn carry(tx: &mut Tx, merge: i64, source: TicketId, target: TicketId) -> Result<()> {
    tx.run(
        "INSERT INTO merged_people (merge_id, role, user_id) SELECT $1, s.role, s.user_id FROM role_members s \
         WHERE s.ticket_id = $2 AND NOT EXISTS (SELECT 1 FROM role_members o WHERE o.ticket_id = $3 AND o.role = s.role \
         AND o.user_id = s.user_id)",
        [merge.into(), source.0.into(), target.0.into()],
    )
    .await?;
    tx.run(
        "INSERT INTO role_members (ticket_id, role, user_id) SELECT $2, role, user_id FROM merged_people WHERE merge_id = $1",
        [merge.into(), target.0.into()],
    )
    .await?;
    tx.kept().forget_roles();
    Ok(())
}

#[derive(FromRow)]
struct MemberRow {
    role: String,
    user_id: i64,
}

/// Whom the target has only because of this merge.
pub async fn people(tx: &mut Tx, merge: i64) -> Result<People> {
    let rows: Vec<MemberRow> = tx
        .all(
            "SELECT p.role, p.user_id FROM merged_people p JOIN merges mine ON mine.id = p.merge_id WHERE p.merge_id = $1 \
             AND NOT EXISTS (SELECT 1 FROM merges m JOIN role_members r ON r.ticket_id = m.source_id WHERE m.target_id = mine.target_id \
             AND m.id <> mine.id AND r.role = p.role AND r.user_id = p.user_id) ORDER BY p.role, p.user_id",
            [merge.into()],
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((Role::parse(&row.role)?, UserId(row.user_id)))).collect())
}

/// Leaves to other merges into the same ticket whom, and what, they bring as well.
pub async fn hand_over(tx: &mut Tx, merge: i64, target: TicketId) -> Result<()> {
    for (table, held, [one, two]) in [
        ("merged_people", "role_members", ["role", "user_id"]),
        ("merged_values", "custom_field_values", ["field_id", "content"]),
    ] {
        let brings = format!(
            "FROM merges m JOIN {held} h ON h.ticket_id = m.source_id WHERE m.target_id = $2 AND m.id <> $1 \
             AND h.{one} = p.{one} AND h.{two} = p.{two}"
        );
        let give = format!(
            "INSERT INTO {table} (merge_id, {one}, {two}) SELECT (SELECT MIN(m.id) {brings}), p.{one}, p.{two} FROM {table} p \
             WHERE p.merge_id = $1 AND EXISTS (SELECT 1 {brings})"
        );
        tx.run_built(give, vec![merge.into(), target.0.into()]).await?;
        let forget = format!("DELETE FROM {table} AS p WHERE p.merge_id = $1 AND EXISTS (SELECT 1 {brings})");
        tx.run_built(forget, vec![merge.into(), target.0.into()]).await?;
    }
    Ok(())
}

pub async fn take_people(tx: &mut Tx, target: TicketId, people: &People) -> Result<()> {
    for (role, user) in people {
        crate::person::remove_from_role(tx, target, *role, *user).await?;
    }
    Ok(())
}

/// A value that the target's field got from the source.
pub async fn remember_value(tx: &mut Tx, source: TicketId, field: FieldId, content: &str) -> Result<()> {
    tx.run(
        "INSERT INTO merged_values (merge_id, field_id, content) SELECT id, $2, $3 FROM merges WHERE source_id = $1 \
         ON CONFLICT DO NOTHING",
        [source.0.into(), field.0.into(), content.into()],
    )
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct ValueRow {
    field_id: i64,
    content: String,
}

/// What the target's fields hold only because of this merge.
pub async fn values(tx: &mut Tx, merge: i64) -> Result<Vec<(FieldId, String)>> {
    let rows: Vec<ValueRow> = tx
        .all(
            "SELECT p.field_id, p.content FROM merged_values p JOIN merges mine ON mine.id = p.merge_id WHERE p.merge_id = $1 \
             AND NOT EXISTS (SELECT 1 FROM merges m JOIN custom_field_values v ON v.ticket_id = m.source_id \
             WHERE m.target_id = mine.target_id AND m.id <> mine.id AND v.field_id = p.field_id AND v.content = p.content) \
             ORDER BY p.field_id, p.content",
            [merge.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (FieldId(row.field_id), row.content)).collect())
}
