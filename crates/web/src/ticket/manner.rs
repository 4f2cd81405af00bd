//! How a history is shown: which end first, all headers or the usual ones, messages alone, their text or their HTML, brought at
//! once or later (TC-098, TC-099, TC-101, TC-109); as the viewer prefers, unless the address says otherwise.

use actions::account::Preferences;
use domain::preference;
use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::button::{Button, Tone, link};
use crate::parameters::Parameters;

/// When the history comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Scroll,
    Delay,
    Click,
    /// It waited and was asked for.
    Asked,
    Always,
}

impl Mode {
    /// The same when the history was asked for.
    fn at_once(self) -> Self {
        match self {
            Self::Delay => Self::Scroll,
            Self::Click => Self::Asked,
            other => other,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Manner {
    pub(super) oldest_first: bool,
    pub(super) full_headers: bool,
    pub(super) only_messages: bool,
    /// Messages that have both show their HTML, not their text (TC-109).
    pub(super) html: bool,
    pub(super) mode: Mode,
    /// What the address said, to be said again in links that go on.
    said: Vec<(&'static str, String)>,
}

impl Manner {
    pub(super) fn read(preferences: &Preferences, parameters: &Parameters) -> Self {
        let said = |name: &'static str, known: &[&str]| {
            Some(parameters.text(name)).filter(|value| known.contains(value)).map(|value| (name, value.to_owned()))
        };
        let (order, headers, only, text) = (
            said("order", &["newest", "oldest"]),
            said("headers", &["brief", "full"]),
            said("only", &["messages"]),
            said("text", &["plain", "html"]),
        );
        let value = |said: &Option<(&str, String)>, usual: &str| {
            said.as_ref().map_or_else(|| usual.to_owned(), |(_, value)| value.clone())
        };
        let mode = match preferences.text(preference::HISTORY_MODE) {
            "delay" => Mode::Delay,
            "click" => Mode::Click,
            "always" => Mode::Always,
            _ => Mode::Scroll,
        };
        let asked = ["before", "after", "history"].iter().any(|name| parameters.has(name));
        Self {
            oldest_first: value(&order, preferences.text(preference::HISTORY_ORDER)) == "oldest",
            full_headers: value(&headers, preferences.text(preference::HISTORY_HEADERS)) == "full",
            only_messages: only.is_some(),
            html: value(&text, preferences.text(preference::MESSAGE_TEXT)) == "html",
            mode: if asked { mode.at_once() } else { mode },
            said: [order, headers, only, text].into_iter().flatten().collect(),
        }
    }

    /// For a page of one entry or of the history alone.
    pub(super) fn at_once(self) -> Self {
        Self { mode: self.mode.at_once(), ..self }
    }

    /// Nothing is loaded before somebody, or the script, asks for it.
    pub(super) fn waits(&self) -> bool {
        matches!(self.mode, Mode::Delay | Mode::Click)
    }

    /// How the script follows a link to more: while scrolling, or at once.
    pub(super) fn follows(&self) -> Option<&'static str> {
        match self.mode {
            Mode::Scroll => Some("scroll"),
            Mode::Delay => Some("delay"),
            Mode::Click | Mode::Asked | Mode::Always => None,
        }
    }

    /// The address with what this one said, and one thing more.
    pub(super) fn address(&self, base: &str, more: (&str, &str)) -> String {
        let kept: Vec<(&str, &str)> =
            self.said.iter().filter(|(name, _)| *name != more.0).map(|(name, value)| (*name, value.as_str())).collect();
        urls::with(base, &[kept.as_slice(), &[more]].concat())
    }

    /// What can be shown otherwise, as links.
    pub(super) fn choices(&self, base: &str, alone: &str) -> Markup {
        let order = if self.oldest_first { ("newest", "history-newest-first") } else { ("oldest", "history-oldest-first") };
        let headers = if self.full_headers { ("brief", "history-brief-headers") } else { ("full", "history-full-headers") };
        let text = if self.html { ("plain", "history-plain-text") } else { ("html", "history-html") };
        let only = if self.only_messages { ("", "history-everything") } else { ("messages", "history-only-messages") };
        let one = |name: &str, (value, key): (&str, &str)| {
            let href = format!("{}#history-title", self.address(base, (name, value)));
            link(&href, &Button::new(&t(key)).tone(Tone::Quiet))
        };
        html! {
            nav class="history-choices" aria-label=(t("history-choices")) {
                (one("only", only)) (one("order", order)) (one("headers", headers)) (one("text", text))
                @if base != alone { (link(alone, &Button::new(&t("history-alone")).tone(Tone::Quiet))) }
            }
        }
    }
}
