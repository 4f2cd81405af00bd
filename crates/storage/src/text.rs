//! The full text of messages. Words come from [`domain::search_words`] and are handed to the database as they are, so that both
//! know the same ones: FTS5 without a tokenizer of its own to speak of, and `tsvector` without a dictionary.

use crate::{Result, Tx, db::Number};
use domain::{TicketId, search_words::Phrase};
use sqlx::FromRow;
use std::fmt::Write;

/// Makes a part of a message found by its words.
pub async fn insert(tx: &mut Tx, part: i64, ticket: TicketId, is_internal: bool, words: &[String]) -> Result<()> {
    if tx.is_postgres() {
        let sql = "INSERT INTO texts (part_id, ticket_id, origin_id, words, is_internal) \
            SELECT $1, COALESCE(t.merged_into, t.id), t.id, CAST($3 AS tsvector), $4 FROM tickets t WHERE t.id = $2 ON CONFLICT DO NOTHING";
        tx.run(sql, [part.into(), ticket.0.into(), placed(words).into(), is_internal.into()]).await?;
        return Ok(());
    }
    let sql = "INSERT INTO texts (part_id, ticket_id, origin_id, is_internal) \
        SELECT $1, COALESCE(t.merged_into, t.id), t.id, $3 FROM tickets t WHERE t.id = $2 ON CONFLICT DO NOTHING";
    if tx.run(sql, [part.into(), ticket.0.into(), is_internal.into()]).await? > 0 {
        tx.run("INSERT INTO text_words (rowid, words) VALUES ($1, $2)", [part.into(), words.join(" ").into()]).await?;
    }
    Ok(())
}

/// A `tsvector` as PostgreSQL writes it. Words hold letters, digits and marks only, so nothing needs escaping.
fn placed(words: &[String]) -> String {
    let mut text = String::with_capacity(words.len() * 12);
    for (index, word) in words.iter().enumerate() {
        // writing to a string cannot fail
        let _ = write!(text, "'{word}':{} ", index + 1);
    }
    text
}

/// What the database in use is asked: `MATCH` of FTS5, or a `tsquery`.
pub(crate) fn asked(phrases: &[Phrase], postgres: bool) -> String {
    let one = |phrase: &Phrase| {
        let star = |mark: &str| if phrase.is_prefix { mark.to_owned() } else { String::new() };
        if postgres {
            let words: Vec<String> = phrase.words.iter().map(|word| format!("'{word}'")).collect();
            format!("({}{})", words.join(" <-> "), star(":*"))
        } else {
            format!("\"{}\"{}", phrase.words.join(" "), star("*"))
        }
    };
    phrases.iter().map(one).collect::<Vec<_>>().join(if postgres { " & " } else { " AND " })
}

/// Texts of these tickets are shown on another from now on, or on their own again.
pub async fn point(tx: &mut Tx, tickets: &[TicketId], to: Option<TicketId>) -> Result<()> {
    let mut values = vec![to.map(|id| id.0).into()];
    let list = crate::db::bind_list(&mut values, tickets.iter().map(|id| id.0));
    tx.run_built(format!("UPDATE texts SET ticket_id = COALESCE($1, origin_id) WHERE origin_id IN ({list})"), values).await?;
    Ok(())
}

/// A part that was there before there was a full text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub part: i64,
    pub ticket: TicketId,
    pub change: domain::ChangeId,
    pub kind: String,
}

#[derive(FromRow)]
struct UnreadRow {
    id: i64,
    ticket_id: i64,
    change_id: i64,
    kind: String,
}

/// The next of them, newest first.
pub async fn unread(tx: &mut Tx, limit: i64) -> Result<Vec<Unread>> {
    let rows: Vec<UnreadRow> = tx
        .all(
            "SELECT p.id, c.ticket_id, p.change_id, c.kind FROM parts p JOIN changes c ON c.id = p.change_id \
             WHERE p.id < (SELECT below FROM texts_to_read WHERE id = 1) ORDER BY p.id DESC LIMIT $1",
            [limit.into()],
        )
        .await?;
    let unread = |row: UnreadRow| Unread {
        part: row.id,
        ticket: TicketId(row.ticket_id),
        change: domain::ChangeId(row.change_id),
        kind: row.kind,
    };
    Ok(rows.into_iter().map(unread).collect())
}

/// Everything from this part on has been read.
pub async fn read_down_to(tx: &mut Tx, part: i64) -> Result<()> {
    tx.run("UPDATE texts_to_read SET below = $1 WHERE id = 1 AND below > $1", [part.into()]).await?;
    Ok(())
}

/// Below which part they still wait; `1` or less when all have been read.
pub async fn waiting_below(tx: &mut Tx) -> Result<i64> {
    let row: Number = tx.one("SELECT below AS n FROM texts_to_read WHERE id = 1", []).await?;
    Ok(row.n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::search_words::phrases;

    #[test]
    fn both_databases_are_asked_the_same() {
        let phrases = phrases("worm \"remote code\" scan*");
        assert_eq!(asked(&phrases, false), "\"worm\" AND \"remote code\" AND \"scan\"*");
        assert_eq!(asked(&phrases, true), "('worm') & ('remote' <-> 'code') & ('scan':*)");
    }
}
