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

    pub(super) fn may_be_null(self) -> bool {
        matches!(self, Self::Due | Self::Starts | Self::Started | Self::Told | Self::Resolved | Self::SnoozedUntil)
    }
}

/// ` ORDER BY …`, always ending in the number so that the order is total. Unset dates come first (IR-292), as in the indexes.
pub(super) fn clause(order: &[OrderBy]) -> String {
    let mut keys: Vec<String> = order
        .iter()
        .map(|by| {
            let nulls = match (by.column.may_be_null(), by.descending) {
                (false, _) => "",
                (true, false) => " NULLS FIRST",
                (true, true) => " NULLS LAST",
            };
            format!("{}{}{nulls}", by.column.sql(), if by.descending { " DESC" } else { "" })
        })
        .collect();
    if !order.iter().any(|by| by.column == Order::Id) {
        // down when all goes down, so that an index can be walked backwards
        let descending = !order.is_empty() && order.iter().all(|by| by.descending);
        keys.push(format!("t.id{}", if descending { " DESC" } else { "" }));
    }
    format!(" ORDER BY {}", keys.join(", "))
}
