//! Conditions on people: columns that hold one, and roles that hold many.

use super::{Answer, member::groups_of, refused, text, words};
use crate::search::{Context, Sql};
use query::{Op, Term, Value};

/// The column of `users` that a subfield means; owners are compared by login, correspondents by address (TC-256).
fn subfield(term: &Term, default: &'static str) -> Result<&'static str, super::Unanswerable> {
    let Some(key) = &term.field.key else { return Ok(default) };
    Ok(match key.to_ascii_lowercase().as_str() {
        "emailaddress" => "u.email",
        "name" => "u.name",
        "realname" => "u.real_name",
        "organization" => "u.organization",
        "id" => "CAST(u.id AS TEXT)",
        _ => return Err(refused(term, format!("{} has no part “{key}”", term.field.name))),
    })
}

fn me(term: &Term, context: &Context) -> Result<Option<i64>, super::Unanswerable> {
    match &term.value {
        Value::Placeholder(name) if name.eq_ignore_ascii_case("CurrentUser") || name.eq_ignore_ascii_case("CurrentUserName") => {
            Ok(Some(context.me.0))
        }
        Value::Placeholder(name) => Err(refused(term, format!("__{name}__ is nobody"))),
        _ => Ok(None),
    }
}

/// `Owner`, `Creator`, `LastUpdatedBy`.
pub(super) fn column(sql: &mut Sql, column: &str, term: &Term, context: &Context) -> Answer {
    let sign = if term.op.is_negative() { "<>" } else { "=" };
    if let Some(id) = me(term, context)? {
        let place = sql.bind(id);
        return Ok(format!("{column} {sign} {place}"));
    }
    if term.value == Value::Null && term.field.key.is_none() {
        return Ok(format!("{column} {} 2", if term.op == Op::Is { "=" } else { "<>" }));
    }
    if term.field.key.is_none() && matches!(term.op, Op::Eq | Op::Ne) {
        let wanted = words(term)?;
        let nobody = wanted.eq_ignore_ascii_case("nobody");
        if nobody {
            return Ok(format!("{column} {sign} 2"));
        }
        if let Ok(id) = wanted.trim().parse::<i64>() {
            let place = sql.bind(id);
            return Ok(format!("{column} {sign} {place}"));
        }
        let place = sql.bind(wanted.to_lowercase());
        let not = if term.op == Op::Ne { "NOT " } else { "" };
        return Ok(format!("{column} {not}IN (SELECT u.id FROM users u WHERE lower(u.name) = {place})"));
    }
    let part = subfield(term, "u.name")?;
    let (positive, not) = positive(term);
    let condition = text(sql, part, &positive)?;
    Ok(format!("{column} {not}IN (SELECT u.id FROM users u WHERE {condition})"))
}

/// `Requestor`, `Cc`, `AdminCc`, `Watcher`: a negative condition means that no member matches, directly or, unless it is
/// SHALLOW, through a group (TC-257).
pub(super) fn role(sql: &mut Sql, roles: &[&str], term: &Term, context: &Context) -> Answer {
    let roles = listed(roles);
    let members =
        format!("SELECT 1 FROM role_members m JOIN users u ON u.id = m.user_id WHERE m.ticket_id = t.id AND m.role IN ({roles})");
    if term.value == Value::Null && term.field.key.is_none() {
        return Ok(format!("{}EXISTS ({members})", if term.op == Op::Is { "NOT " } else { "" }));
    }
    let (condition, not, is_exact) = who(sql, term, context)?;
    // one person is on few tickets: they are looked up, not every ticket asked
    let direct = if is_exact {
        format!(
            "t.id IN (SELECT m.ticket_id FROM users u JOIN role_members m ON m.user_id = u.id WHERE m.role IN ({roles}) AND {condition})"
        )
    } else {
        format!("EXISTS ({members} AND {condition})")
    };
    if term.shallow {
        return Ok(format!("{not}{direct}"));
    }
    let held = groups_of(&condition);
    let by_group = format!(
        "t.id IN ({held} SELECT r.ticket_id FROM role_groups r JOIN held ON r.group_id = held.id WHERE r.role IN ({roles}))"
    );
    Ok(format!("{not}({direct} OR {by_group})"))
}

/// `QueueCc`, `QueueAdminCc`, `QueueWatcher`: people who watch the ticket's queue.
pub(super) fn queue(sql: &mut Sql, roles: &[&str], term: &Term, context: &Context) -> Answer {
    let roles = listed(roles);
    if term.value == Value::Null {
        let any = format!("SELECT w.queue_id FROM queue_watchers w WHERE w.role IN ({roles})");
        return Ok(format!("t.queue_id {}IN ({any})", if term.op == Op::Is { "NOT " } else { "" }));
    }
    let (condition, not, _) = who(sql, term, context)?;
    let direct = format!(
        "SELECT w.queue_id FROM users u JOIN queue_watchers w ON w.user_id = u.id WHERE w.role IN ({roles}) AND {condition}"
    );
    if term.shallow {
        return Ok(format!("t.queue_id {not}IN ({direct})"));
    }
    let held = groups_of(&condition);
    let by_group = format!(
        "{held} SELECT w.queue_id FROM queue_watcher_groups w JOIN held ON w.group_id = held.id WHERE w.role IN ({roles})"
    );
    Ok(format!("{not}(t.queue_id IN ({direct}) OR t.queue_id IN ({by_group}))"))
}

fn listed(roles: &[&str]) -> String {
    roles.iter().map(|role| format!("'{role}'")).collect::<Vec<_>>().join(",")
}

/// What a person `u` must be, whether it is asked that nobody is, and whether it names one person.
fn who(sql: &mut Sql, term: &Term, context: &Context) -> Result<(String, &'static str, bool), super::Unanswerable> {
    let (positive, not) = positive(term);
    let exactly = me(term, context)?.map(|id| format!("u.id = {}", sql.bind(id)));
    let is_exact = exactly.is_some() || positive.op == Op::Eq;
    let condition = match exactly {
        Some(condition) => condition,
        None => text(sql, subfield(term, "u.email")?, &positive)?,
    };
    Ok((condition, not, is_exact))
}

fn positive(term: &Term) -> (Term, &'static str) {
    let not = if term.op.is_negative() { "NOT " } else { "" };
    (Term { op: term.op.positive(), ..term.clone() }, not)
}
