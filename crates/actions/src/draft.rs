//! What people typed and have not sent, kept for them alone until they send it or throw it away.

use crate::{Actor, Error, Result, Tx};
pub use storage::draft::Draft;

/// More than the texts of a form may hold together is no draft.
pub const LONGEST: usize = 2 * 1024 * 1024;
const LONGEST_FORM: usize = 300;
/// More than this nobody has unfinished; the oldest give way.
const MOST: i64 = 100;

/// `form` is the form's address, `content` what it would send.
pub async fn save(tx: &mut Tx, actor: &Actor, form: &str, content: &str) -> Result<()> {
    if form.is_empty() || form.len() > LONGEST_FORM {
        return Err(Error::invalid("draft-form", "There is no such form."));
    }
    if content.len() > LONGEST {
        return Err(Error::invalid("", format!("A draft may have at most {} kB.", LONGEST / 1024)));
    }
    let draft = Draft { form: form.to_owned(), content: content.replace('\0', ""), saved: tx.now() };
    storage::draft::put(&mut tx.db, actor.id(), &draft).await?;
    storage::draft::keep_newest(&mut tx.db, actor.id(), MOST).await?;
    Ok(())
}

pub async fn of_form(tx: &mut Tx, actor: &Actor, form: &str) -> Result<Option<Draft>> {
    Ok(storage::draft::get(&mut tx.db, actor.id(), form).await?)
}

/// Newest first.
pub async fn all(tx: &mut Tx, actor: &Actor) -> Result<Vec<Draft>> {
    Ok(storage::draft::of_user(&mut tx.db, actor.id(), MOST).await?)
}

/// `false` when there was none.
pub async fn discard(tx: &mut Tx, actor: &Actor, form: &str) -> Result<bool> {
    Ok(storage::draft::delete(&mut tx.db, actor.id(), form).await?)
}
