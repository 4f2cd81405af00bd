use proptest::prelude::*;
use query::{Field, Op, Query, Term, Value, parse};

#[test]
fn tc254_mixed_levels_are_printed_with_parentheses() {
    for (text, printed) in [
        ("a=1 or b=2 and c=3", "a = 1 OR (b = 2 AND c = 3)"),
        ("not (a=1 or not b is null)", "NOT (a = 1 OR NOT b IS NULL)"),
        ("cf.ip = \"it's\\\\\"", r"cf.{ip} = 'it\'s\\'"),
        ("'My field' shallow like '__Active__'", "'My field' SHALLOW LIKE __Active__"),
        ("'NOT' = 1", "'NOT' = 1"),
        ("Requestor.{Name} = 1", "Requestor.Name = 1"),
    ] {
        assert_eq!(parse(text).unwrap().to_string(), printed);
    }
}

fn plain_field() -> impl Strategy<Value = Field> {
    let part = || proptest::option::of("[^}]{1,8}");
    ("[A-Za-zé][A-Za-z0-9_é]{0,8}", part(), part()).prop_map(|(name, key, sub)| {
        let sub = sub.filter(|_| key.is_some());
        Field { key, sub, ..Field::named(name) }
    })
}

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![4 => plain_field(), 1 => "[a-z][ '\"\\\\{}a-z]{0,8} ".prop_map(Field::named)]
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        Just(Op::Eq),
        Just(Op::Ne),
        Just(Op::Lt),
        Just(Op::Le),
        Just(Op::Gt),
        Just(Op::Ge),
        Just(Op::Like),
        Just(Op::NotLike),
        Just(Op::StartsWith),
        Just(Op::NotStartsWith),
        Just(Op::EndsWith),
        Just(Op::NotEndsWith),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let column = plain_field().prop_filter("a keyword alone is no column", |field| {
        let words = ["and", "or", "not", "null"];
        field.key.is_some() || !words.contains(&field.name.to_lowercase().as_str())
    });
    prop_oneof![
        ".{0,12}".prop_map(Value::Text),
        any::<i64>().prop_map(Value::Number),
        "[A-Za-z]{1,8}".prop_map(Value::Placeholder),
        column.prop_map(Value::Column),
    ]
}

fn term() -> impl Strategy<Value = Query> {
    let compared = (field(), op(), value(), any::<bool>());
    let null = (field(), prop_oneof![Just(Op::Is), Just(Op::IsNot)], any::<bool>());
    prop_oneof![
        4 => compared.prop_map(|(field, op, value, shallow)| Term { shallow, ..Term::new(field, op, value) }),
        1 => null.prop_map(|(field, op, shallow)| Term { shallow, ..Term::new(field, op, Value::Null) }),
    ]
    .prop_map(Query::Term)
}

fn tree() -> impl Strategy<Value = Query> {
    term().prop_recursive(6, 40, 4, |inner| {
        let parts = proptest::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            parts.clone().prop_map(Query::And),
            parts.prop_map(Query::Or),
            inner.prop_map(|inner| Query::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_tree(tree in tree()) {
        let text = tree.to_string();
        prop_assert_eq!(parse(&text), Ok(tree), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn no_heap_of_tokens_makes_the_parser_panic(
        words in proptest::collection::vec(
            prop_oneof![
                Just("("), Just(")"), Just("AND "), Just("or "), Just("NOT "), Just("IS "), Just("NULL "), Just("="), Just("!="),
                Just("LIKE "), Just("CF.{"), Just("}"), Just("."), Just("'"), Just("\""), Just("\\"), Just("é"), Just("12"), Just("-"),
                Just("id "), Just("__A__ "), Just("SHALLOW "),
            ],
            0..40,
        )
    ) {
        let text = words.concat();
        if let Ok(tree) = parse(&text) {
            prop_assert_eq!(parse(&tree.to_string()), Ok(tree));
        }
    }
}
