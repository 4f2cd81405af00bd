//! STARTTLS, with a certificate made for these tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mail_in::lmtp::Tls;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::client::{Server, small};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/lmtp/tls").join(name)
}

fn tls() -> Tls {
    Tls::read(&file("certificate.pem"), &file("key.pem")).unwrap()
}

async fn encrypted(plain: TcpStream) -> BufReader<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(file("certificate.pem")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    BufReader::new(TlsConnector::from(Arc::new(config)).connect(name, plain).await.unwrap())
}

/// Says something and reads until an answer's last line.
async fn ask(stream: &mut BufReader<TlsStream<TcpStream>>, command: &str) -> String {
    stream.write_all(command.as_bytes()).await.unwrap();
    let mut answer = String::new();
    while stream.read_line(&mut answer).await.unwrap() > 0 {
        let last = answer.lines().last().unwrap_or_default();
        if last.get(3..4) == Some(" ") {
            break;
        }
    }
    answer
}

#[tokio::test]
async fn a_conversation_begins_anew_encrypted() {
    let server = Server::start_encrypting(small(), tls()).await;
    let mut client = server.client().await;
    client.expect("220 ").await;
    client.say("LHLO test.example\r\n").await;
    let mut offers = String::new();
    while !offers.contains("250 ") {
        offers.push_str(&client.line().await);
    }
    assert!(offers.contains("250-STARTTLS"), "{offers}");
    client.ask("MAIL FROM:<ray@customer.example>", "250 ").await;
    client.ask("STARTTLS", "220 ").await;
    let mut stream = encrypted(client.into_stream()).await;
    assert!(ask(&mut stream, "RCPT TO:<report@example.org>\r\n").await.starts_with("503"), "what was said before is forgotten");
    let offers = ask(&mut stream, "LHLO test.example\r\n").await;
    assert!(!offers.contains("STARTTLS") && offers.contains("250 SIZE"), "{offers}");
    assert!(ask(&mut stream, "STARTTLS\r\n").await.starts_with("502"));
    assert!(ask(&mut stream, "MAIL FROM:<>\r\n").await.starts_with("250"));
    assert!(ask(&mut stream, "RCPT TO:<report@example.org>\r\n").await.starts_with("250"));
    assert!(ask(&mut stream, "DATA\r\n").await.starts_with("354"));
    assert!(ask(&mut stream, "Subject: secret\r\n\r\n.\r\n").await.starts_with("250"));
    assert_eq!(server.stored()[0].1, b"Subject: secret\r\n\r\n");
}

#[tokio::test]
async fn what_is_sent_along_in_the_clear_is_never_taken_for_encrypted() {
    let server = Server::start_encrypting(small(), tls()).await;
    let mut client = server.greeted().await;
    client.say("STARTTLS\r\nLHLO evil.example\r\n").await;
    client.expect("220 ").await;
    let mut stream = client.into_stream();
    let mut rest = Vec::new();
    assert!(stream.read_to_end(&mut rest).await.is_err() || rest.is_empty(), "the connection ends");
}

#[tokio::test]
async fn without_a_certificate_nothing_is_offered() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.ask("STARTTLS", "502 ").await;
    client.ask("MAIL FROM:<>", "250 ").await;
}

#[test]
fn files_that_do_not_fit_are_named() {
    let said = |certificate: &str, key: &str| match Tls::read(&file(certificate), &file(key)) {
        Ok(_) => String::new(),
        Err(error) => format!("{error:#}"),
    };
    assert!(said("key.pem", "key.pem").contains("key.pem holds no certificate"));
    assert!(said("certificate.pem", "certificate.pem").contains("certificate.pem"));
    assert!(said("missing.pem", "key.pem").contains("missing.pem"));
}
