//! What must be true in the property test, and how a family looks.

use super::Family;
use actions::{
    Actor, Door, access,
    ticket::show::{self, TicketView},
};
use domain::{
    Right, Role, StatusClass, TicketId, TicketKind, UserId,
    change::{Change, ChangeKind},
    link::LinkKind,
};
use std::collections::BTreeMap;
use testkit::World;

/// Everything of every ticket but how often and when it was changed.
#[derive(Debug, PartialEq)]
pub(crate) struct Snapshot(BTreeMap<TicketId, Vec<String>>);

impl Snapshot {
    pub(crate) fn difference(&self, other: &Self) -> String {
        let differs = |id: &TicketId| {
            let (was, is) = (self.0.get(id)?, other.0.get(id)?);
            let gone: Vec<_> = was.iter().filter(|line| !is.contains(line)).collect();
            let new: Vec<_> = is.iter().filter(|line| !was.contains(line)).collect();
            (was != is).then(|| format!("#{id} lost {gone:?} and has {new:?}"))
        };
        self.0.keys().filter_map(differs).collect::<Vec<_>>().join("; ")
    }
}

async fn view(world: &World, id: TicketId) -> TicketView {
    let admin = world.actor("admin").await;
    show::view(&mut world.look().await, &admin, id).await.unwrap()
}

pub(crate) async fn snapshot(world: &World, family: &Family) -> Snapshot {
    let mut all = BTreeMap::new();
    for id in family.all() {
        // the number of a merged ticket leads to the other one, and is part of what is compared
        all.insert(id, lines(&view(world, id).await));
    }
    Snapshot(all)
}

fn lines(view: &TicketView) -> Vec<String> {
    let mut ticket = domain::Ticket::clone(&view.ticket);
    (ticket.version, ticket.head, ticket.updated, ticket.updater) = (0, vec![], ticket.created, ticket.creator);
    let mut lines: Vec<String> = format!("{ticket:#?}").lines().map(str::to_owned).collect();
    lines.extend(view.people.iter().map(|(role, user)| format!("{role:?} {}", user.name)));
    lines.extend(view.fields.iter().flat_map(|field| field.values.iter().map(|value| format!("{} {value}", field.field.name))));
    lines.extend(view.links.iter().map(|link| format!("{:?} {} {}", link.kind, link.outgoing, link.ticket.id)));
    lines.sort();
    lines
}

/// The rules of families and owners.
pub(crate) async fn check(world: &World, family: &Family) -> Result<(), String> {
    for id in &family.incidents {
        let incident = view(world, *id).await;
        let children: Vec<_> = incident
            .links
            .iter()
            .filter(|link| link.kind == LinkKind::MemberOf && !link.outgoing && link.ticket.kind.is_child())
            .map(|link| &link.ticket)
            .collect();
        let due = children.iter().filter(|child| child.is_open()).filter_map(|child| child.due).min();
        if incident.ticket.due != due {
            return Err(format!("Incident #{id} is due {:?}, its children {due:?}", incident.ticket.due));
        }
        if incident.ticket.status_class != StatusClass::Inactive {
            continue;
        }
        for child in children.into_iter().filter(|child| child.is_open()) {
            let parents = view(world, child.id).await;
            let shared = parents.links.iter().any(|link| {
                link.kind == LinkKind::MemberOf
                    && link.outgoing
                    && link.ticket.kind == TicketKind::Incident
                    && link.ticket.is_open()
            });
            if !shared {
                return Err(format!("#{} is open in the closed Incident #{id}", child.id));
            }
        }
    }
    for id in family.all() {
        owner_may_own(world, id).await?;
    }
    Ok(())
}

async fn owner_may_own(world: &World, id: TicketId) -> Result<(), String> {
    let view = view(world, id).await;
    if view.ticket.owner == UserId::NOBODY {
        return Ok(());
    }
    let mut tx = world.look().await;
    let Some(owner) = Actor::of(&tx, view.owner.clone(), Door::Web) else {
        return Err(format!("#{id} is owned by nobody known"));
    };
    let may = access::may(&mut tx, &owner, &view.ticket, Right::OwnTicket).await.unwrap();
    if may { Ok(()) } else { Err(format!("{} may not own #{id}", view.owner.name)) }
}

/// Where each ticket's history began, to tell it again.
pub(crate) struct Baseline(BTreeMap<TicketId, (i64, Told)>);

/// What history tells of.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    columns: BTreeMap<&'static str, String>,
    values: Vec<(String, String)>,
    watchers: Vec<(String, String)>,
}

const COLUMNS: [&str; 6] = ["Status", "Owner", "Subject", "Priority", "Due", "Queue"];

fn told(view: &TicketView) -> Told {
    let ticket = &view.ticket;
    let due = ticket.due.map(|due| due.to_string()).unwrap_or_default();
    let values = [
        ticket.status.clone(),
        ticket.owner.to_string(),
        ticket.subject.clone(),
        ticket.priority.to_string(),
        due,
        ticket.queue.to_string(),
    ];
    let mut told = Told {
        columns: COLUMNS.into_iter().zip(values).collect(),
        values: view
            .fields
            .iter()
            .flat_map(|field| field.values.iter().map(|value| (field.field.id.to_string(), value.clone())))
            .collect(),
        watchers: view
            .people
            .iter()
            .filter(|(role, _)| *role != Role::Owner)
            .map(|(role, user)| (role.as_str().to_owned(), user.id.to_string()))
            .collect(),
    };
    told.values.sort();
    told.watchers.sort();
    told
}

pub(crate) async fn baseline(world: &World, family: &Family) -> Baseline {
    let mut all = BTreeMap::new();
    for id in family.all() {
        let view = view(world, id).await;
        all.insert(id, (view.ticket.version, told(&view)));
    }
    Baseline(all)
}

impl Baseline {
    /// Every change is in the history exactly once: telling it again from the start leads to what is there now. Tickets
    /// that took part in a merge are left out, since a merge is one entry for all that comes with it.
    pub(crate) async fn replay(&self, world: &World, family: &Family) -> Result<(), String> {
        let admin = world.actor("admin").await;
        for id in family.all() {
            let now = view(world, id).await;
            let (version, start) = &self.0[&id];
            let entries = show::history_from(&mut world.look().await, &admin, id, *version, 1000).await.unwrap();
            let is_merge = |change: &Change| matches!(change.what.field.as_deref(), Some("MergedInto" | "HasMerged"));
            if now.ticket.id != id || entries.iter().any(|entry| is_merge(&entry.change)) {
                continue;
            }
            let mut told_so_far = start.clone();
            for entry in &entries {
                told_so_far.tell(&entry.change).map_err(|what| format!("#{id}: {what}"))?;
            }
            told_so_far.values.sort();
            told_so_far.watchers.sort();
            if told_so_far != told(&now) {
                return Err(format!("#{id}: history tells of {told_so_far:?}, but it is {:?}", told(&now)));
            }
        }
        Ok(())
    }
}

impl Told {
    fn tell(&mut self, change: &Change) -> Result<(), String> {
        let what = &change.what;
        let field = what.field.clone().unwrap_or_default();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        match what.kind {
            ChangeKind::Set | ChangeKind::Status => {
                let Some(value) = self.columns.get_mut(field.as_str()) else { return Ok(()) };
                if *value != text(&what.old) {
                    return Err(format!("{field} was {value}, not {:?} ({})", what.old, change.sequence));
                }
                *value = text(&what.new);
            }
            ChangeKind::CustomField => exchange(&mut self.values, &field, what.old.as_ref(), what.new.as_ref())?,
            ChangeKind::AddWatcher | ChangeKind::DelWatcher => {
                exchange(&mut self.watchers, &field, what.old.as_ref(), what.new.as_ref())?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn exchange(held: &mut Vec<(String, String)>, key: &str, old: Option<&String>, new: Option<&String>) -> Result<(), String> {
    if let Some(old) = old {
        let place = held.iter().position(|(field, value)| field == key && value == old);
        held.remove(place.ok_or_else(|| format!("{key} did not hold {old}"))?);
    }
    if let Some(new) = new {
        held.push((key.to_owned(), new.clone()));
    }
    Ok(())
}
