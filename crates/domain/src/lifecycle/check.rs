//! What is wrong with a lifecycle that somebody wrote, each with its place; judged before it is stored (TC-030 … TC-036, TC-045).

use super::{Lifecycle, Lifecycles};
use crate::Right;
use std::collections::BTreeMap;

/// One thing wrong: where, as the definition spells it (`transitions.new`), and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub place: String,
    pub message: String,
}

/// Tickets in these statuses cannot move from one lifecycle to the other (TC-044).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingMap {
    pub from: String,
    pub to: String,
    pub statuses: Vec<String>,
}

const LONGEST_NAME: usize = 64;
const LONGEST_LABEL: usize = 100;
const MOST_STATUSES: usize = 100;

struct Check<'a> {
    lifecycle: &'a Lifecycle,
    flaws: Vec<Flaw>,
}

impl Lifecycle {
    /// Statuses in lower case everywhere, as they are compared and stored; how they were written is kept for display (TC-031).
    #[must_use]
    pub fn normalised(mut self) -> Self {
        let written: Vec<String> = self.statuses().map(str::to_owned).collect();
        for status in written {
            let lower = clean(&status);
            if lower != status.trim() {
                self.display.insert(lower, status.trim().to_owned());
            }
        }
        let list = |list: &mut Vec<String>| list.iter_mut().for_each(|status| *status = clean(status));
        [&mut self.initial, &mut self.active, &mut self.inactive, &mut self.creatable].into_iter().for_each(list);
        self.on_create = clean(&self.on_create);
        self.merged_as = clean(&self.merged_as);
        self.transitions = lowered(&self.transitions, |to| to.iter().map(|status| clean(status)).collect());
        self.rights = lowered(&self.rights, |right| right.trim().to_owned());
        for action in &mut self.actions {
            list(&mut action.from);
            // `*` and nothing both mean any
            action.from.retain(|from| from != "*");
            action.to = clean(&action.to);
        }
        self.maps = self.maps.iter().map(|(name, map)| (name.clone(), lowered(map, |to| clean(to)))).collect();
        for outcome in [&mut self.outcomes.approved, &mut self.outcomes.denied].into_iter().flatten() {
            *outcome = clean(outcome);
        }
        self
    }

    /// Everything that is wrong; `others` are the lifecycles it maps to.
    #[must_use]
    pub fn flaws(&self, others: &Lifecycles) -> Vec<Flaw> {
        let mut check = Check { lifecycle: self, flaws: vec![] };
        check.names();
        check.singles();
        check.transitions();
        check.rights();
        check.actions();
        check.maps(others);
        check.flaws
    }
}

fn clean(status: &str) -> String {
    status.trim().to_ascii_lowercase()
}

fn lowered<T, U>(map: &BTreeMap<String, T>, value: impl Fn(&T) -> U) -> BTreeMap<String, U> {
    map.iter().map(|(key, held)| (clean(key), value(held))).collect()
}

impl Check<'_> {
    fn wrong(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.flaws.push(Flaw { place: place.into(), message: message.into() });
    }

    fn known(&mut self, place: &str, status: &str) {
        if self.lifecycle.class(status).is_none() {
            self.wrong(place, format!("“{status}” is not one of the statuses."));
        }
    }

    fn names(&mut self) {
        let lifecycle = self.lifecycle;
        if !is_name(&lifecycle.name) {
            self.wrong("name", "A lifecycle is named with 1 to 64 letters, digits, blanks, - or _.");
        }
        let mut seen: Vec<&str> = Vec::new();
        for (list, statuses) in
            [("initial", &lifecycle.initial), ("active", &lifecycle.active), ("inactive", &lifecycle.inactive)]
        {
            for status in statuses {
                if !is_name(status) || status.contains("->") {
                    self.wrong(list, format!("“{status}” cannot be a status: 1 to 64 letters, digits, blanks, - or _."));
                }
                if seen.contains(&status.as_str()) {
                    self.wrong(list, format!("“{status}” stands twice; a status belongs to one of the three lists."));
                }
                seen.push(status);
            }
        }
        if lifecycle.initial.is_empty() && lifecycle.active.is_empty() {
            self.wrong("active", "At least one initial or active status is needed.");
        }
        if lifecycle.inactive.is_empty() {
            self.wrong("inactive", "At least one inactive status is needed, or nothing could ever be closed.");
        }
        if seen.len() > MOST_STATUSES {
            self.wrong("active", format!("At most {MOST_STATUSES} statuses."));
        }
    }

    fn singles(&mut self) {
        let lifecycle = self.lifecycle;
        for status in &lifecycle.creatable {
            self.known("creatable", status);
        }
        let singles = [
            ("merged_as", Some(&lifecycle.merged_as).filter(|status| !status.is_empty())),
            ("outcomes.approved", lifecycle.outcomes.approved.as_ref()),
            ("outcomes.denied", lifecycle.outcomes.denied.as_ref()),
        ];
        for (place, status) in singles {
            if let Some(status) = status {
                self.known(place, status);
            }
        }
        let first = lifecycle.first_status();
        if lifecycle.class(first).is_none() {
            self.known("on_create", first);
        } else if !lifecycle.is_creatable(first) {
            self.wrong("on_create", format!("New tickets cannot have the status “{first}”: it is not in “creatable”."));
        }
    }

    fn transitions(&mut self) {
        for (from, targets) in &self.lifecycle.transitions {
            let place = format!("transitions.{from}");
            self.known(&place, from);
            for to in targets {
                self.known(&place, to);
                if to == from {
                    self.wrong(&place, format!("“{to}” leads to itself."));
                }
            }
        }
    }

    /// The rights are a fixed set here; a name that is none of them could never be granted (TC-036).
    fn rights(&mut self) {
        for (step, right) in &self.lifecycle.rights {
            let place = format!("rights.{step}");
            match step.split_once(" -> ") {
                Some(ends) => {
                    for end in [ends.0, ends.1].into_iter().filter(|end| *end != "*") {
                        self.known(&place, end);
                    }
                }
                None => self.wrong(&place, "A transition is written “from -> to”, with * for any status."),
            }
            if Right::parse(right).is_none() {
                self.wrong(&place, format!("There is no right “{right}”."));
            }
        }
    }

    fn actions(&mut self) {
        let lifecycle = self.lifecycle;
        for (index, action) in lifecycle.actions.iter().enumerate() {
            let place = format!("actions.{}", index + 1);
            let label = action.label.trim();
            if label.is_empty() || label.chars().count() > LONGEST_LABEL || label.chars().any(char::is_control) {
                self.wrong(&place, format!("An action needs a label of at most {LONGEST_LABEL} characters."));
            }
            self.known(&place, &action.to);
            for from in &action.from {
                self.known(&place, from);
                if lifecycle.class(from).is_some()
                    && lifecycle.class(&action.to).is_some()
                    && !lifecycle.reaches(from, &action.to)
                {
                    self.wrong(
                        &place,
                        format!("“{from}” cannot go to “{}”, so “{label}” would never be offered there.", action.to),
                    );
                }
            }
        }
    }

    fn maps(&mut self, others: &Lifecycles) {
        for (name, map) in &self.lifecycle.maps {
            let place = format!("maps.{name}");
            let other = if *name == self.lifecycle.name { None } else { others.get(name) };
            let Some(other) = other else {
                self.wrong(&place, format!("There is no other lifecycle “{name}”."));
                continue;
            };
            for (from, to) in map {
                self.known(&place, from);
                if other.class(to).is_none() {
                    self.wrong(&place, format!("“{to}” is not a status of “{name}”."));
                }
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    let sound = |c: char| c.is_ascii_alphanumeric() || " -_".contains(c);
    (1..=LONGEST_NAME).contains(&text.len()) && text.trim() == text && text.chars().all(sound)
}

impl Lifecycles {
    /// Where a move between two lifecycles would be refused, in either direction, for a page to warn about (TC-044).
    #[must_use]
    pub fn missing_maps(&self, name: &str) -> Vec<MissingMap> {
        let Some(this) = self.get(name) else { return vec![] };
        let others = self.iter().filter(|other| other.name != name);
        let pairs = others.flat_map(|other| [(this, other), (other, this)]);
        let missing = pairs.map(|(from, to)| {
            let unmapped = from.statuses().filter(|status| self.map(&from.name, &to.name, status).is_none());
            MissingMap { from: from.name.clone(), to: to.name.clone(), statuses: unmapped.map(str::to_owned).collect() }
        });
        missing.filter(|map| !map.statuses.is_empty()).collect()
    }

    /// The same with one more, or another of the same name.
    #[must_use]
    pub fn with(&self, lifecycle: Lifecycle) -> Self {
        let mut all = self.clone();
        all.0.insert(lifecycle.name.clone(), lifecycle);
        all
    }
}
