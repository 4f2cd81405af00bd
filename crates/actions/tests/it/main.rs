//! The verbs, on both databases.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod at_hand;
mod automation;
mod bulk;
mod constituency;
mod digest;
mod family;
mod field;
mod fourth_type;
mod history;
mod incident;
mod incident_rule;
mod joining;
mod left_out;
mod letter;
mod lifecycle;
mod link;
mod lists;
mod live;
mod lock;
mod markdown;
mod merge;
mod people;
mod preview;
mod property;
mod rights;
mod rule;
mod rule_effect;
mod service_level;
mod setting;
mod snooze;
mod status;
mod story;
mod template;
mod ticket;
mod undo;
