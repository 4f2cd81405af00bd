//! Who is taken out of a letter's recipients, and why: noted with the letter, for staff to find (TC-165).

use super::{Cause, Wish};
use crate::{Result, Tx};
use domain::person::EmailAddress;
use storage::left_out::LeftOut;

/// Of one letter not more are noted.
const MOST: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// An address of this installation.
    Own,
    Disabled,
    /// They could not read the comment on the page either.
    Unreadable,
    /// Somebody unticked them for this message.
    Unticked,
    /// They get no mail of this ticket.
    Squelched,
    /// They made the change themselves.
    Author,
    /// A machine wrote what the letter is about.
    Automatic,
    /// They hear of it in their digest.
    Daily,
    Weekly,
    /// They want no mail.
    Suspended,
}

impl Why {
    /// As it is stored; its words are in `forms.ftl`.
    fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Disabled => "disabled",
            Self::Unreadable => "unreadable",
            Self::Unticked => "unticked",
            Self::Squelched => "squelched",
            Self::Author => "author",
            Self::Automatic => "automatic",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Suspended => "suspended",
        }
    }
}

/// Where nobody was left there is no letter, hence no Message-ID.
pub(super) async fn note(
    tx: &mut Tx,
    cause: Cause<'_>,
    wish: &Wish<'_>,
    message_id: Option<&str>,
    removed: &[(EmailAddress, Why)],
) -> Result<()> {
    if removed.is_empty() {
        return Ok(());
    }
    let letter = LeftOut {
        change: cause.change.id,
        rule: cause.rule.to_owned(),
        as_comment: wish.as_comment,
        message_id: message_id.map(str::to_owned),
        removed: removed.iter().take(MOST).map(|(address, why)| (why.as_str().to_owned(), address.to_string())).collect(),
    };
    Ok(storage::left_out::insert(&mut tx.db, &letter).await?)
}
