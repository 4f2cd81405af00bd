//! Conditions on people: columns that hold one, and roles that hold many.

use super::{Answer, refused, text, words};
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
    if term.value == Value::Null {
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

/// `Requestor`, `Cc`, `AdminCc`, `Watcher`: a negative condition means that no member matches (TC-257).
pub(super) fn role(sql: &mut Sql, roles: &[&str], term: &Term, context: &Context) -> Answer {
    let roles = roles.iter().map(|role| format!("'{role}'")).collect::<Vec<_>>().join(",");
    let members =
        format!("SELECT 1 FROM role_members m JOIN users u ON u.id = m.user_id WHERE m.ticket_id = t.id AND m.role IN ({roles})");
    if term.value == Value::Null {
        return Ok(format!("{}EXISTS ({members})", if term.op == Op::Is { "NOT " } else { "" }));
    }
    let (positive, not) = positive(term);
    let exactly = me(term, context)?.map(|id| format!("u.id = {}", sql.bind(id)));
    let is_exact = exactly.is_some() || positive.op == Op::Eq;
    let condition = match exactly {
        Some(condition) => condition,
        None => text(sql, subfield(term, "u.email")?, &positive)?,
    };
    if is_exact {
        // one person is on few tickets: they are looked up, not every ticket asked
        let tickets =
            format!("SELECT m.ticket_id FROM users u JOIN role_members m ON m.user_id = u.id WHERE m.role IN ({roles})");
        return Ok(format!("t.id {not}IN ({tickets} AND {condition})"));
    }
    Ok(format!("{not}EXISTS ({members} AND {condition})"))
}

fn positive(term: &Term) -> (Term, &'static str) {
    let not = if term.op.is_negative() { "NOT " } else { "" };
    (Term { op: term.op.positive(), ..term.clone() }, not)
}
