//! Who may do what: rights, roles, grants, and the pure question whether a principal holds a right (TC-234 … TC-239).

use crate::{FieldId, GroupId, QueueId, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! rights {
    ($($name:ident),* $(,)?) => {
        /// A right by its RT name. Positive only; there is no denial.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Right { $($name),* }
        impl Right {
            pub const ALL: &'static [Right] = &[$(Right::$name),*];
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Right::$name => stringify!($name)),* } }
        }
    };
}
rights! {
    SeeQueue, ShowTicket, ShowTicketComments, ShowOutgoingEmail, CreateTicket, ReplyToTicket, CommentOnTicket,
    ModifyTicket, OwnTicket, TakeTicket, StealTicket, ReassignTicket, DeleteTicket, ForwardMessage, Watch, WatchAsAdminCc,
    SeeCustomField, ModifyCustomField, SetInitialCustomField, AdminCustomField, AdminCustomFieldValues, AdminQueue, ShowTemplate, ModifyTemplate, ShowScrips, ModifyScrips,
    SuperUser, AdminUsers, ModifySelf, ShowConfigTab, ManageAuthTokens, LoadSavedSearch, CreateSavedSearch,
    ShowSearchBulkUpdate,
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Right {
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|right| right.as_str().eq_ignore_ascii_case(name))
    }
}

/// What a person can be on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    Owner,
    Requestor,
    Cc,
    AdminCc,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Owner, Role::Requestor, Role::Cc, Role::AdminCc];
    /// The roles that many people can hold.
    pub const WATCHERS: [Role; 3] = [Role::Requestor, Role::Cc, Role::AdminCc];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "Owner",
            Role::Requestor => "Requestor",
            Role::Cc => "Cc",
            Role::AdminCc => "AdminCc",
        }
    }
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str().eq_ignore_ascii_case(name))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    Everyone,
    Privileged,
    Unprivileged,
    User(UserId),
    Group(GroupId),
    Role(Role),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Global,
    Queue(QueueId),
    Field(FieldId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub principal: Principal,
    pub right: Right,
    pub scope: Scope,
}

/// Who asks, with every group they are in directly or through other groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub user: UserId,
    pub privileged: bool,
    pub groups: Vec<GroupId>,
}

impl Identity {
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.user == UserId::SYSTEM
    }

    fn is(&self, principal: Principal) -> bool {
        match principal {
            Principal::Everyone => true,
            Principal::Privileged => self.privileged,
            Principal::Unprivileged => !self.privileged,
            Principal::User(user) => user == self.user,
            Principal::Group(group) => self.groups.contains(&group),
            Principal::Role(_) => false,
        }
    }
}

/// Every grant of the installation, and the answers drawn from them.
#[derive(Clone, Debug, Default)]
pub struct Grants(Vec<Grant>);

impl Grants {
    #[must_use]
    pub fn new(grants: Vec<Grant>) -> Self {
        Self(grants)
    }
    pub fn iter(&self) -> impl Iterator<Item = &Grant> {
        self.0.iter()
    }

    #[must_use]
    pub fn is_superuser(&self, who: &Identity) -> bool {
        who.is_system()
            || self
                .0
                .iter()
                .any(|grant| grant.right == Right::SuperUser && grant.scope == Scope::Global && who.is(grant.principal))
    }

    /// Held everywhere, whatever the queue.
    #[must_use]
    pub fn globally(&self, who: &Identity, right: Right) -> bool {
        self.is_superuser(who)
            || self.0.iter().any(|grant| grant.right == right && grant.scope == Scope::Global && who.is(grant.principal))
    }

    /// Held on every ticket of the queue without any role on it.
    #[must_use]
    pub fn on_queue(&self, who: &Identity, right: Right, queue: QueueId) -> bool {
        self.is_superuser(who) || self.covering(right, queue).any(|grant| who.is(grant.principal))
    }

    /// Held on a custom field: by a grant on the field, on the queue, or globally (TC-138).
    #[must_use]
    pub fn on_field(&self, who: &Identity, right: Right, field: FieldId, queue: QueueId) -> bool {
        self.on_queue(who, right, queue)
            || self.0.iter().any(|grant| grant.right == right && grant.scope == Scope::Field(field) && who.is(grant.principal))
    }

    /// What was granted on one thing itself.
    pub fn on(&self, scope: Scope) -> impl Iterator<Item = &Grant> {
        self.0.iter().filter(move |grant| grant.scope == scope)
    }

    /// The roles whose holders have this right on the tickets of the queue.
    pub fn roles(&self, right: Right, queue: QueueId) -> impl Iterator<Item = Role> {
        self.covering(right, queue).filter_map(|grant| match grant.principal {
            Principal::Role(role) => Some(role),
            _ => None,
        })
    }

    /// Held on one ticket, given the roles its holder has there.
    #[must_use]
    pub fn on_ticket(&self, who: &Identity, right: Right, queue: QueueId, roles: &[Role]) -> bool {
        self.on_queue(who, right, queue) || self.roles(right, queue).any(|role| roles.contains(&role))
    }

    fn covering(&self, right: Right, queue: QueueId) -> impl Iterator<Item = &Grant> {
        self.0
            .iter()
            .filter(move |grant| grant.right == right && (grant.scope == Scope::Global || grant.scope == Scope::Queue(queue)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(user: i64, privileged: bool, groups: &[i64]) -> Identity {
        Identity { user: UserId(user), privileged, groups: groups.iter().map(|id| GroupId(*id)).collect() }
    }

    #[test]
    fn rights_come_from_groups_roles_and_everyone() {
        let queue = QueueId(3);
        let grants = Grants::new(vec![
            Grant { principal: Principal::Group(GroupId(7)), right: Right::ShowTicket, scope: Scope::Queue(queue) },
            Grant { principal: Principal::Role(Role::Owner), right: Right::ModifyTicket, scope: Scope::Global },
            Grant { principal: Principal::Everyone, right: Right::ReplyToTicket, scope: Scope::Queue(queue) },
            Grant { principal: Principal::User(UserId(9)), right: Right::SuperUser, scope: Scope::Global },
        ]);
        let (dana, stranger, root) = (who(10, true, &[7]), who(11, false, &[]), who(9, true, &[]));
        assert!(grants.on_queue(&dana, Right::ShowTicket, queue) && !grants.on_queue(&dana, Right::ShowTicket, QueueId(4)));
        assert!(
            !grants.on_queue(&dana, Right::ModifyTicket, queue)
                && grants.on_ticket(&dana, Right::ModifyTicket, queue, &[Role::Owner])
        );
        assert!(grants.on_queue(&stranger, Right::ReplyToTicket, queue) && !grants.on_queue(&stranger, Right::ShowTicket, queue));
        assert!(grants.on_queue(&root, Right::AdminQueue, QueueId(99)) && grants.globally(&root, Right::AdminUsers));
        assert!(grants.is_superuser(&who(1, true, &[])), "the system itself may everything");
    }
}
