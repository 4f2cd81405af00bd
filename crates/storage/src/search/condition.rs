//! A tree of conditions to SQL.

use super::{Context, Sql, Unanswerable, field};
use query::{Query, Term};

pub(super) fn compile(sql: &mut Sql, query: &Query, context: &Context) -> Result<(), Unanswerable> {
    match query {
        Query::And(parts) => joined(sql, parts, " AND ", context),
        Query::Or(parts) => joined(sql, parts, " OR ", context),
        Query::Not(inner) => {
            sql.push("NOT ");
            // a comparison with an unset column is neither true nor false; NOT of it must be true
            sql.push("COALESCE(");
            compile(sql, inner, context)?;
            sql.push(", FALSE)");
            Ok(())
        }
        Query::Term(term) => one(sql, term, context),
    }
}

fn joined(sql: &mut Sql, parts: &[Query], word: &str, context: &Context) -> Result<(), Unanswerable> {
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(word);
        }
        compile(sql, part, context)?;
    }
    sql.push(")");
    Ok(())
}

fn one(sql: &mut Sql, term: &Term, context: &Context) -> Result<(), Unanswerable> {
    let condition = field::condition(sql, term, context)?;
    sql.push(&condition);
    Ok(())
}
