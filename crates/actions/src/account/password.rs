//! Passwords, hashed with Argon2id.

use super::argon;
use crate::{Actor, Error, Result, Tx, access};
use domain::{Right, UserId};

/// Shortest password we accept (NIST SP 800-63B asks for eight).
const SHORTEST: usize = 8;
const LONGEST: usize = 1000;

/// For others it needs `AdminUsers`, for oneself `ModifySelf`.
pub async fn set_password(tx: &mut Tx, actor: &Actor, user: UserId, password: &str) -> Result<()> {
    if user != actor.id() || access::require_global(tx, actor, Right::ModifySelf).is_err() {
        access::require_global(tx, actor, Right::AdminUsers)?;
    }
    if password.chars().count() < SHORTEST {
        return Err(Error::invalid("password", format!("Password needs to be at least {SHORTEST} characters long")));
    }
    if password.len() > LONGEST {
        return Err(Error::invalid("password", format!("Password may be at most {LONGEST} bytes long")));
    }
    let hash = argon::hash(password.to_owned()).await?;
    storage::person::set_password_hash(&mut tx.db, user, &hash).await?;
    storage::session::delete_of_user(&mut tx.db, user).await?;
    let now = tx.now();
    storage::audit::append(&mut tx.db, actor.id(), "set password", &user.to_string(), now).await?;
    Ok(())
}

/// Whether this is the user's password. Takes as long for somebody without one, or unknown (TC-242).
pub async fn check_password(tx: &mut Tx, user: Option<UserId>, password: &str) -> Result<bool> {
    // the hash of a random string that nobody knows
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXRoaW5nLXJhbmRvbQ$3YtdzMWYIs3bFjIYLWe6eAvRX6jjAXQpVvSkAPBtEQ0";
    let stored = match user {
        Some(user) => storage::person::password_hash(&mut tx.db, user).await?,
        None => None,
    };
    let is_known = stored.is_some();
    let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
    if password.len() > LONGEST {
        return Ok(false);
    }
    let fits = argon::fits(password.to_owned(), stored).await?;
    Ok(fits && is_known)
}
