//! Hands a message to the verb it is for, after asking the rights that the gate asks (TC-190, TC-191).

use actions::ticket::{self, Create, Reply};
use actions::{Error, Tx, access, inbox, inbox::Outcome};
use domain::person::{EmailAddress, PersonName};
use domain::setting::list;
use domain::{Right, TicketId};

use super::attempt::{Failure, Mail};
use super::commands;
use super::deed::{self, Deed};
use super::refusal::Refusal;
use super::sender::Sender;
use super::to_message::to_message;

/// Of a mail that a crowd got.
const MOST_WATCHERS: usize = 20;

pub(super) async fn on_ticket(tx: &mut Tx, sender: &Sender, id: TicketId, mut mail: Mail) -> Result<Outcome, Failure> {
    let deeds = deeds(&mail)?;
    let right = deeds.first().map_or(Right::ReplyToTicket, |deed| deed.right());
    let id = match access::ticket_for(tx, &sender.actor, id, right).await {
        Ok(ticket) => ticket.id,
        Err(Error::NotFound) => return Err(Refusal::no_ticket(&mail).into()),
        Err(Error::Forbidden(_)) => return Err(Refusal::forbidden(&mail).into()),
        Err(error) => return Err(error.into()),
    };
    if known_tickets(tx, &mail).await?.contains(&id) {
        return Ok(Outcome::Dropped(format!("ticket #{id} has this message already")));
    }
    let refused = Refusal::unusable(&mail);
    let commands = commands::take(tx, sender, &mut mail)?;
    let says_nothing_else = !commands.is_empty() && commands::was_all(&mail.incoming);
    if let Some(message_id) = mail.incoming.message_id.as_deref().filter(|_| says_nothing_else) {
        inbox::remember_message(tx, id, message_id).await?;
    }
    let mut message = Some(mail).filter(|_| !says_nothing_else);
    for deed in deeds {
        match message.take_if(|_| deed.writes()) {
            Some(mail) => write(tx, sender, id, deed, mail).await?,
            None => deed::carry_out(tx, sender, id, deed, &refused).await?,
        };
    }
    commands::carry_out(tx, sender, id, commands, &refused).await?;
    Ok(Outcome::Done(id))
}

async fn write(tx: &mut Tx, sender: &Sender, id: TicketId, deed: Deed, mail: Mail) -> Result<Outcome, Failure> {
    let subject = Some(mail.incoming.subject.clone()).filter(|subject| !subject.is_empty());
    let refused = Refusal::unusable(&mail);
    let message = actions::message::NewMessage { subject, ..to_message(sender, mail) };
    let reply = Reply { ticket: id, message, time_taken: 0 };
    let written = match deed {
        Deed::Comment => ticket::comment(tx, &sender.actor, reply).await,
        _ => ticket::reply(tx, &sender.actor, reply).await,
    };
    finished(written.map(|_| id), refused)
}

/// The doors let known ones in only.
fn deeds(mail: &Mail) -> Result<Vec<Deed>, Error> {
    let action = &mail.inbound.message.action;
    Deed::list(action).ok_or_else(|| Error::Internal(anyhow::anyhow!("unknown action “{action}”")))
}

pub(super) async fn as_ticket(tx: &mut Tx, sender: &Sender, mut mail: Mail) -> Result<Outcome, Failure> {
    let known = known_tickets(tx, &mail).await?;
    if matches!(mail.inbound.message.door.as_str(), "lmtp" | "imap") && inbox::came_before(tx, mail.inbound.id, &known).await? {
        return Ok(Outcome::Dropped("the mail server sent this before".to_owned()));
    }
    let mut commands = commands::take(tx, sender, &mut mail)?;
    let catalog = tx.catalog();
    let queue = if let Some(wanted) = commands.queue_for_new() {
        let none = || Refusal::unusable(&mail).because(&format!("there is no queue “{wanted}”"));
        catalog.queue_named(&wanted).ok_or_else(none)?
    } else {
        let name = &mail.inbound.message.queue;
        let queue = catalog.queue_named(if name.trim().is_empty() { "1" } else { name });
        queue.ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no queue “{name}”")))?
    };
    let queue = match access::queue_for(tx, &sender.actor, queue.id, Right::CreateTicket) {
        Ok(queue) => queue,
        Err(Error::NotFound | Error::Forbidden(_)) => return Err(Refusal::forbidden(&mail).into()),
        Err(error) => return Err(error.into()),
    };
    let deeds = deeds(&mail)?;
    if !deeds.first().is_some_and(|deed| deed.writes()) {
        return Err(Refusal::no_ticket(&mail).into());
    }
    let watchers = further_recipients(tx, sender, &mail);
    let subject = mail.incoming.subject.clone();
    let refused = Refusal::unusable(&mail);
    let mut create = Create::new(queue.id, subject, to_message(sender, mail));
    create.requestors = vec![sender.as_person()];
    create.ccs = watchers;
    let made = finished(ticket::create(tx, &sender.actor, create).await.map(|change| change.ticket), refused.clone())?;
    if let Outcome::Done(id) = made {
        for deed in deeds.into_iter().filter(|deed| !deed.writes()) {
            deed::carry_out(tx, sender, id, deed, &refused).await?;
        }
        commands::carry_out(tx, sender, id, commands, &refused).await?;
    }
    Ok(made)
}

/// Those who got the mail beside us, if the installation wants them (`ParseNewMessageForTicketCcs`, TC-191).
fn further_recipients(tx: &Tx, sender: &Sender, mail: &Mail) -> Vec<PersonName> {
    let catalog = tx.catalog();
    if !catalog.setting_flag(list::MAIL_CCS) {
        return vec![];
    }
    let mut found: Vec<PersonName> = Vec::new();
    for mailbox in mail.incoming.to.iter().chain(&mail.incoming.cc) {
        let Ok(address) = EmailAddress::parse(&mailbox.address) else { continue };
        let known = |person: &PersonName| matches!(person, PersonName::Address { address: one, .. } if *one == address);
        if address != sender.address
            && !catalog.is_own_address(&address)
            && !found.iter().any(known)
            && found.len() < MOST_WATCHERS
        {
            found.push(PersonName::Address { address, name: mailbox.name.clone() });
        }
    }
    found
}

/// The tickets that have a message of this id.
async fn known_tickets(tx: &mut Tx, mail: &Mail) -> Result<Vec<TicketId>, Error> {
    match &mail.incoming.message_id {
        Some(id) => inbox::tickets_of_message(tx, id).await,
        None => Ok(vec![]),
    }
}

/// Input that a verb does not take is the message's fault; everything else is ours.
fn finished(written: Result<TicketId, Error>, refused: Refusal) -> Result<Outcome, Failure> {
    match written {
        Ok(ticket) => Ok(Outcome::Done(ticket)),
        Err(Error::Invalid(errors)) => {
            let reasons: Vec<String> = errors.into_iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
            Err(Refusal { reason: reasons.join(" "), ..refused }.into())
        }
        Err(error @ (Error::Forbidden(_) | Error::Conflict(_))) => Err(refused.because(&error.to_string()).into()),
        Err(error) => Err(error.into()),
    }
}
