//! Lifecycles: named sets of statuses, the moves between them, and the actions offered for those moves (TC section 3).
//! They are data; [`seeded`] holds the five that a fresh installation starts with.

mod check;
pub mod seeded;

pub use check::{Flaw, MissingMap};

use crate::{Right, StatusClass};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The message form that an action opens first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Update {
    Respond,
    Comment,
    None,
}

/// One entry of a ticket's Actions menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Statuses it is offered in; empty means any.
    #[serde(default)]
    pub from: Vec<String>,
    pub to: String,
    pub label: String,
    pub update: Update,
    /// Carried out by somebody else than the owner, it makes them the owner first (IR-051).
    #[serde(default)]
    pub take_first: bool,
}

/// A named state machine; statuses are stored in lower case (TC-031).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    pub name: String,
    #[serde(default)]
    pub initial: Vec<String>,
    #[serde(default)]
    pub active: Vec<String>,
    #[serde(default)]
    pub inactive: Vec<String>,
    /// Empty: the first initial status, else the first active one (TC-007).
    #[serde(default)]
    pub on_create: String,
    /// What a ticket that was merged away counts as.
    #[serde(default)]
    pub merged_as: String,
    /// Statuses a ticket may be created in; none given means all but `deleted` (TC-034).
    #[serde(default)]
    pub creatable: Vec<String>,
    /// None given at all means that every status can go to every other (TC-034).
    #[serde(default)]
    pub transitions: BTreeMap<String, Vec<String>>,
    /// `"from -> to"` to the name of the right needed; `*` stands for any status on either side.
    #[serde(default)]
    pub rights: BTreeMap<String, String>,
    #[serde(default)]
    pub actions: Vec<Action>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    /// Statuses that are shown otherwise than in lower case.
    pub display: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Outcomes::is_none")]
    pub outcomes: Outcomes,
    /// Other lifecycle to status to status, for moves and for closing children.
    #[serde(default)]
    pub maps: BTreeMap<String, BTreeMap<String, String>>,
}

/// Statuses that follow from approvals (TC-032).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outcomes {
    pub approved: Option<String>,
    pub denied: Option<String>,
}

impl Outcomes {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Status '{0}' isn't a valid status for this ticket.")]
    Unknown(String),
    #[error("You can't change status from '{0}' to '{1}'.")]
    Forbidden(String, String),
    #[error("New tickets can't have status '{0}' in this queue.")]
    NotAtCreation(String),
}

impl Lifecycle {
    /// Initial, then active, then inactive, each in its own order.
    pub fn statuses(&self) -> impl Iterator<Item = &str> {
        self.initial.iter().chain(&self.active).chain(&self.inactive).map(String::as_str)
    }

    #[must_use]
    pub fn class(&self, status: &str) -> Option<StatusClass> {
        let is_in = |list: &[String]| list.iter().any(|one| one == status);
        if is_in(&self.initial) {
            Some(StatusClass::Initial)
        } else if is_in(&self.active) {
            Some(StatusClass::Active)
        } else {
            is_in(&self.inactive).then_some(StatusClass::Inactive)
        }
    }

    /// The status as stored, whatever case it was typed in.
    #[must_use]
    pub fn canonical(&self, status: &str) -> Option<&str> {
        self.statuses().find(|one| one.eq_ignore_ascii_case(status.trim()))
    }

    pub fn at_creation(&self, wanted: Option<&str>) -> Result<&str, Refusal> {
        let Some(wanted) = wanted.filter(|text| !text.trim().is_empty()) else { return Ok(self.first_status()) };
        let status = self.canonical(wanted).ok_or_else(|| Refusal::Unknown(wanted.to_owned()))?;
        if self.is_creatable(status) { Ok(status) } else { Err(Refusal::NotAtCreation(status.to_owned())) }
    }

    /// The status of a ticket that is given none.
    #[must_use]
    pub fn first_status(&self) -> &str {
        let first = || self.statuses().next().unwrap_or_default();
        if self.on_create.is_empty() { first() } else { &self.on_create }
    }

    #[must_use]
    pub fn is_creatable(&self, status: &str) -> bool {
        if self.creatable.is_empty() { status != "deleted" } else { self.creatable.iter().any(|one| one == status) }
    }

    /// The status as people read it.
    #[must_use]
    pub fn shown<'a>(&'a self, status: &'a str) -> &'a str {
        self.display.get(status).map_or(status, String::as_str)
    }

    /// Where a move leads, if it is one of this lifecycle's.
    pub fn step(&self, from: &str, to: &str) -> Result<&str, Refusal> {
        let status = self.canonical(to).ok_or_else(|| Refusal::Unknown(to.to_owned()))?;
        if self.reaches(from, status) { Ok(status) } else { Err(Refusal::Forbidden(from.to_owned(), status.to_owned())) }
    }

    #[must_use]
    pub fn reaches(&self, from: &str, to: &str) -> bool {
        if self.transitions.is_empty() {
            return from != to;
        }
        self.transitions.get(from).is_some_and(|list| list.iter().any(|one| one == to))
    }

    /// Right needed for a move, the most exact entry first (TC-035).
    #[must_use]
    pub fn right(&self, from: &str, to: &str) -> Right {
        let named = [format!("{from} -> {to}"), format!("* -> {to}"), format!("{from} -> *"), "* -> *".to_owned()];
        named.iter().find_map(|key| self.rights.get(key)).and_then(|name| Right::parse(name)).unwrap_or(if to == "deleted" {
            Right::DeleteTicket
        } else {
            Right::ModifyTicket
        })
    }

    /// The first active status that can be reached from here: what reopening or activating leads to.
    #[must_use]
    pub fn first_active_from(&self, from: &str) -> Option<&str> {
        self.active.iter().map(String::as_str).find(|status| *status != from && self.reaches(from, status))
    }

    /// What the Actions menu offers in a status; an action for any status gives way to an exact one for the same target (IR-049).
    pub fn actions_from<'a>(&'a self, status: &'a str) -> impl Iterator<Item = &'a Action> {
        let exact = move |to: &str| self.actions.iter().any(|other| other.to == to && other.from.iter().any(|one| one == status));
        self.actions.iter().filter(move |action| {
            let offered = action.from.iter().any(|one| one == status) || (action.from.is_empty() && !exact(&action.to));
            offered && action.to != status && self.reaches(status, &action.to)
        })
    }
}

/// All lifecycles of the installation.
#[derive(Clone, Debug, Default)]
pub struct Lifecycles(BTreeMap<String, Lifecycle>);

impl Lifecycles {
    #[must_use]
    pub fn new(all: impl IntoIterator<Item = Lifecycle>) -> Self {
        Self(all.into_iter().map(|one| (one.name.clone(), one)).collect())
    }
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Lifecycle> {
        self.0.get(name)
    }
    pub fn iter(&self) -> impl Iterator<Item = &Lifecycle> {
        self.0.values()
    }
    /// The status that one of `from` becomes in `to`; `None` when the map has no entry (IR-072).
    #[must_use]
    pub fn map(&self, from: &str, to: &str, status: &str) -> Option<&str> {
        if from == to {
            return self.get(to).and_then(|lifecycle| lifecycle.canonical(status));
        }
        self.get(from)?.maps.get(to)?.get(status).map(String::as_str)
    }
}
