//! What the catalog says about how a queue's work is measured: priorities, service levels, who watches.

use super::Catalog;
use domain::{
    GroupId, QueueId, Role, UserId,
    priority::Scale,
    queue::Queue,
    service_level::{Calendar, ServiceLevel, classic},
    setting::list,
};
use jiff::{Span, Timestamp, ToSpan, tz::TimeZone};
use std::collections::HashMap;

/// People who watch queues, themselves or by a group they are in.
pub(super) fn watchers(
    people: &[(QueueId, Role, UserId)],
    groups: &[(QueueId, Role, GroupId)],
    memberships: &HashMap<UserId, Vec<GroupId>>,
) -> Vec<(QueueId, Role, UserId)> {
    let mut all = people.to_vec();
    for (queue, role, group) in groups {
        let members = memberships.iter().filter(|(_, groups)| groups.contains(group)).map(|(user, _)| (*queue, *role, *user));
        all.extend(members);
    }
    all.sort_unstable();
    all.dedup();
    all
}

impl Catalog {
    /// Everybody in a group, also through other groups.
    #[must_use]
    pub fn members_of(&self, group: GroupId) -> Vec<UserId> {
        let mut members: Vec<UserId> =
            self.memberships.iter().filter(|(_, groups)| groups.contains(&group)).map(|(user, _)| *user).collect();
        members.sort_unstable();
        members
    }
    #[must_use]
    pub fn group_named(&self, name: &str) -> Option<GroupId> {
        self.groups().find(|(_, known)| known.eq_ignore_ascii_case(name.trim())).map(|(id, _)| id)
    }
    #[must_use]
    pub fn group_name(&self, group: GroupId) -> Option<&str> {
        self.groups().find(|(id, _)| *id == group).map(|(_, name)| name)
    }
    /// Without those who watch by a group.
    #[must_use]
    pub fn queue_watchers_themselves(&self, queue: QueueId, role: Role) -> Vec<UserId> {
        self.queue_people.iter().filter(|(id, held, _)| *id == queue && *held == role).map(|(_, _, user)| *user).collect()
    }
    #[must_use]
    pub fn queue_watcher_groups(&self, queue: QueueId, role: Role) -> Vec<GroupId> {
        let watching = self.queue_watcher_groups.iter().filter(|(id, held, _)| *id == queue && *held == role);
        watching.map(|(_, _, group)| *group).collect()
    }

    /// The installation's names of priorities (TC-073).
    #[must_use]
    pub fn scale(&self) -> Scale {
        Scale::parse(self.setting_text(list::PRIORITIES)).unwrap_or_default()
    }
    #[must_use]
    pub fn scale_of(&self, queue: &Queue) -> Scale {
        queue.scale.clone().unwrap_or_else(|| self.scale())
    }

    /// Whether dates follow the historic scheme (IR-235 … IR-241).
    #[must_use]
    pub fn is_classic(&self) -> bool {
        self.setting_text(list::LEVEL_SCHEME) == "classic"
    }
    /// Anybody but the owner and the admin Ccs counts as outside (TC-213).
    #[must_use]
    pub fn assumes_outside(&self) -> bool {
        self.setting_flag(list::ASSUME_OUTSIDE)
    }
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.calendars.iter()
    }
    /// A level with the calendar it goes by in a queue: in the level's time zone, else the queue's, else the calendar's own (TC-214).
    #[must_use]
    pub fn level_in(&self, queue: &Queue, name: &str) -> Option<(&ServiceLevel, Calendar)> {
        let (level, calendar) = self.level(name)?;
        Some((level, calendar.in_zone(level.time_zone.as_deref().or(queue.time_zone.as_deref()))))
    }
    /// The calendar of a queue's usual level, else the first there is.
    #[must_use]
    pub fn calendar_of(&self, queue: &Queue) -> Option<Calendar> {
        let usual = queue.default_level.as_deref().or(self.default_level());
        let calendar = usual.and_then(|name| self.level(name)).map(|(_, calendar)| calendar).or(self.calendars.first())?;
        Some(calendar.in_zone(queue.time_zone.as_deref()))
    }
    /// Where the installation is: the time zone of the calendar that its usual service level goes by (TC-214).
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        let usual = self.default_level().and_then(|name| self.level(name)).map(|(_, calendar)| calendar);
        usual.or(self.calendars.first()).map_or(TimeZone::UTC, Calendar::zone)
    }
    #[must_use]
    pub fn default_level(&self) -> Option<&str> {
        Some(self.setting_text(list::DEFAULT_LEVEL)).filter(|name| self.level(name).is_some())
    }
    /// The level of a ticket that is given none (TC-215, IR-235).
    #[must_use]
    pub fn level_for_new(&self, queue: &Queue, now: Timestamp) -> Option<String> {
        if queue.levels_disabled {
            return None;
        }
        if self.is_classic()
            && let Some(calendar) = self.calendar_of(queue)
        {
            return Some(classic::level_at(&calendar, now).to_owned()).filter(|name| self.level(name).is_some());
        }
        queue.default_level.as_deref().or(self.default_level()).map(str::to_owned)
    }

    /// How far ahead "N days" is in a queue: its default due, else the installation's choice, else a week (IR-238, IR-243).
    #[must_use]
    pub fn days_ahead(&self, queue: &Queue) -> Span {
        let of_queue = queue.default_due.as_deref().and_then(classic::ahead);
        of_queue.unwrap_or_else(|| self.setting_number(list::OVERDUE_AFTER).max(1).days())
    }
    /// The same in words, for a button.
    #[must_use]
    pub fn days_ahead_text(&self, queue: &Queue) -> String {
        let of_queue = queue.default_due.as_deref().filter(|text| classic::ahead(text).is_some());
        let text = of_queue.unwrap_or(self.setting_text(list::OVERDUE_AFTER)).trim().to_owned();
        if text.parse::<u16>().is_ok() { format!("{text} days") } else { text }
    }

    /// The moment that a queue's default text means now; a number is days (TC-008).
    #[must_use]
    pub fn moment_of_default(&self, queue: &Queue, text: &str, now: Timestamp) -> Option<Timestamp> {
        let zone = queue.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let zone = zone.or_else(|| self.calendar_of(queue).map(|calendar| calendar.zone())).unwrap_or(TimeZone::UTC);
        let span = text.trim().parse::<u16>().ok().map(|days| i64::from(days).days());
        match span {
            Some(span) => now.to_zoned(zone).checked_add(span).ok().map(|zoned| zoned.timestamp()),
            None => domain::moment::read(text, now, &zone),
        }
    }
}
