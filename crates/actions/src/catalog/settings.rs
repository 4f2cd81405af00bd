//! Options of the installation as they hold now: what was chosen, where that can be read, else the default (IR-556).

use super::Catalog;
use crate::Error;
use domain::{
    TicketKind, digest,
    envelope::{EnvelopeSender, Verp},
    fourth_type::{FourthType, queue_named},
    incident::{self, Linking, ParentRule},
    layout::{self, LAYOUTS, Layout},
    queue::{Constituency, Queue},
    setting::{self, Kind, Setting, list, map_of},
};
use std::collections::HashMap;

/// Stored texts by name; those of known settings in their stored form.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    stored: HashMap<String, String>,
    problems: Vec<(&'static str, String)>,
}

/// What settings may name.
type Known<'a> = (&'a [Queue], &'a [Constituency]);

impl Settings {
    /// A bad value is told with its option's name and does not stop the desk.
    pub(super) fn read(rows: Vec<(String, String)>, (queues, constituencies): Known<'_>) -> Self {
        let mut settings = Self::default();
        for (name, text) in rows {
            match setting::named(&name).filter(|setting| setting.name == name) {
                None => drop(settings.stored.insert(name, text)),
                Some(setting) => match check(setting, &text, (queues, constituencies)) {
                    Ok(value) => drop(settings.stored.insert(name, value)),
                    Err(problem) => {
                        tracing::error!(setting = setting.name, problem, "a setting cannot be used; its default holds");
                        settings.problems.push((setting.name, problem));
                    }
                },
            }
        }
        settings
    }
}

/// The stored form of a value, judged with what only the catalog knows.
fn check(setting: &Setting, text: &str, (queues, constituencies): Known<'_>) -> Result<String, String> {
    let value = setting.kind.read(text)?;
    if setting.kind == Kind::Queue && !value.is_empty() && queue_named(queues, &value).is_none() {
        return Err(format!("There is no queue “{value}”."));
    }
    let is_called = |one: &Constituency| one.name.to_lowercase() == value.to_lowercase();
    if setting.name == list::DEFAULT_CONSTITUENCY && !value.is_empty() && !constituencies.iter().any(is_called) {
        return Err(format!("There is no constituency “{value}”."));
    }
    if setting.name == list::ENVELOPE_SENDER {
        EnvelopeSender::parse(&value)?;
    }
    if setting.name == list::QUEUE_ENVELOPE_SENDERS {
        for (queue, sender) in map_of(&value) {
            queue_named(queues, queue).ok_or_else(|| format!("There is no queue “{queue}”."))?;
            EnvelopeSender::parse(sender)?;
        }
    }
    if setting.name == list::DIGEST_HOUR {
        digest::read_hour(&value)?;
    }
    if setting.name == list::VERP_PREFIX && !value.is_empty() {
        Verp::new(&value, "host.example")?;
    }
    if setting.name == list::VERP_DOMAIN && !value.is_empty() {
        Verp::new("bounce", &value)?;
    }
    if setting.name == list::LIST_LAYOUTS {
        layout::check(&map_of(&value))?;
    }
    Ok(value)
}

impl Catalog {
    /// What holds for a setting, in its stored form. The name is one of [`list`]'s constants.
    #[must_use]
    pub fn setting_text(&self, name: &str) -> &str {
        let stored = self.settings.stored.get(name).map(String::as_str);
        stored.unwrap_or_else(|| setting::named(name).map_or("", |setting| setting.default))
    }
    #[must_use]
    pub fn setting_flag(&self, name: &str) -> bool {
        self.setting_text(name) == "yes"
    }
    #[must_use]
    pub fn setting_number(&self, name: &str) -> i64 {
        self.setting_text(name).parse().unwrap_or(0)
    }
    pub fn setting_list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.setting_text(name).split_whitespace()
    }
    /// The columns of a list by its name, or as they are written (IR-303).
    #[must_use]
    pub fn layout(&self, text: &str) -> Layout {
        if !LAYOUTS.iter().any(|(name, _)| *name == text)
            && let Ok(layout) = Layout::parse(text)
        {
            return layout;
        }
        let overriding = self.setting_map(list::LIST_LAYOUTS);
        let found = overriding.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.and_then(|(_, columns)| Layout::parse(columns).ok()).unwrap_or_else(|| Layout::of(text))
    }
    #[must_use]
    pub fn setting_map(&self, name: &str) -> Vec<(&str, &str)> {
        map_of(self.setting_text(name))
    }
    /// Whether a pattern is found in a text; `None` when there is no pattern.
    #[must_use]
    pub fn setting_finds(&self, name: &str, text: &str) -> Option<bool> {
        Some(self.setting_text(name)).filter(|pattern| !pattern.is_empty()).map(|pattern| setting::is_found(pattern, text))
    }
    /// Whether somebody chose a value, be it the default.
    #[must_use]
    pub fn setting_is_chosen(&self, name: &str) -> bool {
        self.settings.stored.contains_key(name)
    }
    /// Stored values that cannot be used, by setting.
    #[must_use]
    pub fn setting_problems(&self) -> &[(&'static str, String)] {
        &self.settings.problems
    }
    pub(crate) fn check_setting(&self, setting: &Setting, text: &str) -> Result<String, String> {
        check(setting, text, (&self.queues, &self.constituencies))
    }

    /// The name in subject tags and loop marks (RT: rtname).
    #[must_use]
    pub fn installation(&self) -> &str {
        self.settings.stored.get("installation").map_or("watchbell", String::as_str)
    }
    /// The domain in Message-IDs; must never change once data exists (TC-004).
    #[must_use]
    pub fn organization(&self) -> &str {
        self.settings.stored.get("organization").map_or("watchbell.invalid", String::as_str)
    }

    /// When digests go out (TC-179).
    #[must_use]
    pub fn digest_times(&self) -> digest::Times {
        let hour = digest::read_hour(self.setting_text(list::DIGEST_HOUR)).unwrap_or_default();
        digest::Times { hour, weekday: digest::read_weekday(self.setting_text(list::DIGEST_WEEKDAY)) }
    }
    /// How tickets of different constituencies may be joined.
    #[must_use]
    pub fn linking(&self) -> Linking {
        Linking::of(self.setting_text(list::CONSTITUENCY_LINKING))
    }
    /// IR-012.
    #[must_use]
    pub fn countermeasures_disabled(&self) -> bool {
        self.setting_flag(list::DISABLE_COUNTERMEASURES)
    }
    #[must_use]
    pub fn is_disabled(&self, kind: TicketKind) -> bool {
        kind == TicketKind::Countermeasure && self.countermeasures_disabled()
    }
    /// For pages and verbs about a kind that the installation may work without (IR-012).
    pub fn require(&self, kind: TicketKind) -> Result<(), Error> {
        if self.is_disabled(kind) { Err(Error::Disabled(self.fourth_type().many())) } else { Ok(()) }
    }
    /// What the fourth type is called (IR-011).
    #[must_use]
    pub fn fourth_type(&self) -> FourthType {
        FourthType::parse(self.setting_text(list::FOURTH_TYPE)).unwrap_or_default()
    }
    /// The Resolution an Incident is closed with when nobody chose one (IR-218).
    #[must_use]
    pub fn default_resolution(&self, status: &str) -> Option<&str> {
        incident::default_resolution(&self.setting_map(list::DEFAULT_RESOLUTION), status)
    }

    /// What becomes of an open child when its Incident gets this status (IR-212); Reports of an abandoned Incident are resolved
    /// where the installation wants that (IR-396), and Countermeasures that are switched off are left alone (IR-012).
    #[must_use]
    pub fn child_status(&self, child: TicketKind, lifecycle: &str, status: &str) -> Option<&str> {
        if self.is_disabled(child) {
            return None;
        }
        let keeps = child == TicketKind::Report && status == "abandoned" && self.setting_flag(list::ABANDON_RESOLVES_REPORTS);
        self.lifecycles.map(TicketKind::Incident.lifecycle(), lifecycle, if keeps { "resolved" } else { status })
    }

    /// Whether a kind of child may have several Incidents, and must have one (IR-014).
    #[must_use]
    pub fn parent_rule(&self, child: TicketKind) -> ParentRule {
        let (several, required) = match child {
            TicketKind::Report => (list::REPORT_SEVERAL, list::REPORT_REQUIRED),
            TicketKind::Investigation => (list::INVESTIGATION_SEVERAL, list::INVESTIGATION_REQUIRED),
            TicketKind::Countermeasure => (list::COUNTERMEASURE_SEVERAL, list::COUNTERMEASURE_REQUIRED),
            TicketKind::Incident | TicketKind::General => return ParentRule { several: true, required: false },
        };
        ParentRule { several: self.setting_flag(several), required: self.setting_flag(required) }
    }
}
