//! Argon2id in memory of its own, so that however many people sign in, it is the memory of one.

use crate::{Error, Result};
use argon2::{
    Argon2, Block, Params,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use std::sync::{Arc, LazyLock};
use tokio::sync::Mutex;

/// Shared and kept. Blocks of 19 MiB that come and go on many threads are not given back by the allocator, and a crowd
/// of guesses must not take the memory of a crowd: passwords are hashed one after the other.
static WORKING_MEMORY: LazyLock<Arc<Mutex<Vec<Block>>>> = LazyLock::new(Arc::default);

/// A PHC string with a new salt.
pub(super) async fn hash(password: String) -> Result<String> {
    in_turn(move |memory| {
        let (argon2, salt) = (Argon2::default(), Salt::generate());
        let hash = output(&argon2, &password, &salt, Params::DEFAULT_OUTPUT_LEN, memory)?;
        let params = ParamsString::try_from(argon2.params())?;
        let (algorithm, version) = (argon2::ARGON2ID_IDENT, Some(argon2::Version::default().into()));
        Ok(PasswordHash { algorithm, version, params, salt: Some(salt), hash: Some(hash) }.to_string())
    })
    .await
}

/// Whether a PHC string is of this password. One that cannot be read fits none.
pub(super) async fn fits(password: String, stored: String) -> Result<bool> {
    in_turn(move |memory| {
        let Ok(PasswordHash { algorithm, version: Some(version), params, salt: Some(salt), hash: Some(hash) }) =
            PasswordHash::new(&stored)
        else {
            return Ok(false);
        };
        let argon2 = Argon2::new(argon2::Algorithm::new(algorithm)?, version.try_into()?, Params::try_from(&params)?);
        // both are of the type that compares in constant time
        Ok(output(&argon2, &password, &salt, hash.len(), memory)? == hash)
    })
    .await
}

fn output(argon2: &Argon2, password: &str, salt: &Salt, length: usize, memory: &mut Vec<Block>) -> anyhow::Result<Output> {
    if memory.len() < argon2.params().block_count() {
        memory.resize(argon2.params().block_count(), Block::new());
    }
    let mut hash = [0; Output::MAX_LENGTH];
    let hash = hash.get_mut(..length).unwrap_or_default();
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, hash, memory.as_mut_slice())?;
    Ok(Output::new(hash)?)
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce(&mut Vec<Block>) -> anyhow::Result<T> + Send + 'static) -> Result<T> {
    let mut memory = Arc::clone(&WORKING_MEMORY).lock_owned().await;
    let worked = tokio::task::spawn_blocking(move || work(&mut memory)).await;
    worked.map_err(anyhow::Error::from).flatten().map_err(Error::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the reference implementation's manual; its parameters are not ours.
    const REFERENCE: &str = "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG";

    #[tokio::test]
    async fn hashes_of_others_and_ours_fit_their_password_only() {
        let ours = hash("password".to_owned()).await.unwrap();
        assert!(ours.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{ours}");
        assert_ne!(hash("password".to_owned()).await.unwrap(), ours, "each has a salt of its own");
        for stored in [REFERENCE, &ours] {
            assert!(fits("password".to_owned(), stored.to_owned()).await.unwrap(), "{stored}");
            assert!(!fits("passwort".to_owned(), stored.to_owned()).await.unwrap(), "{stored}");
        }
        assert!(!fits("password".to_owned(), "$argon2id$nonsense".to_owned()).await.unwrap());
    }

    #[tokio::test]
    async fn a_crowd_takes_the_memory_of_one() {
        let crowd: Vec<_> = (0..8).map(|number| tokio::spawn(fits(format!("guess {number}"), REFERENCE.to_owned()))).collect();
        for guess in crowd {
            assert!(!guess.await.unwrap().unwrap());
        }
        assert_eq!(WORKING_MEMORY.lock().await.len(), 65_536, "blocks of 1 KiB");
    }
}
