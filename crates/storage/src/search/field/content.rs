//! Conditions on what is written in messages, by words (TC-261). What the asker may not read is not looked at.

use super::{Answer, refused, words};
use crate::{
    Tx,
    db::Number,
    search::{Context, Sql, visible},
    text::asked,
};
use domain::search_words::{MOST_ASKED, Phrase, phrases};
use query::{Op, Query, Term, Value};

/// Names that mean the words of messages.
const NAMES: [&str; 2] = ["content", "historycontent"];

pub(super) fn is_content(name: &str) -> bool {
    NAMES.contains(&name)
}

pub(super) fn condition(sql: &mut Sql, term: &Term, context: &Context) -> Answer {
    if !matches!(term.op.positive(), Op::Like | Op::Eq) || term.value == Value::Null {
        return Err(refused(term, format!("{} is searched by words, with LIKE or NOT LIKE", term.field.name)));
    }
    let question = asked(&wanted(term)?, !sql.sqlite);
    let found = if context.comments.everything {
        matching(sql, &question, "")
    } else {
        let public = matching(sql, &question, " AND x.is_internal = FALSE");
        let may = visible(sql, &context.comments, context);
        let internal = matching(sql, &question, " AND x.is_internal = TRUE");
        format!("({public} OR ({may} AND {internal}))")
    };
    Ok(super::negatable(found, term.op.is_negative()))
}

fn wanted(term: &Term) -> Result<Vec<Phrase>, super::Unanswerable> {
    let text = words(term)?;
    let wanted = phrases(&text);
    if wanted.is_empty() {
        return Err(refused(term, format!("“{text}” has no word to look for")));
    }
    if wanted.len() > MOST_ASKED || wanted.iter().any(|phrase| phrase.words.len() > MOST_ASKED) {
        return Err(refused(term, format!("at most {MOST_ASKED} words can be looked for at once")));
    }
    Ok(wanted)
}

/// Rare words lead to their tickets; common ones are looked for on one ticket after the other, in the order of the list.
fn matching(sql: &mut Sql, question: &str, which: &str) -> String {
    let is_common = sql.common.iter().any(|common| common == question);
    let place = sql.bind(question);
    let (from, holds) = if sql.sqlite {
        ("text_words w CROSS JOIN texts x ON x.part_id = w.rowid", format!("w.words MATCH {place}"))
    } else {
        ("texts x", format!("x.words @@ CAST({place} AS tsquery)"))
    };
    if !is_common {
        return format!("t.id IN (SELECT x.ticket_id FROM {from} WHERE {holds}{which})");
    }
    let from = if sql.sqlite { "texts x CROSS JOIN text_words w ON w.rowid = x.part_id" } else { from };
    // a value, not EXISTS: PostgreSQL would make a join of that and look at all matches before the first ticket
    format!("(SELECT 1 FROM {from} WHERE x.ticket_id = t.id AND {holds}{which} LIMIT 1) IS NOT NULL")
}

/// More texts than this, and a page is found sooner by looking through the tickets.
const COMMON: i64 = 2_000;

/// The questions of a query that many texts answer; costs a look at no more than [`COMMON`] of them each.
pub(in crate::search) async fn common(tx: &mut Tx, query: &Query) -> crate::Result<Vec<String>> {
    let mut common = Vec::new();
    for question in questions(query, tx.is_postgres()) {
        let (from, holds) =
            if tx.is_postgres() { ("texts", "words @@ CAST($1 AS tsquery)") } else { ("text_words", "words MATCH $1") };
        let sql = format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM {from} WHERE {holds} LIMIT {COMMON}) few");
        let rows: Vec<Number> = tx.all_built(sql, vec![question.as_str().into()]).await?;
        if rows.first().is_some_and(|row| row.n >= COMMON) {
            common.push(question);
        }
    }
    Ok(common)
}

fn questions(query: &Query, postgres: bool) -> Vec<String> {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().flat_map(|part| questions(part, postgres)).collect(),
        Query::Not(inner) => questions(inner, postgres),
        Query::Term(term) if is_content(&term.field.name.to_ascii_lowercase()) => {
            wanted(term).ok().map(|wanted| asked(&wanted, postgres)).into_iter().collect()
        }
        Query::Term(_) => vec![],
    }
}
