//! Keywords of the box in the top bar (TC-264, TC-265).

use query::{Field, Op, Query, Term, Value};

use crate::query_text::{all, any, contains, is, status_class};

/// What was asked for by keyword: alternatives where one keyword stands several times, except words of texts.
#[derive(Default)]
pub(super) struct Asked {
    /// Keyword in lower case, and its alternatives.
    by_keyword: Vec<(String, Vec<Query>)>,
    pub(super) statuses: Vec<Query>,
    pub(super) any_status: bool,
    texts: Vec<Query>,
}

impl Asked {
    /// `false` when there is no such keyword.
    pub(super) fn add(&mut self, keyword: &str, value: &str, quoted: bool) -> bool {
        let keyword = keyword.to_ascii_lowercase();
        let found = match keyword.as_str() {
            "subject" => return self.text(contains("Subject", value)),
            "content" | "fulltext" => return self.text(said(value, quoted)),
            "status" => return self.status(value),
            "id" => match value.trim_start_matches('#').parse() {
                Ok(id) => {
                    // whoever knows the number wants the ticket, closed or not
                    self.any_status = true;
                    term(Field::named("id"), Op::Eq, Value::Number(id))
                }
                Err(_) => return false,
            },
            "queue" | "q" => is("Queue", value),
            "owner" => match value.to_ascii_lowercase().as_str() {
                "me" => term(Field::named("Owner"), Op::Eq, me()),
                _ => is("Owner", value),
            },
            "watcher" => match value.to_ascii_lowercase().as_str() {
                "me" => term(Field::named("Watcher"), Op::Eq, me()),
                _ => is("Watcher", value),
            },
            "requestor" => term(Field::named("Requestor"), Op::StartsWith, Value::Text(value.to_owned())),
            "domain" => {
                let domain = format!("@{}", value.trim_start_matches('@'));
                term(Field::named("Requestor"), Op::EndsWith, Value::Text(domain))
            }
            _ => match keyword.strip_prefix("cf.") {
                Some(name) => {
                    let name = name.trim_matches(['{', '}']);
                    term(Field::keyed("CF", name), Op::Like, Value::Text(value.to_owned()))
                }
                None => return false,
            },
        };
        let keyword = if keyword == "q" { "queue".to_owned() } else { keyword };
        match self.by_keyword.iter_mut().find(|(known, _)| *known == keyword) {
            Some((_, queries)) => queries.push(found),
            None => self.by_keyword.push((keyword, vec![found])),
        }
        true
    }

    fn text(&mut self, query: Query) -> bool {
        self.texts.push(query);
        true
    }

    fn status(&mut self, value: &str) -> bool {
        match value.to_ascii_lowercase().as_str() {
            "any" => self.any_status = true,
            "active" => self.statuses.push(status_class("Active")),
            "inactive" => self.statuses.push(status_class("Inactive")),
            _ => self.statuses.push(is("Status", value)),
        }
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_keyword.is_empty() && self.statuses.is_empty() && self.texts.is_empty() && !self.any_status
    }

    /// All of them, without the statuses.
    pub(super) fn parts(self) -> impl Iterator<Item = Query> {
        self.by_keyword.into_iter().filter_map(|(_, queries)| any(queries)).chain(all(self.texts))
    }
}

/// In a message: the word, or the words of a phrase next to each other.
pub(super) fn said(text: &str, quoted: bool) -> Query {
    if quoted { contains("Content", &format!("\"{text}\"")) } else { contains("Content", text) }
}

fn term(field: Field, op: Op, value: Value) -> Query {
    Query::Term(Term::new(field, op, value))
}

fn me() -> Value {
    Value::Placeholder("CurrentUser".to_owned())
}
