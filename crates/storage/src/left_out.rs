//! Who was taken out of a letter's recipients, and why; one row a letter.

use crate::{Result, Tx};
use domain::ChangeId;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What the letter was about.
    pub change: ChangeId,
    /// What would have written it.
    pub rule: String,
    pub as_comment: bool,
    /// None when nobody was left to write to.
    pub message_id: Option<String>,
    /// Reason and address.
    pub removed: Vec<(String, String)>,
}

#[derive(FromRow)]
struct Row {
    change_id: i64,
    rule: String,
    as_comment: bool,
    message_id: Option<String>,
    removed: String,
}

impl From<Row> for LeftOut {
    fn from(row: Row) -> Self {
        let pair = |line: &str| line.split_once(' ').map(|(why, address)| (why.to_owned(), address.to_owned()));
        Self {
            change: ChangeId(row.change_id),
            rule: row.rule,
            as_comment: row.as_comment,
            message_id: row.message_id,
            removed: row.removed.lines().filter_map(pair).collect(),
        }
    }
}

pub async fn insert(tx: &mut Tx, letter: &LeftOut) -> Result<()> {
    // neither holds a line break, and a reason holds no blank
    let removed: Vec<String> = letter.removed.iter().map(|(why, address)| format!("{why} {address}")).collect();
    tx.run(
        "INSERT INTO left_out (change_id, rule, as_comment, message_id, removed) VALUES ($1, $2, $3, $4, $5)",
        [
            letter.change.0.into(),
            letter.rule.as_str().into(),
            letter.as_comment.into(),
            letter.message_id.clone().into(),
            removed.join("\n").into(),
        ],
    )
    .await?;
    Ok(())
}

/// Of the letters that a change caused, and of the one with this Message-ID.
pub async fn of(tx: &mut Tx, change: ChangeId, message_id: Option<&str>, limit: i64) -> Result<Vec<LeftOut>> {
    let rows: Vec<Row> = tx
        .all(
            "SELECT change_id, rule, as_comment, message_id, removed FROM left_out WHERE change_id = $1 OR message_id = $2 \
             ORDER BY id LIMIT $3",
            [change.0.into(), message_id.map(str::to_owned).into(), limit.into()],
        )
        .await?;
    Ok(rows.into_iter().map(LeftOut::from).collect())
}
