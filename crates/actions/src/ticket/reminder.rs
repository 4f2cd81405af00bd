//! Reminders on a ticket (TC-087, TC-088): a subject, whose it is, when it is due, and whether it is done.

use crate::{
    Actor, Error, FieldError, Result, Tx, access,
    automation::{self, Occasion},
    history,
};
use domain::{
    Right, Ticket, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
    ticket::{SUBJECT_LIMIT, clean_subject},
};
use jiff::Timestamp;
pub use storage::reminder::Reminder;

/// More than these a page does not show.
const MOST: i64 = 200;

#[derive(Clone, Debug)]
pub struct NewReminder {
    pub ticket: TicketId,
    pub subject: String,
    /// `None` is whoever makes it.
    pub owner: Option<UserId>,
    pub due: Option<Timestamp>,
}

/// A reminder with the ticket it belongs to and who it is for.
#[derive(Clone, Debug)]
pub struct Shown {
    pub reminder: Reminder,
    pub ticket: Ticket,
    pub owner: String,
}

/// Those who may change the ticket or own tickets of its queue may be reminded of it.
const RIGHTS: [Right; 2] = [Right::ModifyTicket, Right::OwnTicket];

pub async fn add(tx: &mut Tx, actor: &Actor, input: NewReminder) -> Result<Reminder> {
    let mut ticket = access::ticket_for_any(tx, actor, input.ticket, &RIGHTS).await?.into_inner();
    let owner = input.owner.unwrap_or_else(|| actor.id());
    check(tx, actor, &ticket, &input.subject, owner).await?;
    let mut reminder = Reminder {
        id: 0,
        ticket: ticket.id,
        subject: clean_subject(&input.subject),
        owner,
        due: input.due,
        creator: actor.id(),
        created: tx.now(),
        completed: None,
    };
    reminder.id = storage::reminder::insert(&mut tx.db, &reminder).await?;
    record(tx, actor, &mut ticket, ChangeKind::AddReminder, &reminder).await?;
    Ok(reminder)
}

/// Done, or open again; `None` when it is so already.
pub async fn complete(tx: &mut Tx, actor: &Actor, id: i64, done: bool) -> Result<Option<Change>> {
    let (mut ticket, mut reminder) = load(tx, actor, id).await?;
    if reminder.completed.is_some() == done {
        return Ok(None);
    }
    reminder.completed = done.then(|| tx.now());
    storage::reminder::update(&mut tx.db, &reminder).await?;
    let kind = if done { ChangeKind::ResolveReminder } else { ChangeKind::OpenReminder };
    record(tx, actor, &mut ticket, kind, &reminder).await.map(Some)
}

/// What it is about, whose it is and when it is due, whatever ticket the input names; silent, like every detail of a reminder.
pub async fn edit(tx: &mut Tx, actor: &Actor, id: i64, input: NewReminder) -> Result<()> {
    let (ticket, mut reminder) = load(tx, actor, id).await?;
    let owner = input.owner.unwrap_or_else(|| actor.id());
    check(tx, actor, &ticket, &input.subject, owner).await?;
    reminder.subject = clean_subject(&input.subject);
    reminder.owner = owner;
    reminder.due = input.due;
    Ok(storage::reminder::update(&mut tx.db, &reminder).await?)
}

async fn load(tx: &mut Tx, actor: &Actor, id: i64) -> Result<(Ticket, Reminder)> {
    let reminder = storage::reminder::get(&mut tx.db, id).await?.ok_or(Error::NotFound)?;
    // whoever is reminded may say that it is done
    let rights: &[Right] = if reminder.owner == actor.id() { &[Right::ModifyTicket, Right::ShowTicket] } else { &RIGHTS };
    let ticket = access::ticket_for_any(tx, actor, reminder.ticket, rights).await?.into_inner();
    Ok((ticket, reminder))
}

async fn check(tx: &mut Tx, actor: &Actor, ticket: &Ticket, subject: &str, owner: UserId) -> Result<()> {
    let mut errors = Vec::new();
    if clean_subject(subject).is_empty() || subject.chars().count() > SUBJECT_LIMIT {
        errors.push(FieldError::new("reminder", format!("Say in at most {SUBJECT_LIMIT} characters what to be reminded of.")));
    }
    let user = storage::person::get(&mut tx.db, owner).await?;
    let candidate = user.filter(|user| user.privileged).and_then(|user| Actor::of(tx, user, actor.door));
    let may_see = match &candidate {
        Some(candidate) => access::may(tx, candidate, ticket, Right::ShowTicket).await?,
        None => false,
    };
    if !may_see {
        errors.push(FieldError::new("owner", "That user cannot be reminded of this ticket: they may not see it."));
    }
    Error::unless_empty(errors)
}

async fn record(tx: &mut Tx, actor: &Actor, ticket: &mut Ticket, kind: ChangeKind, reminder: &Reminder) -> Result<Change> {
    let what = NewChange { new: Some(reminder.id.to_string()), data: Some(reminder.subject.clone()), ..NewChange::new(kind) };
    let change = history::record(tx, actor, ticket, what, None).await?;
    automation::react(tx, actor, ticket.id, &change, &Occasion::default()).await?;
    Ok(change)
}

/// One that the actor may complete.
pub async fn get(tx: &mut Tx, actor: &Actor, id: i64) -> Result<Reminder> {
    Ok(load(tx, actor, id).await?.1)
}

/// A ticket's, open ones first.
pub async fn of_ticket(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Vec<Shown>> {
    let ticket = access::ticket(tx, actor, id).await?;
    let reminders = storage::reminder::of_ticket(&mut tx.db, ticket.id, MOST).await?;
    let owners: Vec<UserId> = reminders.iter().map(|reminder| reminder.owner).collect();
    let users = storage::person::by_ids(&mut tx.db, &owners).await?;
    let name =
        |id: UserId| users.iter().find(|user| user.id == id).map(|user| user.display_name().to_owned()).unwrap_or_default();
    Ok(reminders.into_iter().map(|reminder| Shown { owner: name(reminder.owner), ticket: (*ticket).clone(), reminder }).collect())
}

/// The asker's own that are open, on tickets they may still see; what is due first comes first.
pub async fn mine(tx: &mut Tx, actor: &Actor, limit: i64) -> Result<Vec<Shown>> {
    let reminders = storage::reminder::open_of_owner(&mut tx.db, actor.id(), limit.min(MOST)).await?;
    let ids: Vec<TicketId> = reminders.iter().map(|reminder| reminder.ticket).collect();
    let tickets = storage::ticket::by_ids(&mut tx.db, &ids).await?;
    let visible = access::visible_of(tx, actor, &tickets).await?;
    let owner = actor.user.display_name().to_owned();
    Ok(reminders
        .into_iter()
        .filter_map(|reminder| {
            let ticket = visible.iter().find(|ticket| ticket.id == reminder.ticket)?.clone();
            Some(Shown { ticket, owner: owner.clone(), reminder })
        })
        .collect())
}
