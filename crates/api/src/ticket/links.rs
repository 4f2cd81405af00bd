//! Links: whole lists by `DependsOn` and its like, single ones by `AddX` and `DeleteX` (API-113).

use super::refused;
use crate::{ask::list, call::Call, failure::Outcome, sentence, shape::Object};
use actions::{
    Error, Tx, access,
    ticket::{self, Create, Link, show},
};
use domain::{
    TicketId, TicketKind,
    link::{Direction, LinkKind, direction},
    queue::Queue,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Add,
    Delete,
    /// These and no others.
    Set,
}

/// What one key asks for.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    way: Way,
    kind: LinkKind,
    direction: Direction,
    others: Vec<String>,
}

/// Making or taking away one link.
#[derive(Clone, Copy, Debug)]
struct Step {
    kind: LinkKind,
    direction: Direction,
    make: bool,
}

impl Wish {
    fn with(&self, make: bool) -> Step {
        Step { kind: self.kind, direction: self.direction, make }
    }
}

/// The other end as somebody names it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    Ticket(TicketId),
    Outside(String),
}

impl End {
    /// A number, an address of one of our tickets, RT's own kind of URI, or an address outside.
    fn read(text: &str, call: &Call) -> Option<Self> {
        let text = text.trim();
        if let Ok(id) = text.parse() {
            return Some(Self::Ticket(id));
        }
        let of_ours = text
            .strip_prefix(&call.site.url("ticket/"))
            .or_else(|| text.strip_prefix("fsck.com-rt://").and_then(|rest| rest.split_once("/ticket/")).map(|(_, id)| id));
        if let Some(id) = of_ours {
            return id.parse().ok().map(Self::Ticket);
        }
        text.contains(':').then(|| Self::Outside(text.to_owned()))
    }

    fn sentence(&self) -> String {
        match self {
            Self::Ticket(id) => format!("Ticket {id}"),
            Self::Outside(uri) => format!("URI {uri}"),
        }
    }
}

pub(super) fn wishes(object: &Object) -> Vec<Wish> {
    let wish = |(key, value): (&String, &serde_json::Value)| {
        let ways = [("Add", Way::Add), ("Delete", Way::Delete), ("", Way::Set)];
        ways.into_iter().find_map(|(prefix, way)| {
            let (kind, direction) = direction(key.strip_prefix(prefix)?)?;
            Some(Wish { way, kind, direction, others: list(value) })
        })
    };
    object.iter().filter_map(wish).collect()
}

/// Incidents that a new report or the like becomes a member of are part of its creation; all else is linked afterwards.
pub(super) async fn at_creation(
    tx: &mut Tx,
    call: &Call,
    queue: &Queue,
    object: &Object,
    input: &mut Create,
) -> Outcome<Vec<Wish>> {
    let mut later = Vec::new();
    for mut wish in wishes(object).into_iter().filter(|wish| wish.way != Way::Delete) {
        wish.way = Way::Add;
        if wish.kind == LinkKind::MemberOf && wish.direction == Direction::From && queue.kind().is_child() {
            let mut others = Vec::new();
            for other in wish.others {
                match incident(tx, call, &other).await {
                    Some(id) => input.incidents.push(id),
                    None => others.push(other),
                }
            }
            wish.others = others;
        }
        later.push(wish);
    }
    Ok(later)
}

async fn incident(tx: &mut Tx, call: &Call, text: &str) -> Option<TicketId> {
    let Some(End::Ticket(id)) = End::read(text, call) else { return None };
    let ticket = access::ticket(tx, &call.actor, id).await.ok()?;
    (ticket.kind == TicketKind::Incident).then_some(ticket.id)
}

pub(super) async fn carry_out(tx: &mut Tx, call: &Call, id: TicketId, wish: &Wish) -> Outcome<Vec<String>> {
    let mut sentences = Vec::new();
    let mut ends = Vec::new();
    for text in &wish.others {
        match End::read(text, call) {
            Some(end) => ends.push((text.clone(), end)),
            None => sentences.push(unresolved(text)),
        }
    }
    if wish.way == Way::Set {
        let held = held(tx, call, id, wish).await?;
        for end in held.iter().filter(|end| !ends.iter().any(|(_, wanted)| wanted == *end)) {
            sentences.push(one(tx, call, id, wish.with(false), ("", end)).await?);
        }
        ends.retain(|(_, end)| !held.contains(end));
    }
    for (text, end) in &ends {
        sentences.push(one(tx, call, id, wish.with(wish.way != Way::Delete), (text, end)).await?);
    }
    Ok(sentences)
}

fn unresolved(text: &str) -> String {
    format!("Couldn't resolve '{text}' into a link.")
}

/// The other ends there are now, as far as the actor may see them.
async fn held(tx: &mut Tx, call: &Call, id: TicketId, wish: &Wish) -> Outcome<Vec<End>> {
    let view = match show::view(tx, &call.actor, id).await {
        Ok(view) => view,
        Err(Error::NotFound) => return Ok(vec![]),
        Err(error) => return Err(error.into()),
    };
    let outgoing = wish.direction == Direction::From;
    let links = view.links.iter().filter(|link| link.kind == wish.kind && link.outgoing == outgoing);
    let mut ends: Vec<End> = links.map(|link| End::Ticket(link.ticket.id)).collect();
    if outgoing {
        ends.extend(view.uris.iter().filter(|(kind, _)| *kind == wish.kind).map(|(_, uri)| End::Outside(uri.clone())));
    }
    Ok(ends)
}

async fn one(tx: &mut Tx, call: &Call, id: TicketId, step: Step, (text, end): (&str, &End)) -> Outcome<String> {
    let (actor, Step { kind, direction, make }) = (&call.actor, step);
    let attempt = tx.attempt().await?;
    let outcome = match (end, direction) {
        (End::Ticket(other), direction) => {
            let (base, target) = if direction == Direction::From { (id, *other) } else { (*other, id) };
            let link = Link { kind, base, target };
            if make { ticket::link(tx, actor, link).await } else { ticket::unlink(tx, actor, link).await }
        }
        (End::Outside(uri), Direction::From) if make => ticket::link_uri(tx, actor, kind, id, uri).await,
        (End::Outside(uri), Direction::From) => ticket::unlink_uri(tx, actor, kind, id, uri).await,
        // nothing outside can have a link that starts there
        (End::Outside(_), Direction::To) => Err(Error::NotFound),
    };
    let (mine, other) = (format!("Ticket {id}"), end.sentence());
    let (base, target) = if direction == Direction::From { (&mine, &other) } else { (&other, &mine) };
    Ok(match tx.settle(attempt, outcome).await? {
        Ok(_) => sentence::of_link(kind, base, target, make),
        Err(Error::NotFound) => unresolved(text),
        Err(error @ Error::Invalid(_)) if error.to_string().contains("not allowed") => error.to_string(),
        Err(error @ Error::Invalid(_)) if make => format!("Link could not be created: {error}"),
        Err(error @ Error::Invalid(_)) => format!("Link could not be deleted: {error}"),
        Err(error) => refused(&error),
    })
}
