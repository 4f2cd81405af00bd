use query::{Facts, Field, matches, parse};

struct Sheet;

impl Facts for Sheet {
    fn values(&self, field: &Field) -> Option<Vec<String>> {
        let list: &[&str] = match (field.name.to_lowercase().as_str(), field.key.as_deref()) {
            ("status", None) => &["Open"],
            ("priority", None) => &["9"],
            ("subject", None) => &["Straße gesperrt"],
            ("requestor", None | Some("EmailAddress")) => &["ray@bank.example", "noc@isp.example"],
            ("due" | "cc", None) => &[],
            ("cf", Some("Limit")) => &["10"],
            _ => return None,
        };
        Some(list.iter().map(|&value| value.to_owned()).collect())
    }

    fn placeholder(&self, field: &Field, name: &str) -> Option<Vec<String>> {
        (field.is("Status") && name == "Active").then(|| vec!["new".to_owned(), "open".to_owned()])
    }
}

#[test]
fn conditions_are_judged_against_facts() {
    for (text, expected) in [
        ("Status = 'open'", true),
        ("Status != 'OPEN'", false),
        ("Status = __Active__", true),
        ("Status != '__Active__'", false),
        ("Priority < 10", true),
        ("Priority < '10'", true),
        ("Priority >= 10", false),
        ("Priority <= 009", true),
        ("Priority < CF.{Limit}", true),
        ("Subject LIKE 'STRASSE'", false),
        ("Subject LIKE 'GESPERRT'", true),
        ("Subject NOT LIKE 'gesperrt'", false),
        ("Subject STARTSWITH 'straße'", true),
        ("Requestor ENDSWITH '@ISP.example'", true),
        ("Requestor NOT ENDSWITH '@isp.example'", false),
        ("Requestor = 'ray@bank.example'", true),
        ("Requestor != 'nobody@x.example'", true),
        ("Due IS NULL AND Requestor IS NOT NULL", true),
        ("Due IS NOT NULL OR Requestor IS NULL", false),
        ("Due < '2030'", false),
        ("Due != 'x'", true),
        ("NOT (Status = 'open' AND Priority = 9)", false),
    ] {
        assert_eq!(matches(&parse(text).unwrap(), &Sheet), Ok(expected), "{text}");
    }
}

#[test]
fn an_unknown_field_is_named_even_where_the_answer_is_known() {
    for (text, name) in [
        ("Status = 'open' OR Colour = 'red'", "Colour"),
        ("Status = 'new' AND Status = Colour", "Colour"),
        ("CF.{Nope} IS NULL", "CF.{Nope}"),
        ("Priority = __Nope__", "__Nope__"),
    ] {
        assert_eq!(matches(&parse(text).unwrap(), &Sheet).unwrap_err().name, name);
    }
}
