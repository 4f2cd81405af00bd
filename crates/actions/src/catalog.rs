//! What administrators have set up, kept in memory and read again when its version in the database moves.

mod addresses;
mod fields;
mod settings;
mod work;

use crate::directory::Directory;
use domain::{
    FieldId, GroupId, QueueId, Role, TicketKind, UserId,
    custom_field::CustomField,
    fourth_type::queue_named,
    lifecycle::{Lifecycle, Lifecycles},
    queue::{Constituency, Queue},
    right::Grants,
    service_level::{Calendar, ServiceLevel},
    setting::list,
};
use rules::Rule;
use std::collections::HashMap;
use storage::catalog::Applied;

/// Queues, lifecycles, fields, levels, groups, grants, rules, templates and settings, ready to be asked.
#[derive(Clone, Debug)]
pub struct Catalog {
    pub version: i64,
    pub lifecycles: Lifecycles,
    pub grants: Grants,
    settings: settings::Settings,
    queues: Vec<Queue>,
    queue_people: Vec<(QueueId, Role, UserId)>,
    /// The same with the members of watching groups.
    queue_watchers: Vec<(QueueId, Role, UserId)>,
    queue_watcher_groups: Vec<(QueueId, Role, GroupId)>,
    fields: Vec<CustomField>,
    applied: Vec<Applied>,
    queue_values: Vec<(QueueId, FieldId, String)>,
    directory: Option<Directory>,
    constituencies: Vec<Constituency>,
    groups: Vec<(GroupId, String)>,
    memberships: HashMap<UserId, Vec<GroupId>>,
    rules: Vec<Rule>,
    templates: Vec<(Option<QueueId>, String, String)>,
    calendars: Vec<Calendar>,
    levels: Vec<ServiceLevel>,
}

impl Catalog {
    /// What cannot be read is left out and logged: a broken rule must not stop the desk.
    pub(crate) fn new(rows: storage::catalog::Rows) -> Self {
        let memberships = closure(&rows.user_members, &rows.group_members, &rows.groups);
        let rules = rows.rules.iter().filter(|(_, _, enabled, _)| *enabled);
        let settings = settings::Settings::read(rows.settings, (&rows.queues, &rows.constituencies));
        let catalog = Self {
            version: rows.version,
            lifecycles: Lifecycles::new(read_all(&rows.lifecycles, "lifecycle")),
            grants: Grants::new(rows.grants),
            settings,
            queues: rows.queues,
            queue_watchers: work::watchers(&rows.queue_watchers, &rows.queue_watcher_groups, &memberships),
            queue_people: rows.queue_watchers,
            queue_watcher_groups: rows.queue_watcher_groups,
            fields: rows.fields,
            applied: rows.applied,
            queue_values: rows.queue_values,
            constituencies: rows.constituencies,
            memberships,
            groups: rows.groups,
            rules: rules
                .filter_map(|(id, name, _, definition)| {
                    Rule::read(*id, name, definition).inspect_err(|error| tracing::error!(%error, "rule left out")).ok()
                })
                .collect(),
            templates: rows.templates,
            calendars: read_all(&rows.calendars, "calendar"),
            levels: read_all(&rows.service_levels, "service level"),
            directory: None,
        };
        catalog.with_outside_values()
    }

    pub fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.queues.iter()
    }
    #[must_use]
    pub fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.id == id)
    }
    /// By name in any case, by alias (IR-011), or by number.
    #[must_use]
    pub fn queue_named(&self, name: &str) -> Option<&Queue> {
        let name = name.trim();
        queue_named(&self.queues, name).or_else(|| name.parse().ok().and_then(|id| self.queue(QueueId(id))))
    }
    /// The queue of a kind that belongs to the same constituency, else the first of the kind (IR-152).
    #[must_use]
    pub fn queue_beside(&self, kind: TicketKind, like: &Queue) -> Option<&Queue> {
        let of_kind = || self.queues.iter().filter(|queue| queue.kind() == kind && !queue.disabled);
        of_kind().find(|queue| queue.constituency == like.constituency).or_else(|| of_kind().next())
    }
    #[must_use]
    pub fn lifecycle(&self, queue: &Queue) -> Option<&Lifecycle> {
        self.lifecycles.get(&queue.lifecycle)
    }
    #[must_use]
    pub fn constituency(&self, queue: &Queue) -> Option<&Constituency> {
        queue.constituency.and_then(|id| self.constituencies.iter().find(|one| one.id == id))
    }
    pub fn constituencies(&self) -> impl Iterator<Item = &Constituency> {
        self.constituencies.iter()
    }
    #[must_use]
    pub fn queue_watchers(&self, queue: QueueId, role: Role) -> Vec<UserId> {
        self.queue_watchers.iter().filter(|(id, watched, _)| *id == queue && *watched == role).map(|(_, _, user)| *user).collect()
    }

    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &str)> {
        self.groups.iter().map(|(id, name)| (*id, name.as_str()))
    }
    #[must_use]
    pub fn groups_of(&self, user: UserId) -> Vec<GroupId> {
        self.memberships.get(&user).cloned().unwrap_or_default()
    }
    /// A member, directly or through groups, of any group whose name contains `DutyTeam` (IR-132).
    #[must_use]
    pub fn is_staff(&self, user: UserId) -> bool {
        let team = |id: &GroupId| self.groups.iter().any(|(group, name)| group == id && name.to_lowercase().contains("dutyteam"));
        self.memberships.get(&user).is_some_and(|groups| groups.iter().any(team))
    }

    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
    /// Whether any queue, or all, have a template of this name.
    #[must_use]
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.iter().any(|(_, template, _)| template == name)
    }
    /// Each as often as there are templates of it.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.templates.iter().map(|(_, name, _)| name.as_str())
    }
    /// The queue's own template of this name, else the one for all (TC-151).
    #[must_use]
    pub fn template(&self, queue: QueueId, name: &str) -> Option<&str> {
        let named =
            |scope: Option<QueueId>| self.templates.iter().find(|(queue, template, _)| *queue == scope && template == name);
        named(Some(queue)).or_else(|| named(None)).map(|(_, _, content)| content.as_str())
    }
    #[must_use]
    pub fn template_for_all(&self, name: &str) -> Option<&str> {
        let found = self.templates.iter().find(|(queue, template, _)| queue.is_none() && template == name);
        found.map(|(_, _, content)| content.as_str())
    }
    #[must_use]
    pub fn level(&self, name: &str) -> Option<(&ServiceLevel, &Calendar)> {
        let level = self.levels.iter().find(|level| level.name == name)?;
        Some((level, self.calendars.iter().find(|calendar| calendar.name == level.calendar)?))
    }
    pub fn levels(&self) -> impl Iterator<Item = &ServiceLevel> {
        self.levels.iter()
    }

    /// The name in the subject tag of a queue's mails (IR-261).
    #[must_use]
    pub fn tag_of<'a>(&'a self, queue: &'a Queue) -> &'a str {
        queue.subject_tag.as_deref().unwrap_or_else(|| self.installation())
    }
    /// Every name that a subject tag may carry.
    #[must_use]
    pub fn tags(&self) -> Vec<&str> {
        let mut tags = vec![self.installation()];
        tags.extend(self.setting_list(list::FORMER_INSTALLATIONS));
        tags.extend(self.queues.iter().filter_map(|queue| queue.subject_tag.as_deref()));
        tags
    }
}

fn read_all<T: serde::de::DeserializeOwned>(texts: &[String], what: &str) -> Vec<T> {
    texts
        .iter()
        .filter_map(|text| {
            serde_json::from_str(text).inspect_err(|error| tracing::error!(%error, "unreadable {what} left out")).ok()
        })
        .collect()
}

/// Every group each user is in, through any depth of nesting; circles do no harm.
fn closure(
    users: &[(GroupId, UserId)],
    groups: &[(GroupId, GroupId)],
    enabled: &[(GroupId, String)],
) -> HashMap<UserId, Vec<GroupId>> {
    let is_enabled = |group: &GroupId| enabled.iter().any(|(id, _)| id == group);
    let mut all: HashMap<UserId, Vec<GroupId>> = HashMap::new();
    for (group, user) in users {
        let mine = all.entry(*user).or_default();
        let mut waiting = vec![*group];
        while let Some(group) = waiting.pop() {
            if is_enabled(&group) && !mine.contains(&group) {
                mine.push(group);
                waiting.extend(groups.iter().filter(|(_, member)| *member == group).map(|(outer, _)| *outer));
            }
        }
    }
    all
}
