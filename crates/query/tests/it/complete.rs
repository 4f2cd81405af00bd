use query::{Wants, expected};

#[test]
fn what_is_wanted_next_is_told_from_what_stands_before() {
    let operator = || Wants::Operator("Status".to_owned());
    let value = |field: &str| Wants::Value(field.to_owned());
    for (text, typed, wants) in [
        ("", "", Wants::Field),
        ("Sta", "Sta", Wants::Field),
        ("NOT (Sta", "Sta", Wants::Field),
        ("Status ", "", operator()),
        ("Status LI", "LI", operator()),
        ("Status NOT ", "", operator()),
        ("Status = ", "", value("Status")),
        ("Status =", "", value("Status")),
        ("Status = 'op", "op", value("Status")),
        ("Status = \"it\\'s ", "it's ", value("Status")),
        ("Status = 'open' ", "", Wants::Join),
        ("Status = 'open' A", "A", Wants::Join),
        ("Status = 'open' AND CF.{Incident Ki", "CF.{Incident Ki", Wants::Field),
        ("CF.{Incident Kind} LIKE '", "", value("CF.{Incident Kind}")),
        ("(id = 5) ", "", Wants::Join),
        ("id = 5", "5", value("id")),
        ("Due IS NOT ", "", value("Due")),
        ("Requestor.Na", "Requestor.Na", Wants::Field),
        ("Ünknown = 'ä", "ä", value("Ünknown")),
    ] {
        let found = expected(text);
        assert_eq!((found.typed.as_str(), found.wants), (typed, wants), "{text}");
        assert!(text.is_char_boundary(found.start), "{text}");
    }
    assert_eq!(expected("Status = 'op").start, 9);
}

#[test]
fn nothing_typed_is_a_reason_to_fail() {
    for text in ["'", "\"\\", "{", "...", "((((", "= = =", "}{'", "\u{0}", "<>!=<>", "AND OR NOT", "CF.{", "é'é\\"] {
        let found = expected(text);
        assert!(found.start <= text.len(), "{text}");
    }
}
