//! The order of a list.

/// What a list can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Id,
    Subject,
    Status,
    Queue,
    Owner,
    Priority,
    Created,
    Updated,
    Due,
    Starts,
    Started,
    Told,
    Resolved,
    SnoozedUntil,
    TimeWorked,
    TimeLeft,
}

/// What the keys of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderBy {
    pub column: Order,
    pub descending: bool,
}

impl OrderBy {
    #[must_use]
    pub fn ascending(column: Order) -> Self {
        Self { column, descending: false }
    }
    #[must_use]
    pub fn descending(column: Order) -> Self {
        Self { column, descending: true }
    }
}

impl Order {
    /// By RT's column name, whatever the case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "id" => Self::Id,
            "subject" => Self::Subject,
            "status" => Self::Status,
            "queue" => Self::Queue,
            "owner" => Self::Owner,
            "priority" => Self::Priority,
            "created" => Self::Created,
            "lastupdated" => Self::Updated,
            "due" => Self::Due,
            "starts" => Self::Starts,
            "started" => Self::Started,
            "told" => Self::Told,
            "resolved" => Self::Resolved,
            "snoozeduntil" => Self::SnoozedUntil,
            "timeworked" => Self::TimeWorked,
            "timeleft" => Self::TimeLeft,
            _ => return None,
        })
    }

    /// References sort by name, not by number (TC-263).
    pub(super) fn sql(self) -> &'static str {
        match self {
            Self::Id => "t.id",
            Self::Subject => "lower(t.subject)",
            Self::Status => "t.status",
            Self::Queue => "(SELECT q.name FROM queues q WHERE q.id = t.queue_id)",
            Self::Owner => "(SELECT u.name FROM users u WHERE u.id = t.owner_id)",
            Self::Priority => "t.priority",
            Self::Created => "t.created_at",
            Self::Updated => "t.updated_at",
            Self::Due => "t.due_at",
            Self::Starts => "t.starts_at",
            Self::Started => "t.started_at",
            Self::Told => "t.told_at",
            Self::Resolved => "t.resolved_at",
            Self::SnoozedUntil => "t.snoozed_until",
            Self::TimeWorked => "t.time_worked",
            Self::TimeLeft => "t.time_left",
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Id | Self::Priority | Self::TimeWorked | Self::TimeLeft => Kind::Number,
            Self::Subject | Self::Status | Self::Queue | Self::Owner => Kind::Text,
            Self::Created
            | Self::Updated
            | Self::Due
            | Self::Starts
            | Self::Started
            | Self::Told
            | Self::Resolved
            | Self::SnoozedUntil => Kind::Date,
        }
    }

    pub(super) fn may_be_null(self) -> bool {
        matches!(self, Self::Due | Self::Starts | Self::Started | Self::Told | Self::Resolved | Self::SnoozedUntil)
    }
}

/// With the number at its end, so that no two tickets have the same place. It goes down when all goes down, so that an index can be
/// walked backwards.
pub(super) fn total(order: &[OrderBy]) -> Vec<OrderBy> {
    let mut order = order.to_vec();
    if !order.iter().any(|by| by.column == Order::Id) {
        let descending = !order.is_empty() && order.iter().all(|by| by.descending);
        order.push(OrderBy { column: Order::Id, descending });
    }
    order
}

/// The same list from its end.
pub(super) fn turned(order: &[OrderBy]) -> Vec<OrderBy> {
    let turn = |by: OrderBy| OrderBy { descending: !by.descending, ..by };
    total(order).into_iter().map(turn).collect()
}

/// ` ORDER BY …`, always total. Unset dates come first (IR-292), as in the indexes.
pub(super) fn clause(order: &[OrderBy]) -> String {
    let key = |by: &OrderBy| {
        let nulls = match (by.column.may_be_null(), by.descending) {
            (false, _) => "",
            (true, false) => " NULLS FIRST",
            (true, true) => " NULLS LAST",
        };
        format!("{}{}{nulls}", by.column.sql(), if by.descending { " DESC" } else { "" })
    };
    let keys: Vec<String> = total(order).iter().map(key).collect();
    format!(" ORDER BY {}", keys.join(", "))
}
