//! Commands in mail: lines before the text of a message that staff sends, such as `Status: resolved`, carried out with the
//! sender's rights. Only where the installation allows it; all of them or none, and whoever sent them is told which could not be.

mod carry_out;
mod lines;

use actions::{Error, Tx};
use domain::authentication::vouches;
use domain::person::EmailAddress;
use domain::setting::list;

use super::attempt::{Failure, Mail};
use super::refusal::Refusal;
use super::sender::Sender;
use crate::incoming::{Incoming, PartBody};
pub(super) use carry_out::carry_out;
use lines::{Command, Line, split};

/// Cut out of a message, not carried out yet.
#[derive(Default)]
pub(super) struct Commands(Vec<Line>);

impl Commands {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The queue that a new ticket shall be made in, taken out of what is left to do.
    pub(super) fn queue_for_new(&mut self) -> Option<String> {
        let named = self.0.iter().rev().find(|line| line.command == Command::Queue).map(|line| line.value.clone());
        self.0.retain(|line| line.command != Command::Queue);
        named
    }
}

/// What the message asks for, cut out of its text. None for whoever is not staff: their text is text.
pub(super) fn take(tx: &Tx, sender: &Sender, mail: &mut Mail) -> Result<Commands, Failure> {
    let catalog = tx.catalog();
    let allowed = catalog.setting_text(list::MAIL_COMMANDS);
    if allowed == "no" || mail.automatic || !sender.actor.user.privileged {
        return Ok(Commands::default());
    }
    let text = mail.incoming.main_text();
    let lines = match split(&text) {
        Ok(None) => return Ok(Commands::default()),
        Ok(Some((lines, _))) => lines,
        Err(line) => return Err(Refusal::told(mail, "an unknown command", &complaint(&line, "there is no such command")).into()),
    };
    if allowed != "unchecked" && !is_checked(&mail.incoming, &sender.address, catalog.setting_text(list::AUTHENTICATION_SERVER)) {
        let why = "It begins with commands, but the mail server did not find that it really comes from you. Nothing was done.";
        return Err(Refusal::told(mail, "commands whose sender is not proven", why).into());
    }
    cut(&mut mail.incoming);
    Ok(Commands(lines))
}

/// Everything that is left of the message is its commands.
pub(super) fn was_all(incoming: &Incoming) -> bool {
    incoming.main_text().trim().is_empty() && !incoming.parts.iter().any(crate::incoming::Part::is_attachment)
}

/// The author that everybody sees must be the one who acts, and our mail server must say that it is.
fn is_checked(incoming: &Incoming, sender: &EmailAddress, server: &str) -> bool {
    let [from] = incoming.from.as_slice() else { return false };
    let is_sender = EmailAddress::parse(&from.address).is_ok_and(|address| address == *sender);
    let said = incoming.header("Authentication-Results");
    is_sender && said.is_some_and(|said| vouches(said, server, sender.domain()))
}

/// Takes the commands out of every form of the text. Where HTML says the same as a text, only the text stays; alone, it becomes one.
fn cut(incoming: &mut Incoming) {
    let text = incoming.main_text();
    let rest = split(&text).ok().flatten().map_or("", |(_, rest)| rest).to_owned();
    let body = |part: &crate::incoming::Part, kind: &str| !part.is_attachment() && part.content_type == kind;
    let plain = incoming
        .parts
        .iter_mut()
        .find(|part| body(part, "text/plain") && part.text().is_some_and(|text| split(text).is_ok_and(|found| found.is_some())));
    let is_kept = if let Some(part) = plain {
        part.body = PartBody::Text(rest.clone());
        true
    } else {
        false
    };
    let mut next = (!is_kept).then_some(rest);
    for part in incoming.parts.iter_mut().filter(|part| body(part, "text/html")) {
        match next.take() {
            Some(text) => {
                "text/plain".clone_into(&mut part.content_type);
                part.body = PartBody::Text(text);
            }
            None => part.body = PartBody::Container,
        }
    }
}

fn complaint(line: &str, why: &str) -> String {
    format!("The line “{line}” of your message could not be carried out: {why}. Nothing of it was done.")
}

/// What is the message's fault goes back to its sender; everything else is ours.
fn refused(mail: &Refusal, line: &Line, error: Error) -> Failure {
    let why = match error {
        Error::NotFound => "there is nothing of this name, or you may not see it".to_owned(),
        Error::Conflict(_) | Error::Forbidden(_) | Error::Invalid(_) | Error::Disabled(_) => error.to_string(),
        Error::Unavailable(_) | Error::Internal(_) => return error.into(),
    };
    mail.explaining(&complaint(&line.text, why.trim_end_matches('.'))).into()
}
