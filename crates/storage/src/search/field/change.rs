//! Conditions on what happened to a ticket, and on the files that came with it: any entry of its history that the asker may see.

use super::{Answer, moment, people, text};
use crate::search::{Context, Sql, visible};
use domain::change::ChangeKind;
use query::{Op, Term, Value};

/// `TransactionDate`: an entry at that time.
pub(super) fn date(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    if term.value == Value::Null {
        return Err(super::refused(term, format!("{} is never unset", term.field.name)));
    }
    let positive = Term { op: term.op.positive(), ..term.clone() };
    let condition = moment(sql, "c.created_at", &positive, context)?;
    Ok(entry(sql, term, "", &condition, context))
}

/// `UpdatedBy`: an entry by that person.
pub(super) fn author(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    let positive = Term { op: term.op.positive(), ..term.clone() };
    let condition = people::column(sql, "c.actor_id", &positive, context)?;
    Ok(entry(sql, term, "", &condition, context))
}

/// `HasUnreadMessages = '__CurrentUser__'`: what others wrote and the asker has not seen. What others have read is theirs.
pub(super) fn unread(sql: &mut Sql, term: &Term, context: &Context, is_none: bool) -> Answer {
    let is_me = matches!(&term.value, Value::Placeholder(name) if name.to_ascii_lowercase().starts_with("currentuser"));
    if !is_me || !matches!(term.op, Op::Eq | Op::Ne) {
        return Err(super::refused(term, format!("{} is compared with '__CurrentUser__' only", term.field.name)));
    }
    let me = sql.bind(context.me.0);
    let condition = format!(
        "c.kind IN ('Create', 'Correspond', 'Comment') AND c.actor_id <> {me} AND c.sequence > \
         COALESCE((SELECT s.sequence FROM seen s WHERE s.ticket_id = c.ticket_id AND s.user_id = {me}), 0)"
    );
    let op = if (term.op == Op::Ne) == is_none { Op::Eq } else { Op::Ne };
    Ok(entry(sql, &Term { op, ..term.clone() }, "", &condition, context))
}

/// `Filename`, `ContentType`.
pub(super) fn file(sql: &mut Sql, column: &str, term: &Term, context: &Context) -> Answer {
    if term.value == Value::Null {
        let condition = format!("COALESCE({column}, '') <> ''");
        let found = Term { op: if term.op == Op::Is { Op::Ne } else { Op::Eq }, ..term.clone() };
        return Ok(entry(sql, &found, FILES, &condition, context));
    }
    let positive = Term { op: term.op.positive(), ..term.clone() };
    let condition = text(sql, column, &positive)?;
    Ok(entry(sql, term, FILES, &condition, context))
}

const FILES: &str = " JOIN parts p ON p.change_id = c.id";

/// A negative condition means that no entry is so. What was merged into a ticket is its history, too.
fn entry(sql: &mut Sql, term: &Term, join: &str, condition: &str, context: &Context) -> String {
    let not = if term.op.is_negative() { "NOT " } else { "" };
    let readable = readable(sql, context);
    // one look at an index each: a list of both tickets would have the database read all of history
    format!(
        "{not}(EXISTS (SELECT 1 FROM changes c{join} WHERE c.ticket_id = t.id AND {condition}{readable}) \
         OR EXISTS (SELECT 1 FROM tickets f JOIN changes c ON c.ticket_id = f.id{join} WHERE f.merged_into = t.id AND {condition}{readable}))"
    )
}

/// What of the history counts: as the page shows it. Notes of mail that went out say nothing that their cause does not.
fn readable(sql: &mut Sql, context: &Context) -> String {
    let fields: Vec<String> = context.fields.iter().map(|field| format!("'{}'", field.id.0)).collect();
    let fields = if fields.is_empty() { "NULL".to_owned() } else { fields.join(",") };
    let seen = format!(
        " AND c.kind NOT IN ('EmailRecord', 'CommentEmailRecord') AND (c.kind <> 'CustomField' OR COALESCE(c.field IN ({fields}), FALSE))"
    );
    if context.comments.everything {
        return seen;
    }
    let kinds = ChangeKind::ALL.iter().filter(|kind| kind.is_internal()).map(|kind| format!("'{}'", kind.as_str()));
    let internal = kinds.collect::<Vec<_>>().join(",");
    let may = visible(sql, &context.comments, context);
    // a comment that was taken back is still one
    format!(
        "{seen} AND ((c.kind NOT IN ({internal}) AND NOT (c.kind = 'Withdrawn' AND COALESCE(c.field, '') = 'Comment')) OR {may})"
    )
}
