//! Who asks, and through which door.

use crate::{Error, Result, Tx};
use domain::{
    ActId, UserId,
    person::{EmailAddress, Theme, User},
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
        Self { user, identity, door, acted: Acted::default() }
    }

    /// Somebody known; disabled people can do nothing (TC-235).
    #[must_use]
    pub fn of(tx: &Tx, user: User, door: Door) -> Option<Self> {
        if user.disabled {
            return None;
        }
        let identity = Identity { user: user.id, privileged: user.privileged, groups: tx.catalog().groups_of(user.id) };
        Some(Self { user, identity, door, acted: Acted::default() })
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
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.user.id == UserId::SYSTEM
    }
}
