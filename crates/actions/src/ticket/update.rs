//! Several things at once, as one submission of a form: all of it or none, in the order of IR-052, but the owner last.

use crate::{
    Actor, Error, FieldError, Result, Tx, access,
    message::NewMessage,
    ticket::{
        Basics, FieldFile, FieldInput, OwnerChange, PeopleInput, Reply, SetStatus, basics, change_owner, comment, fields,
        move_to_queue, people, reply, set_basics, set_people, set_status, set_values,
    },
};
use domain::{QueueId, Right, Ticket, TicketId, change::Change, person::PersonName};

#[derive(Clone, Debug, Default)]
pub struct Update {
    /// The version the form was made from; something newer is a conflict. `None` does not look.
    pub version: Option<i64>,
    /// Become the owner first.
    pub take_first: bool,
    pub reply: Option<NewMessage>,
    pub comment: Option<NewMessage>,
    /// Minutes.
    pub time_taken: i64,
    pub status: Option<String>,
    /// A login, or `Nobody`.
    pub owner: Option<String>,
    /// Even when it is somebody else's (TC-051).
    pub force_owner: bool,
    pub queue: Option<QueueId>,
    pub basics: Basics,
    pub fields: Vec<FieldInput>,
    pub field_files: Vec<FieldFile>,
    pub people: Vec<PeopleInput>,
}

pub async fn update(tx: &mut Tx, actor: &Actor, id: TicketId, input: Update) -> Result<Vec<Change>> {
    let ticket = access::ticket(tx, actor, id).await?;
    if let Some(version) = input.version {
        let current = access::load(tx, ticket.id, true).await?;
        // versions of a ticket merged away since say nothing about the one it went into
        if current.version != version || ticket.id != id {
            return Err(Error::Conflict(
                "Somebody changed this ticket since you opened it. What you typed is kept; look at the ticket and send again."
                    .into(),
            ));
        }
    }
    check(tx, actor, &ticket, &input).await?;
    let mut changes = Vec::new();
    if input.take_first {
        changes.extend(change_owner(tx, actor, id, OwnerChange::TakeOrSteal).await?);
    }
    let mut time_taken = input.time_taken;
    if let Some(message) = input.reply.filter(|message| !message.is_empty()) {
        changes.push(reply(tx, actor, Reply { ticket: id, message, time_taken: std::mem::take(&mut time_taken) }).await?);
    }
    if let Some(message) = input.comment.filter(|message| !message.is_empty()) {
        changes.push(comment(tx, actor, Reply { ticket: id, message, time_taken: std::mem::take(&mut time_taken) }).await?);
    }
    if let Some(status) = input.status {
        changes.extend(set_status(tx, actor, SetStatus { ticket: id, status }).await?);
    }
    if let Some(queue) = input.queue {
        changes.extend(move_to_queue(tx, actor, id, queue).await?);
    }
    let mut basics = input.basics;
    if time_taken != 0 {
        // no message to book it on (TC-023)
        let now = access::load(tx, id, false).await?.time_worked;
        basics.time_worked = Some(basics.time_worked.unwrap_or(now) + time_taken);
    }
    if basics != Basics::default() {
        changes.extend(set_basics(tx, actor, id, basics).await?);
    }
    for field in input.fields {
        changes.extend(set_values(tx, actor, id, field).await?);
    }
    for file in &input.field_files {
        changes.extend(fields::attach_file(tx, actor, id, file).await?);
    }
    for people in input.people {
        changes.extend(set_people(tx, actor, id, people).await?);
    }
    // last, or whoever gives a ticket away could not change the rest of it
    if let Some(owner) = input.owner {
        let owner = super::load_or_create(tx, &PersonName::Login(owner), "owner").await?;
        let wish = if input.force_owner { OwnerChange::Force(owner.id) } else { OwnerChange::Give(owner.id) };
        changes.extend(change_owner(tx, actor, id, wish).await?);
    }
    Ok(changes)
}

/// Everything that can be seen to be wrong beforehand, so that a form gets all errors at once.
async fn check(tx: &mut Tx, actor: &Actor, ticket: &Ticket, input: &Update) -> Result<()> {
    // who may not change the people is not told who exists
    let may_ask = access::may(tx, actor, ticket, Right::ModifyTicket).await?;
    let mut errors: Vec<FieldError> = basics::check(tx, &input.basics);
    errors.extend(fields::check(tx, actor, ticket.queue, Some(ticket.id), &input.fields).await?);
    for message in input.reply.iter().chain(&input.comment) {
        errors.extend(fields::of_message(tx, actor, ticket.queue, message).err().unwrap_or_default());
    }
    for PeopleInput { role, people: names } in input.people.iter().filter(|_| may_ask) {
        errors.extend(people::own_addresses(tx, people::role_field(*role), names));
        errors.extend(people::unknown_logins(tx, people::role_field(*role), names).await?);
    }
    let owner: Vec<PersonName> = input.owner.iter().cloned().map(PersonName::Login).collect();
    errors.extend(people::unknown_logins(tx, "owner", &owner).await?);
    Error::unless_empty(errors)
}
