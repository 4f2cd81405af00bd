//! The seeded lifecycles as the specification's tables have them, and what is found wrong with a definition.

use domain::{
    Right, StatusClass,
    lifecycle::{Action, Lifecycle, Lifecycles, Refusal, Update, seeded},
};

fn all() -> Lifecycles {
    Lifecycles::new(seeded::all())
}

fn one(name: &str) -> Lifecycle {
    all().get(name).unwrap().clone()
}

// IR-022, IR-023, IR-024, IR-025, TC-030, TC-033
#[test]
fn ir022_ir025_statuses_and_defaults_are_those_of_the_table() {
    for (name, initial, active, inactive, on_create, merged) in [
        ("incidents", "", "open", "resolved abandoned", "open", "resolved"),
        ("incident_reports", "new", "open", "resolved rejected", "new", "resolved"),
        ("investigations", "", "open", "resolved", "open", "resolved"),
        ("countermeasures", "pending_activation", "active pending_removal", "removed", "pending activation", "removed"),
        ("default", "new", "open stalled", "resolved rejected deleted", "new", "resolved"),
    ] {
        let lifecycle = one(name);
        let list = |text: &str| text.split_whitespace().map(|status| status.replace('_', " ")).collect::<Vec<_>>();
        assert_eq!(lifecycle.initial, list(initial), "{name}");
        assert_eq!(lifecycle.active, list(active), "{name}");
        assert_eq!(lifecycle.inactive, list(inactive), "{name}");
        assert_eq!((lifecycle.first_status(), lifecycle.merged_as.as_str()), (on_create, merged), "{name}");
    }
    let outcomes = |name: &str| (one(name).outcomes.approved.unwrap_or_default(), one(name).outcomes.denied.unwrap_or_default());
    assert_eq!(outcomes("incident_reports"), ("open".into(), "rejected".into()));
    assert_eq!(outcomes("investigations"), ("open".into(), "resolved".into()));
    assert_eq!(outcomes("countermeasures"), ("active".into(), "removed".into()));
    assert_eq!(outcomes("default"), ("open".into(), "rejected".into()));
}

// IR-026, IR-027, IR-028, IR-029, IR-030: every pair of statuses, and every status at creation.
#[test]
fn ir026_ir030_the_transitions_of_the_tables_and_no_others() {
    for (name, creation, allowed) in [
        ("incidents", "open", "open>resolved open>abandoned resolved>open abandoned>open"),
        (
            "incident_reports",
            "new open resolved",
            "new>open new>resolved new>rejected open>resolved open>rejected resolved>open rejected>open",
        ),
        ("investigations", "open resolved", "open>resolved resolved>open"),
        (
            "countermeasures",
            "pending_activation active",
            "pending_activation>active pending_activation>removed active>pending_removal active>removed \
             pending_removal>removed pending_removal>active removed>active",
        ),
    ] {
        let lifecycle = one(name);
        let written = |status: &str| status.replace(' ', "_");
        for status in lifecycle.statuses() {
            let may = creation.split_whitespace().any(|one| one == written(status));
            match lifecycle.at_creation(Some(status)) {
                Ok(found) => assert!(may && found == status, "{name}: {status} at creation"),
                Err(refusal) => {
                    assert!(!may && refusal == Refusal::NotAtCreation(status.to_owned()), "{name}: {status} at creation");
                }
            }
            for to in lifecycle.statuses() {
                let step = format!("{}>{}", written(status), written(to));
                let may = allowed.split_whitespace().any(|one| one == step);
                assert_eq!(lifecycle.step(status, to).is_ok(), may, "{name}: {step}");
                if !may {
                    assert_eq!(lifecycle.step(status, to), Err(Refusal::Forbidden(status.to_owned(), to.to_owned())));
                }
            }
        }
        assert_eq!(lifecycle.step("open", "nonsense"), Err(Refusal::Unknown("nonsense".into())), "{name}");
    }
}

// IR-031
#[test]
fn ir031_every_transition_of_the_four_needs_modify_ticket() {
    for name in ["incidents", "incident_reports", "investigations", "countermeasures"] {
        let lifecycle = one(name);
        for (from, targets) in &lifecycle.transitions {
            for to in targets {
                assert_eq!(lifecycle.right(from, to), Right::ModifyTicket, "{name}: {from} -> {to}");
            }
        }
    }
}

// TC-033, TC-034, TC-046
#[test]
fn tc034_without_transitions_every_move_is_allowed_and_without_a_list_all_but_deleted_at_creation() {
    let general = one("default");
    assert!(general.reaches("rejected", "new") && general.reaches("deleted", "open"), "TC-033: every status to every other");
    let free = Lifecycle {
        name: "free".into(),
        active: vec!["open".into()],
        inactive: vec!["done".into(), "deleted".into()],
        ..Lifecycle::default()
    };
    assert!(free.reaches("done", "open") && free.reaches("open", "deleted") && !free.reaches("open", "open"));
    assert_eq!((free.at_creation(None), free.at_creation(Some("done"))), (Ok("open"), Ok("done")));
    assert!(free.at_creation(Some("deleted")).is_err());
    assert_eq!(free.flaws(&all()), []);
    assert!(StatusClass::Initial.is_open() && StatusClass::Active.is_open() && !StatusClass::Inactive.is_open(), "TC-046");
}

// TC-035
#[test]
fn tc035_the_most_exact_right_wins() {
    let mut lifecycle = one("default");
    let pairs =
        [("new -> open", "OwnTicket"), ("* -> open", "TakeTicket"), ("new -> *", "CommentOnTicket"), ("* -> *", "ReplyToTicket")];
    lifecycle.rights = pairs.map(|(step, right)| (step.to_owned(), right.to_owned())).into();
    for (from, to, right) in [
        ("new", "open", Right::OwnTicket),
        ("stalled", "open", Right::TakeTicket),
        ("new", "stalled", Right::CommentOnTicket),
        ("open", "stalled", Right::ReplyToTicket),
        ("open", "deleted", Right::ReplyToTicket),
    ] {
        assert_eq!(lifecycle.right(from, to), right, "{from} -> {to}");
    }
    lifecycle.rights.clear();
    assert_eq!(
        (lifecycle.right("open", "deleted"), lifecycle.right("open", "resolved")),
        (Right::DeleteTicket, Right::ModifyTicket)
    );
}

// TC-041, TC-042
#[test]
fn tc041_tc042_actions_in_order_and_a_wildcard_gives_way_to_an_exact_one() {
    let mut lifecycle = one("default");
    let offered = |lifecycle: &Lifecycle, status: &str| {
        lifecycle.actions_from(status).map(|action| format!("{}: {:?}", action.label, action.update)).collect::<Vec<_>>()
    };
    assert_eq!(offered(&lifecycle, "new"), ["Open It: Respond", "Resolve: Comment", "Reject: Respond", "Delete: None"]);
    assert_eq!(offered(&lifecycle, "open"), ["Resolve: Comment", "Reject: Respond", "Stall: Comment"]);
    assert_eq!(offered(&lifecycle, "stalled"), ["Open It: None"]);
    assert_eq!(offered(&lifecycle, "resolved"), ["Re-open: Comment"]);
    assert_eq!(offered(&lifecycle, "deleted"), ["Undelete: None"]);
    let any = Action { from: vec![], to: "open".into(), label: "Anyhow".into(), update: Update::None, take_first: false };
    lifecycle.actions.push(any);
    assert!(!offered(&lifecycle, "new").contains(&"Anyhow: None".to_owned()), "an exact one exists");
    assert!(!offered(&lifecycle, "open").contains(&"Anyhow: None".to_owned()), "the status it has already");
    lifecycle.actions.remove(0);
    assert!(offered(&lifecycle, "new").contains(&"Anyhow: None".to_owned()));
}

type Break = fn(&mut Lifecycle);

// TC-031, TC-032, TC-036
#[test]
fn tc031_what_is_wrong_with_a_definition_is_named_with_its_place() {
    let good = one("default");
    assert_eq!(good.flaws(&all()), [], "the seeded one is sound");
    let table: &[(&str, &str, Break)] = &[
        ("name", "1 to 64 letters", |it| it.name = String::new()),
        ("name", "1 to 64 letters", |it| it.name = "x".repeat(65)),
        ("initial", "cannot be a status", |it| it.initial.push("nëw".into())),
        ("active", "cannot be a status", |it| it.active.push(String::new())),
        ("active", "cannot be a status", |it| it.active.push("x".repeat(65))),
        ("inactive", "stands twice", |it| it.inactive.push("new".into())),
        ("inactive", "nothing could ever be closed", |it| it.inactive.clear()),
        ("on_create", "not one of the statuses", |it| it.on_create = "fresh".into()),
        ("on_create", "not in “creatable”", |it| it.on_create = "stalled".into()),
        ("merged_as", "not one of the statuses", |it| it.merged_as = "gone".into()),
        ("creatable", "not one of the statuses", |it| it.creatable.push("gone".into())),
        ("transitions.gone", "not one of the statuses", |it| drop(it.transitions.insert("gone".into(), vec![]))),
        ("transitions.new", "not one of the statuses", |it| drop(it.transitions.insert("new".into(), vec!["gone".into()]))),
        ("transitions.new", "leads to itself", |it| drop(it.transitions.insert("new".into(), vec!["new".into()]))),
        ("rights.new", "written “from -> to”", |it| drop(it.rights.insert("new".into(), "ModifyTicket".into()))),
        ("rights.new -> gone", "not one of the statuses", |it| {
            drop(it.rights.insert("new -> gone".into(), "ModifyTicket".into()));
        }),
        ("rights.* -> open", "no right “OpenTicket”", |it| drop(it.rights.insert("* -> open".into(), "OpenTicket".into()))),
        ("actions.1", "needs a label", |it| it.actions[0].label = " ".into()),
        ("actions.1", "not one of the statuses", |it| it.actions[0].to = "gone".into()),
        ("actions.1", "would never be offered", |it| {
            drop(it.transitions.insert("new".into(), vec!["deleted".into(), "resolved".into(), "rejected".into()]));
        }),
        ("maps.nowhere", "no other lifecycle", |it| drop(it.maps.insert("nowhere".into(), [].into()))),
        ("maps.incidents", "not a status of “incidents”", |it| {
            drop(it.maps.insert("incidents".into(), [("new".into(), "new".into())].into()));
        }),
        ("outcomes.approved", "not one of the statuses", |it| it.outcomes.approved = Some("fine".into())),
    ];
    for (place, message, spoil) in table {
        let mut broken = good.clone();
        spoil(&mut broken);
        let flaws = broken.flaws(&all());
        assert!(flaws.iter().any(|flaw| flaw.place == *place && flaw.message.contains(message)), "{place} {message}: {flaws:?}");
    }
}

// TC-031
#[test]
fn tc031_statuses_are_compared_in_lower_case_and_shown_as_configured() {
    let text = r#"{"name":"desk","active":["Open"," In Progress "],"inactive":["Done"],"on_create":"OPEN",
        "transitions":{"Open":["In Progress","DONE"]},"actions":[{"from":["*"],"to":"Done","label":"Finish","update":"none"}]}"#;
    let lifecycle = serde_json::from_str::<Lifecycle>(text).unwrap().normalised();
    assert_eq!(lifecycle.flaws(&all()), []);
    assert_eq!(lifecycle.statuses().collect::<Vec<_>>(), ["open", "in progress", "done"]);
    assert_eq!((lifecycle.shown("in progress"), lifecycle.shown("other")), ("In Progress", "other"));
    assert_eq!(lifecycle.canonical(" In PROGRESS"), Some("in progress"));
    assert!(lifecycle.reaches("open", "done") && lifecycle.actions[0].from.is_empty());
    let doubled =
        serde_json::from_str::<Lifecycle>(r#"{"name":"d","active":["Open","OPEN"],"inactive":["done"]}"#).unwrap().normalised();
    assert!(doubled.flaws(&all()).iter().any(|flaw| flaw.message.contains("stands twice")), "unique ignoring case");
    assert!(
        serde_json::from_str::<Lifecycle>(r#"{"name":"d","actve":["open"]}"#).is_err(),
        "a misspelt key is no silent nothing"
    );
}

// TC-044
#[test]
fn tc044_missing_maps_are_told_in_both_directions() {
    let seeded = all().missing_maps("default");
    assert!(
        seeded.iter().all(|map| map.from == "default" && map.statuses == ["deleted"]),
        "the tables leave out nothing else: {seeded:?}"
    );
    let extra =
        Lifecycle { name: "desk".into(), active: vec!["open".into()], inactive: vec!["done".into()], ..Lifecycle::default() };
    let missing = all().with(extra).missing_maps("desk");
    assert!(missing.iter().any(|map| map.from == "desk" && map.to == "incidents" && map.statuses == ["open", "done"]));
    assert!(missing.iter().any(|map| map.from == "incidents" && map.to == "desk"));
}
