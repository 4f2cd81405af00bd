//! Letting the rules answer a change: planned purely in `rules`, carried out here by verbs, as the system (IR-172).

mod dates;
mod family;
pub(crate) mod institution;
mod network;
mod ownership;
mod status;

use crate::{Actor, Error, Result, Tx, access, message::NewMessage, notify};
use domain::{
    Role, StatusClass, Ticket, TicketId, TicketKind,
    change::{Change, ChangeKind},
    link::LinkKind,
};
use rules::{Effect, Happened, Stage, plan};
use std::sync::Arc;

/// Rules may call verbs that call rules; deeper than this is a circle in the rules.
const DEPTH: u32 = 12;

/// What a change itself does not say, and rules want to know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occasion {
    /// Shared: a message may be large, and effects that wait each know their occasion.
    pub(crate) message: Option<Arc<NewMessage>>,
    /// Class of the status before the change.
    pub(crate) old_class: Option<StatusClass>,
}

impl Occasion {
    pub(crate) fn with_message(message: NewMessage) -> Self {
        Self { message: Some(Arc::new(message)), old_class: None }
    }
    pub(crate) fn after(old_class: StatusClass) -> Self {
        Self { message: None, old_class: Some(old_class) }
    }
}

/// An effect that waits for the end of the update.
pub(crate) struct Later {
    rule: String,
    effect: Effect,
    actor: Actor,
    ticket: TicketId,
    change: Change,
    occasion: Occasion,
}

/// Carries out what the rules answer to a change. A rule that fails undoes only itself (IR-173).
pub(crate) async fn react(tx: &mut Tx, actor: &Actor, id: TicketId, change: &Change, occasion: &Occasion) -> Result<()> {
    if tx.depth >= DEPTH {
        tracing::error!(ticket.id = id.0, "rules call each other without end; stopped");
        return Ok(());
    }
    let (now, later) = planned(tx, id, change, occasion, actor).await?;
    tx.batch.extend(later.into_iter().map(|(rule, effect)| Later {
        rule,
        effect,
        actor: actor.clone(),
        ticket: id,
        change: change.clone(),
        occasion: occasion.clone(),
    }));
    tx.depth += 1;
    let outcome = run(tx, &Scene { actor, ticket: id, change, occasion }, &now).await;
    tx.depth -= 1;
    outcome
}

type Effects = Vec<(String, Effect)>;

/// What an effect is carried out about.
struct Scene<'a> {
    actor: &'a Actor,
    ticket: TicketId,
    change: &'a Change,
    occasion: &'a Occasion,
}

async fn planned(tx: &mut Tx, id: TicketId, change: &Change, occasion: &Occasion, actor: &Actor) -> Result<(Effects, Effects)> {
    let catalog = tx.catalog();
    let ticket = access::load(tx, id, false).await?;
    let Some(queue) = catalog.queue(ticket.queue) else { return Ok((vec![], vec![])) };
    let answered = catalog.rules().iter().any(|rule| rule.definition.on.contains(&change.what.kind));
    if !answered {
        return Ok((vec![], vec![]));
    }
    let by_requestor = change.what.kind.is_message()
        && storage::person::roles_of_tickets(&mut tx.db, &[id])
            .await?
            .iter()
            .any(|(_, role, user)| *role == Role::Requestor && *user == actor.id());
    let has_incident = ticket.kind.is_child()
        && storage::ticket::linked(&mut tx.db, id, LinkKind::MemberOf, true)
            .await?
            .iter()
            .any(|parent| parent.kind == TicketKind::Incident);
    let message = occasion.message.as_deref();
    let changed = change.what.field.as_deref().filter(|_| change.what.kind == ChangeKind::CustomField);
    let field_name = changed.and_then(|id| catalog.field(id.parse().ok()?)).map(|field| field.name.clone());
    let happened = Happened {
        change: &change.what,
        queue: queue.id,
        queue_name: &queue.name,
        lifecycle: &queue.lifecycle,
        status: &ticket.status,
        class: ticket.status_class.as_str(),
        old_class: occasion.old_class.unwrap_or(ticket.status_class).as_str(),
        subject: &ticket.subject,
        owner: "",
        priority: ticket.priority,
        by_staff: catalog.is_staff(actor.id()),
        by_requestor,
        automatic: message.is_some_and(|message| message.automatic),
        no_autoopen: message.is_some_and(|message| message.no_autoopen),
        has_incident,
        field_name: field_name.as_deref().unwrap_or_default(),
        fields: &[],
    };
    let of = |stage| {
        plan(catalog.rules(), stage, &happened)
            .into_iter()
            .map(|planned| (planned.rule.to_owned(), planned.effect.clone()))
            .collect()
    };
    Ok((of(Stage::Immediate), of(Stage::Batch)))
}

/// All effects under one savepoint; only when one fails are they run again one by one, each under its own.
async fn run(tx: &mut Tx, scene: &Scene<'_>, effects: &Effects) -> Result<()> {
    if effects.is_empty() {
        return Ok(());
    }
    let point = tx.savepoint().await?;
    let mut failed = false;
    let (ran, posted) = (tx.ran.len(), tx.posted.len());
    for (rule, effect) in effects {
        match Box::pin(carry_out(tx, scene, rule, effect)).await {
            Ok(()) => tx.ran.push(rule.clone()),
            Err(Error::Unavailable(what)) => return Err(Error::Unavailable(what)),
            Err(_) => {
                failed = true;
                break;
            }
        }
    }
    if !failed {
        return tx.release(point).await;
    }
    tx.rollback_to(point).await?;
    tx.ran.truncate(ran);
    tx.posted.truncate(posted);
    for (rule, effect) in effects {
        let point = tx.savepoint().await?;
        match Box::pin(carry_out(tx, scene, rule, effect)).await {
            Ok(()) => {
                tx.release(point).await?;
                tx.ran.push(rule.clone());
            }
            Err(Error::Unavailable(what)) => return Err(Error::Unavailable(what)),
            Err(error) => {
                tx.rollback_to(point).await?;
                tracing::error!(ticket.id = scene.ticket.0, rule, %error, "a rule failed; what triggered it stands");
            }
        }
    }
    Ok(())
}

/// What rules of the batch stage left for the end of the update.
pub(crate) async fn run_batch(tx: &mut Tx) -> Result<()> {
    while !tx.batch.is_empty() {
        for later in std::mem::take(&mut tx.batch) {
            tx.depth += 1;
            let effects = vec![(later.rule, later.effect)];
            let scene = Scene { actor: &later.actor, ticket: later.ticket, change: &later.change, occasion: &later.occasion };
            let outcome = run(tx, &scene, &effects).await;
            tx.depth -= 1;
            outcome?;
        }
    }
    Ok(())
}

async fn carry_out(tx: &mut Tx, scene: &Scene<'_>, rule: &str, effect: &Effect) -> Result<()> {
    let Scene { actor, change, occasion, .. } = *scene;
    let system = Actor::system(actor.door);
    let ticket: Ticket = access::load(tx, scene.ticket, false).await?;
    let cause = notify::Cause { rule, actor, ticket: &ticket, change, message: occasion.message.as_deref() };
    let text = occasion.message.as_deref().map_or("", |message| message.text.as_str());
    match effect {
        Effect::FindIps => network::find_ips(tx, &system, &ticket, occasion.message.as_deref()).await,
        Effect::FindDomains => network::find_domains(tx, &system, &ticket, text).await,
        Effect::FindCves => network::find_cves(tx, &system, &ticket, text).await,
        Effect::SetHowReported => network::set_how_reported(tx, &system, &ticket, actor.door).await,
        Effect::CopyToIncidents { field } => network::copy_to_incidents(tx, &system, &ticket, field).await,
        Effect::UniteMerged { field } => network::unite_merged(tx, &system, &ticket, change, field).await,
        Effect::AddInstitutions => institution::add(tx, &system, &ticket, change).await,
        Effect::ForgetInstitutions => institution::forget(tx, &system, &ticket).await,
        Effect::Activate => status::activate(tx, &system, &ticket).await,
        Effect::CountermeasureOnReply => status::countermeasure_on_reply(tx, &system, &ticket, actor).await,
        Effect::OpenIncidents => family::open_incidents(tx, &system, &ticket).await,
        Effect::CloseChildren => family::close_children(tx, &system, &ticket).await,
        Effect::DefaultResolution => family::default_resolution(tx, &system, &ticket, occasion.old_class).await,
        Effect::OwnerToChildren => ownership::to_children(tx, actor, &ticket).await,
        Effect::OwnerToIncidents => ownership::to_incidents(tx, actor, &ticket).await,
        Effect::IncidentDue => dates::incident_due(tx, &system, &ticket).await,
        Effect::ServiceLevel => dates::by_service_level(tx, &system, &ticket, change, occasion.old_class).await,
        Effect::LevelByPriority => dates::level_by_priority(tx, &system, &ticket).await,
        Effect::Autoreply { template } => notify::autoreply(tx, cause, template).await,
        Effect::Notify { to, template, as_comment } => {
            notify::notify(tx, cause, &notify::Wish { to, template, as_comment: *as_comment }).await
        }
    }
}
