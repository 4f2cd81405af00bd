//! API tokens. Only a hash is kept (API-014).

use crate::{Instant, Result, Tx, db::Number};
use domain::{TokenId, UserId};
use jiff::Timestamp;
use sqlx::FromRow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub user: UserId,
    pub description: String,
    pub expires: Option<Timestamp>,
    pub used: Option<Timestamp>,
    pub created: Timestamp,
}

#[derive(FromRow)]
struct TokenRow {
    id: i64,
    user_id: i64,
    description: String,
    expires_at: Option<Instant>,
    used_at: Option<Instant>,
    created_at: Instant,
}

impl From<TokenRow> for Token {
    fn from(row: TokenRow) -> Self {
        Self {
            id: TokenId(row.id),
            user: UserId(row.user_id),
            description: row.description,
            expires: row.expires_at.map(Timestamp::from),
            used: row.used_at.map(Timestamp::from),
            created: row.created_at.into(),
        }
    }
}

/// A token to be.
#[derive(Clone, Copy, Debug)]
pub struct NewToken<'a> {
    pub user: UserId,
    pub hash: &'a str,
    pub description: &'a str,
    pub expires: Option<Timestamp>,
}

pub async fn insert(tx: &mut Tx, token: NewToken<'_>, now: Timestamp) -> Result<TokenId> {
    let NewToken { user, hash, description, expires } = token;
    let row: Number = tx
        .one(
            "INSERT INTO tokens (user_id, hash, description, expires_at, created_at) VALUES ($1,$2,$3,$4,$5) RETURNING id AS n",
            [user.0.into(), hash.into(), description.into(), expires.into(), Instant::from(now).into()],
        )
        .await?;
    Ok(TokenId(row.n))
}

pub async fn by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Token>> {
    let row: Option<TokenRow> = tx
        .first("SELECT id, user_id, description, expires_at, used_at, created_at FROM tokens WHERE hash = $1", [hash.into()])
        .await?;
    Ok(row.map(Token::from))
}

pub async fn of_user(tx: &mut Tx, user: UserId) -> Result<Vec<Token>> {
    let rows: Vec<TokenRow> = tx
        .all(
            "SELECT id, user_id, description, expires_at, used_at, created_at FROM tokens WHERE user_id = $1 ORDER BY id",
            [user.0.into()],
        )
        .await?;
    Ok(rows.into_iter().map(Token::from).collect())
}

pub async fn used(tx: &mut Tx, id: TokenId, now: Timestamp) -> Result<()> {
    tx.run("UPDATE tokens SET used_at = $2 WHERE id = $1", [id.0.into(), Instant::from(now).into()]).await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: TokenId) -> Result<bool> {
    Ok(tx.run("DELETE FROM tokens WHERE id = $1", [id.0.into()]).await? > 0)
}
