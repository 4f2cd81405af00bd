//! The lifecycles of a fresh installation: the four of incident response (IR-022 … IR-071) and the general one (TC-033).

use super::{Action, Lifecycle, Outcomes, Update};
use std::collections::BTreeMap;

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// `"new: open, resolved; open: resolved"`.
fn table(text: &str) -> BTreeMap<String, Vec<String>> {
    text.split(';').filter_map(|row| row.split_once(':')).map(|(from, to)| (from.trim().to_owned(), list(to))).collect()
}

/// `"new>open, open>open"`.
fn map(text: &str) -> BTreeMap<String, String> {
    text.split(',')
        .filter_map(|pair| pair.split_once('>'))
        .map(|(from, to)| (from.trim().to_owned(), to.trim().to_owned()))
        .collect()
}

fn maps(rows: &[(&str, &str)]) -> BTreeMap<String, BTreeMap<String, String>> {
    rows.iter().map(|(lifecycle, pairs)| ((*lifecycle).to_owned(), map(pairs))).collect()
}

fn action(from: &str, to: &str, label: &str, update: Update) -> Action {
    Action { from: list(from), to: to.to_owned(), label: label.to_owned(), update, take_first: false }
}

fn outcomes(approved: &str, denied: &str) -> Outcomes {
    Outcomes { approved: Some(approved.to_owned()), denied: Some(denied.to_owned()) }
}

fn take_first(action: Action) -> Action {
    Action { take_first: true, ..action }
}

#[must_use]
pub fn all() -> Vec<Lifecycle> {
    vec![incident_reports(), incidents(), investigations(), countermeasures(), general()]
}

fn incidents() -> Lifecycle {
    Lifecycle {
        name: "incidents".into(),
        initial: vec![],
        active: list("open"),
        inactive: list("resolved, abandoned"),
        on_create: "open".into(),
        merged_as: "resolved".into(),
        creatable: list("open"),
        transitions: table("open: resolved, abandoned; resolved: open; abandoned: open"),
        rights: BTreeMap::new(),
        actions: vec![
            action("open", "resolved", "Resolve", Update::Comment),
            action("open", "resolved", "Quick Resolve", Update::None),
            action("open", "abandoned", "Abandon", Update::Comment),
            action("resolved, abandoned", "open", "Re-open", Update::None),
        ],
        maps: maps(&[
            ("incident_reports", "open>open, resolved>resolved, abandoned>rejected"),
            ("investigations", "open>open, resolved>resolved, abandoned>resolved"),
            ("countermeasures", "open>active, resolved>removed, abandoned>removed"),
            ("default", "open>open, resolved>resolved, abandoned>rejected"),
        ]),
        ..Lifecycle::default()
    }
}

fn incident_reports() -> Lifecycle {
    Lifecycle {
        name: "incident_reports".into(),
        initial: list("new"),
        active: list("open"),
        inactive: list("resolved, rejected"),
        on_create: "new".into(),
        merged_as: "resolved".into(),
        creatable: list("new, open, resolved"),
        transitions: table("new: open, resolved, rejected; open: resolved, rejected; resolved: open; rejected: open"),
        rights: BTreeMap::new(),
        outcomes: outcomes("open", "rejected"),
        actions: vec![
            action("new", "open", "Open It", Update::Respond),
            action("new, open", "resolved", "Resolve", Update::Comment),
            action("new, open", "resolved", "Quick Resolve", Update::None),
            take_first(action("new, open", "rejected", "Reject", Update::Respond)),
            take_first(action("new, open", "rejected", "Quick Reject", Update::None)),
            action("resolved, rejected", "open", "Re-open", Update::None),
        ],
        maps: maps(&[
            ("incidents", "new>open, open>open, resolved>resolved, rejected>abandoned"),
            ("investigations", "new>open, open>open, resolved>resolved, rejected>resolved"),
            ("countermeasures", "new>pending activation, open>active, resolved>removed, rejected>removed"),
            ("default", "new>new, open>open, resolved>resolved, rejected>rejected"),
        ]),
        ..Lifecycle::default()
    }
}

fn investigations() -> Lifecycle {
    let same = "open>open, resolved>resolved";
    Lifecycle {
        name: "investigations".into(),
        initial: vec![],
        active: list("open"),
        inactive: list("resolved"),
        on_create: "open".into(),
        merged_as: "resolved".into(),
        creatable: list("open, resolved"),
        transitions: table("open: resolved; resolved: open"),
        rights: BTreeMap::new(),
        outcomes: outcomes("open", "resolved"),
        actions: vec![
            action("open", "resolved", "Resolve", Update::Comment),
            action("open", "resolved", "Quick Resolve", Update::None),
            action("resolved", "open", "Re-open", Update::None),
        ],
        maps: maps(&[
            ("incidents", same),
            ("incident_reports", same),
            ("default", same),
            ("countermeasures", "open>active, resolved>removed"),
        ]),
        ..Lifecycle::default()
    }
}

fn countermeasures() -> Lifecycle {
    let to_open = "pending activation>open, active>open, pending removal>open, removed>resolved";
    let to_new = "pending activation>new, active>open, pending removal>open, removed>resolved";
    Lifecycle {
        name: "countermeasures".into(),
        initial: list("pending activation"),
        active: list("active, pending removal"),
        inactive: list("removed"),
        on_create: "pending activation".into(),
        merged_as: "removed".into(),
        creatable: list("pending activation, active"),
        transitions: table(
            "pending activation: active, removed; active: pending removal, removed; pending removal: removed, active; removed: active",
        ),
        rights: BTreeMap::new(),
        outcomes: outcomes("active", "removed"),
        actions: vec![
            action("pending activation, pending removal, removed", "active", "Activate", Update::Comment),
            action("pending activation, active, pending removal", "removed", "Remove", Update::Comment),
            action("pending activation, active, pending removal", "removed", "Quick Remove", Update::None),
            action("active", "pending removal", "Pending Removal", Update::Comment),
        ],
        maps: maps(&[("incidents", to_open), ("investigations", to_open), ("incident_reports", to_new), ("default", to_new)]),
        ..Lifecycle::default()
    }
}

fn general() -> Lifecycle {
    let everything = list("new, open, stalled, resolved, rejected, deleted");
    let transitions =
        everything.iter().map(|from| (from.clone(), everything.iter().filter(|to| *to != from).cloned().collect())).collect();
    Lifecycle {
        name: "default".into(),
        initial: list("new"),
        active: list("open, stalled"),
        inactive: list("resolved, rejected, deleted"),
        on_create: "new".into(),
        merged_as: "resolved".into(),
        creatable: list("new, open, resolved"),
        transitions,
        rights: BTreeMap::from([("* -> deleted".to_owned(), "DeleteTicket".to_owned())]),
        outcomes: outcomes("open", "rejected"),
        actions: vec![
            action("new", "open", "Open It", Update::Respond),
            action("new, open", "resolved", "Resolve", Update::Comment),
            action("new, open", "rejected", "Reject", Update::Respond),
            action("open", "stalled", "Stall", Update::Comment),
            action("new", "deleted", "Delete", Update::None),
            action("stalled", "open", "Open It", Update::None),
            action("resolved, rejected", "open", "Re-open", Update::Comment),
            action("deleted", "open", "Undelete", Update::None),
        ],
        maps: maps(&[
            ("incident_reports", "new>new, open>open, stalled>open, resolved>resolved, rejected>rejected"),
            ("incidents", "new>open, open>open, stalled>open, resolved>resolved, rejected>abandoned"),
            ("investigations", "new>open, open>open, stalled>open, resolved>resolved, rejected>resolved"),
            ("countermeasures", "new>active, open>active, stalled>pending activation, resolved>removed, rejected>removed"),
        ]),
        ..Lifecycle::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::{Lifecycles, Refusal};

    #[test]
    fn every_name_used_in_a_seeded_lifecycle_is_one_of_its_statuses() {
        let lifecycles = Lifecycles::new(all());
        for lifecycle in lifecycles.iter() {
            let known = |status: &str| assert!(lifecycle.class(status).is_some(), "{}: {status}", lifecycle.name);
            known(&lifecycle.on_create);
            known(&lifecycle.merged_as);
            for status in &lifecycle.creatable {
                known(status);
            }
            for (from, to) in &lifecycle.transitions {
                known(from);
                for status in to {
                    known(status);
                }
            }
            for action in &lifecycle.actions {
                known(&action.to);
                action
                    .from
                    .iter()
                    .for_each(|from| assert!(lifecycle.reaches(from, &action.to), "{}: {from} -> {}", lifecycle.name, action.to));
            }
            for (other, pairs) in &lifecycle.maps {
                let target = lifecycles.get(other).expect("maps name seeded lifecycles");
                for (from, to) in pairs {
                    known(from);
                    assert!(target.class(to).is_some(), "{} -> {other}: {to}", lifecycle.name);
                }
            }
        }
    }

    #[test]
    fn moves_not_listed_are_refused() {
        let lifecycles = Lifecycles::new(all());
        let reports = lifecycles.get("incident_reports").expect("seeded");
        assert_eq!(reports.step("new", "OPEN"), Ok("open"));
        assert_eq!(reports.step("open", "new"), Err(Refusal::Forbidden("open".into(), "new".into())));
        assert_eq!(reports.step("new", "abandoned"), Err(Refusal::Unknown("abandoned".into())));
        assert_eq!(reports.at_creation(Some("rejected")), Err(Refusal::NotAtCreation("rejected".into())));
        let labels: Vec<_> = reports.actions_from("new").map(|action| action.label.as_str()).collect();
        assert_eq!(labels, ["Open It", "Resolve", "Quick Resolve", "Reject", "Quick Reject"]);
        assert_eq!(lifecycles.map("incidents", "incident_reports", "abandoned"), Some("rejected"));
    }
}
