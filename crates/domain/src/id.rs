//! Numbers of things, each with its own type so that one cannot be taken for another.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.0) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.trim().parse().map($name) }
        }
    )*};
}

ids! {
    /// The number people type, unique over all queues.
    TicketId,
    QueueId, UserId, GroupId, ConstituencyId, ChangeId, FieldId, LinkId, RuleId, TemplateId, TokenId, ActId, BatchId,
}

impl UserId {
    /// The product itself: rules act as this user (RT: RT_System).
    pub const SYSTEM: UserId = UserId(1);
    /// The owner of unowned tickets (RT: Nobody).
    pub const NOBODY: UserId = UserId(2);
}
