//! A report that mail of ours did not arrive goes to the ticket that the mail was about, not into a new one.

use actions::account::reachability;
use actions::inbox::{self, Outcome};
use actions::{Actor, Door, Error, Tx};

use crate::incoming::Incoming;
use crate::steps::Bounce;

const MOST_NAMED: usize = 10;

/// `None` when it is about no letter of ours that we know; then it is mail like any other.
pub(super) async fn note(tx: &mut Tx, incoming: &Incoming, bounce: &Bounce) -> Result<Option<Outcome>, Error> {
    // some mail systems quote nothing, but answer
    let ids = bounce.original_message_id.iter().chain(&incoming.in_reply_to);
    for id in ids.take(5) {
        let Some(letter) = inbox::letter(tx, id).await? else { continue };
        reachability::mark(tx, &letter, &bounce.gone).await?;
        let Some(ticket) = letter.letter.ticket else {
            return Ok(Some(Outcome::Dropped("a notice of ours could not be delivered".to_owned())));
        };
        inbox::note_bounce(tx, &Actor::system(Door::Email), ticket, &said(incoming, bounce, id), &bounce.failed).await?;
        return Ok(Some(Outcome::Done(ticket)));
    }
    Ok(None)
}

fn said(incoming: &Incoming, bounce: &Bounce, id: &str) -> String {
    let named: Vec<&str> = bounce.failed.iter().take(MOST_NAMED).map(String::as_str).collect();
    let more = bounce.failed.len().saturating_sub(named.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let reason = incoming.main_text();
    format!("Mail to {}{more} could not be delivered (Message-ID {id}).\n\n{}", named.join(", "), reason.trim())
}
