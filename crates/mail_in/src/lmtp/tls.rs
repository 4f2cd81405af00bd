//! The server's side of STARTTLS (RFC 3207): the certificate, and the handshake after which a conversation begins anew.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};
use tokio_rustls::server::TlsStream;

const PATIENCE: Duration = Duration::from_secs(30);

/// A certificate with its key. Cheap to clone.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

impl Tls {
    /// Both as PEM; the certificate with those that it was signed by, its own first.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self> {
        let named = |file: &Path| format!("reading {}", file.display());
        let chain: Result<Vec<CertificateDer<'static>>, _> =
            CertificateDer::pem_file_iter(certificate).with_context(|| named(certificate))?.collect();
        let chain = chain.with_context(|| named(certificate))?;
        anyhow::ensure!(!chain.is_empty(), "{} holds no certificate", certificate.display());
        let key_of_it = PrivateKeyDer::from_pem_file(key).with_context(|| named(key))?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key_of_it)
            .with_context(|| format!("{} and {} do not belong together", certificate.display(), key.display()))?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    pub(super) async fn encrypt(&self, reader: OwnedReadHalf, writer: OwnedWriteHalf) -> std::io::Result<TlsStream<TcpStream>> {
        let stream = reader.reunite(writer).map_err(std::io::Error::other)?;
        tokio::time::timeout(PATIENCE, self.0.accept(stream)).await?
    }
}
