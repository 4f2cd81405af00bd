//! Lists in groups: a heading wherever the column that they are ordered by first changes.

use actions::lists::{Listed, Order};
use http_door::text::t;

use super::Shown;
use domain::layout::Column;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Status,
    Queue,
    Owner,
    Priority,
}

impl Group {
    pub(crate) const ALL: [Self; 4] = [Self::Status, Self::Queue, Self::Owner, Self::Priority];

    /// As addresses write it, and as orders are called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Queue => "Queue",
            Self::Owner => "Owner",
            Self::Priority => "Priority",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    pub(crate) fn order(self) -> Order {
        match self {
            Self::Status => Order::Status,
            Self::Queue => Order::Queue,
            Self::Owner => Order::Owner,
            Self::Priority => Order::Priority,
        }
    }

    pub(crate) fn title(self) -> String {
        match self {
            Self::Status => Column::Status,
            Self::Queue => Column::Queue,
            Self::Owner => Column::Owner,
            Self::Priority => Column::Priority,
        }
        .title()
    }

    /// What the rows of a group have in common.
    pub(super) fn of(self, row: &Listed) -> String {
        let ticket = &row.ticket;
        match self {
            Self::Status => ticket.status.clone(),
            Self::Queue => row.queue.clone(),
            Self::Owner if ticket.is_owned() => row.owner.clone(),
            Self::Owner => t("chip-nobody").into_owned(),
            Self::Priority => row.priority.clone().unwrap_or_else(|| ticket.priority.to_string()),
        }
    }
}
