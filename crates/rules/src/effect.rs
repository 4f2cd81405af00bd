//! What a rule does. Each is carried out by one verb, as the system unless said otherwise (IR-172).

use domain::Role;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Effect {
    /// Adds addresses found in the message to the field IP (IR-193).
    FindIps,
    /// IR-200.
    FindDomains,
    /// IR-202.
    FindCves,
    /// IR-185.
    SetHowReported,
    /// To the first active status that can be reached (IR-186, IR-187, TC-154).
    Activate,
    /// Copies a field's values from a Report to its Incidents (IR-189).
    CopyToIncidents { field: String },
    /// Adds the values that a merged ticket's field has and this one's lacks (IR-191).
    UniteMerged { field: String },
    /// Adds the institutions of added addresses to Customer (IR-126).
    AddInstitutions,
    /// Takes away what that rule added and no address supports any more (IR-127).
    ForgetInstitutions,
    /// Keeps Due of the ticket's Incidents at the earliest of their children (IR-204).
    IncidentDue,
    /// IR-212.
    CloseChildren,
    /// IR-218.
    DefaultResolution,
    /// IR-215.
    OpenIncidents,
    /// IR-221.
    CountermeasureOnReply,
    /// IR-224, with the rights of whoever changed the owner.
    OwnerToChildren,
    /// IR-225, likewise.
    OwnerToIncidents,
    /// Starts and Due by the service level (TC-216, TC-217).
    ServiceLevel,
    /// The service level that goes with the priority, where a map says so (IR-242).
    LevelByPriority,
    /// The acknowledgement to requestors; never to a machine (TC-188).
    Autoreply { template: String },
    Notify {
        to: Vec<Recipients>,
        template: String,
        /// Sent from the comment address, so that answers stay internal.
        #[serde(default)]
        as_comment: bool,
    },
}

/// Whom a notification is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipients {
    Requestors,
    Owner,
    Ccs,
    AdminCcs,
    /// The one-time Cc and Bcc of the message.
    Others,
}

impl Recipients {
    #[must_use]
    pub fn role(self) -> Option<Role> {
        match self {
            Recipients::Requestors => Some(Role::Requestor),
            Recipients::Owner => Some(Role::Owner),
            Recipients::Ccs => Some(Role::Cc),
            Recipients::AdminCcs => Some(Role::AdminCc),
            Recipients::Others => None,
        }
    }
}
