//! A ticket with its people, fields, links and what the actor may do with it.

use super::MergedTicket;
use crate::{Actor, Error, Result, Tx, access, access::Visible};
use domain::{
    GroupId, Right, Role, Ticket, TicketId, TicketKind, UserId,
    custom_field::CustomField,
    lifecycle::Action,
    link::LinkKind,
    person::User,
    queue::{Constituency, Queue},
};
use std::collections::HashMap;

#[derive(Clone, Debug)]
pub struct FieldView {
    pub field: CustomField,
    pub values: Vec<String>,
    /// The actor may change it.
    pub editable: bool,
}

/// A ticket at the other end of a link, which the actor may see.
#[derive(Clone, Debug)]
pub struct LinkView {
    pub kind: LinkKind,
    /// The shown ticket is where the link starts.
    pub outgoing: bool,
    pub ticket: Ticket,
    /// As people call them.
    pub owner: String,
}

#[derive(Clone, Debug)]
pub struct TicketView {
    pub ticket: Visible<Ticket>,
    pub queue: Queue,
    pub constituency: Option<Constituency>,
    pub owner: User,
    pub creator: User,
    pub updater: User,
    pub people: Vec<(Role, User)>,
    /// Groups that hold roles (TC-056).
    pub groups: Vec<(Role, GroupId, String)>,
    pub fields: Vec<FieldView>,
    pub links: Vec<LinkView>,
    /// Links to addresses outside, with kind.
    pub uris: Vec<(LinkKind, String)>,
    /// What was merged into it.
    pub merged: Vec<MergedTicket>,
    pub rights: Vec<Right>,
    /// Lifecycle actions the actor is offered now (IR-049, IR-050).
    pub actions: Vec<Action>,
}

impl TicketView {
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
    pub fn holders(&self, role: Role) -> impl Iterator<Item = &User> {
        self.people.iter().filter(move |(held, _)| *held == role).map(|(_, user)| user)
    }
    /// Incidents the ticket is a member of; abandoned ones are not shown (IR-021).
    pub fn incidents(&self) -> impl Iterator<Item = &LinkView> {
        self.links.iter().filter(|link| {
            link.kind == LinkKind::MemberOf
                && link.outgoing
                && link.ticket.kind == TicketKind::Incident
                && link.ticket.status != "abandoned"
        })
    }
    /// Members of one kind.
    pub fn children(&self, kind: TicketKind) -> impl Iterator<Item = &LinkView> {
        self.links.iter().filter(move |link| link.kind == LinkKind::MemberOf && !link.outgoing && link.ticket.kind == kind)
    }
    /// Take is offered on unowned tickets, Steal on somebody else's (IR-336).
    #[must_use]
    pub fn may_take(&self) -> bool {
        !self.ticket.is_owned() && self.may(Right::OwnTicket) && (self.may(Right::TakeTicket) || self.may(Right::ModifyTicket))
    }
    #[must_use]
    pub fn may_steal(&self, actor: &Actor) -> bool {
        self.ticket.is_owned()
            && self.ticket.owner != actor.id()
            && self.may(Right::OwnTicket)
            && (self.may(Right::StealTicket) || self.may(Right::ModifyTicket))
    }
    #[must_use]
    pub fn may_reply(&self) -> bool {
        self.may(Right::ReplyToTicket) || self.may(Right::ModifyTicket)
    }
    #[must_use]
    pub fn may_comment(&self) -> bool {
        self.may(Right::CommentOnTicket) || self.may(Right::ModifyTicket)
    }
    #[must_use]
    pub fn may_snooze(&self) -> bool {
        self.may_modify() || (!self.ticket.is_owned() && self.may(Right::TakeTicket))
    }
    #[must_use]
    pub fn may_modify(&self) -> bool {
        self.may(Right::ModifyTicket)
    }
}

pub async fn view(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<TicketView> {
    let ticket = access::ticket(tx, actor, id).await?;
    let catalog = tx.catalog();
    let queue = catalog.queue(ticket.queue).cloned().ok_or(Error::NotFound)?;
    let members = storage::person::roles_of_tickets(&mut tx.db, &[ticket.id]).await?;
    let mut ids: Vec<UserId> = members.iter().map(|(_, _, user)| *user).collect();
    ids.extend([ticket.owner, ticket.creator, ticket.updater]);
    let links = storage::link::of_ticket(&mut tx.db, ticket.id).await?;
    let others: Vec<TicketId> =
        links.iter().filter_map(|link| if link.base == ticket.id { link.target } else { Some(link.base) }).collect();
    let others = storage::ticket::by_ids(&mut tx.db, &others).await?;
    ids.extend(others.iter().map(|other| other.owner));
    ids.sort_unstable();
    ids.dedup();
    let users = storage::person::by_ids(&mut tx.db, &ids).await?;
    let user = |id: UserId| users.iter().find(|user| user.id == id).cloned().ok_or(Error::NotFound);
    let visible = access::visible_of(tx, actor, &others).await?;
    let visible: HashMap<TicketId, Ticket> = visible.into_iter().map(|other| (other.id, other)).collect();
    let mut shown = Vec::new();
    for link in &links {
        let outgoing = link.base == ticket.id;
        let other = if outgoing { link.target } else { Some(link.base) };
        if let Some(other) = other.and_then(|id| visible.get(&id)) {
            let owner = user(other.owner).map(|owner| owner.display_name().to_owned()).unwrap_or_default();
            shown.push(LinkView { kind: link.kind, outgoing, ticket: other.clone(), owner });
        }
    }
    shown.sort_by_key(|link| (!link.ticket.is_open(), link.ticket.due.is_none(), link.ticket.due, link.ticket.id));
    let rights = access::rights(tx, actor, &ticket).await?;
    // TC-043
    let waits = |link: &storage::link::Link| {
        let is_open = |id| others.iter().any(|other| Some(other.id) == id && other.is_open());
        link.kind == LinkKind::DependsOn && link.base == ticket.id && is_open(link.target)
    };
    let hides_closing = catalog.setting_flag(domain::setting::list::HIDE_BLOCKED_CLOSING) && links.iter().any(waits);
    Ok(TicketView {
        constituency: catalog.constituency(&queue).cloned(),
        owner: user(ticket.owner)?,
        creator: user(ticket.creator)?,
        updater: user(ticket.updater)?,
        groups: crate::ticket::watching_groups(tx, actor, ticket.id).await?,
        people: members.iter().filter_map(|(_, role, id)| Some((*role, user(*id).ok()?))).collect(),
        fields: field_views(tx, actor, &ticket).await?,
        links: shown,
        merged: super::merged(tx, &ticket).await?,
        uris: links.iter().filter_map(|link| Some((link.kind, link.uri.clone()?))).collect(),
        actions: offered(tx, actor, &ticket, &queue, (&rights, hides_closing)),
        rights,
        queue,
        ticket,
    })
}

async fn field_views(tx: &mut Tx, actor: &Actor, ticket: &Ticket) -> Result<Vec<FieldView>> {
    let held = storage::custom_field::of_tickets(&mut tx.db, &[ticket.id]).await?;
    let catalog = tx.catalog();
    let visible = access::fields_with(tx, actor, ticket.queue, Right::SeeCustomField);
    let view = |field: CustomField| FieldView {
        values: held.iter().filter(|(_, id, _)| *id == field.id).map(|(_, _, content)| content.clone()).collect(),
        editable: catalog.grants.on_field(&actor.identity, Right::ModifyCustomField, field.id, ticket.queue),
        field,
    };
    Ok(visible.into_iter().map(view).collect())
}

fn offered(tx: &Tx, actor: &Actor, ticket: &Ticket, queue: &Queue, (rights, hides_closing): (&[Right], bool)) -> Vec<Action> {
    let catalog = tx.catalog();
    let Some(lifecycle) = catalog.lifecycle(queue) else { return vec![] };
    let is_offered = |action: &&Action| {
        let closes = lifecycle.class(&action.to) == Some(domain::StatusClass::Inactive);
        if hides_closing && closes {
            return false;
        }
        let taking = action.take_first && ticket.owner != actor.id() && rights.contains(&Right::OwnTicket);
        taking || rights.contains(&lifecycle.right(&ticket.status, &action.to))
    };
    lifecycle.actions_from(&ticket.status).filter(is_offered).cloned().collect()
}
