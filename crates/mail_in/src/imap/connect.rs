//! A connection that is encrypted as asked, signed in, and has its folder open.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use async_imap::{Authenticator, Client, Session};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::{ImapEncryption, ImapMailbox, ImapSecret, token};

/// For everything until the folder is open.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Stream for T {}

pub(super) type Open = Session<Box<dyn Stream>>;

pub(super) async fn connect(mailbox: &ImapMailbox) -> Result<Open> {
    tokio::time::timeout(PATIENCE, open(mailbox)).await.context("the server does not answer")?
}

async fn open(mailbox: &ImapMailbox) -> Result<Open> {
    let tcp = TcpStream::connect((mailbox.host.as_str(), mailbox.port)).await;
    let tcp = tcp.with_context(|| format!("connecting to {} port {}", mailbox.host, mailbox.port))?;
    let client = match mailbox.encryption {
        ImapEncryption::Tls => greeted(Box::new(encrypted(tcp, mailbox).await?)).await?,
        ImapEncryption::None => greeted(Box::new(tcp)).await?,
        ImapEncryption::StartTls => {
            let mut plain = Client::new(tcp);
            greeting(&mut plain).await?;
            plain.run_command_and_check_ok("STARTTLS", None).await.context("STARTTLS")?;
            Client::new(Box::new(encrypted(plain.into_inner(), mailbox).await?) as Box<dyn Stream>)
        }
    };
    let mut session = sign_in(client, mailbox).await?;
    session.select(&mailbox.folder).await.with_context(|| format!("opening the folder {}", mailbox.folder))?;
    Ok(session)
}

async fn greeted(stream: Box<dyn Stream>) -> Result<Client<Box<dyn Stream>>> {
    let mut client = Client::new(stream);
    greeting(&mut client).await?;
    Ok(client)
}

async fn greeting<T: Stream>(client: &mut Client<T>) -> Result<()> {
    match client.read_response().await.context("the greeting")? {
        Some(_) => Ok(()),
        None => bail!("the server closed the connection"),
    }
}

async fn encrypted(tcp: TcpStream, mailbox: &ImapMailbox) -> Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = &mailbox.ca_file {
        let certificates = CertificateDer::pem_file_iter(file).with_context(|| format!("reading {}", file.display()))?;
        for certificate in certificates {
            roots.add(certificate.with_context(|| format!("in {}", file.display()))?)?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(mailbox.host.clone()).context("host")?;
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await.context("TLS")
}

async fn sign_in(client: Client<Box<dyn Stream>>, mailbox: &ImapMailbox) -> Result<Open> {
    let signed_in = match &mailbox.secret {
        ImapSecret::Password(password) => client.login(&mailbox.username, password).await,
        ImapSecret::OAuth2(settings) => {
            let token = token::fetch(settings).await?;
            let answer = format!("user={}\x01auth=Bearer {token}\x01\x01", mailbox.username);
            client.authenticate("XOAUTH2", Bearer { answer: Some(answer) }).await
        }
    };
    signed_in.map_err(|(error, _)| error).with_context(|| format!("signing in as {}", mailbox.username))
}

/// XOAUTH2 as Google and Microsoft describe it: the token at once, and nothing when the server explains its refusal.
struct Bearer {
    answer: Option<String>,
}

impl Authenticator for Bearer {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.answer.take().unwrap_or_default()
    }
}
