//! Resolving or abandoning an Incident together with chosen children (IR-387 … IR-396).

use crate::{
    Actor, Error, Result, Tx, access,
    message::NewMessage,
    ticket::{
        Basics, FieldInput, OwnerChange, Reply, SetStatus, change_owner, comment, load_or_create, reply, set_basics, set_status,
        set_values,
    },
};
use domain::{Right, StatusClass, Ticket, TicketId, TicketKind, link::LinkKind, person::PersonName};

#[derive(Clone, Debug)]
pub struct Close {
    pub incident: TicketId,
    /// An inactive status of Incidents, or `None` to only write to the children.
    pub status: Option<String>,
    /// Children that get the message and are closed.
    pub children: Vec<TicketId>,
    pub message: NewMessage,
    /// A reply to their correspondents; otherwise an internal comment.
    pub as_reply: bool,
    /// The message goes on the Incident itself too (IR-390).
    pub on_incident: bool,
    pub resolution: Option<FieldInput>,
    /// A login: the Incident's new owner, and that of the children that close with it.
    pub owner: Option<String>,
    /// Minutes, booked on the Incident alone (IR-391).
    pub time_taken: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseOutcome {
    /// Whether the Incident has the wanted status now.
    pub closed: bool,
    /// Open children that kept it from being closed (IR-393).
    pub still_open: Vec<TicketId>,
}

pub async fn close(tx: &mut Tx, actor: &Actor, input: Close) -> Result<CloseOutcome> {
    let incident = access::ticket_for(tx, actor, input.incident, Right::ModifyTicket).await?;
    if incident.kind != TicketKind::Incident {
        return Err(Error::invalid("incident", format!("#{} is not an Incident.", incident.id)));
    }
    check_status(tx, &incident, input.status.as_deref())?;
    let members = storage::ticket::linked(&mut tx.db, incident.id, LinkKind::MemberOf, false).await?;
    if let Some(owner) = &input.owner {
        // known before anybody is written to
        load_or_create(tx, &PersonName::Login(owner.clone()), "owner").await?;
    }
    for child in members.iter().filter(|child| input.children.contains(&child.id) && child.is_open()) {
        if !input.message.is_empty() {
            let message = Reply { ticket: child.id, message: input.message.clone(), time_taken: 0 };
            if input.as_reply {
                reply(tx, actor, message).await?
            } else {
                comment(tx, actor, message).await?
            };
        }
        if let Some(status) = &input.status {
            close_child(tx, actor, incident.id, child.id, status).await?;
        }
    }
    if input.on_incident && !input.message.is_empty() {
        comment(tx, actor, Reply { ticket: incident.id, message: input.message, time_taken: input.time_taken }).await?;
    } else if input.time_taken != 0 {
        let time_worked = access::load(tx, incident.id, false).await?.time_worked + input.time_taken;
        set_basics(tx, actor, incident.id, Basics { time_worked: Some(time_worked), ..Basics::default() }).await?;
    }
    let still_open = if input.status.is_some() { blocking(tx, incident.id).await? } else { vec![] };
    let status = match input.status {
        Some(status) if still_open.is_empty() => status,
        Some(_) => return Ok(CloseOutcome { closed: false, still_open }),
        None => {
            give(tx, actor, incident.id, input.owner.as_deref()).await?;
            return Ok(CloseOutcome { closed: false, still_open });
        }
    };
    if let Some(resolution) = input.resolution.filter(|resolution| resolution.values.iter().any(|value| !value.is_empty())) {
        set_values(tx, actor, incident.id, resolution).await?;
    }
    set_status(tx, actor, SetStatus { ticket: incident.id, status }).await?;
    // last, or whoever gives it away could not close it; the rules carry it to the children (IR-224)
    give(tx, actor, incident.id, input.owner.as_deref()).await?;
    Ok(CloseOutcome { closed: true, still_open })
}

async fn give(tx: &mut Tx, actor: &Actor, incident: TicketId, owner: Option<&str>) -> Result<()> {
    if let Some(owner) = owner {
        let owner = load_or_create(tx, &PersonName::Login(owner.to_owned()), "owner").await?;
        change_owner(tx, actor, incident, OwnerChange::Give(owner.id)).await?;
    }
    Ok(())
}

/// Looked at before anybody is written to.
fn check_status(tx: &Tx, incident: &Ticket, status: Option<&str>) -> Result<()> {
    let Some(status) = status else { return Ok(()) };
    let catalog = tx.catalog();
    let lifecycle = catalog.queue(incident.queue).and_then(|queue| catalog.lifecycle(queue)).ok_or(Error::NotFound)?;
    let wanted = lifecycle.step(&incident.status, status).map_err(|refusal| Error::invalid("status", refusal.to_string()))?;
    if lifecycle.class(wanted) == Some(StatusClass::Inactive) {
        Ok(())
    } else {
        Err(Error::invalid("status", format!("“{wanted}” does not close an Incident.")))
    }
}

/// A child's own status when its Incident gets `status`; one that another open Incident shares stays open.
async fn close_child(tx: &mut Tx, actor: &Actor, incident: TicketId, child: TicketId, status: &str) -> Result<()> {
    let catalog = tx.catalog();
    // written to a moment ago, so its status may have moved
    let child = access::load(tx, child, true).await?;
    let shared = shared_with_open(tx, incident, child.id).await?;
    let queue = catalog.queue(child.queue).ok_or(Error::NotFound)?;
    let mapped = catalog.child_status(child.kind, &queue.lifecycle, status).map(str::to_owned);
    if let (false, Some(mapped)) = (shared || child.status_class == StatusClass::Inactive, mapped) {
        // the right was asked for on the Incident: closing it closes its children (IR-212), as the system
        set_status(tx, &Actor::system(actor.door), SetStatus { ticket: child.id, status: mapped }).await?;
    }
    Ok(())
}

async fn shared_with_open(tx: &mut Tx, incident: TicketId, child: TicketId) -> Result<bool> {
    let parents = storage::ticket::linked(&mut tx.db, child, LinkKind::MemberOf, true).await?;
    Ok(parents.iter().any(|parent| parent.id != incident && parent.kind == TicketKind::Incident && parent.is_open()))
}

/// Open children that belong to no other open Incident.
async fn blocking(tx: &mut Tx, incident: TicketId) -> Result<Vec<TicketId>> {
    let catalog = tx.catalog();
    let mut open = Vec::new();
    for child in storage::ticket::linked(&mut tx.db, incident, LinkKind::MemberOf, false).await? {
        let counts = child.kind.is_child() && !catalog.is_disabled(child.kind);
        if counts && child.is_open() && !shared_with_open(tx, incident, child.id).await? {
            open.push(child.id);
        }
    }
    Ok(open)
}
