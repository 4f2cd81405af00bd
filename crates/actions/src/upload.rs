//! Files chosen in a form, kept while the form comes back with something to mend (IR-356, TC-116).

use crate::{Actor, Result, Tx};
use jiff::SignedDuration;
pub use storage::upload::Upload;

/// A form that was left for longer is not sent any more.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// More than this nobody attaches by hand; the oldest give way.
const MOST: i64 = 40;

/// Keeps a file for this person alone; the answer is the token that gives it back.
pub async fn keep(tx: &mut Tx, actor: &Actor, name: &str, media_type: &str, content: Vec<u8>) -> Result<String> {
    let token = tx.random_hex();
    let now = tx.now();
    let upload = Upload { token: token.clone(), name: name.to_owned(), media_type: media_type.to_owned(), content };
    storage::upload::insert(&mut tx.db, actor.id(), upload, now).await?;
    storage::upload::prune(&mut tx.db, actor.id(), now.checked_sub(KEPT).unwrap_or(now), MOST).await?;
    Ok(token)
}

/// The file behind a token; `None` when it is gone, or another's.
pub async fn kept(tx: &mut Tx, actor: &Actor, token: &str) -> Result<Option<Upload>> {
    Ok(storage::upload::get(&mut tx.db, actor.id(), token).await?)
}
