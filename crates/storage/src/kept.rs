//! What a transaction has read already. The verbs and rules of one act, and the parts of one page, ask for the same few tickets and
//! people again and again. Tickets are kept once they are locked, so that nobody else can change them; who holds which role is
//! looked up once for one act or page, as everything that depends on it should agree.

use domain::{GroupId, Role, Ticket, TicketId, UserId, link::LinkKind, person::User};
use std::collections::{BTreeSet, HashMap, HashSet};

/// More is not worth its memory: acts on many tickets take them one after the other.
const MOST: usize = 500;

#[derive(Default)]
pub(crate) struct Kept {
    /// Locked by this transaction, as they stand now.
    tickets: HashMap<TicketId, Ticket>,
    users: HashMap<UserId, User>,
    pub(crate) people: Roles<UserId>,
    pub(crate) groups: Roles<GroupId>,
    /// Of the locked tickets, those that no links of a kind begin at, or end at: linking locks both ends.
    unlinked: HashSet<(TicketId, LinkKind, bool)>,
}

/// Who holds roles of tickets: nobody is an answer, too.
pub(crate) struct Roles<Holder>(HashMap<TicketId, Vec<(Role, Holder)>>);

impl<Holder> Default for Roles<Holder> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<Holder: Copy> Roles<Holder> {
    /// If they are known of all of these.
    pub(crate) fn of(&self, tickets: &[TicketId]) -> Option<Vec<(TicketId, Role, Holder)>> {
        let mut all = Vec::new();
        for ticket in tickets {
            all.extend(self.0.get(ticket)?.iter().map(|(role, holder)| (*ticket, *role, *holder)));
        }
        Some(all)
    }

    pub(crate) fn keep(&mut self, tickets: &[TicketId], holders: &[(TicketId, Role, Holder)]) {
        if self.0.len() + tickets.len() > MOST {
            self.0.clear();
        }
        if tickets.len() > MOST {
            return;
        }
        for ticket in tickets {
            self.0.insert(*ticket, vec![]);
        }
        for (ticket, role, holder) in holders {
            self.0.entry(*ticket).or_default().push((*role, *holder));
        }
    }
}

impl Kept {
    pub(crate) fn ticket(&self, id: TicketId) -> Option<Ticket> {
        self.tickets.get(&id).cloned()
    }
    /// Each once, in order of number, if all are known.
    pub(crate) fn all_tickets(&self, ids: &[TicketId]) -> Option<Vec<Ticket>> {
        let ids: BTreeSet<TicketId> = ids.iter().copied().collect();
        ids.into_iter().map(|id| self.ticket(id)).collect()
    }
    /// One that is locked.
    pub(crate) fn keep_ticket(&mut self, ticket: &Ticket) {
        if self.tickets.len() >= MOST {
            self.tickets.clear();
        }
        self.tickets.insert(ticket.id, ticket.clone());
    }
    /// After it was written.
    pub(crate) fn renew_ticket(&mut self, ticket: &Ticket) {
        if let Some(kept) = self.tickets.get_mut(&ticket.id) {
            kept.clone_from(ticket);
        }
    }
    pub(crate) fn user(&self, id: UserId) -> Option<User> {
        self.users.get(&id).cloned()
    }
    pub(crate) fn keep_user(&mut self, user: &User) {
        if self.users.len() >= MOST {
            self.users.clear();
        }
        self.users.insert(user.id, user.clone());
    }
    /// Whether no links of the kind begin at the ticket (or end, if it is not the base), as far as is known.
    pub(crate) fn is_unlinked(&self, ticket: TicketId, kind: LinkKind, as_base: bool) -> bool {
        self.unlinked.contains(&(ticket, kind, as_base))
    }
    pub(crate) fn keep_unlinked(&mut self, ticket: TicketId, kind: LinkKind, as_base: bool) {
        if !self.tickets.contains_key(&ticket) {
            return;
        }
        if self.unlinked.len() >= MOST {
            self.unlinked.clear();
        }
        self.unlinked.insert((ticket, kind, as_base));
    }
    /// After a link was made or moved.
    pub(crate) fn forget_links(&mut self) {
        self.unlinked.clear();
    }
    pub(crate) fn forget_tickets(&mut self) {
        self.tickets.clear();
    }
    pub(crate) fn forget_users(&mut self) {
        self.users.clear();
    }
    pub(crate) fn forget_roles(&mut self) {
        self.people = Roles::default();
        self.groups = Roles::default();
    }
    /// After part of the transaction was undone.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_known_of_all_that_were_asked_for_or_not_at_all() {
        let (first, second, third) = (TicketId(1), TicketId(2), TicketId(3));
        let mut roles = Roles::default();
        roles.keep(&[first, second], &[(first, Role::Cc, UserId(7))]);
        assert_eq!(roles.of(&[second, first]), Some(vec![(first, Role::Cc, UserId(7))]), "that nobody holds one is known, too");
        assert_eq!(roles.of(&[first, third]), None);
        roles.keep(&[first], &[]);
        assert_eq!(roles.of(&[first]), Some(vec![]), "the last answer counts");
    }
}
