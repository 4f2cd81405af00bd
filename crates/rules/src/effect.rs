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
    CopyToIncidents {
        field: String,
    },
    /// Adds the values that a merged ticket's field has and this one's lacks (IR-191).
    UniteMerged {
        field: String,
    },
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
    /// Children move with their Incident to its new constituency (IR-155), and a child takes its family along where
    /// constituencies are inherited (IR-157).
    MoveFamily,
    /// The team of the ticket's constituency is its admin Cc, and no other constituency's (IR-162).
    ConstituencyTeam,
    /// Tells a firewall of a Countermeasure (IR-223).
    FirewallHook,
    /// Starts and Due by the service level (TC-216, TC-217).
    ServiceLevel,
    /// The service level that goes with the priority, where a map says so (IR-242).
    LevelByPriority,
    /// Copies other systems' `[tag #7]` from the subject of a message into the ticket's (TC-154).
    ExtractSubjectTag,
    SetStatus {
        status: String,
    },
    SetPriority {
        to: i64,
    },
    AddPriority {
        by: i64,
    },
    /// A step from the priority towards the final one, or its place on the line that ends there when Due comes (TC-074).
    AgePriority {
        #[serde(default)]
        linear: bool,
    },
    /// A login, or `Nobody`.
    SetOwner {
        owner: String,
    },
    /// The field holds exactly these values afterwards; a multi-valued one keeps what it has with `add`.
    SetField {
        field: String,
        values: Vec<String>,
        #[serde(default)]
        add: bool,
    },
    ClearField {
        field: String,
    },
    FieldToNow {
        field: String,
    },
    /// Writes what the template says on the ticket, for staff.
    RecordComment {
        template: String,
    },
    /// The same for correspondents.
    RecordCorrespondence {
        template: String,
    },
    /// From this ticket to another one or an address outside; the relation is RT's word for it.
    Link {
        relation: String,
        target: String,
    },
    /// In a queue by name, with what the template says, and with a relation from the new ticket to this one if there is one.
    CreateTicket {
        queue: String,
        template: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relation: Option<String>,
    },
    /// Tells somebody whom the machine's configuration names of the ticket and the change.
    Call {
        receiver: String,
    },
    /// Minutes worked are booked on the tickets this one is a member of, too.
    TimeToParents,
    /// The acknowledgement to requestors; never to a machine (TC-188).
    Autoreply {
        template: String,
    },
    Notify {
        to: Vec<Recipients>,
        template: String,
        /// Sent from the comment address, so that answers stay internal.
        #[serde(default)]
        as_comment: bool,
        /// Whether whoever made the change is mailed, too; their preference says so otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<ToAuthor>,
    },
    /// To groups, logins and addresses by name.
    NotifyNamed {
        to: Vec<String>,
        template: String,
        #[serde(default)]
        as_comment: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<ToAuthor>,
    },
}

impl Effect {
    /// One of each kind: what can be written.
    #[must_use]
    pub fn examples() -> Vec<Self> {
        let text = |text: &str| text.to_owned();
        vec![
            Self::FindIps,
            Self::FindDomains,
            Self::FindCves,
            Self::SetHowReported,
            Self::Activate,
            Self::CopyToIncidents { field: text("IP") },
            Self::UniteMerged { field: text("IP") },
            Self::IncidentDue,
            Self::CloseChildren,
            Self::DefaultResolution,
            Self::OpenIncidents,
            Self::CountermeasureOnReply,
            Self::OwnerToChildren,
            Self::OwnerToIncidents,
            Self::MoveFamily,
            Self::ConstituencyTeam,
            Self::FirewallHook,
            Self::ServiceLevel,
            Self::LevelByPriority,
            Self::ExtractSubjectTag,
            Self::SetStatus { status: text("resolved") },
            Self::SetPriority { to: 80 },
            Self::AddPriority { by: 10 },
            Self::AgePriority { linear: false },
            Self::SetOwner { owner: text("Nobody") },
            Self::SetField { field: text("Function"), values: vec![text("AbuseDesk")], add: false },
            Self::ClearField { field: text("Customer") },
            Self::FieldToNow { field: text("Description") },
            Self::RecordComment { template: text("Status Change") },
            Self::RecordCorrespondence { template: text("Status Change") },
            Self::Link { relation: text("RefersTo"), target: text("42") },
            Self::CreateTicket { queue: text("General"), template: text("Transaction"), relation: Some(text("RefersTo")) },
            Self::Call { receiver: text("siem") },
            Self::TimeToParents,
            Self::Autoreply { template: text("Autoreply") },
            Self::Notify {
                to: vec![Recipients::Requestors, Recipients::OwnerOrAdminCcs],
                template: text("Transaction"),
                as_comment: false,
                author: None,
            },
            Self::NotifyNamed {
                to: vec![text("DutyTeam"), text("noc@example.net")],
                template: text("Transaction"),
                as_comment: true,
                author: Some(ToAuthor::Always),
            },
        ]
    }

    /// The template it is written from.
    #[must_use]
    pub fn template(&self) -> Option<&str> {
        match self {
            Self::Autoreply { template }
            | Self::Notify { template, .. }
            | Self::NotifyNamed { template, .. }
            | Self::RecordComment { template }
            | Self::CreateTicket { template, .. }
            | Self::RecordCorrespondence { template } => Some(template),
            _ => None,
        }
    }
    /// The custom field it is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::CopyToIncidents { field }
            | Self::UniteMerged { field }
            | Self::SetField { field, .. }
            | Self::ClearField { field }
            | Self::FieldToNow { field } => Some(field),
            _ => None,
        }
    }
}

/// Whether a letter goes to whoever made the change that it tells of (TC-164).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToAuthor {
    Always,
    Never,
}

impl ToAuthor {
    /// As they are written.
    pub const WORDS: [&str; 2] = ["always", "never"];
}

/// Whom a notification is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipients {
    Requestors,
    Owner,
    Ccs,
    AdminCcs,
    /// The owner; the admin Ccs while nobody owns it.
    OwnerOrAdminCcs,
    /// The one-time Cc and Bcc of the message.
    Others,
}

impl Recipients {
    /// The role its members hold on a ticket that is owned or not; none for one-time recipients.
    #[must_use]
    pub fn role(self, is_owned: bool) -> Option<Role> {
        match self {
            Recipients::Requestors => Some(Role::Requestor),
            Recipients::OwnerOrAdminCcs if !is_owned => Some(Role::AdminCc),
            Recipients::Owner | Recipients::OwnerOrAdminCcs => Some(Role::Owner),
            Recipients::Ccs => Some(Role::Cc),
            Recipients::AdminCcs => Some(Role::AdminCc),
            Recipients::Others => None,
        }
    }
}
