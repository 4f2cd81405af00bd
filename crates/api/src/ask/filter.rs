//! The JSON query language: a list of conditions on readable columns (API-080 … API-082).

use crate::{
    call::Call,
    failure::{Failure, Outcome},
    shape::{Look, Record, column_text},
};
use serde_json::Value;

const MOST: usize = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    And,
    Or,
}

#[derive(Clone, Debug)]
struct Condition {
    field: String,
    value: Vec<String>,
    operator: Operator,
    joined: Option<Joined>,
    exact_case: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Equal,
    Less,
    More,
    Contains,
    Starts,
    Ends,
    Is,
    In,
}

#[derive(Clone, Copy, Debug)]
struct Operator {
    test: Test,
    negative: bool,
}

/// Conditions with how those on one field combine.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    conditions: Vec<Condition>,
    joined: Joined,
}

impl Filter {
    /// From the body of a POST, or `query` of a GET. `None`: nothing was asked.
    pub(crate) fn read(call: &mut Call, joined: Joined) -> Outcome<Option<Self>> {
        let value = match call.parameters.get("query").filter(|text| !text.trim().is_empty()) {
            Some(text) => serde_json::from_str(text).map_err(|error| Failure::bad(format!("JSON parse error: {error}")))?,
            None if call.body.iter().all(u8::is_ascii_whitespace) || call.kind() == crate::body::Kind::Form => return Ok(None),
            None => call.json()?,
        };
        let Value::Array(elements) = value else { return Err(Failure::bad("JSON object must be a ARRAY")) };
        let conditions = elements.iter().take(MOST).map(condition).filter_map(Result::transpose).collect::<Outcome<_>>()?;
        Ok(Some(Self { conditions, joined }))
    }

    /// Whether any condition is left for such records.
    pub(crate) fn says_nothing(&self, record: &dyn Record, look: &Look) -> bool {
        self.conditions.iter().all(|condition| record.column(&condition.field, look).is_none())
    }

    /// Conditions on one field first, then all fields together; what is no readable column is ignored.
    pub(crate) fn matches(&self, record: &dyn Record, look: &Look) -> bool {
        let mut groups: Vec<(&str, Joined, bool)> = Vec::new();
        for condition in &self.conditions {
            let Some(column) = record.column(&condition.field, look) else { continue };
            let holds = condition.holds(&column_text(&column, look));
            match groups.iter_mut().find(|(field, _, _)| *field == condition.field) {
                Some((_, _, sum)) if condition.joined.unwrap_or(self.joined) == Joined::Or => *sum |= holds,
                Some((_, _, sum)) => *sum &= holds,
                None => groups.push((&condition.field, condition.joined.unwrap_or(Joined::And), holds)),
            }
        }
        let mut groups = groups.into_iter();
        let Some((_, _, first)) = groups.next() else { return true };
        groups.fold(first, |sum, (_, joined, holds)| if joined == Joined::Or { sum || holds } else { sum && holds })
    }
}

fn condition(element: &Value) -> Outcome<Option<Condition>> {
    let (Some(field), Some(value)) = (element.get("field").and_then(Value::as_str), element.get("value")) else {
        return Ok(None);
    };
    let operator = match element.get("operator") {
        None | Some(Value::Null) => Operator { test: Test::Equal, negative: false },
        Some(name) => operator(name.as_str().unwrap_or_default())?,
    };
    let value = match value {
        Value::Array(values) => values.iter().filter_map(super::scalar).collect(),
        single => super::scalar(single).into_iter().collect(),
    };
    let joined = element.get("entry_aggregator").and_then(Value::as_str);
    let joined = joined.map(|word| if word.eq_ignore_ascii_case("or") { Joined::Or } else { Joined::And });
    let exact_case = element.get("case_sensitive").is_some_and(|flag| super::scalar(flag).is_some_and(|flag| flag == "1"));
    Ok(Some(Condition { field: field.to_owned(), value, operator, joined, exact_case }))
}

fn operator(name: &str) -> Outcome<Operator> {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
    let (test, negative) = match words.as_str() {
        "=" => (Test::Equal, false),
        "!=" => (Test::Equal, true),
        ">" => (Test::More, false),
        "<" => (Test::Less, false),
        ">=" => (Test::Less, true),
        "<=" => (Test::More, true),
        "LIKE" => (Test::Contains, false),
        "NOT LIKE" => (Test::Contains, true),
        "STARTSWITH" => (Test::Starts, false),
        "NOT STARTSWITH" => (Test::Starts, true),
        "ENDSWITH" => (Test::Ends, false),
        "NOT ENDSWITH" => (Test::Ends, true),
        "IS" => (Test::Is, false),
        "IS NOT" => (Test::Is, true),
        "IN" => (Test::In, false),
        "NOT IN" => (Test::In, true),
        _ => return Err(Failure::bad(format!("Unknown operator '{}'", name.chars().take(60).collect::<String>()))),
    };
    Ok(Operator { test, negative })
}

impl Condition {
    fn holds(&self, column: &str) -> bool {
        let fold = |text: &str| if self.exact_case { text.to_owned() } else { text.to_lowercase() };
        let column = fold(column);
        let mut values = self.value.iter().map(|value| fold(value)).peekable();
        let positive = match self.operator.test {
            // RT's way to say "empty or NULL"
            Test::Is => values.peek().is_none_or(|value| value.is_empty() || value == "null") == column.is_empty(),
            _ => values.any(|value| match self.operator.test {
                Test::Less => order(&column, &value).is_lt(),
                Test::More => order(&column, &value).is_gt(),
                Test::Contains => column.contains(&value),
                Test::Starts => column.starts_with(&value),
                Test::Ends => column.ends_with(&value),
                Test::Equal | Test::In | Test::Is => column == value,
            }),
        };
        positive != self.operator.negative
    }
}

/// Numbers as numbers, everything else as text.
pub(crate) fn order(left: &str, right: &str) -> std::cmp::Ordering {
    match (left.parse::<i64>(), right.parse::<i64>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}
