//! Groups as watchers of tickets and queues (TC-056).

use crate::{Result, Tx, db::bind_list};
use domain::{GroupId, QueueId, Role, TicketId, UserId};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    place: i64,
    role: String,
    holder: i64,
}

fn read(rows: Vec<Row>) -> impl Iterator<Item = (i64, Role, i64)> {
    rows.into_iter().filter_map(|row| Some((row.place, Role::parse(&row.role)?, row.holder)))
}

pub async fn of_queues(tx: &mut Tx) -> Result<Vec<(QueueId, Role, GroupId)>> {
    let rows: Vec<Row> =
        tx.all("SELECT queue_id AS place, role, group_id AS holder FROM queue_watcher_groups ORDER BY 1, 2, 3", []).await?;
    Ok(read(rows).map(|(queue, role, group)| (QueueId(queue), role, GroupId(group))).collect())
}

/// Groups that hold roles of some tickets.
pub async fn groups_of_tickets(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, Role, GroupId)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    if let Some(known) = tx.kept().groups.of(tickets) {
        return Ok(known);
    }
    let mut values = vec![];
    let list = bind_list(&mut values, tickets.iter().map(|id| id.0));
    let sql = format!(
        "SELECT ticket_id AS place, role, group_id AS holder FROM role_groups WHERE ticket_id IN ({list}) ORDER BY ticket_id, group_id"
    );
    let rows: Vec<Row> = tx.all_built(sql, values).await?;
    let holders: Vec<_> = read(rows).map(|(ticket, role, group)| (TicketId(ticket), role, GroupId(group))).collect();
    tx.kept().groups.keep(tickets, &holders);
    Ok(holders)
}

/// `false` when it was there already.
pub async fn add_group(tx: &mut Tx, ticket: TicketId, role: Role, group: GroupId) -> Result<bool> {
    tx.kept().forget_roles();
    let rows = tx
        .run(
            "INSERT INTO role_groups (ticket_id, role, group_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
            [ticket.0.into(), role.as_str().into(), group.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

pub async fn remove_group(tx: &mut Tx, ticket: TicketId, role: Role, group: GroupId) -> Result<bool> {
    tx.kept().forget_roles();
    let rows = tx
        .run(
            "DELETE FROM role_groups WHERE ticket_id = $1 AND role = $2 AND group_id = $3",
            [ticket.0.into(), role.as_str().into(), group.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

pub async fn add_group_to_queue(tx: &mut Tx, queue: QueueId, role: Role, group: GroupId) -> Result<bool> {
    let rows = tx
        .run(
            "INSERT INTO queue_watcher_groups (queue_id, role, group_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
            [queue.0.into(), role.as_str().into(), group.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

pub async fn remove_group_from_queue(tx: &mut Tx, queue: QueueId, role: Role, group: GroupId) -> Result<bool> {
    let rows = tx
        .run(
            "DELETE FROM queue_watcher_groups WHERE queue_id = $1 AND role = $2 AND group_id = $3",
            [queue.0.into(), role.as_str().into(), group.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

pub async fn remove_user_from_queue(tx: &mut Tx, queue: QueueId, role: Role, user: UserId) -> Result<bool> {
    let rows = tx
        .run(
            "DELETE FROM queue_watchers WHERE queue_id = $1 AND role = $2 AND user_id = $3",
            [queue.0.into(), role.as_str().into(), user.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

/// The other way round from [`crate::squelch::add`].
pub async fn unsquelch(tx: &mut Tx, ticket: TicketId, address: &str) -> Result<()> {
    tx.run("DELETE FROM squelched WHERE ticket_id = $1 AND address = $2", [ticket.0.into(), address.into()]).await?;
    Ok(())
}
