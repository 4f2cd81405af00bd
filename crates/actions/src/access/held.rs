//! The rights of one actor on many tickets, asked with one statement.

use crate::{Actor, Catalog, Result, Tx};
use domain::{Right, Role, Ticket, TicketId, right::Identity};
use std::sync::Arc;

/// What the actor is on each of some tickets.
pub struct Held {
    catalog: Arc<Catalog>,
    identity: Identity,
    /// In order of ticket.
    roles: Vec<(TicketId, Role)>,
}

impl Held {
    pub async fn load(tx: &mut Tx, actor: &Actor, tickets: &[Ticket]) -> Result<Self> {
        let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
        let members = storage::person::roles_of_tickets(&mut tx.db, &ids).await?;
        let mine = members.into_iter().filter(|(_, _, user)| *user == actor.id());
        let mut roles: Vec<(TicketId, Role)> = mine.map(|(ticket, role, _)| (ticket, role)).collect();
        if !actor.identity.groups.is_empty() {
            let groups = storage::watcher::groups_of_tickets(&mut tx.db, &ids).await?;
            let mine = groups.into_iter().filter(|(_, _, group)| actor.identity.groups.contains(group));
            roles.extend(mine.map(|(ticket, role, _)| (ticket, role)));
        }
        roles.sort_unstable();
        Ok(Self { catalog: tx.catalog(), identity: actor.identity.clone(), roles })
    }

    /// Whether one of the rights is held on a ticket.
    #[must_use]
    pub fn any(&self, ticket: &Ticket, rights: &[Right]) -> bool {
        let roles = self.roles_on(ticket);
        rights.iter().any(|right| self.catalog.grants.on_ticket(&self.identity, *right, ticket.queue, &roles))
    }

    /// Whether the right would be held by the actor as the ticket's owner.
    #[must_use]
    pub fn as_owner(&self, ticket: &Ticket, right: Right) -> bool {
        self.catalog.grants.on_ticket(&self.identity, right, ticket.queue, &[Role::Owner]) || self.any(ticket, &[right])
    }

    fn roles_on(&self, ticket: &Ticket) -> Vec<Role> {
        let start = self.roles.partition_point(|(id, _)| *id < ticket.id);
        let own = self.roles.get(start..).unwrap_or_default().iter().take_while(|(id, _)| *id == ticket.id);
        let mut roles: Vec<Role> = own.map(|(_, role)| *role).collect();
        if ticket.owner == self.identity.user {
            roles.push(Role::Owner);
        }
        let watches = |role: &Role| self.catalog.queue_watchers(ticket.queue, *role).contains(&self.identity.user);
        roles.extend(Role::WATCHERS.into_iter().filter(watches));
        roles
    }
}
