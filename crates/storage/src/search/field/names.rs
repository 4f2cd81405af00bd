//! What fields are called, and the columns behind the plain ones.

/// What can be asked for; shown when a name is nearly one of these.
pub const NAMES: &[&str] = &[
    "id",
    "EffectiveId",
    "Subject",
    "Description",
    "SLA",
    "Type",
    "Status",
    "StatusClass",
    "Queue",
    "Lifecycle",
    "Priority",
    "InitialPriority",
    "FinalPriority",
    "TimeWorked",
    "TimeEstimated",
    "TimeLeft",
    "Owner",
    "Creator",
    "LastUpdatedBy",
    "Requestor",
    "Cc",
    "AdminCc",
    "Watcher",
    "QueueCc",
    "QueueAdminCc",
    "QueueWatcher",
    "OwnerGroup",
    "RequestorGroup",
    "CcGroup",
    "AdminCcGroup",
    "WatcherGroup",
    "Created",
    "LastUpdated",
    "Starts",
    "Started",
    "Due",
    "SnoozedUntil",
    "Told",
    "Resolved",
    "TransactionDate",
    "UpdatedBy",
    "Linked",
    "LinkedTo",
    "LinkedFrom",
    "MemberOf",
    "HasMember",
    "DependsOn",
    "DependedOnBy",
    "RefersTo",
    "ReferredToBy",
    "Content",
    "Filename",
    "ContentType",
    "HasUnreadMessages",
    "HasNoUnreadMessages",
    "CF",
    "CustomFieldValue",
];

/// The known name nearest to one that is not.
pub(super) fn like(name: &str) -> Option<&'static str> {
    let wanted = name.to_ascii_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&known.to_ascii_lowercase(), &wanted);
    let nearest = NAMES.iter().map(|known| (distance(known), *known)).min()?;
    (nearest.0 <= (wanted.chars().count() / 3).max(1)).then_some(nearest.1)
}

pub(in crate::search) fn date_column(name: &str) -> Option<&'static str> {
    Some(match name {
        "created" => "t.created_at",
        "lastupdated" | "updated" => "t.updated_at",
        "starts" => "t.starts_at",
        "started" => "t.started_at",
        "due" => "t.due_at",
        "snoozeduntil" => "t.snoozed_until",
        "told" => "t.told_at",
        "resolved" => "t.resolved_at",
        _ => return None,
    })
}

pub(in crate::search) fn number_column(name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => "t.id",
        "priority" => "t.priority",
        "initialpriority" => "t.initial_priority",
        "finalpriority" => "t.final_priority",
        "timeworked" => "t.time_worked",
        "timeestimated" => "t.time_estimated",
        "timeleft" => "t.time_left",
        _ => return None,
    })
}

pub(in crate::search) fn roles(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "requestor" | "requestors" => &["Requestor"],
        "cc" => &["Cc"],
        "admincc" => &["AdminCc"],
        "watcher" | "watchers" => &["Requestor", "Cc", "AdminCc"],
        _ => return None,
    })
}

/// Whether a dot and another word may follow.
pub(super) fn has_parts(name: &str) -> bool {
    let people = ["owner", "creator", "lastupdatedby", "updatedby", "queuecc", "queueadmincc", "queuewatcher"];
    let custom = ["cf", "customfield"];
    roles(name).is_some() || people.contains(&name) || custom.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_nearly_right_is_guessed_and_a_wild_one_is_not() {
        assert_eq!(like("Requester"), Some("Requestor"));
        assert_eq!(like("statsu"), Some("Status"));
        assert_eq!(like("Colour"), None);
    }
}
