//! Conditions on what happened to a ticket, and on the files that came with it: any entry of its history that the asker may see.

use super::{Answer, moment, people, text};
use crate::search::{Context, Sql, visible};
use query::{Op, Term, Value};

/// Entries with these are for those who may read comments.
const INTERNAL: &str = "'Comment', 'CommentEmailRecord', 'SystemError', 'Delivery', 'ForwardTicket', 'ForwardTransaction'";

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
    let readable = if context.comments.everything {
        String::new()
    } else {
        format!(" AND (c.kind NOT IN ({INTERNAL}) OR {})", visible(sql, &context.comments, context))
    };
    format!(
        "{not}EXISTS (SELECT 1 FROM changes c{join} WHERE c.ticket_id IN (SELECT t.id UNION ALL SELECT f.id FROM tickets f WHERE f.merged_into = t.id) \
         AND {condition}{readable})"
    )
}
