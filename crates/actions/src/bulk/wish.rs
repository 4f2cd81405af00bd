//! Everything that can be wished of many tickets at once (TC-279), as it is written down until it is done, and doing it to one by
//! the verbs that do it to one.

use super::Words;
use crate::{
    Actor, Error, FieldError, Result, Tx, access, incident,
    ticket::{
        self, Basics, FieldInput, LinksInput, OwnerChange, PeopleInput, Update, add_named, add_values, change_owner, edit_links,
        people, remove_named, remove_value, set_people, set_values,
    },
};
use domain::{
    FieldId, QueueId, Right, Role, Ticket, TicketId, TicketKind, lifecycle::Lifecycle, person::PersonName, ticket::SUBJECT_LIMIT,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What shall change; what is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    pub words: Words,
    /// A login, or `Nobody`.
    pub owner: Option<String>,
    /// Even when it is somebody else's (TC-051).
    pub force_owner: bool,
    /// Who comes into a role and who leaves it, as typed; roles that are emptied first.
    pub add: Vec<(Role, String)>,
    pub remove: Vec<(Role, String)>,
    pub clear: Vec<Role>,
    pub subject: Option<String>,
    pub queue: Option<QueueId>,
    pub status: Option<String>,
    /// Empty takes it away.
    pub level: Option<String>,
    /// Numbers or names of them on the scale of each ticket's queue.
    pub priority: Option<String>,
    pub final_priority: Option<String>,
    pub dates: Vec<(Date, Option<Timestamp>)>,
    pub fields: Vec<FieldWish>,
    /// Relations as seen from the ticket, with numbers or addresses.
    pub link: Vec<(String, String)>,
    pub unlink: Vec<(String, String)>,
    pub merge_into: Option<TicketId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Date {
    Starts,
    Started,
    Due,
    Told,
    Resolved,
}

/// In this order: emptied, some values gone, these alone, others besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldWish {
    pub field: FieldId,
    pub clear: bool,
    pub remove: Vec<String>,
    pub replace: Vec<String>,
    pub add: Vec<String>,
}

impl Wish {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let words = Words { as_reply: false, ..Words::default() };
        let bare = Self { words: words.clone(), force_owner: false, ..self.clone() };
        self.words.is_empty() && bare == Self { words, ..Self::default() }
    }

    /// What is wrong with it, whatever the tickets; by the names that forms give their inputs.
    pub(super) async fn check(&self, tx: &mut Tx, actor: &Actor) -> Result<()> {
        access::require_global(tx, actor, Right::ShowSearchBulkUpdate)?;
        if self.is_empty() {
            return Err(Error::invalid("", "Say what shall change."));
        }
        let mut errors = self.wrong_in_itself(tx, actor);
        for (prefix, wishes) in [("add", &self.add), ("remove", &self.remove)] {
            for (role, text) in wishes {
                let field = format!("{prefix}-{}", role.as_str().to_ascii_lowercase());
                match PersonName::parse_list(text) {
                    Ok(names) if prefix == "add" => {
                        errors.extend(people::own_addresses(tx, &field, &names));
                        errors.extend(people::unknown_logins(tx, &field, &names).await?);
                    }
                    Ok(_) => {}
                    Err(error) => errors.push(FieldError::new(field, format!("{error}."))),
                }
            }
        }
        let owner: Vec<PersonName> = self.owner.iter().cloned().map(PersonName::Login).collect();
        errors.extend(people::unknown_logins(tx, "owner", &owner).await?);
        if let Some(target) = self.merge_into
            && access::ticket(tx, actor, target).await.is_err()
        {
            errors.push(FieldError::new("merge", format!("There is no ticket #{target}.")));
        }
        Error::unless_empty(errors)
    }

    fn wrong_in_itself(&self, tx: &Tx, actor: &Actor) -> Vec<FieldError> {
        let catalog = tx.catalog();
        let mut errors = Vec::new();
        if self.subject.as_ref().is_some_and(|subject| subject.chars().count() > SUBJECT_LIMIT) {
            errors.push(FieldError::new("subject", format!("A subject may have at most {SUBJECT_LIMIT} characters.")));
        }
        if let Some(queue) = self.queue
            && access::queue_for(tx, actor, queue, Right::CreateTicket).is_err()
        {
            errors.push(FieldError::new("queue", "You may not create tickets in that queue."));
        }
        let is_known =
            |status: &str| catalog.lifecycles.iter().any(|lifecycle: &Lifecycle| lifecycle.canonical(status).is_some());
        if let Some(status) = self.status.as_ref().filter(|status| !is_known(status)) {
            errors.push(FieldError::new("status", format!("There is no status “{status}”.")));
        }
        if let Some(level) = self.level.as_ref().filter(|level| !level.is_empty() && catalog.level(level).is_none()) {
            errors.push(FieldError::new("level", format!("There is no service level “{level}”.")));
        }
        errors
    }

    /// Whoever takes a ticket does so first, since owners may do more; whoever gives it away does so last, since they may do less
    /// then. Merging ends it: nothing of the ticket is left to change.
    pub(super) async fn carry_out(&self, tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Option<String>> {
        let before = access::ticket(tx, actor, id).await?;
        let takes = self.owner.as_ref().is_some_and(|owner| owner.eq_ignore_ascii_case(&actor.user.name));
        if takes && before.owner != actor.id() {
            let wish = match (before.is_owned(), self.force_owner) {
                (true, false) => OwnerChange::Give(actor.id()),
                _ => OwnerChange::TakeOrSteal,
            };
            change_owner(tx, actor, id, wish).await?;
        }
        let update = self.update(tx, actor, &before).await?;
        ticket::update(tx, actor, id, update).await?;
        for wish in &self.fields {
            wish.carry_out(tx, actor, id).await?;
        }
        self.people(tx, actor, id).await?;
        let links = LinksInput { add: self.link.clone(), remove: self.unlink.clone() };
        edit_links(tx, actor, id, &links).await?;
        if let Some(owner) = self.owner.as_ref().filter(|_| !takes) {
            let owner = ticket::load_or_create(tx, &PersonName::Login(owner.clone()), "owner").await?.id;
            let wish = if self.force_owner { OwnerChange::Force(owner) } else { OwnerChange::Give(owner) };
            change_owner(tx, actor, id, wish).await?;
        }
        match self.merge_into {
            Some(target) if target != before.id && before.kind == TicketKind::General => {
                ticket::merge(tx, actor, id, target).await?;
            }
            Some(target) if target != before.id => drop(incident::merge(tx, actor, id, target).await?),
            _ => {}
        }
        let after = access::load(tx, before.id, false).await?;
        Ok((after.version == before.version).then(|| "it is as wished already".to_owned()))
    }

    async fn update(&self, tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<Update> {
        let (reply, comment) = self.words.either(tx, actor).await?;
        let catalog = tx.catalog();
        let scale = catalog.queue(ticket.queue).map_or_else(|| catalog.scale(), |queue| catalog.scale_of(queue));
        let number = |field: &str, text: &Option<String>| -> Result<Option<i64>> {
            let Some(text) = text else { return Ok(None) };
            let none = || Error::invalid(field, format!("“{text}” is no priority of its queue."));
            scale.read(text).map(Some).ok_or_else(none)
        };
        let date = |wanted: Date| self.dates.iter().find(|(date, _)| *date == wanted).map(|(_, at)| *at);
        Ok(Update {
            reply,
            comment,
            status: self.status.clone(),
            queue: self.queue,
            basics: Basics {
                subject: self.subject.clone(),
                level: self.level.clone().map(|level| Some(level).filter(|level| !level.is_empty())),
                priority: number("priority", &self.priority)?,
                final_priority: number("final_priority", &self.final_priority)?,
                starts: date(Date::Starts),
                started: date(Date::Started),
                due: date(Date::Due),
                told: date(Date::Told),
                resolved: date(Date::Resolved),
                ..Basics::default()
            },
            ..Update::default()
        })
    }

    async fn people(&self, tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
        let named = |text: &str| PersonName::parse_list(text).map_err(|error| Error::invalid("", format!("{error}.")));
        for role in &self.clear {
            set_people(tx, actor, id, PeopleInput { role: *role, people: vec![] }).await?;
        }
        for (role, text) in &self.remove {
            remove_named(tx, actor, id, PeopleInput { role: *role, people: named(text)? }).await?;
        }
        for (role, text) in &self.add {
            add_named(tx, actor, id, PeopleInput { role: *role, people: named(text)? }).await?;
        }
        Ok(())
    }
}

impl FieldWish {
    async fn carry_out(&self, tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<()> {
        let input = |values: &[String]| FieldInput { field: self.field, values: values.to_vec() };
        if self.clear || !self.replace.is_empty() {
            set_values(tx, actor, id, input(&self.replace)).await?;
        }
        for value in &self.remove {
            remove_value(tx, actor, id, self.field, value).await?;
        }
        if !self.add.is_empty() {
            add_values(tx, actor, id, input(&self.add)).await?;
        }
        Ok(())
    }
}
