//! What the form for a new ticket needs to know before it can be shown or sent.

use super::super::{inputs::Offer, reading::ticket_numbers, submission::Submission};
use super::source::Source;
use actions::{Actor, Error, Result, Tx, access, account};
use domain::{QueueId, Right, Ticket, TicketKind, custom_field::CustomField, incident::ParentRule, queue::Queue};
use http_door::text::t;

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
    /// Given ones that exist.
    pub(super) incidents: Vec<Ticket>,
    /// The child that an Incident is made from.
    pub(super) source: Option<Source>,
    pub(super) statuses: Vec<String>,
    pub(super) first_status: String,
    pub(super) levels: Vec<String>,
    /// Who may own it: logins and names; nobody first.
    pub(super) owners: Vec<Offer>,
    /// Where an Investigation could be launched in the same step.
    pub(super) launch_queues: Vec<Queue>,
}

impl Page {
    /// Forbidden where the person may create no ticket of the kind.
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, kind: TicketKind, form: &Submission) -> Result<Self> {
        let queues = queues(tx, actor, kind);
        let incidents = incidents(tx, actor, kind, form).await;
        let source = Source::load(tx, actor, kind, form).await?;
        let like = incidents.first().map(|incident| incident.queue).or(source.as_ref().map(|source| source.queue));
        let queue = chosen(tx, &queues, kind, form, like).ok_or(Error::Forbidden(Right::CreateTicket))?.clone();
        let mut owners = vec![(String::new(), t("chip-nobody").into_owned())];
        let possible = account::possible_owners_in(tx, actor, queue.id).await?;
        owners.extend(possible.into_iter().map(|user| (user.name.clone(), user.display_name().to_owned())));
        let catalog = tx.catalog();
        let lifecycle = catalog.lifecycle(&queue).ok_or(Error::NotFound)?;
        let is_open = |status: &&String| lifecycle.class(status).is_some_and(domain::StatusClass::is_open);
        let mut fields = access::fields_with(tx, actor, queue.id, Right::ModifyCustomField);
        let initial = access::fields_with(tx, actor, queue.id, Right::SetInitialCustomField);
        fields.extend(initial.into_iter().filter(|field| !fields.iter().any(|known| known.id == field.id)).collect::<Vec<_>>());
        Ok(Self {
            kind,
            rule: catalog.parent_rule(kind),
            statuses: lifecycle.creatable.iter().filter(is_open).cloned().collect(),
            first_status: lifecycle.on_create.clone(),
            levels: if queue.levels_disabled { vec![] } else { catalog.levels().map(|level| level.name.clone()).collect() },
            launch_queues: if kind == TicketKind::Incident { self::queues(tx, actor, TicketKind::Investigation) } else { vec![] },
            queue,
            queues,
            fields,
            owners,
            incidents,
            source,
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
    let catalog = tx.catalog();
    let beside =
        like.and_then(|id| catalog.queue(id)).and_then(|like| catalog.queue_beside(kind, like)).and_then(|queue| find(queue.id));
    asked.or(beside).or(queues.first())
}

async fn incidents(tx: &mut Tx, actor: &Actor, kind: TicketKind, form: &Submission) -> Vec<Ticket> {
    let mut found: Vec<Ticket> = Vec::new();
    if !kind.is_child() {
        return found;
    }
    let given = ["incidents", "incident"].map(|name| ticket_numbers(form, name).0).concat();
    for id in given.into_iter().take(MOST_INCIDENTS) {
        // what cannot be loaded is reported when the form is sent
        let Ok(ticket) = access::ticket(tx, actor, id).await else { continue };
        if ticket.kind == TicketKind::Incident && !found.iter().any(|other| other.id == ticket.id) {
            found.push(Ticket::clone(&ticket));
        }
    }
    found
}
