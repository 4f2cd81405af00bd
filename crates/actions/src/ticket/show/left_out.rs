//! Who got no mail of a change, and why (TC-165).

use super::Entry;
use crate::{Actor, Result, Tx, access};
use domain::{Right, TicketId};
pub use storage::left_out::LeftOut;

/// Letters of one change that are looked at.
const MOST: i64 = 50;

/// Of the letters that an entry caused, and of the letter that it records; nothing for those who may not see outgoing mail.
pub async fn left_out(tx: &mut Tx, actor: &Actor, id: TicketId, entry: &Entry) -> Result<Vec<LeftOut>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let rights = access::rights(tx, actor, &ticket).await?;
    let may = |right| rights.contains(&right);
    if !may(Right::ShowOutgoingEmail) {
        return Ok(vec![]);
    }
    let message_id = entry.change.what.data.as_deref().filter(|_| entry.outgoing.is_some());
    let letters = storage::left_out::of(&mut tx.db, entry.change.id, message_id, MOST).await?;
    Ok(letters.into_iter().filter(|letter| !letter.as_comment || may(Right::ShowTicketComments)).collect())
}
