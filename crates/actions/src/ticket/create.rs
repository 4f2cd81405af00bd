//! Making a ticket (TC-006 … TC-015).

use crate::{
    Actor, Door, Error, FieldError, Result, Tx, access, automation,
    automation::Occasion,
    history,
    incident::{fits_queue, queue_of_new_child, same_constituency},
    message::{NewMessage, size},
    ticket::{FieldFile, FieldInput, fields, link, people},
};
use domain::{
    QueueId, Right, Role, StatusClass, Ticket, TicketId, UserId,
    change::{Change, ChangeKind, NewChange},
    link::LinkKind,
    person::{EmailAddress, PersonName},
    queue::Queue,
    ticket::clean_subject,
};
use jiff::Timestamp;

/// Everything a new ticket may be given.
#[derive(Clone, Debug)]
pub struct Create {
    pub queue: QueueId,
    pub subject: String,
    pub description: String,
    pub message: NewMessage,
    pub status: Option<String>,
    /// A login; whoever may not own tickets there leaves it unowned (TC-011).
    pub owner: Option<String>,
    pub requestors: Vec<PersonName>,
    pub ccs: Vec<PersonName>,
    pub admin_ccs: Vec<PersonName>,
    pub level: Option<String>,
    pub priority: Option<i64>,
    pub final_priority: Option<i64>,
    pub starts: Option<Timestamp>,
    pub due: Option<Timestamp>,
    /// Minutes.
    pub time_estimated: i64,
    pub time_worked: i64,
    pub time_left: i64,
    pub fields: Vec<FieldInput>,
    pub field_files: Vec<FieldFile>,
    /// Incidents the new ticket becomes a member of.
    pub incidents: Vec<TicketId>,
    /// Tickets that become members of the new one.
    pub members: Vec<TicketId>,
    /// Tickets or addresses outside that the new one refers to (IR-359).
    pub refers_to: Vec<String>,
    /// Addresses that get no mail about the ticket (TC-015).
    pub squelched: Vec<EmailAddress>,
    /// The requestors get no mail for the creation (IR-252).
    pub quiet: bool,
    /// Made by a person at a form: wrong fields and missing Incidents stop it; from mail and API they do not (TC-014, IR-016).
    pub strict: bool,
}

impl Create {
    #[must_use]
    pub fn new(queue: QueueId, subject: impl Into<String>, message: NewMessage) -> Self {
        Self {
            queue,
            subject: subject.into(),
            description: String::new(),
            message,
            status: None,
            owner: None,
            requestors: vec![],
            ccs: vec![],
            admin_ccs: vec![],
            level: None,
            priority: None,
            final_priority: None,
            starts: None,
            due: None,
            time_estimated: 0,
            time_worked: 0,
            time_left: 0,
            fields: vec![],
            field_files: vec![],
            incidents: vec![],
            members: vec![],
            refers_to: vec![],
            squelched: vec![],
            quiet: false,
            strict: false,
        }
    }
}

pub async fn create(tx: &mut Tx, actor: &Actor, mut input: Create) -> Result<Change> {
    let queue = access::queue_for(tx, actor, input.queue, Right::CreateTicket)?;
    let queue = inheriting(tx, actor, queue, &input).await;
    let mut errors = check(tx, &queue, &input)?;
    if !actor.works_in(&queue) {
        errors.push(FieldError::new("queue", format!("“{}” is no queue of the constituency you work in.", queue.name)));
    }
    if input.strict {
        errors.extend(strangers(tx, &input).await?);
        errors.extend(fields::at_creation(tx, actor, queue.id, &input.fields, &input.field_files).await?);
    }
    // it may be large, and there shall be one of it
    let mut message = std::mem::take(&mut input.message);
    match fields::of_message(tx, actor, queue.id, &message) {
        Ok(values) => message.field_values = values,
        Err(found) => errors.extend(found),
    }
    let incidents = match load_incidents(tx, actor, &queue, &input).await {
        Err(Error::Invalid(found)) => {
            errors.extend(found);
            vec![]
        }
        other => other?,
    };
    Error::unless_empty(errors)?;
    let mut ticket = first_row(tx, actor, &queue, &input)?;
    ticket.id = storage::ticket::insert(&mut tx.db, &ticket).await?;

    let requestors = add_people(tx, &ticket, &input, &[(Role::Requestor, &input.requestors), (Role::Cc, &input.ccs)]).await?;
    ticket.owner = wanted_owner(tx, actor, &ticket, input.owner.as_deref()).await?;
    add_admin_ccs(tx, actor, &ticket, &input).await?;
    fields::set_initial(tx, actor, &ticket, (&input.fields, &input.field_files), input.strict).await?;
    for address in &input.squelched {
        storage::squelch::add(&mut tx.db, ticket.id, address).await?;
    }
    let members = load_members(tx, actor, &queue, &input).await?;
    for incident in &incidents {
        let link = storage::link::NewLink { kind: LinkKind::MemberOf, base: ticket.id, by: actor.id(), at: tx.now };
        storage::link::insert(&mut tx.db, link, incident.id).await?;
    }

    // a Report waits for us from the start, whoever typed it in; what we launch ourselves does not
    let outside = requestors.iter().any(|user| user.id == actor.id()) || actor.door == Door::Email;
    if outside || (queue.kind() == domain::TicketKind::Report && !requestors.is_empty()) {
        ticket.unanswered_since = Some(tx.now());
    }
    if input.quiet {
        message.squelched.extend(requestors.iter().filter_map(|user| user.email.clone()));
    }
    let what =
        NewChange { data: Some(ticket.subject.clone()), time_taken: input.time_worked, ..NewChange::new(ChangeKind::Create) };
    let shortened = size::keep_within(tx, &mut message);
    let change = history::record(tx, actor, &mut ticket, what, Some(&message)).await?;
    size::tell(tx, actor, &mut ticket, ChangeKind::Create, shortened).await?;
    if let Some(id) = &message.message_id {
        storage::outbound::remember(&mut tx.db, id, ticket.id, actor.door == Door::Email).await?;
    }

    for mut incident in incidents {
        link::record_far_end(tx, actor, &mut incident, link::far_end(ChangeKind::AddLink, LinkKind::MemberOf, ticket.id)).await?;
    }
    automation::react(tx, actor, ticket.id, &change, &Occasion::with_message(message)).await?;
    for member in members {
        link::make(tx, actor, LinkKind::MemberOf, member, ticket.id).await?;
    }
    refer(tx, actor, ticket.id, &input.refers_to).await?;
    Ok(change)
}

/// Links to what the form was opened from (IR-359); the right on the other end is not asked for (IR-357).
async fn refer(tx: &mut Tx, actor: &Actor, id: TicketId, targets: &[String]) -> Result<()> {
    let wrong = |message: String| Error::invalid("refers_to", message);
    for target in targets {
        if let Ok(number) = target.trim_start_matches('#').parse() {
            let other = access::ticket(tx, actor, number).await;
            let other = other.map_err(|_| wrong(format!("There is no ticket #{number}.")))?;
            let new = access::load(tx, id, false).await?;
            same_constituency(tx, &new, &other, "refers_to")?;
            link::make(tx, actor, LinkKind::RefersTo, id, other.id).await?;
        } else {
            let system = Actor::system(actor.door);
            link::link_uri(tx, &system, LinkKind::RefersTo, id, target).await.map_err(|error| wrong(error.to_string()))?;
        }
    }
    Ok(())
}

/// Logins among the people that nobody has.
async fn strangers(tx: &mut Tx, input: &Create) -> Result<Vec<FieldError>> {
    let mut errors = Vec::new();
    for (field, people) in [("requestors", &input.requestors), ("ccs", &input.ccs), ("admin_ccs", &input.admin_ccs)] {
        errors.extend(people::unknown_logins(tx, field, people).await?);
    }
    Ok(errors)
}

/// Everything that can be seen to be wrong beforehand, so that a form gets all of it at once (IR-356).
fn check(tx: &Tx, queue: &Queue, input: &Create) -> Result<Vec<FieldError>> {
    let catalog = tx.catalog();
    let mut errors = Vec::new();
    let lifecycle = catalog
        .lifecycle(queue)
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("queue “{}” has an unknown lifecycle", queue.name)))?;
    if let Err(refusal) = lifecycle.at_creation(input.status.as_deref()) {
        errors.push(FieldError::new("status", refusal.to_string()));
    }
    if let Some(level) = input.level.as_deref().filter(|level| !level.is_empty() && catalog.level(level).is_none()) {
        errors.push(FieldError::new("level", format!("There is no service level “{level}”.")));
    }
    if input.description.chars().count() > domain::ticket::DESCRIPTION_LIMIT {
        errors.push(FieldError::new(
            "description",
            format!("A description may have at most {} characters.", domain::ticket::DESCRIPTION_LIMIT),
        ));
    }
    if input.strict {
        if input.subject.trim().is_empty() {
            errors.push(FieldError::new("subject", "A subject is needed."));
        }
        if input.subject.chars().count() > domain::ticket::SUBJECT_LIMIT {
            errors.push(FieldError::new(
                "subject",
                format!("A subject may have at most {} characters.", domain::ticket::SUBJECT_LIMIT),
            ));
        }
        if queue.kind() == domain::TicketKind::Investigation && input.requestors.is_empty() {
            errors.push(FieldError::new("requestors", "A correspondent for the investigation is needed."));
        }
        if catalog.parent_rule(queue.kind()).required && input.incidents.is_empty() {
            errors.push(FieldError::new("incidents", "An Incident is needed."));
        }
        for (field, people) in [("requestors", &input.requestors), ("ccs", &input.ccs), ("admin_ccs", &input.admin_ccs)] {
            errors.extend(people::own_addresses(tx, field, people));
        }
    }
    Ok(errors)
}

async fn load_incidents(tx: &mut Tx, actor: &Actor, queue: &Queue, input: &Create) -> Result<Vec<Ticket>> {
    let mut wanted = input.incidents.clone();
    if queue.kind().is_child() && !tx.catalog().parent_rule(queue.kind()).several && wanted.len() > 1 {
        // IR-019: only the last one given counts
        wanted = wanted.split_off(wanted.len() - 1);
    }
    let mut incidents: Vec<Ticket> = Vec::new();
    for id in wanted {
        let missing = || Error::invalid("incidents", format!("There is no Incident #{id}."));
        let seen = access::ticket(tx, actor, id).await.map_err(|_| missing())?;
        if seen.kind != domain::TicketKind::Incident {
            return Err(Error::invalid("incidents", format!("#{id} is not an Incident.")));
        }
        let incident = access::load(tx, seen.id, true).await?;
        fits_queue(tx, queue, &incident, "incidents")?;
        if !incidents.iter().any(|other| other.id == incident.id) {
            incidents.push(incident);
        }
    }
    Ok(incidents)
}

/// Where constituencies are inherited, a child is made in its Incident's (IR-157).
async fn inheriting(tx: &mut Tx, actor: &Actor, queue: Queue, input: &Create) -> Queue {
    let incident = match input.incidents.last() {
        // what cannot be seen is told later
        Some(id) => access::ticket(tx, actor, *id).await.ok(),
        None => None,
    };
    queue_of_new_child(tx, actor, queue, incident.as_deref())
}

/// Members need the right to be changed, because they will be. An Incident made from a child is made in its constituency, unless
/// they may mix (IR-157).
async fn load_members(tx: &mut Tx, actor: &Actor, queue: &Queue, input: &Create) -> Result<Vec<TicketId>> {
    let mut members = Vec::new();
    for id in &input.members {
        let member = access::ticket_for(tx, actor, *id, Right::ModifyTicket).await?;
        fits_queue(tx, queue, &member, "queue")?;
        members.push(member.id);
    }
    Ok(members)
}

fn first_row(tx: &Tx, actor: &Actor, queue: &Queue, input: &Create) -> Result<Ticket> {
    let catalog = tx.catalog();
    let lifecycle = catalog.lifecycle(queue).ok_or(Error::NotFound)?;
    let status =
        lifecycle.at_creation(input.status.as_deref()).map_err(|refusal| Error::invalid("status", refusal.to_string()))?;
    let class = lifecycle.class(status).unwrap_or(StatusClass::Initial);
    let now = tx.now();
    let level = input.level.clone().filter(|level| !level.is_empty()).or_else(|| catalog.level_for_new(queue, now));
    let default = |text: &Option<String>| text.as_deref().and_then(|text| catalog.moment_of_default(queue, text, now));
    // in the historic scheme a queue's default due is how far ahead answers move it (IR-238)
    let due_of_queue = if catalog.is_classic() { None } else { default(&queue.default_due) };
    Ok(Ticket {
        id: TicketId(0),
        merged_into: None,
        queue: queue.id,
        kind: queue.kind(),
        subject: clean_subject(&input.subject),
        description: super::basics::clean_description(&input.description),
        status: status.to_owned(),
        status_class: class,
        owner: UserId::NOBODY,
        level: level.filter(|_| !queue.levels_disabled),
        initial_priority: input.priority.unwrap_or(queue.initial_priority),
        priority: input.priority.unwrap_or(queue.initial_priority),
        final_priority: input.final_priority.unwrap_or(queue.final_priority),
        time_estimated: input.time_estimated,
        time_worked: input.time_worked,
        time_left: input.time_left,
        starts: input.starts.or_else(|| default(&queue.default_starts)),
        started: (class != StatusClass::Initial).then_some(now),
        due: input.due.or(due_of_queue),
        told: None,
        resolved: (class == StatusClass::Inactive).then_some(now),
        created: now,
        creator: actor.id(),
        updated: now,
        updater: actor.id(),
        version: 0,
        head: vec![],
        unanswered_since: None,
        last_answer: None,
        snoozed_until: None,
    })
}

/// Adds the watchers without a change each: the Create entry stands for them. Returns the requestors.
async fn add_people(
    tx: &mut Tx,
    ticket: &Ticket,
    input: &Create,
    roles: &[(Role, &Vec<PersonName>)],
) -> Result<Vec<domain::person::User>> {
    let mut requestors = Vec::new();
    for (role, names) in roles {
        let role = *role;
        for name in *names {
            let is_own = |address: &EmailAddress| tx.catalog().is_own_address(address);
            if matches!(name, PersonName::Address { address, .. } if is_own(address)) {
                tracing::warn!(ticket.id = ticket.id.0, "an address of our own was left out of the watchers");
                continue;
            }
            let field = people::role_field(role);
            match people::group_of(tx, name, field) {
                Ok(None) => {}
                Ok(Some(group)) => {
                    storage::watcher::add_group(&mut tx.db, ticket.id, role, group).await?;
                    continue;
                }
                Err(error) if input.strict => return Err(error),
                Err(_) => continue,
            }
            let user = match people::load_or_create(tx, name, field).await {
                Ok(user) => user,
                Err(error) if input.strict => return Err(error),
                Err(_) => continue,
            };
            storage::person::add_to_role(&mut tx.db, ticket.id, role, user.id).await?;
            if role == Role::Requestor && !requestors.iter().any(|other: &domain::person::User| other.id == user.id) {
                requestors.push(user);
            }
        }
    }
    Ok(requestors)
}

/// Admin Ccs need the right to modify the ticket, or to watch it so for oneself; the roles given before count (TC-009, TC-010).
async fn add_admin_ccs(tx: &mut Tx, actor: &Actor, ticket: &Ticket, input: &Create) -> Result<()> {
    if input.admin_ccs.is_empty() {
        return Ok(());
    }
    let mut allowed = input.admin_ccs.clone();
    if !access::may(tx, actor, ticket, Right::ModifyTicket).await? {
        let for_self = access::may(tx, actor, ticket, Right::WatchAsAdminCc).await?;
        allowed.retain(|name| for_self && is_called(actor, name));
        if input.strict && allowed.len() < input.admin_ccs.len() {
            let message = "Adding AdminCcs needs the right to modify the ticket: own it, or leave this empty.";
            return Err(Error::invalid("admin_ccs", message));
        }
    }
    add_people(tx, ticket, input, &[(Role::AdminCc, &allowed)]).await.map(drop)
}

fn is_called(actor: &Actor, name: &PersonName) -> bool {
    match name {
        PersonName::Login(login) => actor.user.name.eq_ignore_ascii_case(login),
        PersonName::Address { address, .. } => actor.email() == Some(address),
    }
}

async fn wanted_owner(tx: &mut Tx, actor: &Actor, ticket: &Ticket, wanted: Option<&str>) -> Result<UserId> {
    let Some(name) = wanted.map(str::trim).filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("nobody")) else {
        return Ok(UserId::NOBODY);
    };
    let Ok(owner) = Actor::by_name(tx, name, actor.door).await else { return Ok(UserId::NOBODY) };
    Ok(if access::may(tx, &owner, ticket, Right::OwnTicket).await? { owner.id() } else { UserId::NOBODY })
}
