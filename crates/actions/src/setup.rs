//! What a fresh installation starts with (IR-006 … IR-008, IR-077 … IR-095, IR-131 … IR-140), and constituencies on top of it.

mod automation;
mod constituency;
mod dry_run;
mod exchange;
mod fields;
mod lifecycle;
mod queue;
mod rights;
mod service_level;
mod setting;
mod template;

pub use lifecycle::{delete_lifecycle, save_lifecycle};
pub use queue::{QueueInput, Watcher, edit_queue, watch_queue};
pub use service_level::{Scheme, choose_scheme, delete_calendar, delete_level, save_calendar, save_level};

pub use crate::automation::{DryRun, run_schedules};
pub use crate::notify::{TemplatePreview, preview_template};
use crate::{Actor, Desk, Door, Error, Result, Tx, access};
pub use automation::{
    EFFECT_FORMS, EffectPart, ReadyCondition, RuleInput, RuleView, Run, ToAuthor, enable_rule, move_rule, prune_rule_runs,
    ready_conditions, rule, rule_runs, rules, save_rule,
};
pub use constituency::{ConstituencyView, NewConstituency, constituencies, create_constituency, rename_constituency};
use domain::{
    ConstituencyId, QueueId, Right, TicketKind, UserId,
    fourth_type::FourthType,
    lifecycle::seeded,
    person::{EmailAddress, Theme, User},
    queue::Queue,
    service_level::classic,
    setting::list,
};
pub use dry_run::dry_run;
pub use exchange::{Imported, export_rules, import_rules};
pub use setting::{SettingView, set_settings, setting_named, settings};
use storage::queue::Definitions;
pub(crate) use template::told;
pub use template::{TemplateInput, TemplateView, delete_template, save_template, template, template_names, templates};

/// What only whoever installs can say.
#[derive(Clone, Debug)]
pub struct Install {
    /// Name in subject tags.
    pub installation: String,
    /// Domain in Message-IDs; never to be changed afterwards.
    pub organization: String,
    /// Where mail comes from when a queue has no address of its own.
    pub correspond_address: Option<String>,
    pub comment_address: Option<String>,
    pub time_zone: String,
    /// What the fourth type and its queue are called (IR-011).
    pub fourth_type: FourthType,
}

pub const DUTY_TEAM: &str = "DutyTeam";

/// Creates or upgrades the schema; on an empty database also plants queues, lifecycles, fields, levels, rules, templates and
/// groups. Returns whether it planted.
pub async fn install(desk: &Desk, input: &Install) -> Result<bool> {
    desk.db().migrate(desk.now()).await?;
    let mut tx = desk.write().await?;
    if tx.catalog().queues().next().is_some() {
        return Ok(false);
    }
    system_users(&mut tx).await?;
    plant_settings(&mut tx, input).await?;
    for lifecycle in seeded::all() {
        put(&mut tx, Definitions::Lifecycles, &lifecycle.name, &lifecycle).await?;
    }
    service_levels(&mut tx, &input.time_zone).await?;
    let queues = queues(&mut tx, input.fourth_type).await?;
    let fields = fields::plant(&mut tx, &queues).await?;
    let team = storage::group::insert(&mut tx.db, DUTY_TEAM, "The team on duty for all constituencies").await?;
    rights::of_team(&mut tx, team, &queues, &fields).await?;
    rights::of_everyone(&mut tx, &queues).await?;
    rules_and_templates(&mut tx, &queues).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, UserId::SYSTEM, "install", &input.installation, now).await?;
    tx.catalog_changed().await?;
    tx.commit().await?;
    Ok(true)
}

/// The first two users must have the numbers that the code knows them by.
async fn system_users(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    for (id, name, real_name, privileged) in
        [(UserId::SYSTEM, "system", "Watchbell", true), (UserId::NOBODY, "Nobody", "Nobody", false)]
    {
        let user = User {
            id,
            name: name.to_owned(),
            email: None,
            real_name: real_name.to_owned(),
            organization: String::new(),
            privileged,
            disabled: false,
            time_zone: None,
            theme: Theme::System,
            keys: true,
            signature: String::new(),
        };
        let given = storage::person::insert(&mut tx.db, &user, "part of the product", now).await?;
        if given != id {
            return Err(Error::Internal(anyhow::anyhow!("the database is not empty: user “{name}” would be number {given}")));
        }
    }
    Ok(())
}

async fn plant_settings(tx: &mut Tx, input: &Install) -> Result<()> {
    let mut settings = vec![("installation", input.installation.clone()), ("organization", input.organization.clone())];
    settings.extend(input.correspond_address.clone().map(|address| ("correspond_address", address)));
    settings.extend(input.comment_address.clone().map(|address| ("comment_address", address)));
    // IR-103: on for new installations
    settings.push((list::STRICT_INCIDENT_FORM, "yes".to_owned()));
    if input.fourth_type != FourthType::default() {
        settings.push((list::FOURTH_TYPE, input.fourth_type.as_str().to_owned()));
    }
    for (name, value) in settings {
        storage::queue::put_definition(&mut tx.db, Definitions::Settings, name, &value).await?;
    }
    Ok(())
}

async fn put(tx: &mut Tx, table: Definitions, name: &str, value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string(value).map_err(|error| Error::Internal(error.into()))?;
    Ok(storage::queue::put_definition(&mut tx.db, table, name, &text).await?)
}

async fn service_levels(tx: &mut Tx, time_zone: &str) -> Result<()> {
    let calendar = classic::calendar("Office hours", time_zone);
    put(tx, Definitions::Calendars, &calendar.name, &calendar).await?;
    for mut level in classic::levels(&calendar.name) {
        level.starts = Some(domain::service_level::Promise::business(0));
        // an outside party that stays silent for a week comes back to our attention
        level.keep_in_loop = Some(domain::service_level::Promise::business(5 * 9 * 60));
        put(tx, Definitions::ServiceLevels, &level.name, &level).await?;
    }
    Ok(())
}

async fn queues(tx: &mut Tx, fourth: FourthType) -> Result<Vec<Queue>> {
    let names = [
        ("Incident Reports", TicketKind::Report, "the incident response team"),
        ("Incidents", TicketKind::Incident, ""),
        ("Investigations", TicketKind::Investigation, "the incident response team"),
        (fourth.many(), TicketKind::Countermeasure, "the incident response team"),
        ("General", TicketKind::General, ""),
    ];
    let mut queues = Vec::new();
    for (order, (name, kind, description)) in names.into_iter().enumerate() {
        queues.push(plant_queue(tx, Seedling { name, kind, description, order: order as i64, constituency: None }).await?);
    }
    Ok(queues)
}

/// A queue to be.
struct Seedling<'a> {
    name: &'a str,
    kind: TicketKind,
    description: &'a str,
    order: i64,
    constituency: Option<ConstituencyId>,
}

async fn plant_queue(tx: &mut Tx, seedling: Seedling<'_>) -> Result<Queue> {
    let Seedling { name, kind, description, order, constituency } = seedling;
    let has_levels = kind.is_child();
    let mut queue = Queue {
        id: QueueId(0),
        name: name.to_owned(),
        description: description.to_owned(),
        correspond_address: None,
        comment_address: None,
        lifecycle: kind.lifecycle().to_owned(),
        subject_tag: None,
        sort_order: order,
        levels_disabled: !has_levels,
        default_level: has_levels.then(|| classic::FULL.to_owned()),
        initial_priority: if kind == TicketKind::Incident { 50 } else { 0 },
        final_priority: 0,
        default_due: None,
        default_starts: None,
        scale: None,
        time_zone: None,
        constituency,
        disabled: false,
    };
    queue.id = match storage::queue::insert(&mut tx.db, &queue).await {
        Err(storage::Error::Taken) => return Err(Error::invalid("name", format!("There is a queue “{name}” already."))),
        other => other?,
    };
    Ok(queue)
}

async fn rules_and_templates(tx: &mut Tx, queues: &[Queue]) -> Result<()> {
    let used = ::rules::seeded::rules().into_iter().map(|rule| (rule, true));
    for ((name, definition), enabled) in used.chain(::rules::seeded::optional().into_iter().map(|rule| (rule, false))) {
        let text = serde_json::to_string(&definition).map_err(|error| Error::Internal(error.into()))?;
        storage::rule::append(&mut tx.db, &name, &text, enabled).await?;
    }
    for template in ::rules::seeded::templates().iter().filter(|template| template.lifecycle.is_none()) {
        storage::template::insert(&mut tx.db, None, template.name, template.description, template.content).await?;
    }
    for queue in queues {
        own_templates(tx, queue).await?;
    }
    Ok(())
}

async fn own_templates(tx: &mut Tx, queue: &Queue) -> Result<()> {
    for template in ::rules::seeded::templates().iter().filter(|template| template.lifecycle == Some(queue.lifecycle.as_str())) {
        storage::template::insert(&mut tx.db, Some(queue.id), template.name, template.description, template.content).await?;
    }
    Ok(())
}

/// Where a queue receives mail; an empty text takes the address away.
pub async fn set_queue_addresses(
    tx: &mut Tx,
    actor: &Actor,
    queue: QueueId,
    correspond: Option<&str>,
    comment: Option<&str>,
) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    for (field, address) in [("correspond_address", correspond), ("comment_address", comment)] {
        if let Some(address) = address.filter(|address| !address.is_empty()) {
            EmailAddress::parse(address).map_err(|error| Error::invalid(field, error.to_string()))?;
        }
    }
    let kept = |address: Option<&str>| address.filter(|address| !address.is_empty()).map(str::to_lowercase);
    storage::queue::set_addresses(&mut tx.db, queue, kept(correspond).as_deref(), kept(comment).as_deref()).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), "set queue addresses", &queue.to_string(), now).await?;
    tx.catalog_changed().await
}

/// A queue beyond the seeded ones; at once a full member of the incident layer if its lifecycle is one of the four (IR-009).
pub async fn create_queue(tx: &mut Tx, actor: &Actor, name: &str, lifecycle: &str, description: &str) -> Result<QueueId> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let name = name.trim();
    if name.is_empty() || name.len() > 200 || name.parse::<i64>().is_ok() {
        return Err(Error::invalid("name", "A queue needs a name that is not a number."));
    }
    if tx.catalog().lifecycles.get(lifecycle).is_none() {
        return Err(Error::invalid("lifecycle", format!("There is no lifecycle “{lifecycle}”.")));
    }
    let kind = TicketKind::of_lifecycle(lifecycle);
    let mut queue = plant_queue(tx, Seedling { name, kind, description, order: 20, constituency: None }).await?;
    if queue.lifecycle != lifecycle {
        lifecycle.clone_into(&mut queue.lifecycle);
        storage::queue::update(&mut tx.db, &queue).await?;
    }
    let catalog = tx.catalog();
    let base = catalog.queues().find(|queue| queue.lifecycle == lifecycle && queue.name != name);
    for field in base.into_iter().flat_map(|base| catalog.fields_of(base.id)) {
        storage::field_definition::apply(&mut tx.db, field.id, queue.id).await?;
    }
    own_templates(tx, &queue).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), "create queue", name, now).await?;
    tx.catalog_changed().await?;
    Ok(queue.id)
}

/// Makes somebody an administrator: the first one is made by the system.
pub async fn make_administrator(tx: &mut Tx, user: UserId) -> Result<()> {
    rights::administrator(tx, user).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, UserId::SYSTEM, "make administrator", &user.to_string(), now).await?;
    tx.catalog_changed().await
}

/// The system as an actor, for commands run on the machine itself.
#[must_use]
pub fn operator() -> Actor {
    Actor::system(Door::Cli)
}
