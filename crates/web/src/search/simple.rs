//! What is typed into the box of the top bar, turned into the address that answers it (IR-302): a number is a ticket, an
//! address with `@` somebody who wrote to us, an IP address whatever carries it, a query itself, all else open Incidents.

use actions::lists::{self, Page};
use actions::{Actor, Result, Tx};
use domain::{TicketId, TicketKind, ip_range::IpRange};
use http_door::urls;
use query::{Field, Op, Query, Term, Value};

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
        Err(_) if is_one_word && text.contains('@') => correspondent(tx, actor, text).await?,
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

/// Names of queues, lifecycles and statuses mean these; `any` closed tickets too; every other word must be in the subject,
/// and what is quoted always.
fn words(tx: &Tx, text: &str) -> Option<Query> {
    let catalog = tx.catalog();
    let (mut parts, mut kinds, mut statuses) = (Vec::new(), Vec::new(), Vec::new());
    let mut any_status = false;
    for (word, quoted) in split(text) {
        let status = catalog.lifecycles.iter().find_map(|lifecycle| lifecycle.canonical(&word));
        match catalog.queue_named(&word).filter(|_| word.parse::<i64>().is_err()) {
            Some(queue) if !quoted => kinds.push(is("Queue", &queue.name)),
            _ if !quoted && catalog.lifecycles.get(&word.to_lowercase()).is_some() => kinds.push(is("Lifecycle", &word)),
            _ if !quoted && word.eq_ignore_ascii_case("any") => any_status = true,
            _ => match status {
                Some(status) if !quoted => statuses.push(is("Status", status)),
                _ => parts.push(contains("Subject", &word)),
            },
        }
    }
    let kind = any(kinds).unwrap_or_else(|| is("Lifecycle", TicketKind::Incident.lifecycle()));
    let status = any(statuses).or_else(|| (!any_status).then(|| status_class("Active")));
    all([Some(kind), status].into_iter().flatten().chain(parts).collect())
}

/// Words, and phrases in double quotes.
fn split(text: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    for (index, piece) in text.split('"').enumerate() {
        if index % 2 == 1 {
            words.push((piece.trim().to_owned(), true));
        } else {
            words.extend(piece.split_whitespace().map(|word| (word.to_owned(), false)));
        }
    }
    words.retain(|(word, _)| !word.is_empty());
    words.truncate(20);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_phrases_stay_together() {
        let words = split("open \"worm outbreak\" faculty \"");
        assert_eq!(words, [("open".into(), false), ("worm outbreak".into(), true), ("faculty".into(), false)]);
    }
}
