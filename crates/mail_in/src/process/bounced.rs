//! A report that mail of ours did not arrive goes to the ticket that the mail was about, not into a new one.

use actions::account::reachability;
use actions::inbox::{self, Inbound, Outcome};
use actions::{Actor, Door, Error, Tx};
use domain::envelope::Returned;

use crate::incoming::{Incoming, Mailbox};
use crate::steps::{self, Bounce};

const MOST_NAMED: usize = 10;
/// Fields in which mail systems keep the address that a message came to.
const CAME_TO: [&str; 3] = ["Delivered-To", "X-Original-To", "Envelope-To"];

/// Whether a message came to an address that our letters have as their sender, and what that tells (TC-176).
pub(super) fn came_back_to(tx: &Tx, inbound: &Inbound, incoming: &Incoming) -> Option<Returned> {
    let verp = tx.catalog().verp()?;
    // doors that do not know the envelope leave it empty
    if !inbound.message.recipient.is_empty() {
        return verp.named(&inbound.message.recipient);
    }
    let kept = CAME_TO.iter().flat_map(|name| incoming.header_values(name));
    let shown = incoming.to.iter().map(|Mailbox { address, .. }| address.as_str());
    kept.chain(shown).take(20).find_map(|address| verp.named(address.trim_matches(['<', '>', ' '])))
}

/// What a message says of letters that did not arrive. The address that it came to tells more surely who failed than its text,
/// and without it some texts tell nothing.
pub(super) fn read(incoming: &Incoming, came_back: Option<&Returned>, nobody_sent_it: bool) -> Option<Bounce> {
    let told = steps::bounce(incoming);
    let Some(Returned::About(recipient)) = came_back else { return told };
    let is_answer = steps::auto_reply(incoming) || steps::delivery_notice(incoming) || steps::receipt(incoming).is_some();
    let (original_message_id, mut gone) = match told {
        Some(told) => (told.original_message_id, told.gone),
        None if nobody_sent_it && !is_answer => (steps::answered(incoming).first().map(|id| (*id).to_owned()), vec![]),
        None => return None,
    };
    gone.retain(|(address, _)| address.eq_ignore_ascii_case(recipient));
    Some(Bounce { failed: vec![recipient.clone()], gone, original_message_id })
}

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
