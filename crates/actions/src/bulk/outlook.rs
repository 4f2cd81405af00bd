//! What a wish would do to each of its tickets, in a constant number of statements however many there are.

use crate::{Actor, Result, Tx, access, lists};
use domain::{
    Right, Ticket, TicketId,
    bulk::{Deed, Standing, Verdict, verdict},
};
use query::Query;

/// A ticket that somebody chose, and the version they saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub ticket: TicketId,
    pub seen: Option<i64>,
}

/// One ticket's prospects; without a ticket there is none that the actor may see.
#[derive(Clone, Debug)]
pub struct Outlook {
    pub wanted: Wanted,
    pub ticket: Option<Ticket>,
    pub verdict: Verdict,
}

/// Everything that matches, as it is now; one more than allowed tells that there are too many.
pub async fn wanted_by(tx: &mut Tx, actor: &Actor, query: &Query) -> Result<Vec<Wanted>> {
    let page = lists::Page { limit: super::MOST as i64 + 1, offset: 0 };
    let order = [lists::OrderBy { column: lists::Order::Id, descending: false }];
    let found = lists::search(tx, actor, query, &order, page).await?;
    Ok(found.into_iter().map(|ticket| Wanted { ticket: ticket.id, seen: Some(ticket.version) }).collect())
}

/// In the order they were chosen.
pub async fn outlook(tx: &mut Tx, actor: &Actor, deed: Deed, wanted: &[Wanted]) -> Result<Vec<Outlook>> {
    let ids: Vec<TicketId> = wanted.iter().map(|wanted| wanted.ticket).collect();
    let tickets: Vec<Ticket> =
        storage::ticket::by_ids(&mut tx.db, &ids).await?.into_iter().filter(|ticket| ticket.merged_into.is_none()).collect();
    let holds = access::Held::load(tx, actor, &tickets).await?;
    let linked = match deed {
        Deed::Reject => incidents_of(tx, actor, &ids).await?,
        _ => vec![],
    };
    let catalog = tx.catalog();
    let prospects = |wanted: &Wanted| {
        let ticket = tickets
            .binary_search_by_key(&wanted.ticket, |ticket| ticket.id)
            .ok()
            .and_then(|at| tickets.get(at))
            .filter(|ticket| holds.any(ticket, &[Right::ShowTicket]));
        let Some(ticket) = ticket else { return Outlook { wanted: *wanted, ticket: None, verdict: Verdict::NotAllowed } };
        let may_take = !catalog.is_disabled(ticket.kind)
            && holds.any(ticket, &[Right::OwnTicket])
            && holds.any(ticket, &[Right::TakeTicket, Right::ReassignTicket, Right::ModifyTicket]);
        let standing = Standing {
            ticket,
            me: actor.id(),
            seen: wanted.seen,
            may_take,
            may_act: may_act(&holds, deed, ticket) && !catalog.is_disabled(ticket.kind),
            has_incident: linked.binary_search_by_key(&ticket.id, |(id, _)| *id).is_ok(),
        };
        Outlook { wanted: *wanted, verdict: verdict(deed, &standing), ticket: Some(ticket.clone()) }
    };
    Ok(wanted.iter().map(prospects).collect())
}

/// How many Incidents that are not abandoned each ticket belongs to, of those that the actor may see; in order of number.
pub async fn incidents_of(tx: &mut Tx, actor: &Actor, tickets: &[TicketId]) -> Result<Vec<(TicketId, i64)>> {
    let pairs = storage::link::standing_incidents_of(&mut tx.db, tickets).await?;
    let parents: Vec<TicketId> = pairs.iter().map(|(_, incident)| *incident).collect();
    let parents = storage::ticket::by_ids(&mut tx.db, &parents).await?;
    let holds = access::Held::load(tx, actor, &parents).await?;
    let is_seen = |id: TicketId| parents.iter().any(|parent| parent.id == id && holds.any(parent, &[Right::ShowTicket]));
    let mut counts: Vec<(TicketId, i64)> = Vec::new();
    for (member, _) in pairs.into_iter().filter(|(_, incident)| is_seen(*incident)) {
        match counts.last_mut() {
            Some((last, count)) if *last == member => *count += 1,
            _ => counts.push((member, 1)),
        }
    }
    Ok(counts)
}

/// Without any of these nothing about a ticket can be changed.
const CHANGING: [Right; 6] = [
    Right::ModifyTicket,
    Right::ReplyToTicket,
    Right::CommentOnTicket,
    Right::TakeTicket,
    Right::StealTicket,
    Right::ReassignTicket,
];

fn may_act(holds: &access::Held, deed: Deed, ticket: &Ticket) -> bool {
    match deed {
        Deed::Take => true,
        // whoever takes it first holds what owners hold
        Deed::Reject => holds.as_owner(ticket, Right::ModifyTicket),
        Deed::Write => holds.any(ticket, &[Right::ReplyToTicket, Right::CommentOnTicket, Right::ModifyTicket]),
        Deed::Abandon => holds.any(ticket, &[Right::ModifyTicket]),
        // what each of the wishes needs is for its verb to ask
        Deed::Update => holds.any(ticket, &CHANGING),
    }
}
