//! What is typed into the box of the top bar, turned into the address that answers it (IR-302): a number is a ticket, an
//! address with `@` somebody who wrote to us, an IP address whatever carries it, a query itself, all else open Incidents.

use actions::lists::{self, Page};
use actions::{Actor, Result, Tx};
use domain::{TicketId, TicketKind, ip_range::IpRange};
use http_door::urls;
use query::{Field, Op, Query, Term, Value};

use super::keyword::{Asked, said};
use crate::query_text::{all, any, contains, custom_field_is, is, status_class};

/// Children of an Incident that a person's address is looked for among.
const MOST_CHILDREN: i64 = 50;

pub(super) async fn address(tx: &mut Tx, actor: &Actor, text: &str) -> Result<String> {
    if let Ok(id) = text.trim_start_matches('#').parse::<TicketId>() {
        return Ok(urls::ticket(id));
    }
    if lists::parse(text).is_ok() {
        return Ok(urls::search(text));
    }
    let is_one_word = !text.contains(char::is_whitespace) && !text.starts_with('"');
    let query = match IpRange::parse(text) {
        Ok(range) => ip(&range.to_string()),
        Err(_) if is_one_word && text.contains('@') && split(text).iter().all(|word| word.keyword.is_none()) => {
            correspondent(tx, actor, text).await?
        }
        Err(_) => words(tx, text),
    };
    Ok(urls::search(&query.map(|query| query.to_string()).unwrap_or_default()))
}

fn ip(address: &str) -> Option<Query> {
    let kinds = TicketKind::INCIDENT_RESPONSE.map(|kind| is("Lifecycle", kind.lifecycle()));
    all([Some(custom_field_is("IP", address)), any(kinds.into())].into_iter().flatten().collect())
}

/// Incidents with a child that this person is a correspondent of, not the children themselves.
async fn correspondent(tx: &mut Tx, actor: &Actor, address: &str) -> Result<Option<Query>> {
    let incident = is("Lifecycle", TicketKind::Incident.lifecycle());
    let children =
        [TicketKind::Report, TicketKind::Investigation, TicketKind::Countermeasure].map(|kind| is("Lifecycle", kind.lifecycle()));
    let found = all([Some(contains("Requestor", address)), any(children.into())].into_iter().flatten().collect());
    let page = Page { limit: MOST_CHILDREN, offset: 0 };
    let order = [lists::OrderBy::descending(lists::Order::Id)];
    let found = match found {
        Some(query) => lists::search(tx, actor, &query, &order, page).await?,
        None => vec![],
    };
    let has_member = |id: TicketId| Query::Term(Term::new(Field::named("HasMember"), Op::Eq, Value::Number(id.0)));
    let members = any(found.iter().map(|child| has_member(child.id)).collect());
    Ok(all(vec![incident, members.unwrap_or_else(|| contains("Requestor", address))]))
}

/// Names of queues, lifecycles and statuses mean these; `any` closed tickets too; every other word must be in the subject or in
/// a message, and what is quoted always. Keywords say where to look, and look at all tickets (TC-264, TC-265).
fn words(tx: &Tx, text: &str) -> Option<Query> {
    let catalog = tx.catalog();
    let (mut parts, mut kinds, mut statuses) = (Vec::new(), Vec::new(), Vec::new());
    let (mut any_status, mut asked) = (false, Asked::default());
    for Word { keyword, text: word, quoted } in split(text) {
        if keyword.is_some_and(|keyword| asked.add(&keyword, &word, quoted)) {
            continue;
        }
        let status = catalog.lifecycles.iter().find_map(|lifecycle| lifecycle.canonical(&word));
        match catalog.queue_named(&word).filter(|_| word.parse::<i64>().is_err()) {
            Some(queue) if !quoted => kinds.push(is("Queue", &queue.name)),
            _ if !quoted && catalog.lifecycles.get(&word.to_lowercase()).is_some() => kinds.push(is("Lifecycle", &word)),
            _ if !quoted && word.eq_ignore_ascii_case("any") => any_status = true,
            _ => match status {
                Some(status) if !quoted => statuses.push(is("Status", status)),
                _ => parts.extend(anywhere(&word, quoted)),
            },
        }
    }
    any_status |= asked.any_status;
    let incidents = || asked.is_empty().then(|| is("Lifecycle", TicketKind::Incident.lifecycle()));
    let kind = any(kinds).or_else(incidents);
    statuses.append(&mut asked.statuses);
    let status = any(statuses).or_else(|| (!any_status).then(|| status_class("Active")));
    all([kind, status].into_iter().flatten().chain(asked.parts()).chain(parts).collect())
}

/// In the subject or in a message. Subjects hold any piece of a word, so that a `*` says nothing new of them.
fn anywhere(word: &str, quoted: bool) -> Option<Query> {
    let has_a_word = word.chars().any(char::is_alphanumeric);
    let subject = contains("Subject", if quoted { word } else { word.trim_end_matches('*') });
    any([Some(subject), has_a_word.then(|| said(word, quoted))].into_iter().flatten().collect())
}

struct Word {
    keyword: Option<String>,
    text: String,
    quoted: bool,
}

/// Words, phrases in double quotes, and both behind a keyword.
fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut waiting: Option<String> = None;
    for (index, piece) in text.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(Word { keyword: waiting.take(), text: piece.trim().to_owned(), quoted: true });
            continue;
        }
        for word in piece.split_whitespace() {
            match word.split_once(':').filter(|(keyword, rest)| is_keyword(keyword) && !rest.starts_with("//")) {
                Some((keyword, "")) => waiting = Some(keyword.to_owned()),
                Some((keyword, rest)) => {
                    words.push(Word { keyword: Some(keyword.to_owned()), text: rest.to_owned(), quoted: false });
                }
                None => words.push(Word { keyword: None, text: word.to_owned(), quoted: false }),
            }
        }
    }
    words.retain(|word| !word.text.is_empty());
    words.truncate(20);
    words
}

fn is_keyword(text: &str) -> bool {
    let is_field = text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("cf."));
    is_field || (!text.is_empty() && text.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_up(text: &str) -> Vec<(Option<String>, String, bool)> {
        split(text).into_iter().map(|word| (word.keyword, word.text, word.quoted)).collect()
    }

    #[test]
    fn quoted_phrases_stay_together() {
        let words = split_up("open \"worm outbreak\" faculty \"");
        assert_eq!(words, [(None, "open".into(), false), (None, "worm outbreak".into(), true), (None, "faculty".into(), false)]);
    }

    #[test]
    fn tc264_a_keyword_stands_before_a_word_or_a_phrase() {
        let words = split_up("owner:me cf.Customer:\"Bank of X\" http://x.example 2001:db8::1");
        assert_eq!(
            words,
            [
                (Some("owner".into()), "me".into(), false),
                (Some("cf.Customer".into()), "Bank of X".into(), true),
                (None, "http://x.example".into(), false),
                (None, "2001:db8::1".into(), false)
            ]
        );
    }
}
