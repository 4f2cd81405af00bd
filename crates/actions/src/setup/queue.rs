//! Queues as administrators edit them (TC-121 … TC-126), and who watches them.

use super::lifecycle::done;
use crate::{Actor, Error, FieldError, Result, Tx, access};
use domain::{
    GroupId, QueueId, Right, Role, UserId, person::EmailAddress, priority::Scale, queue::Queue, service_level::classic,
};
use jiff::tz::TimeZone;

/// Texts of a form; empty means none.
#[derive(Clone, Debug, Default)]
pub struct QueueInput {
    pub name: String,
    pub description: String,
    pub correspond_address: String,
    pub comment_address: String,
    pub lifecycle: String,
    pub subject_tag: String,
    pub sort_order: i64,
    pub initial_priority: i64,
    pub final_priority: i64,
    /// A scale of its own (TC-073).
    pub priorities: String,
    pub default_due: String,
    pub default_starts: String,
    pub levels: bool,
    pub default_level: String,
    pub time_zone: String,
    pub disabled: bool,
}

impl QueueInput {
    #[must_use]
    pub fn of(queue: &Queue) -> Self {
        let address = |address: &Option<EmailAddress>| address.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            name: queue.name.clone(),
            description: queue.description.clone(),
            correspond_address: address(&queue.correspond_address),
            comment_address: address(&queue.comment_address),
            lifecycle: queue.lifecycle.clone(),
            subject_tag: queue.subject_tag.clone().unwrap_or_default(),
            sort_order: queue.sort_order,
            initial_priority: queue.initial_priority,
            final_priority: queue.final_priority,
            priorities: queue.scale.as_ref().map(Scale::written).unwrap_or_default(),
            default_due: queue.default_due.clone().unwrap_or_default(),
            default_starts: queue.default_starts.clone().unwrap_or_default(),
            levels: !queue.levels_disabled,
            default_level: queue.default_level.clone().unwrap_or_default(),
            time_zone: queue.time_zone.clone().unwrap_or_default(),
            disabled: queue.disabled,
        }
    }
}

/// Everything wrong is told at once, each with its field; nothing is half saved.
pub async fn edit_queue(tx: &mut Tx, actor: &Actor, id: QueueId, input: &QueueInput) -> Result<()> {
    access::require_global(tx, actor, Right::AdminQueue)?;
    let catalog = tx.catalog();
    let queue = catalog.queue(id).ok_or(Error::NotFound)?;
    let mut errors = Vec::new();
    let edited = read(tx, queue, input, &mut errors);
    if input.lifecycle != queue.lifecycle
        && let Some(lifecycle) = catalog.lifecycles.get(&input.lifecycle)
    {
        let used = storage::ticket::statuses_of_queues(&mut tx.db, &[id]).await?;
        let foreign: Vec<String> = used.into_iter().filter(|status| lifecycle.class(status).is_none()).collect();
        if !foreign.is_empty() {
            let message = format!("There are tickets in statuses that this lifecycle does not have: {}.", foreign.join(", "));
            errors.push(FieldError::new("lifecycle", message));
        } else if domain::TicketKind::of_lifecycle(&input.lifecycle) != queue.kind()
            && storage::ticket::any_in(&mut tx.db, id).await?
        {
            errors.push(FieldError::new("lifecycle", "A queue with tickets keeps its kind: Reports do not become Incidents."));
        }
    }
    Error::unless_empty(errors)?;
    match storage::queue::update(&mut tx.db, &edited).await {
        Err(storage::Error::Taken) => {
            return Err(Error::invalid("name", format!("There is a queue “{}” already.", edited.name)));
        }
        other => other?,
    }
    if let Some(lifecycle) = catalog.lifecycles.get(&edited.lifecycle) {
        for status in lifecycle.statuses() {
            let class = lifecycle.class(status).unwrap_or(domain::StatusClass::Active);
            storage::ticket::reclassify(&mut tx.db, &[id], status, class).await?;
        }
    }
    done(tx, actor, "edit queue", &format!("{id} {input:?}")).await
}

fn read(tx: &Tx, queue: &Queue, input: &QueueInput, errors: &mut Vec<FieldError>) -> Queue {
    let catalog = tx.catalog();
    let mut wrong = |field: &str, message: String| errors.push(FieldError::new(field, message));
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 200 || name.parse::<i64>().is_ok() {
        wrong("name", "A queue needs a name that is not a number, of at most 200 characters.".to_owned());
    }
    if catalog.queues().any(|other| other.id != queue.id && other.name.eq_ignore_ascii_case(&name)) {
        wrong("name", format!("There is a queue “{name}” already."));
    }
    if catalog.lifecycles.get(&input.lifecycle).is_none() {
        wrong("lifecycle", format!("There is no lifecycle “{}”.", input.lifecycle));
    }
    let mut address = |field: &str, given: &str| {
        let parsed = text(given).map(|given| EmailAddress::parse(&given));
        if let Some(Err(error)) = &parsed {
            wrong(field, format!("{error}."));
        }
        parsed.and_then(std::result::Result::ok)
    };
    let correspond_address = address("correspond_address", &input.correspond_address);
    let comment_address = address("comment_address", &input.comment_address);
    let scale = text(&input.priorities).map(|given| Scale::parse(&given));
    if let Some(Err(error)) = &scale {
        wrong("priorities", format!("{error}."));
    }
    for (field, given) in [("default_due", &input.default_due), ("default_starts", &input.default_starts)] {
        let is_moment =
            |given: &String| classic::ahead(given).is_some() || domain::moment::read(given, tx.now(), &TimeZone::UTC).is_some();
        if text(given).is_some_and(|given| !is_moment(&given)) {
            wrong(field, "This is no date such as “2 weeks”, “tomorrow 10:00” or a number of days.".to_owned());
        }
    }
    if text(&input.default_level).is_some_and(|level| catalog.level(&level).is_none()) {
        wrong("default_level", format!("There is no service level “{}”.", input.default_level));
    }
    if text(&input.time_zone).is_some_and(|zone| TimeZone::get(&zone).is_err()) {
        wrong("time_zone", "There is no such time zone.".to_owned());
    }
    if input.subject_tag.chars().any(|c| c.is_control() || "[]#".contains(c)) || input.subject_tag.chars().count() > 100 {
        wrong("subject_tag", "A subject tag has at most 100 characters, and no [, ] or #.".to_owned());
    }
    Queue {
        name,
        description: input.description.trim().chars().filter(|c| !c.is_control()).take(500).collect(),
        correspond_address,
        comment_address,
        lifecycle: input.lifecycle.clone(),
        subject_tag: text(&input.subject_tag),
        sort_order: input.sort_order,
        levels_disabled: !input.levels,
        default_level: text(&input.default_level),
        initial_priority: input.initial_priority,
        final_priority: input.final_priority,
        default_due: text(&input.default_due),
        default_starts: text(&input.default_starts),
        scale: scale.and_then(std::result::Result::ok),
        time_zone: text(&input.time_zone),
        disabled: input.disabled,
        ..queue.clone()
    }
}

/// Who watches a queue: a person or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    Person(UserId),
    Group(GroupId),
}

/// Adds or takes away a watcher of a queue. Needs `AdminQueue`; `Watch` and `WatchAsAdminCc` are enough for oneself (TC-057).
pub async fn watch_queue(tx: &mut Tx, actor: &Actor, queue: QueueId, (role, who): (Role, Watcher), add: bool) -> Result<()> {
    if !matches!(role, Role::Cc | Role::AdminCc) {
        return Err(Error::invalid("role", "Queues are watched as Cc or AdminCc."));
    }
    let catalog = tx.catalog();
    catalog.queue(queue).ok_or(Error::NotFound)?;
    let oneself = if role == Role::AdminCc { Right::WatchAsAdminCc } else { Right::Watch };
    let for_self = who == Watcher::Person(actor.id()) && catalog.grants.on_queue(&actor.identity, oneself, queue);
    if !for_self {
        access::require_global(tx, actor, Right::AdminQueue)?;
    }
    if let Watcher::Person(user) = who
        && add
    {
        let user = storage::person::get(&mut tx.db, user).await?.ok_or(Error::NotFound)?;
        if user.email.as_ref().is_some_and(|email| catalog.is_own_address(email)) {
            return Err(Error::invalid("who", "That is an address of this system; mail to it would go round in circles."));
        }
    }
    match (who, add) {
        (Watcher::Person(user), true) => storage::person::add_queue_watcher(&mut tx.db, queue, role, user).await?,
        (Watcher::Person(user), false) => drop(storage::watcher::remove_user_from_queue(&mut tx.db, queue, role, user).await?),
        (Watcher::Group(group), true) => drop(storage::watcher::add_group_to_queue(&mut tx.db, queue, role, group).await?),
        (Watcher::Group(group), false) => drop(storage::watcher::remove_group_from_queue(&mut tx.db, queue, role, group).await?),
    }
    let kind = if add { "add queue watcher" } else { "remove queue watcher" };
    done(tx, actor, kind, &format!("queue {queue} {} {who:?}", role.as_str())).await
}
