//! Rows of `links`.

use crate::{
    Instant, Result, Tx,
    db::{Number, bind_list, in_list},
};
use domain::{LinkId, QueueId, TicketId, TicketKind, UserId, link::LinkKind};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: LinkId,
    pub kind: LinkKind,
    pub base: TicketId,
    /// A ticket of ours, or …
    pub target: Option<TicketId>,
    /// … an address outside.
    pub uri: Option<String>,
}

#[derive(FromRow)]
struct LinkRow {
    id: i64,
    kind: String,
    base_id: i64,
    target_id: Option<i64>,
    target_uri: Option<String>,
}

/// A link to be: which ticket, how, by whom, when.
#[derive(Clone, Copy, Debug)]
pub struct NewLink {
    pub kind: LinkKind,
    pub base: TicketId,
    pub by: UserId,
    pub at: Timestamp,
}

pub async fn insert(tx: &mut Tx, link: NewLink, target: TicketId) -> Result<LinkId> {
    tx.kept().forget_links();
    let NewLink { kind, base, by, at } = link;
    let row: Number = tx
        .one(
            "INSERT INTO links (kind, base_id, target_id, creator_id, created_at) VALUES ($1,$2,$3,$4,$5) RETURNING id AS n",
            [kind.as_str().into(), base.0.into(), target.0.into(), by.0.into(), Instant::from(at).into()],
        )
        .await?;
    Ok(LinkId(row.n))
}

pub async fn insert_uri(tx: &mut Tx, link: NewLink, uri: &str) -> Result<LinkId> {
    let NewLink { kind, base, by, at } = link;
    let row: Number = tx
        .one(
            "INSERT INTO links (kind, base_id, target_uri, creator_id, created_at) VALUES ($1,$2,$3,$4,$5) RETURNING id AS n",
            [kind.as_str().into(), base.0.into(), uri.into(), by.0.into(), Instant::from(at).into()],
        )
        .await?;
    Ok(LinkId(row.n))
}

/// Of each ticket, how many Incidents it is a member of that were not abandoned and lie in these queues, or in any (IR-312).
pub async fn count_incidents(tx: &mut Tx, tickets: &[TicketId], queues: Option<&[QueueId]>) -> Result<Vec<(TicketId, i64)>> {
    let mut values = vec![TicketKind::Incident.lifecycle().into()];
    let base = bind_list(&mut values, tickets.iter().map(|id| id.0));
    let of_queues = queues.map_or(String::new(), |ids| format!(" AND t.queue_id IN ({})", in_list(ids.iter().map(|id| id.0))));
    let sql = format!(
        "SELECT l.base_id AS ticket_id, COUNT(*) AS n FROM links l JOIN tickets t ON t.id = l.target_id \
         WHERE l.base_id IN ({base}) AND l.kind = 'MemberOf' AND t.kind = $1 AND t.status <> 'abandoned'{of_queues} GROUP BY l.base_id"
    );
    let rows: Vec<CountRow> = tx.all_built(sql, values).await?;
    Ok(rows.into_iter().map(|row| (TicketId(row.ticket_id), row.n)).collect())
}

#[derive(FromRow)]
struct CountRow {
    ticket_id: i64,
    n: i64,
}

/// Returns whether there was such a link. What merging shelved of it goes too, so that no unmerge brings it back.
pub async fn delete(tx: &mut Tx, kind: LinkKind, base: TicketId, target: TicketId) -> Result<bool> {
    delete_where(tx, "target_id", [kind.as_str().into(), base.0.into(), target.0.into()]).await
}

pub async fn delete_uri(tx: &mut Tx, kind: LinkKind, base: TicketId, uri: &str) -> Result<bool> {
    delete_where(tx, "target_uri", [kind.as_str().into(), base.0.into(), uri.into()]).await
}

async fn delete_where(tx: &mut Tx, end: &str, values: [crate::value::Value; 3]) -> Result<bool> {
    let sql = |table: &str| format!("DELETE FROM {table} WHERE kind = $1 AND base_id = $2 AND {end} = $3");
    tx.run_built(sql("shelved_links"), values.to_vec()).await?;
    Ok(tx.run_built(sql("links"), values.to_vec()).await? > 0)
}

/// Every link that starts or ends at the ticket.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Link>> {
    let rows: Vec<LinkRow> = tx
        .all(
            "SELECT id, kind, base_id, target_id, target_uri FROM links WHERE base_id = $1 \
             UNION ALL SELECT id, kind, base_id, target_id, target_uri FROM links WHERE target_id = $1 ORDER BY id",
            [ticket.0.into()],
        )
        .await?;
    let read = |row: LinkRow| {
        let kind = LinkKind::parse(&row.kind)?;
        Some(Link {
            id: LinkId(row.id),
            kind,
            base: TicketId(row.base_id),
            target: row.target_id.map(TicketId),
            uri: row.target_uri,
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Of these tickets, the pairs of a member and one of its Incidents, as numbers; in order of member.
pub async fn incidents_of(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, TicketId)>> {
    let incidents = parents_of(tx, tickets).await?.into_iter().filter(ParentRow::is_incident);
    Ok(incidents.map(|row| row.pair()).collect())
}

/// The same without Incidents that were abandoned.
pub async fn standing_incidents_of(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<(TicketId, TicketId)>> {
    let incidents = parents_of(tx, tickets).await?.into_iter().filter(ParentRow::is_incident);
    Ok(incidents.filter(|row| row.status != "abandoned").map(|row| row.pair()).collect())
}

#[derive(FromRow)]
struct ParentRow {
    base_id: i64,
    target_id: i64,
    kind: String,
    status: String,
}

impl ParentRow {
    fn is_incident(&self) -> bool {
        self.kind == TicketKind::Incident.lifecycle()
    }
    fn pair(&self) -> (TicketId, TicketId) {
        (TicketId(self.base_id), TicketId(self.target_id))
    }
}

/// What these tickets are members of. Rules ask this of every change, so that a ticket has none is remembered.
async fn parents_of(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<ParentRow>> {
    let kept = tx.kept();
    let asked: Vec<TicketId> =
        tickets.iter().copied().filter(|ticket| !kept.is_unlinked(*ticket, LinkKind::MemberOf, true)).collect();
    if asked.is_empty() {
        return Ok(vec![]);
    }
    let mut values = vec![LinkKind::MemberOf.as_str().into()];
    let list = bind_list(&mut values, asked.iter().map(|id| id.0));
    let sql = format!(
        "SELECT l.base_id, l.target_id, t.kind, t.status FROM links l JOIN tickets t ON t.id = l.target_id \
         WHERE l.base_id IN ({list}) AND l.kind = $1 ORDER BY l.base_id, l.target_id"
    );
    let rows: Vec<ParentRow> = tx.all_built(sql, values).await?;
    for ticket in asked.iter().filter(|ticket| !rows.iter().any(|row| row.base_id == ticket.0)) {
        tx.kept().keep_unlinked(*ticket, LinkKind::MemberOf, true);
    }
    Ok(rows)
}

#[derive(FromRow)]
struct Id {
    id: i64,
}

/// Members of a ticket, their members, and so on; circles do no harm.
pub async fn members_below(tx: &mut Tx, ticket: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    let rows: Vec<Id> = tx
        .all(
            "WITH RECURSIVE below (id) AS (SELECT base_id FROM links WHERE target_id = $1 AND kind = 'MemberOf' \
             UNION SELECT l.base_id FROM links l JOIN below b ON l.target_id = b.id WHERE l.kind = 'MemberOf') \
             SELECT id FROM below ORDER BY id LIMIT $2",
            [ticket.0.into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| TicketId(row.id)).collect())
}

/// Whether `to` can be reached from `from` along links of this kind: adding `to → from` would close a circle.
pub async fn leads_to(tx: &mut Tx, kind: LinkKind, from: TicketId, to: TicketId) -> Result<bool> {
    let row: Number = tx
        .one(
            "WITH RECURSIVE reach (id) AS (SELECT target_id FROM links WHERE base_id = $1 AND kind = $2 AND target_id IS NOT NULL \
             UNION SELECT l.target_id FROM links l JOIN reach r ON l.base_id = r.id WHERE l.kind = $2 AND l.target_id IS NOT NULL) \
             SELECT COUNT(*) AS n FROM reach WHERE id = $3",
            [from.0.into(), kind.as_str().into(), to.0.into()],
        )
        .await?;
    Ok(row.n > 0)
}
