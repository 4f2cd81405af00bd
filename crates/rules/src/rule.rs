//! A rule: when which change happens in which queues, and a condition holds, do this.

use crate::{Effect, Happened, Schedule};
use domain::{
    QueueId, RuleId,
    change::{ChangeKind, NewChange},
};
use query::Query;
use serde::{Deserialize, Serialize};

/// A rule as it is stored and edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Kinds of change it answers.
    pub on: Vec<ChangeKind>,
    /// Lifecycles it applies to; none means all.
    #[serde(default)]
    pub lifecycles: Vec<String>,
    /// Queues it applies to; none means all.
    #[serde(default)]
    pub queues: Vec<QueueId>,
    /// A search expression over ticket and change; empty always holds.
    #[serde(default)]
    pub when: String,
    #[serde(default)]
    pub stage: Stage,
    /// By the clock, on every ticket found then, instead of on a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    pub effects: Vec<Effect>,
}

/// When a rule runs (TC-149).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Right after the change.
    #[default]
    Immediate,
    /// Once, when the whole update is done.
    Batch,
}

/// A rule ready to be asked.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: RuleId,
    pub name: String,
    pub definition: Definition,
    pub condition: Option<Query>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRule {
    #[error("rule “{name}”: {message}")]
    Definition { name: String, message: String },
    #[error("rule “{name}”, condition: {message}")]
    Condition { name: String, message: String },
}

impl Rule {
    /// Reads a stored definition (JSON text).
    pub fn read(id: RuleId, name: &str, definition: &str) -> Result<Self, InvalidRule> {
        let definition: Definition = serde_json::from_str(definition)
            .map_err(|error| InvalidRule::Definition { name: name.to_owned(), message: error.to_string() })?;
        let condition =
            condition(&definition.when).map_err(|message| InvalidRule::Condition { name: name.to_owned(), message })?;
        Ok(Self { id, name: name.to_owned(), definition, condition })
    }

    /// Whether its condition asks about a field of this name.
    #[must_use]
    pub fn asks_about(&self, field: &str) -> bool {
        self.condition.as_ref().is_some_and(|condition| query::fields(condition).iter().any(|asked| asked.is(field)))
    }
}

/// What is wrong with a condition, if anything is: its form, or a fact that does not exist.
pub fn check_condition(text: &str) -> Result<(), String> {
    condition(text).map(drop)
}

/// A condition read, or one sentence of what is wrong with it: its form, or a fact that does not exist.
fn condition(text: &str) -> Result<Option<Query>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let condition = query::parse(text).map_err(|error| error.to_string())?;
    let change = NewChange::new(ChangeKind::Create);
    query::matches(&condition, &Happened::nothing(&change)).map_err(|error| error.to_string())?;
    Ok(Some(condition))
}
