//! Sessions of browsers: an opaque value in a cookie, its hash in the database.

use super::check_password;
use crate::{Actor, Desk, Door, Result, Tx, lock};
use domain::person::EmailAddress;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// Unused for this long, a session is over.
const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// How often the last use is written down; reading must not cost a write each time.
const REMEMBER: SignedDuration = SignedDuration::from_mins(5);

/// What is kept of a secret.
pub(crate) fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The secret for the cookie, or `None` when name and password do not fit. The name may be a login or an address.
/// Takes the desk, because weighing a password takes long and nobody shall wait for the writer meanwhile.
pub async fn sign_in(desk: &Desk, name: &str, password: &str) -> Result<Option<String>> {
    let mut tx = desk.read().await?;
    let mut user = storage::person::by_name(&mut tx.db, name.trim()).await?;
    if let (None, Ok(address)) = (&user, EmailAddress::parse(name)) {
        user = storage::person::by_email(&mut tx.db, &address).await?;
    }
    let user = user.filter(|user| !user.disabled);
    let fits = check_password(&mut tx, user.as_ref().map(|user| user.id), password).await?;
    drop(tx);
    let Some(user) = user.filter(|_| fits) else { return Ok(None) };
    let mut tx = desk.write().await?;
    let secret = format!("{}{}", tx.random_hex(), tx.random_hex());
    let now = tx.now();
    storage::session::delete_unused_since(&mut tx.db, now.checked_sub(IDLE).unwrap_or(now)).await?;
    storage::session::insert(&mut tx.db, &hash(&secret), user.id, now).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// Whoever signs out leaves no lock behind (IR-510).
pub async fn sign_out(tx: &mut Tx, secret: &str) -> Result<()> {
    if let Some((actor, _)) = actor_of_session(tx, secret, false).await? {
        lock::unlock_all(tx, &actor).await?;
    }
    Ok(storage::session::delete(&mut tx.db, &hash(secret)).await?)
}

/// Whose session this is; `None` when it is over. The second value tells that its use should be written down by
/// calling this again with a transaction that can write.
pub async fn actor_of_session(tx: &mut Tx, secret: &str, writing: bool) -> Result<Option<(Actor, bool)>> {
    let hash = hash(secret);
    let Some((user, seen)) = storage::session::get(&mut tx.db, &hash).await? else { return Ok(None) };
    let idle = tx.now().duration_since(seen);
    if idle > IDLE {
        return Ok(None);
    }
    let stale = idle > REMEMBER;
    if stale && writing {
        let now = tx.now();
        storage::session::seen(&mut tx.db, &hash, now).await?;
    }
    let Some(user) = storage::person::get(&mut tx.db, user).await? else { return Ok(None) };
    Ok(Actor::of(tx, user, Door::Web).map(|actor| (actor, stale)))
}
