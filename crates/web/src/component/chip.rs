//! Small marks in lines and headings. Colour never carries the meaning alone: the word or a shape does.

use http_door::text::{has, t, tr};
use maud::{Markup, html};

/// The class of a status, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Initial,
    Active,
    Inactive,
}

impl Phase {
    pub fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }
}

/// A status with a ring (initial), disc (active) or check mark (inactive) before it.
pub fn status(name: &str, phase: Phase) -> Markup {
    html! { span class={ "chip status " (phase.name()) } { (status_words(name)) } }
}

/// A status as the catalogue of words has it, where it does; what is stored is never translated (TC-047).
fn status_words(name: &str) -> String {
    let key = format!("status-{}", name.to_ascii_lowercase().replace(' ', "-"));
    if has(&key) { t(&key).into_owned() } else { name.to_owned() }
}

/// A Traffic Light Protocol mark in its official colour on black (TLP 2.0), as `TLP:AMBER`.
pub fn tlp(label: &str) -> Markup {
    let word = label.trim_start_matches("TLP:");
    let class = match word {
        "RED" => "red",
        "AMBER" | "AMBER+STRICT" => "amber",
        "GREEN" => "green",
        _ => "clear",
    };
    html! { span class={ "chip tlp " (class) } { "TLP:" (word) } }
}

/// A priority from 0 to 100 as a number with three bars.
pub fn priority(value: i64) -> Markup {
    let level = match value {
        ..=33 => "low",
        34..=66 => "medium",
        _ => "high",
    };
    let words = tr("chip-priority", &[("value", value.into())]);
    html! { span class={ "priority " (level) } title=(words) { span class="bars" aria-hidden="true" { i {} i {} i {} } (value) } }
}

/// The same called by its name, where the queue has one (TC-073); the number is on hover and read aloud.
pub fn named_priority(value: i64, name: Option<&str>) -> Markup {
    let Some(name) = name else { return priority(value) };
    let level = match value {
        ..=33 => "low",
        34..=66 => "medium",
        _ => "high",
    };
    let words = tr("chip-priority", &[("value", value.into())]);
    html! { span class={ "priority " (level) } title=(words) { span class="bars" aria-hidden="true" { i {} i {} i {} } (name) " " span class="beside" { (value) } } }
}

/// Who owns it; "Nobody" is said quietly.
pub fn owner(name: Option<&str>) -> Markup {
    html! {
        @if let Some(name) = name { span class="owner" { (avatar(name)) span { (name) } } }
        @else { span class="owner nobody" { (t("chip-nobody")) } }
    }
}

/// The first letters of a name in a disc whose hue follows the name; decoration beside the name itself.
pub fn avatar(name: &str) -> Markup {
    let hue = name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 8;
    html! { span class={ "avatar hue" (hue) } aria-hidden="true" { (initials(name)) } }
}

fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// A plain word in a frame: a constituency, a classification, a type.
pub fn chip(label: &str) -> Markup {
    html! { span class="chip" { (label) } }
}

/// A count beside a title or in the navigation; nothing for zero.
pub fn count(number: u64) -> Markup {
    html! { @if number > 0 { span class="count" { (number) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc047_a_status_has_its_words_in_the_catalogue_and_an_unknown_one_is_shown_as_it_is() {
        assert!(has("status-pending-activation"));
        assert_eq!(status_words("pending activation"), t("status-pending-activation"));
        assert_eq!(status_words("Waiting <b>"), "Waiting <b>");
    }
}
