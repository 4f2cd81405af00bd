//! Options of the whole installation: what there is, what each may hold, and what holds when nobody chose (IR section 19).
//! Where they are kept, and who may change them, is left to `actions`; their words are in the catalogue of `http-door`.

mod kind;
pub mod list;

pub use kind::{Kind, is_found, map_of};

/// One option.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name in the database, in commands and, with dashes, in the catalogue of words.
    pub name: &'static str,
    /// What RTIR calls it, or called it.
    pub aliases: &'static [&'static str],
    pub group: Group,
    pub kind: Kind,
    /// In its stored form.
    pub default: &'static str,
    /// Changed on the machine only, never in a browser (IR-555).
    pub fixed: bool,
}

/// Settings that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Incidents,
    Constituencies,
    Countermeasures,
    Mail,
    Text,
    Work,
}

impl Group {
    pub const ALL: [Self; 6] = [Self::Incidents, Self::Constituencies, Self::Countermeasures, Self::Mail, Self::Text, Self::Work];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Constituencies => "constituencies",
            Self::Countermeasures => "countermeasures",
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Work => "work",
        }
    }
}

impl Setting {
    pub(crate) const fn new(name: &'static str, group: Group, kind: Kind, default: &'static str) -> Self {
        Self { name, aliases: &[], group, kind, default, fixed: false }
    }
    pub(crate) const fn alias(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }
    pub(crate) const fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }
}

pub fn all() -> impl Iterator<Item = &'static Setting> {
    list::SETTINGS.iter()
}

/// By our name or one of RTIR's, in any case.
#[must_use]
pub fn named(name: &str) -> Option<&'static Setting> {
    let is = |known: &str| known.eq_ignore_ascii_case(name.trim());
    all().find(|setting| is(setting.name) || setting.aliases.iter().any(|alias| is(alias)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir556_every_default_is_a_value_that_its_setting_takes() {
        for setting in all() {
            assert_eq!(setting.kind.read(setting.default).as_deref(), Ok(setting.default), "{}", setting.name);
        }
        let mut names: Vec<&str> = all().map(|setting| setting.name).collect();
        let many = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), many, "no name twice");
    }

    // IR-527, IR-528, IR-530, IR-531, IR-534, IR-535, IR-543, IR-545, IR-546, IR-547, IR-554: RTIR's names lead to ours.
    #[test]
    fn settings_are_found_by_the_names_that_rtir_gives_them() {
        for (theirs, ours) in [
            ("RTIR_StrictConstituencyLinking", list::CONSTITUENCY_LINKING),
            ("_RTIR_Constituency_Propagation", list::CONSTITUENCY_LINKING),
            ("RTIR_BlockAproveActionRegexp", list::APPROVE_PATTERN),
            ("RTIR_CountermeasureApproveActionRegexp", list::APPROVE_PATTERN),
            ("RTIR_DisableCountermeasures", list::DISABLE_COUNTERMEASURES),
            ("OverdueAfter", list::OVERDUE_AFTER),
            ("replystring", list::REPLY_PREFIX),
        ] {
            assert_eq!(named(theirs).map(|setting| setting.name), Some(ours));
        }
        assert!(named("nonsense").is_none());
    }
}
