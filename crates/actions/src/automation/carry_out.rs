//! From an effect to the verb that carries it out.

use super::{Scene, Step, dates, family, fields, institution, joining, moving, network, notes, numbers, ownership, status, team};
use crate::{Actor, Result, Tx, access, hook, notify};
use domain::Ticket;
use rules::Effect;

pub(super) async fn carry_out(tx: &mut Tx, scene: Scene<'_>, step: &Step, effect: &Effect) -> Result<()> {
    let rule = step.name.as_str();
    let Scene { actor, change, occasion, .. } = scene;
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
        Effect::SetStatus { status } => status::set(tx, &system, &ticket, status).await,
        Effect::CountermeasureOnReply => status::countermeasure_on_reply(tx, &system, &ticket, (actor, text)).await,
        Effect::OpenIncidents => family::open_incidents(tx, &system, &ticket).await,
        Effect::CloseChildren => family::close_children(tx, &system, &ticket).await,
        Effect::DefaultResolution => family::default_resolution(tx, &system, &ticket, occasion.old_class).await,
        Effect::OwnerToChildren => ownership::to_children(tx, actor, &ticket).await,
        Effect::OwnerToIncidents => ownership::to_incidents(tx, actor, &ticket).await,
        Effect::SetOwner { owner } => ownership::set(tx, &system, &ticket, owner).await,
        Effect::IncidentDue => dates::incident_due(tx, &system, &ticket, change).await,
        Effect::MoveFamily => moving::move_family(tx, &system, &ticket, change).await,
        Effect::ConstituencyTeam => team::of_constituency(tx, &system, &ticket).await,
        Effect::FirewallHook => {
            let due = notify::held_until(tx, cause).await?;
            hook::note(tx, &ticket, due).await
        }
        Effect::ServiceLevel => dates::by_service_level(tx, &system, &ticket, change, occasion.old_class).await,
        Effect::LevelByPriority => dates::level_by_priority(tx, &system, &ticket).await,
        Effect::ExtractSubjectTag => notes::extract_subject_tag(tx, &system, &ticket, occasion.message.as_deref()).await,
        Effect::SetPriority { to } => numbers::set_priority(tx, &system, &ticket, *to).await,
        Effect::AddPriority { by } => numbers::set_priority(tx, &system, &ticket, ticket.priority.saturating_add(*by)).await,
        Effect::AgePriority { linear } => numbers::age_priority(tx, &system, &ticket, *linear).await,
        Effect::Link { relation, target } => joining::link(tx, &system, &ticket, (relation, target)).await,
        Effect::CreateTicket { queue, template, relation } => {
            joining::create(tx, &system, cause, (queue, template, relation.as_deref())).await
        }
        Effect::Call { receiver } => hook::call(tx, cause, step.rule, receiver).await,
        Effect::TimeToParents => numbers::time_to_parents(tx, &system, &ticket, change).await,
        Effect::SetField { field, values, add } => fields::set(tx, &system, &ticket, (field, values, *add)).await,
        Effect::ClearField { field } => fields::set(tx, &system, &ticket, (field, &[], false)).await,
        Effect::FieldToNow { field } => fields::set_to_now(tx, &system, &ticket, field).await,
        Effect::RecordComment { template } => notes::comment(tx, &system, cause, template).await,
        Effect::RecordCorrespondence { template } => notes::reply(tx, &system, cause, template).await,
        Effect::Autoreply { template } => notify::autoreply(tx, cause, template).await,
        Effect::Notify { to, template, as_comment, author } => {
            let wish = notify::Wish { to, named: &[], template, as_comment: *as_comment, author: *author };
            notify::notify(tx, cause, &wish).await
        }
        Effect::NotifyNamed { to, template, as_comment, author } => {
            let wish = notify::Wish { to: &[], named: to, template, as_comment: *as_comment, author: *author };
            notify::notify(tx, cause, &wish).await
        }
    }
}
