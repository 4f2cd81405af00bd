//! One condition: which column or rows a field means, and what its operator asks of them (TC-255).

mod calendar;
mod change;
mod content;
mod custom;
mod link;
mod member;
mod names;
mod people;
mod spelling;

use super::{Context, Sql, Unanswerable};
use crate::db::in_list;
use domain::{StatusClass, fourth_type::alias};
use query::{Op, Term, Value};

pub(super) use calendar::group as calendar_group;
pub(super) use content::common;
pub(super) use custom::frequent;
pub use names::NAMES;
pub(super) use names::{date_column, number_column, roles};

type Answer = Result<String, Unanswerable>;

pub(super) fn condition(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let name = term.field.name.to_ascii_lowercase();
    if let Some(column) = names::date_column(&name) {
        return match &term.field.key {
            Some(part) => calendar::condition(sql, column, part, term, context),
            None => moment(sql, column, term, context),
        };
    }
    if term.field.key.is_some() && !names::has_parts(&name) {
        return Err(unknown(term));
    }
    if let Some(roles) = names::roles(&name) {
        return people::role(sql, roles, term, context);
    }
    match name.as_str() {
        "id" if matches!(&term.value, Value::Placeholder(_)) => bookmarked(sql, term, context),
        "id" | "effectiveid" => integer(sql, "t.id", term),
        "subject" => text(sql, "t.subject", term),
        "description" => text(sql, "t.description", term),
        "sla" => text(sql, "t.level", term),
        // there is no other type in a list of tickets
        "type" => text(sql, "'ticket'", term),
        "status" => status(sql, term, context),
        "statusclass" => text(sql, "t.status_class", term),
        "queue" => queue(sql, term, context),
        "lifecycle" => lifecycle(term, context),
        "priority" => priority(sql, "t.priority", term, context),
        "initialpriority" => priority(sql, "t.initial_priority", term, context),
        "finalpriority" => priority(sql, "t.final_priority", term, context),
        "timeworked" => integer(sql, "t.time_worked", term),
        "timeestimated" => integer(sql, "t.time_estimated", term),
        "timeleft" => integer(sql, "t.time_left", term),
        "owner" => people::column(sql, "t.owner_id", term, context),
        "creator" => people::column(sql, "t.creator_id", term, context),
        "lastupdatedby" => people::column(sql, "t.updater_id", term, context),
        "queuecc" => people::queue(sql, &["Cc"], term, context),
        "queueadmincc" => people::queue(sql, &["AdminCc"], term, context),
        "queuewatcher" => people::queue(sql, &["Cc", "AdminCc"], term, context),
        "ownergroup" => member::in_group(sql, &[], term),
        "requestorgroup" => member::in_group(sql, &["Requestor"], term),
        "ccgroup" => member::in_group(sql, &["Cc"], term),
        "adminccgroup" => member::in_group(sql, &["AdminCc"], term),
        "watchergroup" => member::in_group(sql, &["Requestor", "Cc", "AdminCc"], term),
        "linked" | "linkedto" | "linkedfrom" => link::of_any_kind(sql, &name, term),
        name if content::is_content(name) => content::condition(sql, term, context),
        "transactiondate" => change::date(sql, term, context),
        "updatedby" => change::author(sql, term, context),
        "hasunreadmessages" => change::unread(sql, term, context, false),
        "hasnounreadmessages" => change::unread(sql, term, context, true),
        "filename" => change::file(sql, "p.file_name", term, context),
        "contenttype" => change::file(sql, "p.content_type", term, context),
        "cf" | "customfield" => custom::condition(sql, term, context),
        "customfieldvalue" => custom::any(sql, term, context),
        _ => match domain::link::direction(&term.field.name) {
            Some((kind, direction)) => link::condition(sql, Some(kind), direction, term),
            None => Err(unknown(term)),
        },
    }
}

fn unknown(term: &Term) -> Unanswerable {
    let name = match &term.field.key {
        Some(key) => format!("{}.{{{key}}}", term.field.name),
        None => term.field.name.clone(),
    };
    let meant = names::like(&term.field.name).filter(|meant| !meant.eq_ignore_ascii_case(&term.field.name));
    let hint = meant.map(|meant| format!(" (did you mean {meant}?)")).unwrap_or_default();
    Unanswerable { message: format!("Unknown field: {name}{hint}"), span: term.field.span }
}

fn refused(term: &Term, message: impl Into<String>) -> Unanswerable {
    Unanswerable { message: message.into(), span: term.span }
}

/// What a value says as text.
fn words(term: &Term) -> Result<String, Unanswerable> {
    match &term.value {
        Value::Text(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Placeholder(name) => Err(refused(term, format!("__{name}__ means nothing for {}", term.field.name))),
        Value::Column(column) => Err(refused(term, format!("“{}” stands without quotes; write '{}'", column.name, column.name))),
        Value::Null => Err(refused(term, format!("{} cannot be compared with NULL this way", term.field.name))),
    }
}

/// `=` and its opposite for something that can be unset: an unset value differs from every other.
fn negatable(condition: String, negative: bool) -> String {
    if negative { format!("NOT COALESCE({condition}, FALSE)") } else { condition }
}

/// Text compared without regard to case.
pub(super) fn text(sql: &mut Sql, column: &str, term: &Term) -> Answer {
    if term.value == Value::Null {
        let test = if term.op == Op::Is { "=" } else { "<>" };
        return Ok(format!("COALESCE({column}, '') {test} ''"));
    }
    let wanted = words(term)?.to_lowercase();
    let condition = match term.op.positive() {
        Op::Lt | Op::Le | Op::Gt | Op::Ge => {
            let place = sql.bind(wanted);
            format!("lower({column}) {} {place}", sign(term.op))
        }
        op => spelling::condition(sql, column, op, &wanted, term)?,
    };
    Ok(negatable(condition, term.op.is_negative()))
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
        Op::Ne | Op::IsNot => "<>",
        _ => "=",
    }
}

fn integer(sql: &mut Sql, column: &str, term: &Term) -> Answer {
    if let Value::Column(other) = &term.value {
        return beside(column, names::number_column(&other.name.to_ascii_lowercase()), "a number", term);
    }
    if term.value == Value::Null {
        return Ok(if term.op == Op::Is { "1 = 0".into() } else { "1 = 1".into() });
    }
    let text = words(term)?;
    if matches!(term.op.positive(), Op::Like | Op::StartsWith | Op::EndsWith) {
        return self::text(sql, &format!("CAST({column} AS TEXT)"), term);
    }
    let number = text.trim().parse::<i64>().ok();
    let number =
        number.ok_or_else(|| refused(term, format!("{} is compared with a number, and “{text}” is none", term.field.name)))?;
    let place = sql.bind(number);
    Ok(format!("{column} {} {place}", sign(term.op)))
}

/// `id = '__Bookmarked__'` (TC-089): a merged ticket counts as what it was merged into.
fn bookmarked(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let is_asked = matches!(&term.value, Value::Placeholder(name) if name.eq_ignore_ascii_case("Bookmarked"));
    if !is_asked || !matches!(term.op, Op::Eq | Op::Ne) {
        return Err(refused(term, "id is compared with a number, or with = and != to '__Bookmarked__'"));
    }
    let me = sql.bind(context.me.0);
    let not = if term.op == Op::Ne { "NOT " } else { "" };
    Ok(format!(
        "t.id {not}IN (SELECT COALESCE(m.merged_into, m.id) FROM bookmarks b JOIN tickets m ON m.id = b.ticket_id WHERE b.user_id = {me})"
    ))
}

/// A number, or a label: on the scale of each queue that has its own, on the installation's elsewhere (TC-073).
fn priority(sql: &mut Sql, column: &str, term: &Term, context: &Context) -> Answer {
    let Value::Text(text) = &term.value else { return integer(sql, column, term) };
    let is_number = text.trim().parse::<i64>().is_ok();
    if is_number || matches!(term.op.positive(), Op::Like | Op::StartsWith | Op::EndsWith) {
        return integer(sql, column, term);
    }
    let sign = sign(term.op);
    let mut ways = Vec::new();
    for (queue, scale) in &context.scales {
        if let Some(number) = scale.read(text) {
            ways.push(format!("(t.queue_id = {} AND {column} {sign} {})", queue.0, sql.bind(number)));
        }
    }
    if let Some(number) = context.scale.read(text) {
        let own = in_list(context.scales.iter().map(|(queue, _)| queue.0));
        let elsewhere = if context.scales.is_empty() { String::new() } else { format!("t.queue_id NOT IN ({own}) AND ") };
        ways.push(format!("({elsewhere}{column} {sign} {})", sql.bind(number)));
    }
    if ways.is_empty() {
        return Err(refused(
            term,
            format!("{} is compared with a number or a name of one, and “{text}” is neither", term.field.name),
        ));
    }
    Ok(format!("({})", ways.join(" OR ")))
}

/// Another field of the same ticket on the right side, written without quotes (TC-258).
fn beside(column: &str, other: Option<&str>, what: &str, term: &Term) -> Answer {
    let Value::Column(named) = &term.value else { return words(term) };
    let other = other.filter(|_| named.key.is_none());
    let other = other.ok_or_else(|| {
        let (mine, theirs) = (&term.field.name, &named.name);
        refused(term, format!("{mine} is {what} and cannot be compared with the field {theirs}; text stands in quotes"))
    })?;
    if matches!(term.op.positive(), Op::Like | Op::StartsWith | Op::EndsWith) {
        return Err(refused(term, "fields are compared with each other by = != < <= > >="));
    }
    Ok(negatable(format!("({column} {} {other})", sign(term.op.positive())), term.op.is_negative()))
}

fn moment(sql: &mut Sql, column: &str, term: &Term, context: &Context) -> Answer {
    if let Value::Column(other) = &term.value {
        return beside(column, names::date_column(&other.name.to_ascii_lowercase()), "a date", term);
    }
    let unset = match &term.value {
        Value::Null | Value::Number(0) => true,
        Value::Text(text) => text.trim() == "0",
        _ => false,
    };
    if unset {
        let is_unset = matches!(term.op, Op::Is | Op::Eq | Op::Le | Op::Lt);
        return Ok(format!("{column} IS {}NULL", if is_unset { "" } else { "NOT " }));
    }
    let text = words(term)?;
    let bad = || refused(term, format!("“{text}” is not a date that {} can be compared with", term.field.name));
    if matches!(term.op, Op::Eq | Op::Ne) {
        let (from, until) = domain::moment::day(&text, context.now, &context.zone).ok_or_else(bad)?;
        let (from, until) = (sql.bind(crate::Instant::from(from)), sql.bind(crate::Instant::from(until)));
        return Ok(negatable(format!("({column} >= {from} AND {column} < {until})"), term.op == Op::Ne));
    }
    if !matches!(term.op, Op::Lt | Op::Le | Op::Gt | Op::Ge) {
        return Err(refused(term, format!("{} is a date; compare it with = != < <= > >=", term.field.name)));
    }
    let moment = domain::moment::read(&text, context.now, &context.zone).ok_or_else(bad)?;
    let place = sql.bind(crate::Instant::from(moment));
    Ok(format!("{column} {} {place}", sign(term.op)))
}

fn status(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let Value::Placeholder(name) = &term.value else { return text(sql, "t.status", term) };
    let has_initial = context.lifecycles.iter().any(|lifecycle| lifecycle.classes.contains(&StatusClass::Initial));
    let condition = match name.to_ascii_lowercase().as_str() {
        "active" if has_initial => "t.is_open = TRUE",
        "active" => "t.status_class = 'active'",
        "inactive" => "t.is_open = FALSE",
        "initial" => "t.status_class = 'initial' AND t.is_open = TRUE",
        _ => {
            return Err(refused(
                term,
                format!("__{name}__ is not a kind of status; there are __Active__, __Inactive__ and __Initial__"),
            ));
        }
    };
    Ok(if term.op.is_negative() { format!("NOT ({condition})") } else { format!("({condition})") })
}

fn queue(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let wanted = words(term)?.to_lowercase();
    let hit = |id: i64, name: &str| {
        let name = name.to_lowercase();
        match term.op.positive() {
            Op::Like => name.contains(&wanted),
            Op::StartsWith => name.starts_with(&wanted),
            Op::EndsWith => name.ends_with(&wanted),
            _ => name == wanted || wanted == id.to_string(),
        }
    };
    let _ = sql;
    let named: Vec<i64> = context.queues.iter().filter(|(id, name)| hit(id.0, name)).map(|(id, _)| id.0).collect();
    // IR-011: by the other name of the fourth type only where nothing has the name itself
    let by_alias =
        context.queues.iter().filter(|(id, name)| named.is_empty() && alias(name).is_some_and(|name| hit(id.0, &name)));
    let ids = named.iter().copied().chain(by_alias.map(|(id, _)| id.0));
    Ok(format!("t.queue_id {}IN ({})", if term.op.is_negative() { "NOT " } else { "" }, in_list(ids))
        .replace("NOT IN (NULL)", "NOT IN (-1)"))
}

fn lifecycle(term: &Term, context: &Context) -> Answer {
    let wanted = words(term)?.to_lowercase();
    let hit = |name: &str| match term.op.positive() {
        Op::Like => name.contains(&wanted),
        Op::StartsWith => name.starts_with(&wanted),
        Op::EndsWith => name.ends_with(&wanted),
        _ => name == wanted,
    };
    let found: Vec<_> = context.lifecycles.iter().filter(|lifecycle| hit(&lifecycle.name.to_lowercase())).collect();
    let negative = if term.op.is_negative() { "NOT " } else { "" };
    if let [only] = found[..] {
        // the four of incident response have a column of their own, which the due lists are indexed by
        if domain::TicketKind::INCIDENT_RESPONSE.iter().any(|kind| kind.lifecycle() == only.name) {
            return Ok(format!("{negative}(t.kind = '{}')", only.name));
        }
    }
    let queues = in_list(found.iter().flat_map(|lifecycle| lifecycle.queues.iter().map(|id| id.0)));
    Ok(format!("{negative}COALESCE(t.queue_id IN ({queues}), FALSE)"))
}
