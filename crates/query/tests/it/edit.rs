use query::{Edit, Join, added, at, edited, parse};

fn after(text: &str, place: &str, edit: Edit) -> String {
    edited(parse(text).unwrap(), &place.parse().unwrap(), edit).map(|query| query.to_string()).unwrap_or_default()
}

#[test]
fn tc269_a_condition_is_taken_away_and_groups_of_one_dissolve() {
    for (text, place, left) in [
        ("a = 1 AND b = 2 AND c = 3", "1", "a = 1 AND c = 3"),
        ("a = 1 AND (b = 2 OR c = 3)", "1.0", "a = 1 AND c = 3"),
        ("a = 1 AND NOT (b = 2 OR c = 3)", "1.0", "a = 1"),
        ("a = 1 AND NOT b = 2", "1.0", "a = 1"),
        ("a = 1", "", ""),
        ("NOT a = 1", "0", ""),
        ("a = 1 AND b = 2", "7", "a = 1 AND b = 2"),
        ("a = 1 AND b = 2", "0.3.1", "a = 1 AND b = 2"),
    ] {
        assert_eq!(after(text, place, Edit::Remove), left, "{text} at {place}");
    }
}

#[test]
fn tc269_joins_are_turned_and_parts_denied() {
    assert_eq!(after("a = 1 AND (b = 2 OR c = 3)", "", Edit::Toggle), "a = 1 OR (b = 2 OR c = 3)");
    assert_eq!(after("a = 1 AND (b = 2 OR c = 3)", "1", Edit::Toggle), "a = 1 AND (b = 2 AND c = 3)");
    assert_eq!(after("a = 1 AND b = 2", "1", Edit::Toggle), "a = 1 AND b = 2");
    assert_eq!(after("a = 1 AND b = 2", "1", Edit::Negate), "a = 1 AND NOT b = 2");
    assert_eq!(after("a = 1 AND NOT b = 2", "1", Edit::Negate), "a = 1 AND b = 2");
}

#[test]
fn tc269_parts_go_into_groups_and_out_of_them() {
    for (text, place, edit, expected) in [
        ("a = 1 AND b = 2 AND c = 3", "2", Edit::Indent, "a = 1 AND (b = 2 OR c = 3)"),
        ("(a = 1 OR b = 2) AND c = 3 AND d = 4", "1", Edit::Indent, "(a = 1 OR b = 2 OR c = 3) AND d = 4"),
        ("a = 1 AND b = 2", "0", Edit::Indent, "a = 1 AND b = 2"),
        ("a = 1 AND b = 2", "5", Edit::Indent, "a = 1 AND b = 2"),
        ("a = 1 AND (b = 2 OR c = 3 OR d = 4)", "1.1", Edit::Outdent, "a = 1 AND (b = 2 OR d = 4) AND c = 3"),
        ("(a = 1 OR b = 2) AND c = 3", "0.0", Edit::Outdent, "b = 2 AND a = 1 AND c = 3"),
        ("a = 1 AND NOT (b = 2 OR c = 3)", "1.0.0", Edit::Outdent, "a = 1 AND NOT c = 3 AND b = 2"),
        ("a = 1 AND b = 2", "1", Edit::Outdent, "a = 1 AND b = 2"),
    ] {
        assert_eq!(after(text, place, edit.clone()), expected, "{edit:?} of {text} at {place}");
    }
}

#[test]
fn tc269_conditions_are_added_to_what_is_there() {
    let new = || vec![parse("x = 1").unwrap(), parse("y = 2").unwrap()];
    let with = |text: &str, join| added((!text.is_empty()).then(|| parse(text).unwrap()), join, new()).unwrap().to_string();
    assert_eq!(with("", Join::Or), "x = 1 OR y = 2");
    assert_eq!(with("a = 1", Join::And), "a = 1 AND x = 1 AND y = 2");
    assert_eq!(with("a = 1 AND b = 2", Join::And), "a = 1 AND b = 2 AND x = 1 AND y = 2");
    assert_eq!(with("a = 1 AND b = 2", Join::Or), "(a = 1 AND b = 2) OR x = 1 OR y = 2");
    assert_eq!(added(None, Join::And, vec![]), None);
}

#[test]
fn tc269_a_part_is_found_and_replaced_at_its_place() {
    let query = parse("a = 1 AND NOT (b = 2 OR c = 3)").unwrap();
    assert_eq!(at(&query, &"1.0.1".parse().unwrap()).unwrap().to_string(), "c = 3");
    assert_eq!(at(&query, &"1.1".parse().unwrap()), None);
    assert!("1.x".parse::<query::Place>().is_err());
    let new = Edit::Replace(parse("d = 4 OR e = 5").unwrap());
    assert_eq!(after("a = 1 AND b = 2", "1", new), "a = 1 AND (d = 4 OR e = 5)");
}
