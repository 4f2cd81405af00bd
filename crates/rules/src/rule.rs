//! A rule: when which change happens in which queues, and a condition holds, do this.

use crate::Effect;
use domain::{QueueId, RuleId, change::ChangeKind};
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
        let condition = match definition.when.trim() {
            "" => None,
            text => Some(
                query::parse(text)
                    .map_err(|error| InvalidRule::Condition { name: name.to_owned(), message: error.to_string() })?,
            ),
        };
        Ok(Self { id, name: name.to_owned(), definition, condition })
    }
}
