//! The lifecycles of a fresh installation, row by row as the specification tables them.

use domain::lifecycle::{Lifecycles, Update, seeded};

const REPORTS: &str = "incident_reports";
const INCIDENTS: &str = "incidents";
const INVESTIGATIONS: &str = "investigations";
const COUNTERMEASURES: &str = "countermeasures";

/// Id, lifecycle, statuses it is offered in, where it leads, caption, the message form it opens.
type Tabled = (&'static str, &'static str, &'static [&'static str], &'static str, &'static str, Update);

const ACTIONS: [Tabled; 17] = [
    ("IR-032", INCIDENTS, &["open"], "resolved", "Resolve", Update::Comment),
    ("IR-033", INCIDENTS, &["open"], "resolved", "Quick Resolve", Update::None),
    ("IR-034", INCIDENTS, &["open"], "abandoned", "Abandon", Update::Comment),
    ("IR-035", INCIDENTS, &["resolved", "abandoned"], "open", "Re-open", Update::None),
    ("IR-036", REPORTS, &["new"], "open", "Open It", Update::Respond),
    ("IR-037", REPORTS, &["new", "open"], "resolved", "Resolve", Update::Comment),
    ("IR-038", REPORTS, &["new", "open"], "resolved", "Quick Resolve", Update::None),
    ("IR-039", REPORTS, &["new", "open"], "rejected", "Reject", Update::Respond),
    ("IR-040", REPORTS, &["new", "open"], "rejected", "Quick Reject", Update::None),
    ("IR-041", REPORTS, &["resolved", "rejected"], "open", "Re-open", Update::None),
    ("IR-042", INVESTIGATIONS, &["open"], "resolved", "Resolve", Update::Comment),
    ("IR-043", INVESTIGATIONS, &["open"], "resolved", "Quick Resolve", Update::None),
    ("IR-044", INVESTIGATIONS, &["resolved"], "open", "Re-open", Update::None),
    ("IR-045", COUNTERMEASURES, &["pending activation", "pending removal", "removed"], "active", "Activate", Update::Comment),
    ("IR-046", COUNTERMEASURES, &["pending activation", "active", "pending removal"], "removed", "Remove", Update::Comment),
    ("IR-047", COUNTERMEASURES, &["pending activation", "active", "pending removal"], "removed", "Quick Remove", Update::None),
    ("IR-048", COUNTERMEASURES, &["active"], "pending removal", "Pending Removal", Update::Comment),
];

#[test]
fn named_actions_are_offered_in_their_statuses_and_in_no_other() {
    let lifecycles = Lifecycles::new(seeded::all());
    for (id, name, from, to, caption, update) in ACTIONS {
        let lifecycle = lifecycles.get(name).expect("seeded");
        for status in lifecycle.statuses() {
            let offered =
                lifecycle.actions_from(status).filter(|action| action.label == caption && action.to == to).collect::<Vec<_>>();
            assert_eq!(offered.len(), usize::from(from.contains(&status)), "{id}: {caption} on {status}");
            assert!(offered.iter().all(|action| action.update == update), "{id}");
            let takes = matches!(id, "IR-039" | "IR-040");
            assert!(offered.iter().all(|action| action.take_first == takes), "{id}: take or steal first");
        }
    }
    for name in [REPORTS, INCIDENTS, INVESTIGATIONS, COUNTERMEASURES] {
        let lifecycle = lifecycles.get(name).expect("seeded");
        let known = ACTIONS.iter().filter(|action| action.1 == name).count();
        assert_eq!(lifecycle.actions.len(), known, "{name} has no action that the table has not");
    }
}

/// Id, from, to, and the map as `status>status`.
const MAPS: [(&str, &str, &str, &str); 20] = [
    ("IR-056", INCIDENTS, REPORTS, "open>open, resolved>resolved, abandoned>rejected"),
    ("IR-057", INCIDENTS, INVESTIGATIONS, "open>open, resolved>resolved, abandoned>resolved"),
    ("IR-058", INCIDENTS, COUNTERMEASURES, "open>active, resolved>removed, abandoned>removed"),
    ("IR-059", INCIDENTS, "default", "open>open, resolved>resolved, abandoned>rejected"),
    ("IR-060", REPORTS, INCIDENTS, "new>open, open>open, resolved>resolved, rejected>abandoned"),
    ("IR-061", REPORTS, INVESTIGATIONS, "new>open, open>open, resolved>resolved, rejected>resolved"),
    ("IR-062", REPORTS, COUNTERMEASURES, "new>pending activation, open>active, resolved>removed, rejected>removed"),
    ("IR-063", REPORTS, "default", "new>new, open>open, resolved>resolved, rejected>rejected"),
    ("IR-064", INVESTIGATIONS, INCIDENTS, "open>open, resolved>resolved"),
    ("IR-064", INVESTIGATIONS, REPORTS, "open>open, resolved>resolved"),
    ("IR-064", INVESTIGATIONS, "default", "open>open, resolved>resolved"),
    ("IR-065", INVESTIGATIONS, COUNTERMEASURES, "open>active, resolved>removed"),
    ("IR-066", COUNTERMEASURES, INCIDENTS, "pending activation>open, active>open, pending removal>open, removed>resolved"),
    ("IR-066", COUNTERMEASURES, INVESTIGATIONS, "pending activation>open, active>open, pending removal>open, removed>resolved"),
    ("IR-067", COUNTERMEASURES, REPORTS, "pending activation>new, active>open, pending removal>open, removed>resolved"),
    ("IR-067", COUNTERMEASURES, "default", "pending activation>new, active>open, pending removal>open, removed>resolved"),
    ("IR-068", "default", REPORTS, "new>new, open>open, stalled>open, resolved>resolved, rejected>rejected"),
    ("IR-069", "default", INCIDENTS, "new>open, open>open, stalled>open, resolved>resolved, rejected>abandoned"),
    ("IR-070", "default", INVESTIGATIONS, "new>open, open>open, stalled>open, resolved>resolved, rejected>resolved"),
    (
        "IR-071",
        "default",
        COUNTERMEASURES,
        "new>active, open>active, stalled>pending activation, resolved>removed, rejected>removed",
    ),
];

#[test]
fn statuses_are_mapped_between_lifecycles_as_tabled_and_nothing_else_is() {
    let lifecycles = Lifecycles::new(seeded::all());
    for (id, from, to, pairs) in MAPS {
        let pairs: Vec<(&str, &str)> = pairs.split(", ").filter_map(|pair| pair.split_once('>')).collect();
        for status in lifecycles.get(from).expect("seeded").statuses() {
            let tabled = pairs.iter().find(|(old, _)| *old == status).map(|(_, new)| *new);
            // IR-072: a status without an entry has none, and whoever asks leaves it as it is
            assert_eq!(lifecycles.map(from, to, status), tabled, "{id}: {from} → {to}, {status}");
        }
    }
    assert_eq!(lifecycles.map(INCIDENTS, "nowhere", "open"), None);
}
