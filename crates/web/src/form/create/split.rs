//! Splitting a ticket: the form for a new one of the same queue, filled with everything the old one has (IR-418 … IR-421).

use super::super::{edit::named, local_time, submission::Submission};
use actions::{
    Actor, Error, Result, Tx, lists,
    ticket::show::{self, TicketView},
};
use domain::{QueueId, Right, Role, TicketId, TicketKind};

pub(super) struct Split {
    pub(super) view: TicketView,
}

impl Split {
    /// Needs `ModifyTicket` on the original.
    pub(super) async fn load(tx: &mut Tx, actor: &Actor, kind: TicketKind, form: &Submission) -> Result<Option<Self>> {
        let from = form.text("split").trim();
        if from.is_empty() {
            return Ok(None);
        }
        let view = show::view(tx, actor, from.trim_start_matches('#').parse().map_err(|_| Error::NotFound)?).await?;
        if !view.may_modify() {
            return Err(Error::Forbidden(Right::ModifyTicket));
        }
        if view.ticket.kind == kind { Ok(Some(Self { view })) } else { Err(Error::NotFound) }
    }

    pub(super) fn id(&self) -> TicketId {
        self.view.ticket.id
    }
    pub(super) fn queue(&self) -> QueueId {
        self.view.ticket.queue
    }
    /// A child's Incidents are chosen beforehand (IR-419); an Incident's children are not taken along (IR-420).
    pub(super) fn incidents(&self) -> Vec<TicketId> {
        self.view.incidents().map(|parent| parent.ticket.id).collect()
    }

    pub(super) fn fill(&self, actor: &Actor, statuses: &[String], form: &mut Submission) {
        let ticket = &self.view.ticket;
        let zone = lists::zone_of(actor);
        let people = |role| self.view.holders(role).map(named).collect::<Vec<_>>().join(", ");
        if !form.has("incidents") {
            for incident in self.incidents() {
                form.put("incidents", incident);
            }
        }
        if statuses.contains(&ticket.status) {
            form.preset("status", &ticket.status);
        }
        form.preset("owner", if ticket.is_owned() { self.view.owner.name.as_str() } else { "" });
        form.preset("requestors", people(Role::Requestor));
        form.preset("ccs", people(Role::Cc));
        form.preset("admin_ccs", people(Role::AdminCc));
        form.preset("level", ticket.level.as_deref().unwrap_or_default());
        form.preset("priority", ticket.priority);
        form.preset("final_priority", ticket.final_priority);
        form.preset("starts", local_time::show(ticket.starts, &zone));
        form.preset("due", local_time::show(ticket.due, &zone));
        form.preset("refers_to", ticket.id);
    }
}
