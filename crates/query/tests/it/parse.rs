//! Text beside the tree it gives, in a short notation: conditions as `field|key|sub op value`.

use query::{MAX_DEPTH, MAX_TERMS, MAX_TEXT, Query, Value, fields, parse};

fn short(query: &Query) -> String {
    let list = |parts: &[Query]| parts.iter().map(short).collect::<Vec<_>>().join(" ");
    match query {
        Query::And(parts) => format!("(and {})", list(parts)),
        Query::Or(parts) => format!("(or {})", list(parts)),
        Query::Not(inner) => format!("(not {})", short(inner)),
        Query::Term(term) => {
            let field = [Some(&term.field.name), term.field.key.as_ref(), term.field.sub.as_ref()];
            let field = field.into_iter().flatten().cloned().collect::<Vec<_>>().join("|");
            let shallow = if term.shallow { "shallow " } else { "" };
            let value = match &term.value {
                Value::Text(text) => format!("{text:?}"),
                Value::Number(number) => number.to_string(),
                Value::Null => "null".to_owned(),
                Value::Placeholder(name) => format!("<{name}>"),
                Value::Column(column) => format!("column {column}"),
            };
            format!("[{field} {shallow}{:?} {value}]", term.op)
        }
    }
}

const GOOD: &[(&str, &str)] = &[
    ("id = 5", "[id Eq 5]"),
    ("id=5", "[id Eq 5]"),
    ("id>=+5", "[id Ge 5]"),
    ("Priority < -3", "[Priority Lt -3]"),
    ("Queue = 'Incident Reports'", "[Queue Eq \"Incident Reports\"]"),
    ("Queue != \"it's\"", "[Queue Ne \"it's\"]"),
    (r"Subject LIKE 'a\'b\\c\d'", r#"[Subject Like "a'b\\cd"]"#),
    ("Subject not like 'x'", "[Subject NotLike \"x\"]"),
    ("Subject StartsWith 'x'", "[Subject StartsWith \"x\"]"),
    ("Subject NOT STARTSWITH 'x'", "[Subject NotStartsWith \"x\"]"),
    ("Requestor ENDSWITH '@bank.example'", "[Requestor EndsWith \"@bank.example\"]"),
    ("Requestor.Name NOT ENDSWITH 'x'", "[Requestor|Name NotEndsWith \"x\"]"),
    ("Requestor SHALLOW = 'ray@example'", "[Requestor shallow Eq \"ray@example\"]"),
    ("Due IS NULL", "[Due Is null]"),
    ("Due is not null", "[Due IsNot null]"),
    ("Due IS 'null'", "[Due Is null]"),
    ("Due = NULL OR Due != NULL", "(or [Due Is null] [Due IsNot null])"),
    ("Due = 'NULL'", "[Due Eq \"NULL\"]"),
    ("Resolved > Due", "[Resolved Gt column Due]"),
    ("Due < CF.{Deadline}", "[Due Lt column CF.{Deadline}]"),
    ("CF.{IP} = '10.0.0.0/8'", "[CF|IP Eq \"10.0.0.0/8\"]"),
    ("cf.IP = '::1'", "[cf|IP Eq \"::1\"]"),
    ("CF.{How Reported}='Email'", "[CF|How Reported Eq \"Email\"]"),
    ("CF.{IP}.Content LIKE '1'", "[CF|IP|Content Like \"1\"]"),
    ("'CF.{My field}' = 'x'", "[CF|My field Eq \"x\"]"),
    ("'My field' = 'x'", "[My field Eq \"x\"]"),
    ("\"not\" = 'x'", "[not Eq \"x\"]"),
    ("CustomRole.{Engineer}.EmailAddress = 'a@b'", "[CustomRole|Engineer|EmailAddress Eq \"a@b\"]"),
    ("Created.Month = 'May'", "[Created|Month Eq \"May\"]"),
    ("Status = '__Active__'", "[Status Eq <Active>]"),
    ("Status = __Inactive__ AND Owner=__CurrentUser__", "(and [Status Eq <Inactive>] [Owner Eq <CurrentUser>])"),
    ("Subject = '____'", "[Subject Eq \"____\"]"),
    ("a=1 AND b=2 AND c=3", "(and [a Eq 1] [b Eq 2] [c Eq 3])"),
    ("a=1 OR b=2 AND c=3", "(or [a Eq 1] (and [b Eq 2] [c Eq 3]))"),
    ("a=1 and b=2 or c=3", "(or (and [a Eq 1] [b Eq 2]) [c Eq 3])"),
    ("(a=1 OR b=2)AND c=3", "(and (or [a Eq 1] [b Eq 2]) [c Eq 3])"),
    ("((a=1))", "[a Eq 1]"),
    ("NOT a=1 AND b=2", "(and (not [a Eq 1]) [b Eq 2])"),
    ("not (a=1 OR NOT b=2)", "(not (or [a Eq 1] (not [b Eq 2])))"),
    ("\n\tid = 5 \u{a0}", "[id Eq 5]"),
    ("Größe = 'ß'", "[Größe Eq \"ß\"]"),
];

#[test]
fn tc253_every_form_of_the_grammar_gives_its_tree() {
    for (text, tree) in GOOD {
        let read = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(short(&read), *tree, "{text}");
    }
}

const BAD: &[(&str, &str)] = &[
    ("", "at character 1: expected a field, NOT or ("),
    ("   ", "at character 4: expected a field, NOT or ("),
    ("id", "at character 3: expected an operator"),
    ("id =", "at character 5: expected a value"),
    ("id = )", "at character 6: expected a value"),
    ("id = 5 id = 6", "at character 8: expected AND, OR or the end"),
    ("(id = 5", "at character 8: expected AND, OR or )"),
    ("id = 5)", "at character 7: expected AND, OR or the end"),
    ("id = 5 AND", "at character 11: expected a field"),
    ("AND id = 5", "at character 1: expected a field"),
    ("'' = 5", "at character 1: expected a field"),
    ("Subject = 'öß", "at character 14: expected a closing '"),
    ("Subject = \"a\\", "expected a closing \""),
    ("Created > 2024-01-01", "at character 15: expected the end of a number"),
    ("id = 5x", "at character 7: expected the end of a number"),
    ("id = 99999999999999999999", "expected a smaller number"),
    ("Owner. = 1", "at character 7: expected a name or {…} after the dot"),
    ("CF.{} = 1", "expected a name or {…} after the dot"),
    ("CF.{IP = 1", "expected a name or {…} after the dot"),
    ("a.b.c.d = 1", "at character 6: expected no more than three parts"),
    ("Due IS 'x'", "at character 8: expected NULL"),
    ("Due < NULL", "at character 7: expected another value (NULL"),
    ("Subject NOT = 'x'", "at character 13: expected LIKE, STARTSWITH or ENDSWITH"),
    ("Subject IN 'x'", "at character 9: expected an operator"),
    ("Öl ; 1", "at character 4: expected a field, an operator, a value or a parenthesis"),
    ("id = \0", "at character 6: expected a field, an operator, a value or a parenthesis"),
];

#[test]
fn an_error_says_where_and_what_was_expected() {
    for (text, expected) in BAD {
        let error = parse(text).map(|query| short(&query)).unwrap_err();
        assert!(error.to_string().contains(expected), "{text}: {error}");
        assert!(text.is_char_boundary(error.at), "{text}: {}", error.at);
    }
}

#[test]
fn depth_terms_and_length_are_bounded() {
    let nested = |levels: usize| format!("{}id = 1{}", "(".repeat(levels), ")".repeat(levels));
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    assert!(parse(&nested(MAX_DEPTH + 1)).unwrap_err().message.contains("levels"));
    assert!(parse(&"(".repeat(MAX_TEXT)).unwrap_err().message.contains("levels"));
    assert!(parse(&format!("{} id = 1", "NOT ".repeat(10_000))).unwrap_err().message.contains("levels"));

    let long = |terms: usize| vec!["id = 1"; terms].join(" OR ");
    assert!(parse(&long(MAX_TERMS)).is_ok());
    assert!(parse(&long(MAX_TERMS + 1)).unwrap_err().message.contains("conditions"));

    let wide = |length: usize| format!("{}id = 1", " ".repeat(length - 6));
    assert!(parse(&wide(MAX_TEXT)).is_ok());
    assert!(parse(&wide(MAX_TEXT + 1)).unwrap_err().message.contains("bytes"));
}

#[test]
fn spans_point_into_the_text() {
    let text = "  ( Größe = 'x' AND CF.{IP}.Content>=Due )";
    let query = parse(text).unwrap();
    let seen: Vec<_> = fields(&query).into_iter().map(|field| &text[field.span.start..field.span.end]).collect();
    assert_eq!(seen, ["Größe", "CF.{IP}.Content", "Due"]);
    let Query::And(parts) = query else { panic!("an AND") };
    let Query::Term(last) = &parts[1] else { panic!("a term") };
    assert_eq!(&text[last.span.start..last.span.end], "CF.{IP}.Content>=Due");
}
