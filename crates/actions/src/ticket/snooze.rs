//! Keeping a ticket out of the lists of what is to be done, for everybody, until a moment or until somebody outside answers.

use crate::{
    Actor, Door, Error, Result, Tx, access,
    automation::{self, Occasion},
    history,
};
use domain::{
    Right, Ticket, TicketId,
    change::{Change, NewChange},
    ticket::SNOOZED_UNTIL,
};
use jiff::{SignedDuration, Timestamp};

/// Longer nobody should forget about a ticket.
const MOST_DAYS: i64 = 366;
const INPUT: &str = "snoozed_until";

/// `None` wakes it, and tells nothing if it is awake. Only open tickets sleep, and only until a moment to come. Needs
/// `ModifyTicket`; of what nobody owns, `TakeTicket` is enough, so that new reports need not be taken for it.
pub async fn snooze(tx: &mut Tx, actor: &Actor, id: TicketId, until: Option<Timestamp>) -> Result<Option<Change>> {
    let seen = access::ticket(tx, actor, id).await?;
    let rights: &[Right] = if seen.is_owned() { &[Right::ModifyTicket] } else { &[Right::ModifyTicket, Right::TakeTicket] };
    let ticket = access::ticket_for_any(tx, actor, id, rights).await?.into_inner();
    if let Some(until) = until {
        check(&ticket, until, tx.now()).map_err(|message| Error::invalid(INPUT, message))?;
    }
    set(tx, actor, ticket, until).await
}

fn check(ticket: &Ticket, until: Timestamp, now: Timestamp) -> std::result::Result<(), String> {
    let latest = now.checked_add(SignedDuration::from_hours(24 * MOST_DAYS)).unwrap_or(now);
    if !ticket.is_open() {
        Err("The ticket is closed, so it stands in no list of what is to be done.".to_owned())
    } else if until <= now {
        Err("That moment is over; choose one to come.".to_owned())
    } else if until > latest {
        Err(format!("A ticket can sleep for {MOST_DAYS} days at most."))
    } else {
        Ok(())
    }
}

/// Somebody outside wrote: whoever waited for that sees the ticket again.
pub(super) async fn wake(tx: &mut Tx, door: Door, id: TicketId) -> Result<()> {
    let ticket = access::load(tx, id, true).await?;
    set(tx, &Actor::system(door), ticket, None).await?;
    Ok(())
}

async fn set(tx: &mut Tx, actor: &Actor, mut ticket: Ticket, until: Option<Timestamp>) -> Result<Option<Change>> {
    let written = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    let what = NewChange::set(SNOOZED_UNTIL, written(ticket.snoozed_until), written(until));
    if ticket.snoozed_until == until {
        return Ok(None);
    }
    ticket.snoozed_until = until;
    let change = history::record(tx, actor, &mut ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(Some(change))
}
