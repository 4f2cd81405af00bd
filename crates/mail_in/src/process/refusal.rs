//! Refusing a message for good: it is kept with the reason, and its sender is told by mail if it was a person (TC-193, MG-022).

use actions::inbox::{self, Inbound, Notice, Outcome};
use actions::{Desk, Error, Tx};
use domain::person::EmailAddress;

use super::attempt::Mail;
use crate::parse::Unreadable;

/// Larger messages are not sent back; their sender has them.
const MOST_SENT_BACK: usize = 1024 * 1024;
const MOST_OF_SUBJECT: usize = 200;

#[derive(Clone)]
pub(super) struct Refusal {
    /// For administrators.
    pub(super) reason: String,
    pub(super) tell: Option<Tell>,
}

/// What the sender reads.
#[derive(Clone)]
pub(super) struct Tell {
    to: String,
    subject: String,
    why: String,
    message_id: Option<String>,
}

impl Refusal {
    /// Nobody is told: an answer could go round in circles.
    pub(super) fn silent(reason: &str) -> Self {
        Self { reason: reason.to_owned(), tell: None }
    }

    /// To where the message wants its errors, unless a machine wrote it (TC-188).
    pub(super) fn told(mail: &Mail, reason: &str, why: &str) -> Self {
        let to = mail.incoming.errors_to.as_ref().filter(|_| !mail.automatic);
        let tell = to.map(|to| Tell {
            to: to.address.clone(),
            subject: mail.incoming.subject.clone(),
            why: why.to_owned(),
            message_id: mail.incoming.message_id.clone(),
        });
        Self { reason: reason.to_owned(), tell }
    }

    /// The same refusal with what a verb said against it.
    pub(super) fn because(&self, reason: &str) -> Self {
        let tell = self.tell.clone().map(|tell| Tell { why: format!("It could not be done: {reason}."), ..tell });
        Self { reason: reason.to_owned(), tell }
    }

    /// The same refusal with other words for its sender.
    pub(super) fn explaining(&self, why: &str) -> Self {
        Self { reason: why.to_owned(), tell: self.tell.clone().map(|tell| Tell { why: why.to_owned(), ..tell }) }
    }

    pub(super) fn forbidden(mail: &Mail) -> Self {
        Self::told(mail, "permission denied", "Permission denied: you may not write to this address or about this ticket.")
    }

    /// A ticket that the sender may not know of is none (invariant 3).
    pub(super) fn no_ticket(mail: &Mail) -> Self {
        let why = "It is about a ticket that does not exist, or that you may not write to. Without the number in its subject your message \
                   would open a new one.";
        Self::told(mail, "there is no such ticket for this sender", why)
    }

    pub(super) fn unusable(mail: &Mail) -> Self {
        Self::told(mail, "not usable", "It holds something that cannot be used here.")
    }

    /// There is no header to go by, only the envelope.
    pub(super) fn unreadable(inbound: &Inbound, unreadable: &Unreadable) -> Self {
        let tell = inbound.message.sender.clone().map(|to| Tell {
            to,
            subject: String::new(),
            why: format!("It cannot be read: {unreadable}."),
            message_id: None,
        });
        Self { reason: unreadable.to_string(), tell }
    }
}

/// In a transaction of its own: that of the try is undone, and with it all that the message had caused. `None` when somebody
/// else has taken the message since.
pub(super) async fn refuse(desk: &Desk, id: i64, refusal: Refusal) -> Result<Option<Outcome>, Error> {
    let mut tx = desk.write().await?;
    let Some(inbound) = inbox::take_one(&mut tx, id).await? else { return Ok(None) };
    if let Some(notice) = refusal.tell.and_then(|tell| notice(&tx, inbound, tell)) {
        inbox::send_notice(&mut tx, notice).await?;
    }
    let outcome = Outcome::Refused(refusal.reason);
    inbox::finish(&mut tx, id, &outcome).await?;
    tx.commit().await?;
    Ok(Some(outcome))
}

fn notice(tx: &Tx, inbound: Inbound, tell: Tell) -> Option<Notice> {
    let to = EmailAddress::parse(&tell.to).ok()?;
    let local = to.as_str().split('@').next().unwrap_or_default();
    if tx.catalog().is_own_address(&to) || matches!(local, "mailer-daemon" | "postmaster") {
        return None;
    }
    let about: String = tell.subject.chars().take(MOST_OF_SUBJECT).collect();
    let original = Some(inbound.message.raw).filter(|raw| !raw.is_empty() && raw.len() <= MOST_SENT_BACK);
    let attached = if original.is_some() { "\n\nYour message is attached." } else { "" };
    Some(Notice {
        to: to.as_str().to_owned(),
        subject: format!("Message not accepted: {about}").trim_end_matches([' ', ':']).to_owned(),
        text: format!("Your message was not accepted.\n\n{}{attached}\n", tell.why),
        in_reply_to: tell.message_id,
        original,
    })
}
