//! API tokens: `1-<user>-<32 hex digits>`, shown once, kept as a hash (API-014).

use super::session::hash;
use crate::{Actor, Door, Error, Result, Tx, access};
use domain::{Right, TokenId, UserId};
use jiff::{SignedDuration, Timestamp};
pub use storage::token::Token;

const REMEMBER: SignedDuration = SignedDuration::from_mins(5);

/// For oneself it needs `ManageAuthTokens`, for others `AdminUsers`. The text is never to be had again.
pub async fn create_token(
    tx: &mut Tx,
    actor: &Actor,
    user: UserId,
    description: &str,
    expires: Option<Timestamp>,
) -> Result<String> {
    may_manage(tx, actor, user)?;
    let token = format!("1-{user}-{}", tx.random_hex());
    let now = tx.now();
    let hash = hash(&token);
    let new = storage::token::NewToken { user, hash: &hash, description, expires };
    storage::token::insert(&mut tx.db, new, now).await?;
    storage::audit::append(&mut tx.db, actor.id(), "create token", &format!("{user} {description}"), now).await?;
    Ok(token)
}

pub async fn tokens_of(tx: &mut Tx, actor: &Actor, user: UserId) -> Result<Vec<Token>> {
    may_manage(tx, actor, user)?;
    Ok(storage::token::of_user(&mut tx.db, user).await?)
}

pub async fn revoke_token(tx: &mut Tx, actor: &Actor, user: UserId, id: TokenId) -> Result<()> {
    may_manage(tx, actor, user)?;
    if !storage::token::of_user(&mut tx.db, user).await?.iter().any(|token| token.id == id) {
        return Err(Error::NotFound);
    }
    storage::token::delete(&mut tx.db, id).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), "revoke token", &id.to_string(), now).await?;
    Ok(())
}

fn may_manage(tx: &Tx, actor: &Actor, user: UserId) -> Result<()> {
    if user == actor.id() && access::require_global(tx, actor, Right::ManageAuthTokens).is_ok() {
        return Ok(());
    }
    access::require_global(tx, actor, Right::AdminUsers)
}

/// Whose token this is; `None` for unknown and expired ones and for disabled people. The second value tells that its use
/// should be written down by calling this again with a transaction that can write.
pub async fn actor_of_token(tx: &mut Tx, text: &str, writing: bool) -> Result<Option<(Actor, bool)>> {
    let Some(token) = storage::token::by_hash(&mut tx.db, &hash(text.trim())).await? else { return Ok(None) };
    let now = tx.now();
    if token.expires.is_some_and(|expires| expires <= now) {
        return Ok(None);
    }
    let stale = token.used.is_none_or(|used| now.duration_since(used) > REMEMBER);
    if stale && writing {
        storage::token::used(&mut tx.db, token.id, now).await?;
    }
    let Some(user) = storage::person::get(&mut tx.db, token.user).await? else { return Ok(None) };
    Ok(Actor::of(tx, user, Door::Rest2).map(|actor| (actor, stale)))
}
