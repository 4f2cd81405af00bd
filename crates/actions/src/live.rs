//! News for open pages: what committed changes and people at tickets mean to whoever looks. Told within the process by a
//! channel, to the other processes of an installation by PostgreSQL, or found in the database where there is only SQLite.

mod newsroom;
mod note;
mod relay;

use crate::{Actor, Result, Tx, access};
use domain::{TicketId, UserId};
use jiff::{SignedDuration, Timestamp};
pub(crate) use newsroom::Newsroom;
pub(crate) use note::Note;
pub use relay::relay;

/// A transaction may take this long between its moment and its commit; whoever resumes is told so much again.
const OVERLAP: SignedDuration = SignedDuration::from_secs(30);
/// More than this is not told one by one.
const MOST: i64 = 200;

/// One ticket as an open page hears of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub ticket: TicketId,
    pub version: i64,
    pub by: UserId,
}

/// What happened since a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    News(Vec<News>),
    /// Too much to tell: look at everything again.
    Everything,
}

/// Of these tickets, those the actor may see; nothing is said of the others.
pub async fn news(tx: &mut Tx, actor: &Actor, tickets: &[TicketId]) -> Result<Vec<News>> {
    let mut told = Vec::new();
    for ticket in storage::ticket::by_ids(&mut tx.db, tickets).await? {
        if access::may(tx, actor, &ticket, domain::Right::ShowTicket).await? {
            told.push(News { ticket: ticket.id, version: ticket.version, by: ticket.updater });
        }
    }
    Ok(told)
}

/// For a page that was away since `moment`.
pub async fn since(tx: &mut Tx, actor: &Actor, moment: Timestamp) -> Result<Since> {
    let from = moment.checked_sub(OVERLAP).unwrap_or(moment);
    let changed = storage::ticket::updated_after(&mut tx.db, from, MOST + 1).await?;
    if changed.len() as i64 > MOST {
        return Ok(Since::Everything);
    }
    let ids: Vec<TicketId> = changed.into_iter().map(|(id, _)| id).collect();
    Ok(Since::News(news(tx, actor, &ids).await?))
}
