//! Programs that answer each other come to rest: first nothing of ours answers any more, then their mail is kept aside (TC-187).

use actions::Tx;
use actions::inbox::{self, Pace};
use domain::TicketId;

use super::attempt::{Failure, Mail};
use super::refusal::Refusal;
use super::sender::Sender;
use crate::steps;

/// What is to be remarked about the message, if it goes on without answers.
pub(super) async fn keep(tx: &mut Tx, sender: &Sender, on: Option<TicketId>, mail: &mut Mail) -> Result<Option<String>, Failure> {
    let author = sender.address.as_str().to_lowercase();
    let about = steps::about(&mail.incoming);
    let pace = inbox::pace(tx, &author, &about, on, mail.automatic).await?;
    inbox::note_author(tx, mail.inbound.id, &author, &about).await?;
    match pace {
        Pace::Usual => Ok(None),
        // what a machine wrote gets no answers anyway
        Pace::Quiet(_) if mail.automatic => Ok(None),
        Pace::Quiet(reason) => {
            mail.automatic = true;
            Ok(Some(reason))
        }
        Pace::Looping(reason) => Err(Refusal::silent(&reason).into()),
    }
}
