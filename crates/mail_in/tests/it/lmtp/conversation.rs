use std::time::Duration;

use super::client::{Server, small};

#[tokio::test]
async fn a_message_is_stored_for_each_recipient_and_answered_for_each() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.announce(&["report@example.org", "later@example.org", "never@example.org"]).await;
    client.say("Subject: hi\r\n\r\n..dot\r\n.\r\n").await;
    client.expect("250 2.0.0").await;
    assert_eq!(client.line().await, "451 4.3.0 no  250 luck\r\n");
    client.expect("554 5.0.0").await;
    client.ask("QUIT", "221 ").await;

    let stored = server.stored();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].0.from.as_deref(), Some("ray@customer.example"));
    assert_eq!(stored[0].0.to, ["report@example.org"]);
    assert_eq!(stored[0].1, b"Subject: hi\r\n\r\n.dot\r\n");
}

#[tokio::test]
async fn an_address_that_cannot_be_looked_up_now_is_put_off() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.ask("MAIL FROM:<ray@customer.example>", "250 ").await;
    client.ask("RCPT TO:<asleep@example.org>", "451 4.3.0 asleep").await;
}

#[tokio::test]
async fn pipelined_commands_are_answered_in_order() {
    let server = Server::start(small()).await;
    let mut client = server.client().await;
    client
        .say(concat!(
            "LHLO test.example\r\nMAIL FROM:<> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<report@example.org>\r\n",
            "RCPT TO:<stranger@elsewhere.example>\r\nDATA\r\nSubject: one\r\n\r\n.\r\n",
            "MAIL FROM:<a@x.example> SMTPUTF8\r\nRCPT TO:<report@example.org>\r\nDATA\r\nSubject: two\r\n\r\n.\r\nQUIT\r\n"
        ))
        .await;
    let answers = client.rest().await;
    let codes: Vec<&str> = answers.lines().filter_map(|line| line.get(..4)).filter(|code| !code.ends_with('-')).collect();
    let expected = ["220 ", "250 ", "250 ", "250 ", "550 ", "354 ", "250 ", "250 ", "250 ", "354 ", "250 ", "221 "];
    assert_eq!(codes, expected, "{answers}");
    for keyword in ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 1000000"] {
        assert!(answers.contains(keyword), "{keyword}");
    }
    assert!(!answers.contains("CHUNKING"));
    let stored = server.stored();
    assert_eq!(stored.len(), 2);
    assert_eq!(stored[0].0.from, None);
    assert_eq!(stored[1].1, b"Subject: two\r\n\r\n");
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let server = Server::start(small()).await;
    let mut client = server.client().await;
    client.expect("220 ").await;
    client.ask("EHLO x", "500 ").await;
    client.ask("MAIL FROM:<a@x.example>", "503 ").await;
    client.ask("LHLO x", "250-").await;
    while client.line().await.starts_with("250-") {}
    client.ask("RCPT TO:<report@example.org>", "503 ").await;
    client.ask("DATA", "503 ").await;
    client.ask("MAIL FROM:<a@x.example>", "250 ").await;
    client.ask("MAIL FROM:<a@x.example>", "503 ").await;
    client.ask("DATA", "503 ").await;
    client.ask("RCPT TO:<>", "50").await;
    client.ask("RCPT TO:<a b@example.org>", "50").await;
    client.ask("RSET", "250 ").await;
    client.ask("RCPT TO:<report@example.org>", "503 ").await;
    client.ask("BDAT 5 LAST", "502 ").await;
    client.ask("FLY away", "500 ").await;
    client.ask("NOOP", "250 ").await;
    client.ask("VRFY report", "252 ").await;
}

#[tokio::test]
async fn a_connection_lost_within_a_message_stores_nothing() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.announce(&["report@example.org"]).await;
    client.say("Subject: hi\r\n\r\nhalf\r\n.").await;
    drop(client);
    let intake = server.intake.clone();
    server.shutdown.cancel();
    server.running.await.unwrap();
    assert!(intake.stored().is_empty());
}

#[tokio::test]
async fn a_lone_dot_between_bare_line_ends_does_not_end_the_message() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.announce(&["report@example.org"]).await;
    client.say("a\n.\nMAIL FROM:<evil@x.example>\n.\r\nb\r\n.\r\n").await;
    client.expect("250 2.0.0").await;
    client.ask("NOOP", "250 ").await;
    assert_eq!(server.stored()[0].1, b"a\n.\nMAIL FROM:<evil@x.example>\n.\r\nb\r\n");
}

#[tokio::test]
async fn a_client_that_ends_lines_with_bare_line_feeds_is_served() {
    let server = Server::start(small()).await;
    let mut client = server.client().await;
    client.say("LHLO x\nMAIL FROM:<a@x.example>\nRCPT TO:<report@example.org>\nDATA\nSubject: hi\n\n..x\n.\nQUIT\n").await;
    assert!(client.rest().await.contains("221 "));
    assert_eq!(server.stored()[0].1, b"Subject: hi\n\n.x\n");
}

#[tokio::test]
async fn shutdown_finishes_the_running_message_and_says_so() {
    let server = Server::start_slow(small(), Duration::from_millis(300)).await;
    let mut idle = server.greeted().await;
    let mut busy = server.greeted().await;
    busy.announce(&["report@example.org"]).await;
    busy.say("Subject: hi\r\n").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.shutdown.cancel();
    idle.expect("421 ").await;
    busy.say("\r\n.\r\n").await;
    busy.expect("250 2.0.0").await;
    busy.expect("421 ").await;
    assert_eq!(server.stored().len(), 1);
    server.running.await.unwrap();
}
