//! Simple search: a few words to a query (API-088). Words are looked for in subjects; one kind of word asks for any of its
//! values, different kinds for all of them.

use actions::Tx;
use query::{Field, Op, Query, Term, Value};

const MOST: usize = 50;

/// `None` when there is nothing to look for.
pub(crate) fn simple(tx: &Tx, text: &str) -> Option<Query> {
    let catalog = tx.catalog();
    let (mut ids, mut queues, mut statuses, mut owners, mut requestors, mut words) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    for word in split(text).into_iter().take(MOST) {
        let (key, value) = word.split_once(':').unwrap_or(("", &word));
        match key.to_ascii_lowercase().as_str() {
            "subject" | "fulltext" | "content" => words.push(term("Subject", Op::Like, Value::Text(value.to_owned()))),
            "status" => statuses.push(status(value)),
            "owner" => owners.push(owner(value)),
            "requestor" => requestors.push(term("Requestor", Op::Like, Value::Text(value.to_owned()))),
            "queue" => queues.push(term("Queue", Op::Eq, Value::Text(value.to_owned()))),
            "id" => ids.extend(id(value)),
            _ if id(&word).is_some() => ids.extend(id(&word)),
            _ if word.contains('@') => requestors.push(term("Requestor", Op::Like, Value::Text(word.clone()))),
            _ if catalog.queue_named(&word).is_some() => queues.push(term("Queue", Op::Eq, Value::Text(word.clone()))),
            _ => words.push(term("Subject", Op::Like, Value::Text(word.clone()))),
        }
    }
    if ids.is_empty() && statuses.is_empty() {
        statuses.push(status("active"));
        if [&queues, &owners, &requestors, &words].iter().all(|kind| kind.is_empty()) {
            return None;
        }
    }
    let mut parts: Vec<Query> = [ids, queues, statuses, owners, requestors].into_iter().filter_map(any).collect();
    parts.extend(words);
    if parts.len() > 1 { Some(Query::And(parts)) } else { parts.pop() }
}

fn any(mut terms: Vec<Query>) -> Option<Query> {
    if terms.len() > 1 { Some(Query::Or(terms)) } else { terms.pop() }
}

fn term(field: &str, op: Op, value: Value) -> Query {
    Query::Term(Term::new(Field::named(field), op, value))
}

fn id(word: &str) -> Option<Query> {
    let number = word.strip_prefix('#').unwrap_or(word).parse::<i64>().ok()?;
    Some(term("id", Op::Eq, Value::Number(number)))
}

fn status(value: &str) -> Query {
    let class = ["active", "inactive", "initial"].into_iter().find(|class| class.eq_ignore_ascii_case(value));
    let value = class.map_or_else(|| Value::Text(value.to_owned()), |class| Value::Placeholder(class.to_owned()));
    term("Status", Op::Eq, value)
}

fn owner(value: &str) -> Query {
    let value = if value.eq_ignore_ascii_case("me") {
        Value::Placeholder("CurrentUser".to_owned())
    } else {
        Value::Text(value.to_owned())
    };
    term("Owner", Op::Eq, value)
}

/// At blanks; quotes keep words together and are left out.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c.is_whitespace() => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            _ => word.push(c),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(split(r#"a "b c" subject:'d e' f""#), ["a", "b c", "subject:d e", "f"]);
    }
}
