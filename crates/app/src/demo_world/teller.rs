//! Short words for the stories: each is one verb, by somebody, some minutes ago.

#![expect(clippy::too_many_arguments, reason = "a story reads as sentences: when, who, what, to whom")]

use actions::{
    Actor, Desk, Door,
    incident::{self, Close, Prefill},
    message::NewMessage,
    ticket::{self, Basics, Create, FieldInput, OwnerChange, Reply, SetStatus},
};
use anyhow::{Context, Result};
use domain::{TicketId, person::PersonName};
use jiff::{SignedDuration, Timestamp};

pub(super) struct Teller<'a> {
    desk: &'a Desk,
    now: Timestamp,
    letters: u32,
}

/// Minutes before now.
pub(super) type Ago = i64;
pub(super) const HOUR: Ago = 60;
pub(super) const DAY: Ago = 24 * HOUR;

impl<'a> Teller<'a> {
    pub(super) fn new(desk: &'a Desk) -> Self {
        Self { desk, now: desk.now(), letters: 0 }
    }

    async fn tx(&self, ago: Ago) -> Result<actions::Tx> {
        let mut tx = self.desk.write().await?;
        tx.pretend(self.now.checked_sub(SignedDuration::from_mins(ago)).unwrap_or(self.now));
        Ok(tx)
    }

    fn letter(&mut self, text: &str, from: &str) -> NewMessage {
        self.letters += 1;
        let domain = from.rsplit('@').next().unwrap_or("mail.example").trim_end_matches('>');
        NewMessage { message_id: Some(format!("demo-{}@{domain}", self.letters)), ..NewMessage::text(text) }
    }

    async fn outsider(tx: &mut actions::Tx, from: &str) -> Result<(Actor, PersonName)> {
        let name = PersonName::parse(from)?;
        let user = ticket::load_or_create(tx, &name, "requestors").await?;
        Ok((Actor::of(tx, user, Door::Email).context("the sender is disabled")?, name))
    }

    /// Somebody outside writes to one of our addresses.
    pub(super) async fn mail(&mut self, ago: Ago, queue: &str, from: &str, subject: &str, text: &str) -> Result<TicketId> {
        let message = self.letter(text, from);
        let mut tx = self.tx(ago).await?;
        let (actor, name) = Self::outsider(&mut tx, from).await?;
        let queue = tx.catalog().queue_named(queue).context("a queue of the demo")?.id;
        let mut input = Create::new(queue, subject, message);
        input.requestors.push(name);
        let change = ticket::create(&mut tx, &actor, input).await?;
        tx.commit().await?;
        Ok(change.ticket)
    }

    /// Somebody outside answers.
    pub(super) async fn answer(&mut self, ago: Ago, from: &str, ticket: TicketId, text: &str) -> Result<()> {
        let message = self.letter(text, from);
        let mut tx = self.tx(ago).await?;
        let (actor, _) = Self::outsider(&mut tx, from).await?;
        ticket::reply(&mut tx, &actor, Reply { ticket, message, time_taken: 0 }).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn take(&self, ago: Ago, who: &str, ticket: TicketId) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        ticket::change_owner(&mut tx, &actor, ticket, OwnerChange::TakeOrSteal).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn reply(&self, ago: Ago, who: &str, ticket: TicketId, text: &str) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        ticket::reply(&mut tx, &actor, Reply { ticket, message: NewMessage::text(text), time_taken: 5 }).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn comment(&self, ago: Ago, who: &str, ticket: TicketId, text: &str) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        ticket::comment(&mut tx, &actor, Reply { ticket, message: NewMessage::text(text), time_taken: 10 }).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn status(&self, ago: Ago, who: &str, ticket: TicketId, status: &str) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        ticket::set_status(&mut tx, &actor, SetStatus { ticket, status: status.to_owned() }).await?;
        Ok(tx.commit().await?)
    }

    /// An Incident made from a Report, which is taken first.
    pub(super) async fn incident(
        &self,
        ago: Ago,
        who: &str,
        report: TicketId,
        subject: &str,
        classification: &str,
        priority: i64,
    ) -> Result<TicketId> {
        self.take(ago + 1, who, report).await?;
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        let catalog = tx.catalog();
        let source = actions::access::ticket(&mut tx, &actor, report).await?.queue;
        let source = catalog.queue(source).context("the report's queue")?;
        let queue = catalog.queue_beside(domain::TicketKind::Incident, source).context("an incident queue")?.id;
        let prefill = Prefill::from(&mut tx, &actor, report, queue, false).await?;
        let mut input = Create::new(queue, subject, NewMessage::text(prefill.message));
        input.fields = prefill.fields.into_iter().map(|(field, values)| FieldInput { field, values }).collect();
        if let Some(field) = catalog.field_named(queue, "Classification") {
            input.fields.push(FieldInput { field: field.id, values: vec![classification.to_owned()] });
        }
        input.members = vec![report];
        input.owner = Some(who.to_owned());
        input.priority = Some(priority);
        let incident = ticket::create(&mut tx, &actor, input).await?.ticket;
        tx.commit().await?;
        Ok(incident)
    }

    pub(super) async fn link(&self, ago: Ago, who: &str, report: TicketId, incident: TicketId) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        incident::link_to_incident(&mut tx, &actor, report, incident).await?;
        Ok(tx.commit().await?)
    }

    /// An Investigation or a Countermeasure of an Incident.
    pub(super) async fn launch(
        &self,
        ago: Ago,
        who: &str,
        incident: TicketId,
        kind: domain::TicketKind,
        to: &str,
        subject: &str,
        text: &str,
    ) -> Result<TicketId> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        let catalog = tx.catalog();
        let source = actions::access::ticket(&mut tx, &actor, incident).await?.queue;
        let source = catalog.queue(source).context("the incident's queue")?;
        let queue = catalog.queue_beside(kind, source).context("a queue for it")?.id;
        let mut input = Create::new(queue, subject, NewMessage::text(text));
        input.requestors = PersonName::parse_list(to)?;
        input.incidents = vec![incident];
        input.owner = Some(who.to_owned());
        let ticket = ticket::create(&mut tx, &actor, input).await?.ticket;
        tx.commit().await?;
        Ok(ticket)
    }

    pub(super) async fn due(&self, ago: Ago, who: &str, ticket: TicketId, due_ago: Ago) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        let due = self.now.checked_sub(SignedDuration::from_mins(due_ago)).ok();
        ticket::set_basics(&mut tx, &actor, ticket, Basics { due: Some(due), ..Basics::default() }).await?;
        Ok(tx.commit().await?)
    }

    /// Resolves an Incident with all its children.
    pub(super) async fn resolve(&self, ago: Ago, who: &str, incident: TicketId, children: &[TicketId], text: &str) -> Result<()> {
        let mut tx = self.tx(ago).await?;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        let input = Close {
            incident,
            status: Some("resolved".to_owned()),
            children: children.to_vec(),
            message: NewMessage::text(text),
            as_reply: true,
            on_incident: true,
            owner: None,
            resolution: None,
            time_taken: 15,
        };
        incident::close(&mut tx, &actor, input).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn general(&self, ago: Ago, who: &str, subject: &str, text: &str) -> Result<TicketId> {
        let mut tx = self.tx(ago).await?;
        let queue = tx.catalog().queue_named("General").context("a queue of the demo")?.id;
        let actor = Actor::by_name(&mut tx, who, Door::Web).await?;
        let mut input = Create::new(queue, subject, NewMessage::text(text));
        input.owner = Some(who.to_owned());
        let ticket = ticket::create(&mut tx, &actor, input).await?.ticket;
        tx.commit().await?;
        Ok(ticket)
    }
}
