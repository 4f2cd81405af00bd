//! What the form for a new ticket needs to know before it can be shown or sent.

use super::super::{chooser::of_one_team, inputs::Offer, reading::ticket_numbers, submission::Submission};
use super::{source::Source, split::Split};
use actions::{Actor, Error, Result, Tx, access, account, incident};
use domain::{
    FieldId, QueueId, Right, Ticket, TicketId, TicketKind, custom_field::CustomField, incident::ParentRule, preference,
    priority::Scale, queue::Queue, setting::list,
};
use http_door::text::{t, tr};

/// More Incidents than this are not listed to choose from.
const MOST_INCIDENTS: usize = 20;

pub(super) struct Page {
    pub(super) kind: TicketKind,
    /// Whether it may have several Incidents and must have one.
    pub(super) rule: ParentRule,
    pub(super) queue: Queue,
    /// Where this person may create such tickets.
    pub(super) queues: Vec<Queue>,
    pub(super) fields: Vec<CustomField>,
    /// Of the entry that its message becomes (IR-102).
    pub(super) entry_fields: Vec<CustomField>,
    /// Those of both that must be given.
    pub(super) mandatory: Vec<FieldId>,
    /// Given ones that exist.
    pub(super) incidents: Vec<Ticket>,
    /// Their owners and queues, as people call them.
    pub(super) called: Vec<(TicketId, String, String)>,
    /// The child that an Incident is made from.
    pub(super) source: Option<Source>,
    /// The ticket that is split.
    pub(super) split: Option<Split>,
    /// Reports of the chosen Incidents, to be attached (IR-353).
    pub(super) reports: Vec<Offer>,
    pub(super) statuses: Vec<String>,
    pub(super) first_status: String,
    pub(super) levels: Vec<String>,
    pub(super) scale: Scale,
    /// Who may own it: logins and names; nobody first.
    pub(super) owners: Vec<Offer>,
    /// Where an Investigation could be launched in the same step.
    pub(super) launch_queues: Vec<Queue>,
    pub(super) attachment_words: String,
    pub(super) markdown: bool,
}

impl Page {
    /// Whether what is written goes out as a letter.
    pub(super) fn writes_to_correspondents(&self) -> bool {
        matches!(self.kind, TicketKind::Investigation | TicketKind::Countermeasure)
    }

    /// Forbidden where the person may create no ticket of the kind.
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, kind: TicketKind, form: &Submission) -> Result<Self> {
        tx.catalog().require(kind)?;
        let queues = queues(tx, actor, kind);
        let split = Split::load(tx, actor, kind, form).await?;
        let incidents = incidents(tx, actor, kind, form, split.as_ref()).await;
        let source = Source::load(tx, actor, kind, form).await?;
        let like = incidents.first().map(|incident| incident.queue).or(source.as_ref().map(|source| source.queue));
        let like = split.as_ref().map(Split::queue).or(like);
        let queues = of_one_team(tx, queues, like);
        fits(tx, actor, like)?;
        let queue = chosen(tx, &queues, kind, form, like).ok_or(Error::Forbidden(Right::CreateTicket))?.clone();
        let called = called(tx, &incidents).await?;
        let reports = reports(tx, actor, kind, &incidents).await?;
        let mut owners = vec![(String::new(), t("chip-nobody").into_owned())];
        let possible = account::possible_owners_in(tx, actor, queue.id).await?;
        owners.extend(possible.into_iter().map(|user| (user.name.clone(), user.display_name().to_owned())));
        let catalog = tx.catalog();
        let lifecycle = catalog.lifecycle(&queue).ok_or(Error::NotFound)?;
        let is_offered =
            |status: &&str| lifecycle.is_creatable(status) && lifecycle.class(status).is_some_and(domain::StatusClass::is_open);
        let fields = access::fields_to_fill(tx, actor, queue.id);
        let entry_fields = access::entry_fields(tx, actor, queue.id);
        let mandatory = fields
            .iter()
            .filter(|field| catalog.is_mandatory_at_creation(field, queue.id))
            .chain(entry_fields.iter().filter(|field| catalog.is_mandatory(field, queue.id)))
            .map(|field| field.id)
            .collect();
        let markdown = account::preferences(tx, actor).await?.flag(preference::WRITE_MARKDOWN);
        Ok(Self {
            kind,
            markdown,
            attachment_words: catalog.setting_text(list::ATTACHMENT_WORDS).to_owned(),
            rule: catalog.parent_rule(kind),
            statuses: lifecycle.statuses().filter(is_offered).map(str::to_owned).collect(),
            first_status: lifecycle.first_status().to_owned(),
            levels: if queue.levels_disabled { vec![] } else { catalog.levels().map(|level| level.name.clone()).collect() },
            launch_queues: if kind == TicketKind::Incident {
                of_one_team(tx, self::queues(tx, actor, TicketKind::Investigation), like)
            } else {
                vec![]
            },
            scale: catalog.scale_of(&queue),
            queue,
            queues,
            fields,
            entry_fields,
            mandatory,
            owners,
            incidents,
            source,
            split,
            called,
            reports,
        })
    }

    /// Numbers typed that turned out to be Incidents become ticked ones; what is none stays where it was typed.
    pub(super) fn settle_incidents(&self, form: &mut Submission) {
        let (typed, mut left) = ticket_numbers(form, "incident");
        let is_known = |id: &domain::TicketId| self.incidents.iter().any(|incident| incident.id == *id);
        let unknown: Vec<String> = typed.iter().filter(|id| !is_known(id)).map(ToString::to_string).collect();
        left.extend(unknown.iter().map(String::as_str));
        let left = left.join(", ");
        for id in typed.iter().filter(|id| is_known(id)) {
            form.put("incidents", id);
        }
        form.set("incident", left);
    }
}

pub(super) fn queues(tx: &Tx, actor: &Actor, kind: TicketKind) -> Vec<Queue> {
    // a queue that may not even be seen is not offered (IR-282)
    let seen = access::queues_with(tx, actor, Right::SeeQueue);
    let open = access::queues_with(tx, actor, Right::CreateTicket).into_iter();
    open.filter(|queue| queue.kind() == kind && seen.iter().any(|one| one.id == queue.id)).collect()
}

/// What was asked for, else the queue of the same constituency as `like`, else the first (IR-344, IR-152).
fn chosen<'a>(tx: &Tx, queues: &'a [Queue], kind: TicketKind, form: &Submission, like: Option<QueueId>) -> Option<&'a Queue> {
    let find = |id: QueueId| queues.iter().find(|queue| queue.id == id);
    let asked = form.text("queue").parse().ok().and_then(find);
    let same = like.filter(|_| !form.text("split").is_empty()).and_then(find);
    let catalog = tx.catalog();
    let beside =
        like.and_then(|id| catalog.queue(id)).and_then(|like| catalog.queue_beside(kind, like)).and_then(|queue| find(queue.id));
    asked.or(same).or(beside).or(queues.first())
}

/// A ticket of another constituency than the one worked in leads to no form (IR-159).
fn fits(tx: &Tx, actor: &Actor, like: Option<QueueId>) -> Result<()> {
    let catalog = tx.catalog();
    let theirs = like.and_then(|id| catalog.queue(id)).and_then(|queue| catalog.constituency(queue));
    match theirs {
        Some(theirs) if actor.within.is_some_and(|within| within != theirs.id) => {
            Err(Error::invalid("queue", tr("form-other-constituency", &[("name", theirs.name.as_str().into())])))
        }
        _ => Ok(()),
    }
}

async fn called(tx: &mut Tx, incidents: &[Ticket]) -> Result<Vec<(TicketId, String, String)>> {
    let mut called = Vec::with_capacity(incidents.len());
    for incident in incidents {
        let owner = account::user(tx, incident.owner).await?.display_name().to_owned();
        let queue = tx.catalog().queue(incident.queue).map(|queue| queue.name.clone()).unwrap_or_default();
        called.push((incident.id, owner, queue));
    }
    Ok(called)
}

async fn reports(tx: &mut Tx, actor: &Actor, kind: TicketKind, incidents: &[Ticket]) -> Result<Vec<Offer>> {
    if kind != TicketKind::Investigation {
        return Ok(vec![]);
    }
    let ids: Vec<TicketId> = incidents.iter().map(|incident| incident.id).collect();
    let reports = incident::attachable(tx, actor, &ids, None).await?;
    Ok(reports.into_iter().map(|one| (one.id.to_string(), format!("#{} {} · {}", one.id, one.subject, one.status))).collect())
}

async fn incidents(tx: &mut Tx, actor: &Actor, kind: TicketKind, form: &Submission, split: Option<&Split>) -> Vec<Ticket> {
    let mut found: Vec<Ticket> = Vec::new();
    if !kind.is_child() {
        return found;
    }
    let mut given = ["incidents", "incident"].map(|name| ticket_numbers(form, name).0).concat();
    given.extend(split.into_iter().flat_map(Split::incidents));
    for id in given.into_iter().take(MOST_INCIDENTS) {
        // what cannot be loaded is reported when the form is sent
        let Ok(ticket) = access::ticket(tx, actor, id).await else { continue };
        if ticket.kind == TicketKind::Incident && !found.iter().any(|other| other.id == ticket.id) {
            found.push(Ticket::clone(&ticket));
        }
    }
    found
}
