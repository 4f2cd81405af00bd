//! What is true without a computer: tickets, lifecycles, fields, rights, changes and the incident-response
//! relations, as plain types and pure decisions. No IO, no clock, no SQL; `now` is always an argument.

pub mod ageing;
pub mod attachment_words;
pub mod authentication;
pub mod bulk;
pub mod change;
pub mod chart;
pub mod custom_field;
pub mod dashboard;
pub mod detector;
pub mod digest;
pub mod envelope;
pub mod file_kind;
pub mod fourth_type;
pub mod html_safe;
pub mod html_text;
pub mod id;
pub mod incident;
pub mod invitation;
pub mod ip_range;
pub mod layout;
pub mod lifecycle;
pub mod link;
pub mod lock;
pub mod markdown;
pub mod moment;
pub mod observable;
pub mod passage;
pub mod person;
pub mod picture;
pub mod preference;
pub mod priority;
pub mod queue;
pub mod quotation;
pub mod right;
pub mod search_words;
pub mod service_level;
pub mod setting;
pub mod subscription;
pub mod ticket;
pub mod undo;
pub mod worktime;

pub use id::{
    ActId, BatchId, ChangeId, ConstituencyId, FieldId, GroupId, LinkId, QueueId, RuleId, TemplateId, TicketId, TokenId, UserId,
};
pub use right::{Right, Role};
pub use ticket::{StatusClass, Ticket, TicketKind};
