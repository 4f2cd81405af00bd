//! A server with an intake that remembers, and a client that talks to it line by line.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail_in::lmtp::{Answer, Envelope, Intake, LmtpLimits, Tls, Trouble, serve};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Knows addresses at `example.org`; the local parts `later` and `never` are refused after the message,
/// and nobody can say whether `asleep` is known.
#[derive(Default)]
pub(super) struct Remembering {
    stored: Mutex<Vec<(Envelope, Vec<u8>)>>,
    delay: Duration,
}

impl Remembering {
    pub(super) fn stored(&self) -> Vec<(Envelope, Vec<u8>)> {
        self.stored.lock().unwrap().clone()
    }
}

impl Intake for Remembering {
    fn knows<'a>(&'a self, address: &'a str) -> Answer<'a, Result<bool, Trouble>> {
        Box::pin(async move {
            let asleep = Trouble { temporary: true, message: "asleep".to_owned() };
            if address.starts_with("asleep@") { Err(asleep) } else { Ok(address.ends_with("@example.org")) }
        })
    }

    fn accept(&self, envelope: Envelope, raw: Arc<Vec<u8>>) -> Answer<'_, Vec<Result<(), Trouble>>> {
        Box::pin(async move {
            tokio::time::sleep(self.delay).await;
            let answer = |to: &String| {
                let temporary = to.starts_with("later@");
                if temporary || to.starts_with("never@") {
                    let message = "no\r\n250 luck ü".to_owned();
                    return Err(Trouble { temporary, message });
                }
                let envelope = Envelope { to: vec![to.clone()], ..envelope.clone() };
                self.stored.lock().unwrap().push((envelope, raw.to_vec()));
                Ok(())
            };
            envelope.to.iter().map(answer).collect()
        })
    }
}

pub(super) struct Server {
    pub port: u16,
    pub intake: Arc<Remembering>,
    pub shutdown: CancellationToken,
    pub running: JoinHandle<()>,
}

pub(super) fn small() -> LmtpLimits {
    LmtpLimits {
        max_message_bytes: 1_000_000,
        max_buffered_bytes: 2_000_000,
        room_timeout: Duration::from_secs(5),
        max_recipients: 3,
        max_connections: 4,
        command_timeout: Duration::from_secs(5),
        data_timeout: Duration::from_secs(30),
    }
}

impl Server {
    pub(super) async fn start(limits: LmtpLimits) -> Self {
        Self::start_slow(limits, Duration::ZERO).await
    }

    pub(super) async fn start_slow(limits: LmtpLimits, delay: Duration) -> Self {
        Self::start_with(limits, delay, None).await
    }

    pub(super) async fn start_encrypting(limits: LmtpLimits, tls: Tls) -> Self {
        Self::start_with(limits, Duration::ZERO, Some(tls)).await
    }

    async fn start_with(limits: LmtpLimits, delay: Duration, tls: Option<Tls>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let intake = Arc::new(Remembering { delay, ..Remembering::default() });
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(serve(listener, intake.clone(), limits, tls, shutdown.clone()));
        Self { port, intake, shutdown, running }
    }

    pub(super) async fn client(&self) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        Client { stream: BufReader::new(stream) }
    }

    /// After greeting and LHLO.
    pub(super) async fn greeted(&self) -> Client {
        let mut client = self.client().await;
        client.expect("220 ").await;
        client.say("LHLO test.example\r\n").await;
        while client.line().await.starts_with("250-") {}
        client
    }

    pub(super) fn stored(&self) -> Vec<(Envelope, Vec<u8>)> {
        self.intake.stored()
    }
}

pub(super) struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    pub(super) async fn say(&mut self, text: &str) {
        self.send(text.as_bytes()).await;
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// Empty when the server has closed the connection.
    pub(super) async fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line);
        tokio::time::timeout(Duration::from_secs(20), read).await.unwrap().unwrap();
        line
    }

    pub(super) async fn expect(&mut self, start: &str) {
        let line = self.line().await;
        assert!(line.starts_with(start), "expected {start:?}, got {line:?}");
    }

    /// Sends a command and checks the start of its answer.
    pub(super) async fn ask(&mut self, command: &str, start: &str) {
        self.say(&format!("{command}\r\n")).await;
        self.expect(start).await;
    }

    /// Up to the answer to DATA.
    pub(super) async fn announce(&mut self, recipients: &[&str]) {
        self.ask("MAIL FROM:<ray@customer.example>", "250 ").await;
        for recipient in recipients {
            self.ask(&format!("RCPT TO:<{recipient}>"), "250 ").await;
        }
        self.ask("DATA", "354 ").await;
    }

    pub(super) fn into_stream(self) -> TcpStream {
        self.stream.into_inner()
    }

    pub(super) async fn rest(mut self) -> String {
        let mut rest = String::new();
        let read = self.stream.read_to_string(&mut rest);
        tokio::time::timeout(Duration::from_secs(20), read).await.unwrap().unwrap();
        rest
    }
}
