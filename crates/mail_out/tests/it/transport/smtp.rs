use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail_out::transport::{Encryption, Smtp, SmtpSettings};
use mail_out::{Envelope, Transport};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::envelope;

/// What the tiny server took: recipients and message.
type Taken = Arc<Mutex<Vec<(Vec<String>, String)>>>;

/// A server that answers recipients by their name: `no…` 550, `later…` 451, and messages with `spam` 554.
async fn server() -> (u16, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let shared = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, shared.clone()));
        }
    });
    (port, taken)
}

async fn converse(stream: TcpStream, taken: Taken) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let mut recipients: Vec<String> = Vec::new();
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end().to_owned();
        let answer = match command.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-sink\r\n250 AUTH PLAIN\r\n",
            "MAIL" | "RSET" => {
                recipients.clear();
                "250 ok\r\n"
            }
            "RCPT" if command.contains("<no") => "550 5.1.1 unknown\r\n",
            "RCPT" if command.contains("<later") => "451 4.2.0 later\r\n",
            "RCPT" => {
                recipients.push(command.clone());
                "250 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go\r\n").await?;
                let message = data(&mut stream).await?;
                if message.contains("spam") {
                    "554 5.7.1 no spam\r\n"
                } else {
                    taken.lock().unwrap().push((std::mem::take(&mut recipients), message));
                    "250 taken\r\n"
                }
            }
            "AUTH" if command.ends_with("AGRhbmEAc2VjcmV0") => "235 welcome\r\n",
            "AUTH" => "535 5.7.8 wrong\r\n",
            "NOOP" => "250 ok\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "502 what\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}

async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut message = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(message);
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn client(port: u16, credentials: Option<(&str, &str)>) -> Smtp {
    Smtp::new(SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        encryption: Encryption::None,
        credentials: credentials.map(|(user, password)| (user.to_owned(), password.to_owned())),
        hello_name: Some("watchbell.example.org".to_owned()),
        timeout: Duration::from_secs(5),
    })
    .unwrap()
}

#[tokio::test]
async fn a_message_is_delivered_with_its_dots() {
    let (port, taken) = server().await;
    let smtp = client(port, Some(("dana", "secret")));
    smtp.send(&envelope(&["a@x.example", "b@x.example"]), b"Subject: hi\r\n\r\n.\r\n..x\r\n").await.unwrap();
    let taken = taken.lock().unwrap().clone();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].0.len(), 2);
    assert_eq!(taken[0].1, "Subject: hi\r\n\r\n.\r\n..x\r\n");
}

#[tokio::test]
async fn connections_are_used_again_and_the_empty_sender_is_sent() {
    let (port, taken) = server().await;
    let smtp = client(port, None);
    for _ in 0..3 {
        let bounce = Envelope { from: None, ..envelope(&["a@x.example"]) };
        smtp.send(&bounce, b"Subject: hi\r\n\r\n").await.unwrap();
    }
    assert_eq!(taken.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_refused_recipient_does_not_keep_the_mail_from_the_others() {
    let (port, taken) = server().await;
    let smtp = client(port, None);
    let error = smtp.send(&envelope(&["a@x.example", "no@x.example", "b@x.example"]), b"x\r\n").await.unwrap_err();
    assert!(error.permanent, "{error}");
    assert_eq!(error.pending, ["no@x.example"]);
    assert_eq!(taken.lock().unwrap().len(), 2);

    let error = smtp.send(&envelope(&["no@x.example", "later@x.example"]), b"x\r\n").await.unwrap_err();
    assert!(!error.permanent, "one of them may still get it");
    assert_eq!(error.pending.len(), 2);
}

#[tokio::test]
async fn refusals_are_permanent_or_temporary_by_their_code() {
    let (port, _) = server().await;
    let smtp = client(port, None);
    let error = smtp.send(&envelope(&["later@x.example"]), b"x\r\n").await.unwrap_err();
    assert!(!error.permanent);
    assert!(error.message.contains("later"), "{error}");
    let error = smtp.send(&envelope(&["a@x.example"]), b"spam\r\n").await.unwrap_err();
    assert!(error.permanent);
    assert!(error.message.contains("no spam"), "{error}");
}

#[tokio::test]
async fn an_absent_server_is_temporary() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = client(port, None).send(&envelope(&["a@x.example", "b@x.example"]), b"x").await.unwrap_err();
    assert!(!error.permanent);
    assert_eq!(error.pending.len(), 2);
}

#[tokio::test]
async fn no_mail_goes_out_when_the_server_lacks_the_tls_asked_for() {
    let (port, taken) = server().await;
    let smtp = Smtp::new(SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        encryption: Encryption::StartTls,
        credentials: None,
        hello_name: None,
        timeout: Duration::from_secs(5),
    })
    .unwrap();
    assert!(smtp.send(&envelope(&["a@x.example"]), b"x").await.is_err());
    assert!(taken.lock().unwrap().is_empty());
}
