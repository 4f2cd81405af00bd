//! Queues: the container that decides lifecycle, addresses, rights, rules and fields (TC-121).

use crate::{ConstituencyId, QueueId, TicketKind, person::EmailAddress, priority::Scale};

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
    /// When tickets are due and start that are given no date: text such as "2 weeks", read when they are made (TC-008).
    pub default_due: Option<String>,
    pub default_starts: Option<String>,
    /// Names of priorities, where they differ from the installation's (TC-073).
    pub scale: Option<Scale>,
    /// Where its business hours are kept, if elsewhere (TC-214).
    pub time_zone: Option<String>,
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
