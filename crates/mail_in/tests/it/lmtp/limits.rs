use std::process::Command;
use std::time::Duration;

use mail_in::lmtp::LmtpLimits;

use super::client::{Server, small};

#[tokio::test]
async fn a_message_announced_too_large_is_refused_at_once() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.ask("MAIL FROM:<a@x.example> SIZE=1000001", "552 ").await;
    client.ask("MAIL FROM:<a@x.example> SIZE=1000000", "250 ").await;
}

#[test]
fn a_hundred_megabytes_are_drained_in_little_memory_and_the_next_message_is_taken() {
    let alone = "lmtp::limits::drains_a_hundred_megabytes_alone";
    let status = Command::new(std::env::current_exe().unwrap()).args(["--ignored", "--exact", alone]).status().unwrap();
    assert!(status.success());
}

#[tokio::test]
#[ignore = "measures the memory of its process, so it is run in one of its own"]
async fn drains_a_hundred_megabytes_alone() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.announce(&["report@example.org", "two@example.org"]).await;
    let lines = format!("{}\r\n", "x".repeat(998)).repeat(100);
    for _ in 0..1_000 {
        client.say(&lines).await;
    }
    client.say(".\r\n").await;
    client.expect("552 ").await;
    client.expect("552 ").await;
    client.announce(&["report@example.org"]).await;
    client.say("small\r\n.\r\n").await;
    client.expect("250 ").await;
    assert_eq!(server.stored().len(), 1);
    assert!(peak_memory() < 40_000, "peak of {} kB", peak_memory());
}

/// Kilobytes, as the kernel counts them.
fn peak_memory() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_message_of_just_the_limit_is_taken() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.announce(&["report@example.org"]).await;
    client.say(&format!("{}\r\n.\r\n", "x".repeat(999_998))).await;
    client.expect("250 ").await;
    client.announce(&["report@example.org"]).await;
    client.say(&format!("{}\r\n.\r\n", "x".repeat(999_999))).await;
    client.expect("552 ").await;
    assert_eq!(server.stored()[0].1.len(), 1_000_000);
}

#[tokio::test]
async fn messages_that_find_no_room_are_put_off() {
    let limits = LmtpLimits { max_buffered_bytes: 1_000_000, ..small() };
    let server = Server::start(limits).await;
    let mut first = server.greeted().await;
    first.announce(&["report@example.org"]).await;
    first.say(&"x".repeat(900_000)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut second = server.greeted().await;
    second.announce(&["report@example.org"]).await;
    second.say(&format!("{}\r\n.\r\n", "y".repeat(900_000))).await;
    second.expect("452 4.3.1").await;
    first.say("\r\n.\r\n").await;
    first.expect("250 ").await;
    second.announce(&["report@example.org"]).await;
    second.say(&format!("{}\r\n.\r\n", "y".repeat(900_000))).await;
    second.expect("250 ").await;
}

#[tokio::test]
async fn a_large_message_waits_for_room_when_its_size_was_told() {
    let limits = LmtpLimits { max_buffered_bytes: 1_000_000, ..small() };
    let server = Server::start(limits).await;
    let told = async || {
        let mut client = server.greeted().await;
        client.ask("MAIL FROM:<a@x.example> SIZE=900000", "250 ").await;
        client.ask("RCPT TO:<report@example.org>", "250 ").await;
        client
    };
    let (mut first, mut second) = (told().await, told().await);
    first.ask("DATA", "354 ").await;
    second.say("DATA\r\n").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    first.say(&format!("{}\r\n.\r\n", "x".repeat(900_000))).await;
    first.expect("250 ").await;
    second.expect("354 ").await;
    second.say(&format!("{}\r\n.\r\n", "y".repeat(900_000))).await;
    second.expect("250 ").await;
    assert_eq!(server.stored().len(), 2);
}

#[tokio::test]
async fn a_large_message_is_put_off_when_there_is_no_room_for_long() {
    let limits = LmtpLimits { max_buffered_bytes: 1_000_000, room_timeout: Duration::from_millis(200), ..small() };
    let server = Server::start(limits).await;
    let mut first = server.greeted().await;
    first.announce(&["report@example.org"]).await;
    first.say(&"x".repeat(900_000)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut second = server.greeted().await;
    second.ask("MAIL FROM:<a@x.example> SIZE=900000", "250 ").await;
    second.ask("RCPT TO:<report@example.org>", "250 ").await;
    second.ask("DATA", "452 4.3.1").await;
    second.ask("MAIL FROM:<a@x.example>", "250 ").await;
}

#[tokio::test]
async fn recipients_and_lines_are_limited() {
    let server = Server::start(small()).await;
    let mut client = server.greeted().await;
    client.ask("MAIL FROM:<a@x.example>", "250 ").await;
    for number in 0..3 {
        client.ask(&format!("RCPT TO:<r{number}@example.org>"), "250 ").await;
    }
    client.ask("RCPT TO:<r4@example.org>", "452 4.5.3").await;
    client.ask(&format!("NOOP {}", "x".repeat(100_000)), "500 5.5.2").await;
    client.ask("NOOP", "250 ").await;
}

#[tokio::test]
async fn who_makes_mistakes_only_is_sent_away() {
    let server = Server::start(small()).await;
    let mut client = server.client().await;
    client.say(&"GET / HTTP/1.1\r\n".repeat(30)).await;
    let answers = client.rest().await;
    assert!(answers.ends_with("421 4.7.0 Too many mistakes\r\n"), "{answers}");
}

#[tokio::test]
async fn slow_clients_are_timed_out_at_commands_and_within_messages() {
    let limits = LmtpLimits { command_timeout: Duration::from_millis(300), ..small() };
    let server = Server::start(limits).await;
    let mut client = server.greeted().await;
    client.expect("421 4.4.2").await;
    assert_eq!(client.line().await, "");

    let limits = LmtpLimits { data_timeout: Duration::from_millis(500), ..small() };
    let server = Server::start(limits).await;
    let mut client = server.greeted().await;
    client.announce(&["report@example.org"]).await;
    for _ in 0..20 {
        client.say("x").await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(client.line().await, "");
    assert!(server.stored().is_empty());
}

#[tokio::test]
async fn connections_over_the_limit_are_turned_away() {
    let server = Server::start(small()).await;
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(server.greeted().await);
    }
    server.client().await.expect("421 4.3.2").await;
    open.pop();
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.greeted().await.ask("NOOP", "250 ").await;
}
