//! Does a ticket match? Written as plainly as can be, without a look at how the database is asked.

use domain::{Role, StatusClass, ip_range::IpRange, link::LinkKind, moment, person::User};
use jiff::{Timestamp, tz::TimeZone};
use query::{Op, Query, Term, Value};

use super::facts::Facts;

/// Who asks, and when.
pub(super) struct Around {
    pub(super) me: User,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
}

pub(super) fn matches(query: &Query, facts: &Facts, around: &Around) -> bool {
    match query {
        Query::And(parts) => parts.iter().all(|part| matches(part, facts, around)),
        Query::Or(parts) => parts.iter().any(|part| matches(part, facts, around)),
        Query::Not(inner) => !matches(inner, facts, around),
        Query::Term(term) => satisfies(term, facts, around),
    }
}

fn satisfies(term: &Term, facts: &Facts, around: &Around) -> bool {
    let ticket = &facts.ticket;
    match term.field.name.as_str() {
        "Subject" => texts(&[ticket.subject.as_str()], term),
        "Description" => texts(&[ticket.description.as_str()], term),
        "Status" => status(term, facts),
        "Queue" => texts(&[facts.queue.name.as_str()], term),
        "Lifecycle" => texts(&[facts.queue.lifecycle.as_str()], term),
        "id" => number(ticket.id.0, term),
        "Priority" => number(ticket.priority, term),
        "InitialPriority" => number(ticket.initial_priority, term),
        "TimeWorked" => number(ticket.time_worked, term),
        "TimeLeft" => number(ticket.time_left, term),
        "Owner" => person(&facts.owner, term, around),
        "Creator" => person(&facts.creator, term, around),
        "Requestor" => people(&[Role::Requestor], term, facts),
        "Cc" => people(&[Role::Cc], term, facts),
        "Watcher" => people(&[Role::Requestor, Role::Cc, Role::AdminCc], term, facts),
        "CF" => address(term, facts),
        "Content" => content(term, facts),
        name => match date(name, facts) {
            Some(mine) => when(mine.first().copied(), term, facts, around),
            None => linked(term, facts),
        },
    }
}

/// A negative operator asks that none satisfies its opposite.
fn texts(all: &[&str], term: &Term) -> bool {
    let Value::Text(wanted) = &term.value else { panic!("{term}") };
    let wanted = wanted.to_lowercase();
    let any = all.iter().map(|text| text.to_lowercase()).any(|text| match term.op.positive() {
        Op::Eq => text == wanted,
        Op::Like => text.contains(&wanted),
        Op::StartsWith => text.starts_with(&wanted),
        Op::EndsWith => text.ends_with(&wanted),
        _ => panic!("{term}"),
    });
    any != term.op.is_negative()
}

fn compare<T: Ord>(mine: &T, op: Op, theirs: &T) -> bool {
    match op {
        Op::Eq => mine == theirs,
        Op::Ne => mine != theirs,
        Op::Lt => mine < theirs,
        Op::Le => mine <= theirs,
        Op::Gt => mine > theirs,
        Op::Ge => mine >= theirs,
        _ => panic!("{op:?}"),
    }
}

fn number(mine: i64, term: &Term) -> bool {
    let Value::Number(wanted) = term.value else { panic!("{term}") };
    compare(&mine, term.op, &wanted)
}

fn status(term: &Term, facts: &Facts) -> bool {
    let Value::Placeholder(name) = &term.value else { return texts(&[facts.ticket.status.as_str()], term) };
    let is_open = facts.ticket.status_class != StatusClass::Inactive;
    let is = if name == "Active" { is_open } else { !is_open };
    is != term.op.is_negative()
}

fn person(mine: &User, term: &Term, around: &Around) -> bool {
    let is = match (&term.value, term.field.key.as_deref()) {
        (Value::Placeholder(_), _) => mine.id == around.me.id,
        (Value::Text(name), None) => mine.name.eq_ignore_ascii_case(name),
        (Value::Text(email), Some("EmailAddress")) => {
            mine.email.as_ref().is_some_and(|mine| mine.as_str().eq_ignore_ascii_case(email))
        }
        (Value::Text(name), Some(_)) => mine.real_name.to_lowercase() == name.to_lowercase(),
        _ => panic!("{term}"),
    };
    is != term.op.is_negative()
}

fn people(roles: &[Role], term: &Term, facts: &Facts) -> bool {
    let held: Vec<&User> = facts.people.iter().filter(|(role, _)| roles.contains(role)).map(|(_, user)| user).collect();
    if term.value == Value::Null {
        return held.is_empty() != term.op.is_negative();
    }
    let addresses: Vec<&str> =
        held.iter().filter_map(|user| user.email.as_ref()).map(domain::person::EmailAddress::as_str).collect();
    texts(&addresses, term)
}

fn address(term: &Term, facts: &Facts) -> bool {
    let Value::Text(wanted) = &term.value else { return facts.addresses.is_empty() != term.op.is_negative() };
    let wanted = IpRange::parse(wanted).unwrap().key();
    let overlaps = |mine: &String| {
        let mine = IpRange::parse(mine).unwrap().key();
        mine.0.len() == wanted.0.len() && mine.0 <= wanted.1 && wanted.0 <= mine.1
    };
    facts.addresses.iter().any(overlaps) != term.op.is_negative()
}

fn content(term: &Term, facts: &Facts) -> bool {
    let Value::Text(wanted) = &term.value else { panic!("{term}") };
    let bare = |text: &str| domain::search_words::words(text);
    let wanted = bare(wanted);
    let mut texts = facts.texts.iter().map(|text| bare(text));
    texts.any(|words| wanted.iter().all(|wanted| words.contains(wanted))) != term.op.is_negative()
}

/// `None` when there is no such date; an unset one is an empty list.
fn date(name: &str, facts: &Facts) -> Option<Vec<Timestamp>> {
    let ticket = &facts.ticket;
    let date = match name {
        "Created" => Some(ticket.created),
        "LastUpdated" => Some(ticket.updated),
        "Due" => ticket.due,
        "Starts" => ticket.starts,
        "Started" => ticket.started,
        "Resolved" => ticket.resolved,
        _ => return None,
    };
    Some(date.into_iter().collect())
}

/// What is unset is not before, at or after anything, and differs from everything.
fn when(mine: Option<Timestamp>, term: &Term, facts: &Facts, around: &Around) -> bool {
    match &term.value {
        Value::Null => mine.is_none() != term.op.is_negative(),
        Value::Column(other) => match (mine, date(&other.name, facts).unwrap().first()) {
            (Some(mine), Some(theirs)) => compare(&mine, term.op, theirs),
            _ => term.op == Op::Ne,
        },
        Value::Text(text) if matches!(term.op, Op::Eq | Op::Ne) => {
            let (from, until) = moment::day(text, around.now, &around.zone).unwrap();
            mine.is_some_and(|mine| from <= mine && mine < until) != term.op.is_negative()
        }
        Value::Text(text) => {
            let theirs = moment::read(text, around.now, &around.zone).unwrap();
            mine.is_some_and(|mine| compare(&mine, term.op, &theirs))
        }
        _ => panic!("{term}"),
    }
}

fn linked(term: &Term, facts: &Facts) -> bool {
    let leads = |kind: LinkKind, from_here: bool| move |link: &&(LinkKind, bool, i64)| link.0 == kind && link.1 == from_here;
    let all = facts.links.iter();
    let others: Vec<i64> = match term.field.name.as_str() {
        "MemberOf" => all.filter(leads(LinkKind::MemberOf, true)).map(|link| link.2).collect(),
        "HasMember" => all.filter(leads(LinkKind::MemberOf, false)).map(|link| link.2).collect(),
        "DependsOn" => all.filter(leads(LinkKind::DependsOn, true)).map(|link| link.2).collect(),
        "DependedOnBy" => all.filter(leads(LinkKind::DependsOn, false)).map(|link| link.2).collect(),
        "RefersTo" => all.filter(leads(LinkKind::RefersTo, true)).map(|link| link.2).collect(),
        "ReferredToBy" => all.filter(leads(LinkKind::RefersTo, false)).map(|link| link.2).collect(),
        "Linked" => all.map(|link| link.2).collect(),
        _ => panic!("{term}"),
    };
    let is = match term.value {
        Value::Null => others.is_empty(),
        Value::Number(wanted) => others.contains(&wanted),
        _ => panic!("{term}"),
    };
    is != term.op.is_negative()
}
