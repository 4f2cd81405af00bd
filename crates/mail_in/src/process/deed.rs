//! What the door asked to be done with a message: `correspond`, `comment`, `take`, `resolve`, or several with dashes between
//! them (TC-185 step 1, TC-191).

use actions::inbox::Outcome;
use actions::ticket::{OwnerChange, SetStatus, change_owner, set_status};
use actions::{Error, Tx, access};
use domain::{Right, StatusClass, TicketId};

use super::attempt::Failure;
use super::refusal::Refusal;
use super::sender::Sender;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Correspond,
    Comment,
    Take,
    Resolve,
}

const MOST: usize = 5;

impl Deed {
    /// `None` when one of them is unknown.
    pub(crate) fn list(action: &str) -> Option<Vec<Self>> {
        let read = |word: &str| match word {
            "correspond" => Some(Self::Correspond),
            "comment" => Some(Self::Comment),
            "take" => Some(Self::Take),
            "resolve" => Some(Self::Resolve),
            _ => None,
        };
        let deeds: Option<Vec<Self>> = action.split('-').take(MOST + 1).map(read).collect();
        deeds.filter(|deeds| deeds.len() <= MOST)
    }

    /// What the gate asks for on an existing ticket (TC-190).
    pub(super) fn right(self) -> Right {
        match self {
            Self::Correspond => Right::ReplyToTicket,
            Self::Comment => Right::CommentOnTicket,
            Self::Take => Right::OwnTicket,
            Self::Resolve => Right::ModifyTicket,
        }
    }

    /// Whether it records the message.
    pub(super) fn writes(self) -> bool {
        matches!(self, Self::Correspond | Self::Comment)
    }
}

/// Takes or resolves; whoever may not, or cannot, is told.
pub(super) async fn carry_out(
    tx: &mut Tx,
    sender: &Sender,
    id: TicketId,
    deed: Deed,
    refused: &Refusal,
) -> Result<Outcome, Failure> {
    let done = match deed {
        Deed::Take => change_owner(tx, &sender.actor, id, OwnerChange::Take).await.map(drop),
        Deed::Resolve => resolve(tx, sender, id).await,
        Deed::Correspond | Deed::Comment => Ok(()),
    };
    match done {
        Ok(()) => Ok(Outcome::Done(id)),
        Err(error @ (Error::Conflict(_) | Error::Forbidden(_) | Error::Invalid(_))) => {
            Err(refused.because(&error.to_string()).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The first inactive status of the lifecycle.
async fn resolve(tx: &mut Tx, sender: &Sender, id: TicketId) -> Result<(), Error> {
    let ticket = access::ticket(tx, &sender.actor, id).await?;
    let catalog = tx.catalog();
    let lifecycle = catalog.queue(ticket.queue).and_then(|queue| catalog.lifecycle(queue)).ok_or(Error::NotFound)?;
    let inactive = lifecycle.statuses().find(|status| lifecycle.class(status) == Some(StatusClass::Inactive));
    let status = inactive.ok_or(Error::NotFound)?.to_owned();
    set_status(tx, &sender.actor, SetStatus { ticket: id, status }).await.map(drop)
}
