//! Who is looking at a ticket or writing on it. It is kept in memory, because losing it harms nobody, and passed on to the
//! other processes by [`live`](crate::live).

mod board;

use crate::{Actor, Desk, Live, Result, Tx, access, lock};
pub use board::Doing;
pub(crate) use board::{Board, Mark};
use domain::{TicketId, UserId};
use jiff::Timestamp;

/// Somebody else at a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// As people call them.
    pub name: String,
    /// `None` for somebody who was there a while ago.
    pub doing: Option<Doing>,
    pub at: Timestamp,
}

/// What the viewer of a ticket should know about others.
#[derive(Clone, Debug, Default)]
pub struct Around {
    pub ticket: Option<TicketId>,
    /// How many changes it has had.
    pub version: i64,
    pub others: Vec<Beside>,
    pub lock: Option<lock::Held>,
}

/// Tells others what the actor does at a ticket that they may see; `None` is that they left.
pub async fn note(tx: &mut Tx, actor: &Actor, id: TicketId, doing: Option<Doing>) -> Result<()> {
    let ticket = access::ticket(tx, actor, id).await?;
    tx.desk().note_presence(ticket.id, actor.id(), doing);
    Ok(())
}

/// Empty for whoever may not see the ticket.
pub async fn around(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Around> {
    look(tx, actor, id, None).await
}

/// The same for somebody who comes to it, so that the others know.
pub async fn arrive(tx: &mut Tx, actor: &Actor, id: TicketId, doing: Doing) -> Result<Around> {
    look(tx, actor, id, Some(doing)).await
}

async fn look(tx: &mut Tx, actor: &Actor, id: TicketId, doing: Option<Doing>) -> Result<Around> {
    let Ok(ticket) = access::ticket(tx, actor, id).await else { return Ok(Around::default()) };
    if doing.is_some() {
        tx.desk().note_presence(ticket.id, actor.id(), doing);
    }
    let now = tx.now();
    let marks = tx.desk().others_at(ticket.id, actor.id());
    let mut others = Vec::new();
    if !marks.is_empty() {
        let ids: Vec<UserId> = marks.iter().map(|mark| mark.user).collect();
        let users = storage::person::by_ids(&mut tx.db, &ids).await?;
        for mark in marks {
            let Some(user) = users.iter().find(|user| user.id == mark.user) else { continue };
            others.push(Beside { name: user.display_name().to_owned(), doing: mark.doing_now(now), at: mark.at });
        }
    }
    Ok(Around { lock: lock::of_ticket(tx, actor, ticket.id).await?, others, ticket: Some(ticket.id), version: ticket.version })
}

impl Desk {
    /// Others hear of it when it is news.
    pub(crate) fn note_presence(&self, ticket: TicketId, user: UserId, doing: Option<Doing>) {
        let news = self.with_board(|board, now| board.note(ticket, Mark { user, doing, at: now }));
        if news {
            self.tell(Live::PeopleChanged(ticket));
        }
        self.pass_on(&crate::live::Note::Person { ticket, user, doing });
    }

    fn others_at(&self, ticket: TicketId, me: UserId) -> Vec<Mark> {
        self.with_board(|board, now| board.others(ticket, me, now))
    }

    /// Whether somebody has been at a ticket lately, so that news of the people there are for them.
    #[must_use]
    pub fn is_at(&self, ticket: TicketId, user: UserId) -> bool {
        self.with_board(|board, now| board.is_at(ticket, user, now))
    }
}
