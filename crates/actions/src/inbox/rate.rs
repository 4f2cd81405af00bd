//! How much somebody wrote within the last hour: programs that answer each other must come to rest (TC-187).

use crate::{Result, Tx};
use domain::{TicketId, setting::list};
use jiff::{SignedDuration, Timestamp};
use storage::inbound::rate;

const SPAN: SignedDuration = SignedDuration::from_hours(1);

/// What the last hour allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    Usual,
    /// Recorded, but nothing answers by itself; with the reason.
    Quiet(String),
    /// Kept for administrators; with the reason.
    Looping(String),
}

/// Asked before a message of this author is recorded. On a ticket only what machines write is held back.
pub async fn pace(tx: &mut Tx, author: &str, about: &str, on: Option<TicketId>, automatic: bool) -> Result<Pace> {
    let since = since(tx);
    let catalog = tx.catalog();
    let (answers, most) = (catalog.setting_number(list::ANSWERS_PER_HOUR), catalog.setting_number(list::ALIKE_PER_HOUR));
    let alike = rate::alike(&mut tx.db, author, about, since, most).await?;
    if alike >= most {
        return Ok(Pace::Looping(format!("looping: {alike} messages like this from {author} within an hour")));
    }
    if let Some(ticket) = on.filter(|_| automatic)
        && rate::on_ticket(&mut tx.db, ticket, since, most).await? >= most
    {
        return Ok(Pace::Looping(format!("looping: {most} messages on ticket #{ticket} within an hour")));
    }
    // the same again and again is suspicious sooner than many different things
    let all = rate::by_author(&mut tx.db, author, since, 10 * answers).await?;
    if alike >= answers || all >= 10 * answers {
        let count = alike.max(if all >= 10 * answers { all } else { 0 });
        return Ok(Pace::Quiet(format!(
            "looping? {count} messages from {author} within an hour: answered no more automatically"
        )));
    }
    Ok(Pace::Usual)
}

/// What the next message of this author is counted by.
pub async fn note_author(tx: &mut Tx, id: i64, author: &str, about: &str) -> Result<()> {
    Ok(rate::note_author(&mut tx.db, id, author, about).await?)
}

/// What administrators shall see of a message that was recorded all the same.
pub async fn remark(tx: &mut Tx, id: i64, reason: &str) -> Result<()> {
    Ok(rate::remark(&mut tx.db, id, reason).await?)
}

fn since(tx: &Tx) -> Timestamp {
    tx.now().checked_sub(SPAN).unwrap_or(tx.now())
}
