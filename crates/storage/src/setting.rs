//! Options of the installation; what is not here holds its default. Each call is followed by [`crate::catalog::touch`].

use crate::{
    Result, Tx,
    queue::{Definitions, put_definition},
};

pub async fn put(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    put_definition(tx, Definitions::Settings, name, value).await
}

/// Back to the default.
pub async fn remove(tx: &mut Tx, name: &str) -> Result<bool> {
    Ok(tx.run("DELETE FROM settings WHERE name = $1", [name.into()]).await? > 0)
}
