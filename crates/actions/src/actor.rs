//! Who asks, and through which door.

use crate::{Error, Result, Tx};
use domain::{
    ActId, ConstituencyId, UserId,
    person::{EmailAddress, Theme, User},
    queue::Queue,
    right::Identity,
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Where a request came in; a new Report remembers it (IR-185).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Web,
    Rest2,
    Email,
    Cli,
}

impl Door {
    /// The value of How Reported.
    #[must_use]
    pub fn how_reported(self) -> &'static str {
        match self {
            Door::Web => "Web",
            Door::Rest2 => "REST2",
            Door::Email => "Email",
            Door::Cli => "CLI",
        }
    }
}

/// A user with everything their rights depend on.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user: User,
    pub identity: Identity,
    pub door: Door,
    pub acted: Acted,
    /// The constituency they chose to work in: lists, counts and queues to choose from are of it alone, and so is what they make
    /// (IR-159). It narrows and never widens; what may be done to a ticket does not depend on it.
    pub within: Option<ConstituencyId>,
}

/// The last act of somebody in this request, for a door that wants to offer its undoing; copies of an actor share it.
#[derive(Clone, Debug, Default)]
pub struct Acted(Arc<AtomicI64>);

impl Acted {
    #[must_use]
    pub fn last(&self) -> Option<ActId> {
        Some(self.0.load(Ordering::Relaxed)).filter(|id| *id != 0).map(ActId)
    }
    pub(crate) fn note(&self, act: ActId) {
        self.0.store(act.0, Ordering::Relaxed);
    }
}

impl Actor {
    /// The product itself, for rules, jobs and commands: may everything.
    #[must_use]
    pub fn system(door: Door) -> Self {
        let user = User {
            id: UserId::SYSTEM,
            name: "system".to_owned(),
            email: None,
            real_name: "Watchbell".to_owned(),
            organization: String::new(),
            privileged: true,
            disabled: false,
            time_zone: None,
            theme: Theme::System,
            keys: true,
            signature: String::new(),
        };
        let identity = Identity { user: UserId::SYSTEM, privileged: true, groups: vec![] };
        Self { user, identity, door, acted: Acted::default(), within: None }
    }

    /// Somebody known; disabled people can do nothing (TC-235).
    #[must_use]
    pub fn of(tx: &Tx, user: User, door: Door) -> Option<Self> {
        if user.disabled {
            return None;
        }
        let identity = Identity { user: user.id, privileged: user.privileged, groups: tx.catalog().groups_of(user.id) };
        Some(Self { user, identity, door, acted: Acted::default(), within: None })
    }

    /// By login, for commands and tests.
    pub async fn by_name(tx: &mut Tx, name: &str, door: Door) -> Result<Self> {
        let user = storage::person::by_name(&mut tx.db, name).await?.ok_or(Error::NotFound)?;
        Self::of(tx, user, door).ok_or(Error::NotFound)
    }

    #[must_use]
    pub fn id(&self) -> UserId {
        self.user.id
    }
    #[must_use]
    pub fn email(&self) -> Option<&EmailAddress> {
        self.user.email.as_ref()
    }
    /// The same, at work for all constituencies.
    #[must_use]
    pub fn everywhere(&self) -> Self {
        Self { within: None, ..self.clone() }
    }
    /// Whether a queue is of the constituency they work in.
    #[must_use]
    pub fn works_in(&self, queue: &Queue) -> bool {
        self.within.is_none_or(|within| queue.constituency == Some(within))
    }
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.user.id == UserId::SYSTEM
    }
}
