//! Users, and who is what on a ticket or queue.

use crate::{
    Instant, Result, Tx,
    db::{Number, bind_list},
};
use domain::{
    QueueId, Role, TicketId, UserId,
    person::{EmailAddress, Theme, User},
};
use jiff::Timestamp;
use sqlx::FromRow;
use std::collections::BTreeSet;

const COLUMNS: &str = "id, name, email, real_name, organization, privileged, disabled, time_zone, theme, keys, signature";

#[derive(FromRow)]
struct UserRow {
    id: i64,
    name: String,
    email: Option<String>,
    real_name: String,
    organization: String,
    privileged: bool,
    disabled: bool,
    time_zone: Option<String>,
    theme: String,
    keys: bool,
    signature: String,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: UserId(row.id),
            name: row.name,
            email: row.email.and_then(|email| EmailAddress::parse(&email).ok()),
            real_name: row.real_name,
            organization: row.organization,
            privileged: row.privileged,
            disabled: row.disabled,
            time_zone: row.time_zone,
            theme: Theme::parse(&row.theme).unwrap_or_default(),
            keys: row.keys,
            signature: row.signature,
        }
    }
}

async fn read(tx: &mut Tx, rest: &str, values: Vec<crate::value::Value>) -> Result<Vec<User>> {
    let rows: Vec<UserRow> = tx.all_built(format!("SELECT {COLUMNS} FROM users {rest}"), values).await?;
    Ok(rows.into_iter().map(User::from).collect())
}

pub async fn get(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    if let Some(user) = tx.kept().user(id) {
        return Ok(Some(user));
    }
    let user = read(tx, "WHERE id = $1", vec![id.0.into()]).await?.pop();
    if let Some(user) = &user {
        tx.kept().keep_user(user);
    }
    Ok(user)
}
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<User>> {
    Ok(read(tx, "WHERE lower(name) = $1", vec![name.to_lowercase().into()]).await?.pop())
}
pub async fn by_email(tx: &mut Tx, email: &EmailAddress) -> Result<Option<User>> {
    Ok(read(tx, "WHERE email = $1", vec![email.as_str().into()]).await?.pop())
}
/// In order of number, each once.
pub async fn by_ids(tx: &mut Tx, ids: &[UserId]) -> Result<Vec<User>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let ids: BTreeSet<UserId> = ids.iter().copied().collect();
    let kept = tx.kept();
    if let Some(users) = ids.iter().map(|id| kept.user(*id)).collect() {
        return Ok(users);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, ids.iter().map(|id| id.0));
    let users = read(tx, &format!("WHERE id IN ({list}) ORDER BY id"), values).await?;
    for user in &users {
        tx.kept().keep_user(user);
    }
    Ok(users)
}
/// Accounts of staff and of others who sign in, by name.
pub async fn privileged(tx: &mut Tx) -> Result<Vec<User>> {
    read(tx, "WHERE privileged AND NOT disabled AND id > 2 ORDER BY name", vec![]).await
}
pub async fn all(tx: &mut Tx, limit: i64) -> Result<Vec<User>> {
    read(tx, "ORDER BY id LIMIT $1", vec![limit.into()]).await
}

/// Adds somebody; `Taken` when name or address is in use. `user.id` is not looked at.
pub async fn insert(tx: &mut Tx, user: &User, comments: &str, now: Timestamp) -> Result<UserId> {
    let row: Number = tx
        .one(
            "INSERT INTO users (name, email, real_name, organization, privileged, disabled, time_zone, theme, keys, signature, comments, created_at) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) RETURNING id AS n",
            [
                user.name.as_str().into(),
                user.email.as_ref().map(|email| email.as_str().to_owned()).into(),
                user.real_name.as_str().into(),
                user.organization.as_str().into(),
                user.privileged.into(),
                user.disabled.into(),
                user.time_zone.clone().into(),
                user.theme.as_str().into(),
                user.keys.into(),
                user.signature.as_str().into(),
                comments.into(),
                Instant::from(now).into(),
            ],
        )
        .await?;
    Ok(UserId(row.n))
}

pub async fn update(tx: &mut Tx, user: &User) -> Result<()> {
    tx.run(
        "UPDATE users SET name=$2, email=$3, real_name=$4, organization=$5, privileged=$6, disabled=$7, time_zone=$8, theme=$9, keys=$10, signature=$11 WHERE id=$1",
        [
            user.id.0.into(),
            user.name.as_str().into(),
            user.email.as_ref().map(|email| email.as_str().to_owned()).into(),
            user.real_name.as_str().into(),
            user.organization.as_str().into(),
            user.privileged.into(),
            user.disabled.into(),
            user.time_zone.clone().into(),
            user.theme.as_str().into(),
            user.keys.into(),
            user.signature.as_str().into(),
        ],
    )
    .await?;
    tx.kept().forget_users();
    Ok(())
}

#[derive(FromRow)]
struct Password {
    password_hash: Option<String>,
}

pub async fn password_hash(tx: &mut Tx, id: UserId) -> Result<Option<String>> {
    let row: Option<Password> = tx.first("SELECT password_hash FROM users WHERE id = $1", [id.0.into()]).await?;
    Ok(row.and_then(|row| row.password_hash))
}
pub async fn set_password_hash(tx: &mut Tx, id: UserId, hash: &str) -> Result<()> {
    tx.run("UPDATE users SET password_hash = $2 WHERE id = $1", [id.0.into(), hash.into()]).await?;
    Ok(())
}

#[derive(FromRow)]
struct MemberRow {
    ticket_id: i64,
    role: String,
    user_id: i64,
}

/// Adds somebody to a role of a ticket; `false` when they were there already.
pub async fn add_to_role(tx: &mut Tx, ticket: TicketId, role: Role, user: UserId) -> Result<bool> {
    tx.kept().forget_roles();
    let rows = tx
        .run(
            "INSERT INTO role_members (ticket_id, role, user_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
            [ticket.0.into(), role.as_str().into(), user.0.into()],
        )
        .await?;
    Ok(rows > 0)
}
pub async fn remove_from_role(tx: &mut Tx, ticket: TicketId, role: Role, user: UserId) -> Result<bool> {
    tx.kept().forget_roles();
    let rows = tx
        .run(
            "DELETE FROM role_members WHERE ticket_id=$1 AND role=$2 AND user_id=$3",
            [ticket.0.into(), role.as_str().into(), user.0.into()],
        )
        .await?;
    Ok(rows > 0)
}
/// Who is Requestor, Cc or `AdminCc` of some tickets.
pub async fn roles_of_tickets(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, Role, UserId)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    if let Some(known) = tx.kept().people.of(tickets) {
        return Ok(known);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    let sql =
        format!("SELECT ticket_id, role, user_id FROM role_members WHERE ticket_id IN ({list}) ORDER BY ticket_id, user_id");
    let rows: Vec<MemberRow> = tx.all_built(sql, values).await?;
    let member = |row: MemberRow| Some((TicketId(row.ticket_id), Role::parse(&row.role)?, UserId(row.user_id)));
    let members: Vec<_> = rows.into_iter().filter_map(member).collect();
    tx.kept().people.keep(tickets, &members);
    Ok(members)
}

pub async fn add_queue_watcher(tx: &mut Tx, queue: QueueId, role: Role, user: UserId) -> Result<()> {
    tx.run(
        "INSERT INTO queue_watchers (queue_id, role, user_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
        [queue.0.into(), role.as_str().into(), user.0.into()],
    )
    .await?;
    Ok(())
}

/// Remembers how far somebody has read a ticket.
pub async fn mark_seen(tx: &mut Tx, user: UserId, ticket: TicketId, sequence: i64) -> Result<()> {
    tx.run(
        "INSERT INTO seen (user_id, ticket_id, sequence) VALUES ($1,$2,$3) \
         ON CONFLICT (user_id, ticket_id) DO UPDATE SET sequence = excluded.sequence",
        [user.0.into(), ticket.0.into(), sequence.into()],
    )
    .await?;
    Ok(())
}

/// The same for everything that was merged into a ticket.
pub async fn mark_merged_seen(tx: &mut Tx, user: UserId, ticket: TicketId) -> Result<()> {
    tx.run(
        "INSERT INTO seen (user_id, ticket_id, sequence) SELECT $1, id, version FROM tickets WHERE merged_into = $2 \
         ON CONFLICT (user_id, ticket_id) DO UPDATE SET sequence = excluded.sequence",
        [user.0.into(), ticket.0.into()],
    )
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct UnreadRow {
    ticket_id: i64,
    is_comment: i64,
    n: i64,
}

/// Messages of others since the user last read each of the tickets, with what was merged into them: ticket, whether they are
/// comments, how many; tickets without any are left out (IR-290).
pub async fn unread(tx: &mut Tx, user: UserId, tickets: &[TicketId]) -> Result<Vec<(TicketId, bool, i64)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let merged = crate::merge::merged_into(tx, tickets).await?;
    let mut values = vec![user.0.into()];
    let list = bind_list(&mut values, tickets.iter().chain(merged.iter().map(|(source, _)| source)).map(|id| id.0));
    let sql = format!(
        "SELECT c.ticket_id, CAST(CASE WHEN c.kind = 'Comment' THEN 1 ELSE 0 END AS BIGINT) AS is_comment, COUNT(*) AS n \
         FROM changes c LEFT JOIN seen s ON s.ticket_id = c.ticket_id AND s.user_id = $1 \
         WHERE c.ticket_id IN ({list}) AND c.kind IN ('Create', 'Correspond', 'Comment') AND c.actor_id <> $1 \
         AND c.sequence > COALESCE(s.sequence, 0) GROUP BY 1, 2"
    );
    let rows: Vec<UnreadRow> = tx.all_built(sql, values).await?;
    let mut counts: Vec<(TicketId, bool, i64)> = Vec::new();
    for UnreadRow { ticket_id, is_comment, n } in rows {
        let id = TicketId(ticket_id);
        let is_comment = is_comment == 1;
        let shown = merged.iter().find(|(source, _)| *source == id).map_or(id, |(_, target)| *target);
        match counts.iter_mut().find(|(known, comment, _)| *known == shown && *comment == is_comment) {
            Some((_, _, count)) => *count += n,
            None => counts.push((shown, is_comment, n)),
        }
    }
    Ok(counts)
}

#[derive(FromRow)]
struct FirstRow {
    sequence: Option<i64>,
}

/// Sequence of the oldest message of others since the user last read the ticket.
pub async fn first_unread(tx: &mut Tx, user: UserId, ticket: TicketId) -> Result<Option<i64>> {
    let row: FirstRow = tx
        .one(
            "SELECT MIN(c.sequence) AS sequence FROM changes c LEFT JOIN seen s ON s.ticket_id = c.ticket_id AND s.user_id = $1 \
             WHERE c.ticket_id = $2 AND c.kind IN ('Create', 'Correspond', 'Comment') AND c.actor_id <> $1 \
             AND c.sequence > COALESCE(s.sequence, 0)",
            [user.0.into(), ticket.0.into()],
        )
        .await?;
    Ok(row.sequence)
}

#[derive(FromRow)]
struct Comments {
    comments: String,
}

/// What was written down about somebody, such as how the account came to be.
pub async fn comments(tx: &mut Tx, id: UserId) -> Result<String> {
    let row: Option<Comments> = tx.first("SELECT comments FROM users WHERE id = $1", [id.0.into()]).await?;
    Ok(row.map(|row| row.comments).unwrap_or_default())
}

/// Whose login, address or name holds the words, which are in lower case.
pub async fn matching(tx: &mut Tx, words: &str, limit: i64) -> Result<Vec<User>> {
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let rest = "WHERE lower(name) LIKE $1 ESCAPE '!' OR lower(email) LIKE $1 ESCAPE '!' OR lower(real_name) LIKE $1 ESCAPE '!' \
                ORDER BY lower(name) LIMIT $2";
    read(tx, rest, vec![format!("%{escaped}%").into(), limit.into()]).await
}
