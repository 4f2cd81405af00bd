//! Queues: the container that decides lifecycle, addresses, rights, rules and fields (TC-121).

use crate::{ConstituencyId, QueueId, TicketKind, person::EmailAddress};

#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    pub description: String,
    pub correspond_address: Option<EmailAddress>,
    pub comment_address: Option<EmailAddress>,
    pub lifecycle: String,
    /// Replaces the installation's name in the subject tag.
    pub subject_tag: Option<String>,
    pub sort_order: i64,
    /// Service levels are switched off here (IR-008).
    pub levels_disabled: bool,
    pub default_level: Option<String>,
    pub initial_priority: i64,
    pub final_priority: i64,
    pub constituency: Option<ConstituencyId>,
    pub disabled: bool,
}

impl Queue {
    #[must_use]
    pub fn kind(&self) -> TicketKind {
        TicketKind::of_lifecycle(&self.lifecycle)
    }
}

/// A group of customers served apart from others by the same installation (IR-145).
#[derive(Clone, Debug, PartialEq)]
pub struct Constituency {
    pub id: ConstituencyId,
    pub name: String,
    pub description: String,
}
