//! What people may choose for themselves: what there is, what each may hold, and what holds for who did not choose.
//! Where choices are kept is left to `actions`; their words are in `home.ftl`. A new one is a constant and a line here.

use crate::setting::{Kind, list};

/// One choice.
#[derive(Clone, Copy, Debug)]
pub struct Preference {
    /// Its name in the database and, with dashes, in the catalogue of words.
    pub name: &'static str,
    pub group: Group,
    pub kind: Kind,
    /// What holds when neither the person nor the installation chose.
    pub default: &'static str,
    /// The option of the installation that holds for who did not choose.
    pub inherits: Option<&'static str>,
}

/// Choices that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Home,
    Ticket,
    Work,
    Mail,
    /// Chosen on pages of their own.
    Elsewhere,
}

impl Group {
    /// Those that stand on the page of preferences.
    pub const SHOWN: [Self; 4] = [Self::Home, Self::Ticket, Self::Work, Self::Mail];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Ticket => "ticket",
            Self::Work => "work",
            Self::Mail => "mail",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// Number of the dashboard that is one's home (IR-285).
pub const HOME_DASHBOARD: &str = "home_dashboard";
/// Rows of each list on the home page (IR-288).
pub const SUMMARY_ROWS: &str = "summary_rows";
/// Minutes after which the home page is read again; 0 is never (IR-294).
pub const HOME_REFRESH: &str = "home_refresh";
/// Numbers of queues left out of the queue list (IR-293).
pub const HIDDEN_QUEUES: &str = "hidden_queues";
/// The constituency somebody works with (IR-286).
pub const CONSTITUENCY: &str = "constituency";
/// The queue that creating begins with (IR-282).
pub const DEFAULT_QUEUE: &str = "default_queue";
/// `newest` or `oldest` first (TC-098).
pub const HISTORY_ORDER: &str = "history_order";
/// How the history is brought (TC-099).
pub const HISTORY_MODE: &str = "history_mode";
/// `brief` or `full` (TC-101).
pub const HISTORY_HEADERS: &str = "history_headers";
/// `plain` or `html`, of messages that have both (TC-109).
pub const MESSAGE_TEXT: &str = "message_text";
/// Fields without a value are left out (IR-322).
pub const HIDE_UNSET: &str = "hide_unset_fields";
/// Which of a requestor's tickets are shown first (IR-497).
pub const REQUESTOR_TICKETS: &str = "requestor_tickets";
/// Where saving an edited ticket leads: its page, or the form again.
pub const AFTER_EDIT: &str = "after_edit";
/// After quick creation the new ticket is shown (TC-028).
pub const SHOW_CREATED: &str = "show_created";
/// Dates in lists: how far away, or the date itself.
pub const DATE_FORMAT: &str = "date_format";
/// Seconds that one's mail waits and can be taken back.
pub const UNDO_HOLD: &str = "undo_hold_seconds";
/// One writes with light Markdown; letters have the HTML beside the text.
pub const WRITE_MARKDOWN: &str = "write_markdown";
/// How mail reaches somebody (TC-179).
pub const MAIL_FREQUENCY: &str = "mail_frequency";
/// One is mailed about what one did oneself, too (TC-164).
pub const NOTIFY_ACTOR: &str = "notify_actor";
/// After a verdict the next row is shown.
pub const NEXT_AFTER_VERDICT: &str = "next_after_verdict";
/// `act = key`, one a line.
pub const KEYS: &str = "keys_remapped";

/// Minutes between refreshes (IR-294).
const MINUTES: Kind =
    Kind::Choice(&[("0", &["never"]), ("2", &[]), ("5", &[]), ("10", &[]), ("20", &[]), ("60", &[]), ("120", &[])]);
const ORDER: Kind = Kind::Choice(&[("newest", &[]), ("oldest", &[])]);
const MODE: Kind = Kind::Choice(&[("scroll", &[]), ("delay", &[]), ("click", &[]), ("always", &[])]);
const HEADERS: Kind = Kind::Choice(&[("brief", &[]), ("full", &[])]);
const TEXT: Kind = Kind::Choice(&[("plain", &[]), ("html", &[])]);
const REQUESTOR: Kind = Kind::Choice(&[("active", &[]), ("inactive", &[]), ("all", &[]), ("none", &[])]);
const AFTER: Kind = Kind::Choice(&[("ticket", &[]), ("form", &[])]);
const FREQUENCY: Kind = Kind::Choice(&[("each", &[]), ("daily", &[]), ("weekly", &[]), ("suspended", &[])]);
const DATES: Kind = Kind::Choice(&[("relative", &[]), ("date", &[])]);

const PREFERENCES: &[Preference] = {
    use Group::{Elsewhere, Home, Mail, Ticket, Work};
    const fn new(name: &'static str, group: Group, kind: Kind, default: &'static str) -> Preference {
        Preference { name, group, kind, default, inherits: None }
    }
    const fn inheriting(preference: Preference, setting: &'static str) -> Preference {
        Preference { inherits: Some(setting), ..preference }
    }
    &[
        new(HOME_DASHBOARD, Elsewhere, Kind::Text, ""),
        inheriting(new(SUMMARY_ROWS, Home, Kind::Number { least: 1, most: 50 }, "10"), list::SUMMARY_ROWS),
        new(HOME_REFRESH, Home, MINUTES, "0"),
        new(HIDDEN_QUEUES, Elsewhere, Kind::List(&[]), ""),
        new(CONSTITUENCY, Elsewhere, Kind::Text, ""),
        new(DATE_FORMAT, Home, DATES, "relative"),
        new(HISTORY_ORDER, Ticket, ORDER, "newest"),
        new(HISTORY_MODE, Ticket, MODE, "scroll"),
        new(HISTORY_HEADERS, Ticket, HEADERS, "brief"),
        new(MESSAGE_TEXT, Ticket, TEXT, "plain"),
        new(HIDE_UNSET, Ticket, Kind::Flag, "no"),
        new(REQUESTOR_TICKETS, Ticket, REQUESTOR, "active"),
        inheriting(new(DEFAULT_QUEUE, Work, Kind::Queue, ""), list::DEFAULT_QUEUE),
        new(SHOW_CREATED, Work, Kind::Flag, "no"),
        new(AFTER_EDIT, Work, AFTER, "ticket"),
        new(NEXT_AFTER_VERDICT, Work, Kind::Flag, "yes"),
        inheriting(new(UNDO_HOLD, Work, Kind::Number { least: 0, most: 60 }, "15"), list::UNDO_HOLD),
        new(WRITE_MARKDOWN, Work, Kind::Flag, "no"),
        new(MAIL_FREQUENCY, Mail, FREQUENCY, "each"),
        new(NOTIFY_ACTOR, Mail, Kind::Flag, "no"),
        new(KEYS, Elsewhere, Kind::Map, ""),
    ]
};

pub fn all() -> impl Iterator<Item = &'static Preference> {
    PREFERENCES.iter()
}

#[must_use]
pub fn named(name: &str) -> Option<&'static Preference> {
    all().find(|preference| preference.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_that_its_preference_takes_and_every_inherited_option_exists() {
        for preference in all() {
            assert_eq!(preference.kind.read(preference.default).as_deref(), Ok(preference.default), "{}", preference.name);
            assert!(preference.inherits.is_none_or(|name| crate::setting::named(name).is_some()), "{}", preference.name);
        }
    }
}
