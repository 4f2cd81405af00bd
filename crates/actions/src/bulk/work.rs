//! What is wished of many tickets, as it is written down until it is done.

use super::Wish;
use crate::{Actor, Error, Result, Tx, message::NewMessage, upload};
use domain::{bulk::Deed, person::EmailAddress};
use serde::{Deserialize, Serialize};

/// A message for each of the tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    /// To the correspondents; otherwise a comment.
    pub as_reply: bool,
    /// Tokens of kept files.
    #[serde(default)]
    pub files: Vec<String>,
    #[serde(default)]
    pub cc: Vec<EmailAddress>,
    #[serde(default)]
    pub bcc: Vec<EmailAddress>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Work {
    Take,
    Reject { words: Words },
    Write { words: Words },
    Abandon { words: Words, to_reports: bool, to_investigations: bool },
    Update { wish: Box<Wish> },
}

impl Work {
    #[must_use]
    pub fn deed(&self) -> Deed {
        match self {
            Self::Take => Deed::Take,
            Self::Reject { .. } => Deed::Reject,
            Self::Write { .. } => Deed::Write,
            Self::Abandon { .. } => Deed::Abandon,
            Self::Update { .. } => Deed::Update,
        }
    }

    fn words(&self) -> Option<&Words> {
        match self {
            Self::Take => None,
            Self::Reject { words } | Self::Write { words } | Self::Abandon { words, .. } => Some(words),
            Self::Update { wish } => Some(&wish.words),
        }
    }

    /// What is wrong with it, whatever the tickets.
    pub(super) async fn check(&self, tx: &mut Tx, actor: &Actor) -> Result<()> {
        if let Self::Update { wish } = self {
            wish.check(tx, actor).await?;
        }
        let Some(words) = self.words() else { return Ok(()) };
        if self.deed() == Deed::Write && words.is_empty() {
            return Err(Error::invalid("message", "Write something or attach a file."));
        }
        let catalog = tx.catalog();
        for (field, addresses) in [("cc", &words.cc), ("bcc", &words.bcc)] {
            if let Some(own) = addresses.iter().find(|address| catalog.is_own_address(address)) {
                let message = format!("{own} is an address of this system; mail to it would go round in circles.");
                return Err(Error::invalid(field, message));
            }
        }
        Ok(())
    }
}

impl Words {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.files.is_empty()
    }

    /// As a reply or as a comment; neither when nothing was written.
    pub(super) async fn either(&self, tx: &mut Tx, actor: &Actor) -> Result<(Option<NewMessage>, Option<NewMessage>)> {
        if self.is_empty() {
            return Ok((None, None));
        }
        let message = self.message(tx, actor).await?;
        Ok(if self.as_reply { (Some(message), None) } else { (None, Some(message)) })
    }

    pub(super) async fn message(&self, tx: &mut Tx, actor: &Actor) -> Result<NewMessage> {
        let mut message = NewMessage::text(self.text.as_str());
        for token in &self.files {
            let gone = || Error::invalid("files", "One of the attached files is not kept any more.");
            let file = upload::kept(tx, actor, token).await?.ok_or_else(gone)?;
            message = message.attach(&file.name, &file.media_type, file.content);
        }
        (message.cc, message.bcc) = (self.cc.clone(), self.bcc.clone());
        Ok(message)
    }
}
