//! What single keys do: the one table that the help sheet, the tooltips and the script read, so that none can lie.
//! The script finds the element whose `data-act` is the act's name and clicks it; rows and sheets it handles itself.

use http_door::text::t;
use http_door::urls;
use maud::{Markup, html};

use crate::component::icon::{Icon, icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Search,
    Help,
    Sidebar,
    GoHome,
    GoReports,
    GoIncidents,
    GoInvestigations,
    GoCountermeasures,
    GoSearch,
    Send,
    Undo,
    NextRow,
    PreviousRow,
    Open,
    Select,
    Extend,
    SelectAll,
    NextPage,
    PreviousPage,
    Back,
    Take,
    Reply,
    Comment,
    NewIncident,
    LinkIncident,
    Reject,
    Snooze,
    Resolve,
    Launch,
    Edit,
    Assign,
    Merge,
    Forward,
    ReplyAll,
    Palette,
    CopyNumber,
    CopyTitle,
    CopyAddress,
    CopyObservables,
}

/// A part of the help sheet: shown where its keys work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyGroup {
    Everywhere,
    List,
    Ticket,
}

struct Binding {
    act: Act,
    name: &'static str,
    /// Values of `event.key`, alternatives side by side; a space separates keys pressed after one another.
    keys: &'static [&'static str],
    word: &'static str,
    groups: &'static [KeyGroup],
}

const EVERYWHERE: &[KeyGroup] = &[KeyGroup::Everywhere];
const LIST: &[KeyGroup] = &[KeyGroup::List];
const TICKET: &[KeyGroup] = &[KeyGroup::Ticket];
const BOTH: &[KeyGroup] = &[KeyGroup::List, KeyGroup::Ticket];

const fn binding(
    act: Act,
    name: &'static str,
    keys: &'static [&'static str],
    word: &'static str,
    groups: &'static [KeyGroup],
) -> Binding {
    Binding { act, name, keys, word, groups }
}

const TABLE: &[Binding] = &[
    binding(Act::Search, "search", &["/"], "key-search", EVERYWHERE),
    binding(Act::Help, "help", &["?"], "key-help", EVERYWHERE),
    binding(Act::Sidebar, "sidebar", &["["], "key-sidebar", EVERYWHERE),
    binding(Act::GoHome, "go-home", &["g h"], "key-go-home", EVERYWHERE),
    binding(Act::GoReports, "go-reports", &["g r"], "key-go-reports", EVERYWHERE),
    binding(Act::GoIncidents, "go-incidents", &["g i"], "key-go-incidents", EVERYWHERE),
    binding(Act::GoInvestigations, "go-investigations", &["g v"], "key-go-investigations", EVERYWHERE),
    binding(Act::GoCountermeasures, "go-countermeasures", &["g c"], "key-go-countermeasures", EVERYWHERE),
    binding(Act::GoSearch, "go-search", &["g s"], "key-go-search", EVERYWHERE),
    binding(Act::Palette, "palette", &["Ctrl+k"], "key-palette", EVERYWHERE),
    binding(Act::Send, "send", &["Ctrl+Enter"], "key-send", EVERYWHERE),
    binding(Act::Undo, "undo", &["z"], "key-undo", EVERYWHERE),
    binding(Act::NextRow, "next-row", &["j"], "key-next-row", LIST),
    binding(Act::PreviousRow, "previous-row", &["k"], "key-previous-row", LIST),
    binding(Act::Open, "open", &["o", "Enter"], "key-open", LIST),
    binding(Act::Select, "select", &["x"], "key-select", LIST),
    binding(Act::Extend, "extend", &["J", "K"], "key-extend", LIST),
    binding(Act::SelectAll, "select-all", &["*"], "key-select-all", LIST),
    binding(Act::NextPage, "next-page", &["n"], "key-next-page", LIST),
    binding(Act::PreviousPage, "previous-page", &["p"], "key-previous-page", LIST),
    binding(Act::Back, "back", &["u", "Escape"], "key-back", TICKET),
    binding(Act::Take, "take", &["t", "i"], "key-take", BOTH),
    binding(Act::Reply, "reply", &["r"], "key-reply", BOTH),
    binding(Act::Comment, "comment", &["c"], "key-comment", BOTH),
    binding(Act::NewIncident, "new-incident", &["1"], "key-new-incident", BOTH),
    binding(Act::LinkIncident, "link-incident", &["2"], "key-link-incident", BOTH),
    binding(Act::Reject, "reject", &["3"], "key-reject", BOTH),
    binding(Act::Snooze, "snooze", &["h"], "key-snooze", BOTH),
    binding(Act::Resolve, "resolve", &["e"], "key-resolve", BOTH),
    binding(Act::Launch, "launch", &["v"], "key-launch", TICKET),
    binding(Act::Edit, "edit", &["E"], "key-edit", TICKET),
    binding(Act::Assign, "assign", &["a"], "key-assign", BOTH),
    binding(Act::Merge, "merge", &["m"], "ticket-merge", BOTH),
    binding(Act::Forward, "forward", &["f"], "ticket-forward", BOTH),
    binding(Act::ReplyAll, "reply-all", &["R"], "ticket-reply-all", TICKET),
    binding(Act::CopyNumber, "copy-number", &["."], "key-copy-number", BOTH),
    binding(Act::CopyTitle, "copy-title", &[". ."], "key-copy-title", BOTH),
    binding(Act::CopyAddress, "copy-address", &[". . ."], "key-copy-address", BOTH),
    binding(Act::CopyObservables, "copy-observables", &["y"], "key-copy-observables", TICKET),
];

impl Act {
    fn binding(self) -> Option<&'static Binding> {
        TABLE.iter().find(|binding| binding.act == self)
    }

    /// The value of `data-act`.
    pub fn name(self) -> &'static str {
        self.binding().map_or("", |binding| binding.name)
    }

    /// Its first key, as printed beside labels.
    pub fn shown(self) -> &'static str {
        self.binding().and_then(|binding| binding.keys.first()).copied().unwrap_or("")
    }
}

/// Keys that somebody chose for themselves, by the act's name; `off` for none.
pub(crate) type Remapped = [(String, String)];
pub(crate) const OFF: &str = "off";

/// What can be given other keys: name, words, usual keys, and what it shares keys with.
pub(crate) fn remappable() -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str], &'static [KeyGroup])> {
    let fixed = [Act::Send, Act::Palette, Act::Extend];
    let free = TABLE.iter().filter(move |binding| !fixed.contains(&binding.act));
    free.map(|binding| (binding.name, binding.word, binding.keys, binding.groups))
}

/// The keys in force; `None` where somebody wants none.
pub(crate) fn in_force(name: &str, usual: &[&str], remapped: &Remapped) -> Option<String> {
    match remapped.iter().find(|(act, _)| act == name) {
        Some((_, key)) if key == OFF => None,
        Some((_, key)) => Some(key.clone()),
        None => Some(usual.join("|")),
    }
}

/// The sheet that `?` opens; the script reads its bindings from the same rows.
/// A key that is left out does nothing either: the script reads them here.
pub(super) fn help_sheet(groups: &[KeyGroup], remapped: &Remapped, without: Option<Act>) -> Markup {
    let shown = [KeyGroup::Everywhere, KeyGroup::List, KeyGroup::Ticket]
        .into_iter()
        .filter(|group| *group == KeyGroup::Everywhere || groups.contains(group));
    html! {
        dialog id="help" class="sheet" aria-labelledby="help-title" {
            form method="dialog" {
                h2 id="help-title" { (icon(Icon::Keyboard)) (t("help-keys")) }
                button class="button quiet square" aria-label=(t("help-close")) { (icon(Icon::Cross)) }
            }
            div class="sheet-columns" { @for group in shown { (group_rows(group, remapped, without)) } }
            p class="hint" { (t("help-switch-off")) " " a href=(urls::key_bindings()) { (t("help-remap")) } }
        }
    }
}

fn group_rows(group: KeyGroup, remapped: &Remapped, without: Option<Act>) -> Markup {
    let title = match group {
        KeyGroup::Everywhere => t("keys-everywhere"),
        KeyGroup::List => t("keys-list"),
        KeyGroup::Ticket => t("keys-ticket"),
    };
    html! {
        section {
            h3 { (title) }
            dl {
                @for binding in TABLE.iter().filter(|binding| binding.groups.contains(&group) && without != Some(binding.act)) {
                    @let keys = in_force(binding.name, binding.keys, remapped).unwrap_or_default();
                    div data-binding=(binding.name) data-on=(keys) data-usual=(binding.keys.first().copied().unwrap_or_default()) {
                        dt { @for key in keys.split(['|', ' ']).filter(|key| !key.is_empty()) { kbd { (key) } } }
                        dd { (t(binding.word)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binding_has_words_and_no_key_is_given_twice_in_a_group() {
        for binding in TABLE {
            assert!(http_door::text::has(binding.word), "{} is not in the catalogue", binding.word);
            for other in TABLE.iter().filter(|other| other.act != binding.act) {
                let together = other.groups.iter().any(|group| binding.groups.contains(group));
                let clash = other.keys.iter().any(|key| binding.keys.contains(key));
                assert!(!(together && clash), "{} and {} share a key", binding.name, other.name);
            }
        }
    }
}
