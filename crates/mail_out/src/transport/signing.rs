//! Signs what goes out by another transport.

use std::sync::Arc;

use super::{Envelope, SendError, Sending, Transport};
use crate::dkim::{Signer, signed};

pub struct Signing {
    inner: Arc<dyn Transport>,
    signers: Arc<Vec<Signer>>,
}

impl Signing {
    pub fn new(inner: Arc<dyn Transport>, signers: Vec<Signer>) -> Self {
        Self { inner, signers: Arc::new(signers) }
    }
}

impl Transport for Signing {
    fn send<'a>(&'a self, envelope: &'a Envelope, raw: &'a [u8]) -> Sending<'a> {
        Box::pin(async move {
            let failed = |error: String| SendError::temporary(envelope, format!("it cannot be signed: {error}"));
            match signed(&self.signers, raw).map_err(failed)? {
                Some(message) => self.inner.send(envelope, &message).await,
                None => self.inner.send(envelope, raw).await,
            }
        })
    }
}
