use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use mail_out::transport::{Maildir, Memory, Sendmail};
use mail_out::{Envelope, SendError, Transport};
use tempfile::TempDir;

use super::envelope;

#[tokio::test]
async fn a_maildir_gets_the_message_with_its_envelope() {
    let folder = TempDir::new().unwrap();
    let maildir = Maildir::new(folder.path().join("box"));
    maildir.send(&envelope(&["ray@x.example", "b@x.example"]), b"Subject: hi\r\n\r\nyo\r\n").await.unwrap();
    let bounce = Envelope { from: None, ..envelope(&["c@x.example"]) };
    maildir.send(&bounce, b"Subject: ho\r\n\r\n").await.unwrap();

    let mut found: Vec<String> = fs::read_dir(folder.path().join("box/new"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "Return-Path: <>\r\nDelivered-To: c@x.example\r\nSubject: ho\r\n\r\n",
            "Return-Path: <cert@example.org>\r\nDelivered-To: ray@x.example\r\nDelivered-To: b@x.example\r\nSubject: hi\r\n\r\nyo\r\n",
        ]
    );
    assert_eq!(fs::read_dir(folder.path().join("box/tmp")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_maildir_that_cannot_be_written_is_tried_again_later() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = Maildir::new(folder.path().join("file")).send(&envelope(&["a@x.example"]), b"x").await.unwrap_err();
    assert!(!error.permanent);
    assert_eq!(error.pending, ["a@x.example"]);
}

#[tokio::test]
async fn addresses_with_line_breaks_or_options_go_nowhere() {
    let memory = Memory::default();
    for evil in ["a@x\r\nRCPT TO:<b@y>", "-Xlog", "a b@x", "", "<a@x>"] {
        let error = memory.send(&envelope(&[evil]), b"x").await.unwrap_err();
        assert!(error.permanent, "{evil}");
    }
    assert!(memory.send(&envelope(&[]), b"x").await.is_err());
    assert!(memory.take().is_empty());
}

#[tokio::test]
async fn memory_keeps_what_was_sent_and_fails_on_demand() {
    let memory = Memory::default();
    let failure = SendError { permanent: false, message: "later".to_owned(), pending: vec![] };
    memory.fail_next(failure.clone());
    assert_eq!(memory.send(&envelope(&["a@x.example"]), b"x").await, Err(failure));
    memory.send(&envelope(&["a@x.example"]), b"x").await.unwrap();
    assert_eq!(memory.clone().take(), [(envelope(&["a@x.example"]), b"x".to_vec())]);
}

/// A stand-in for the sendmail program.
fn program(folder: &TempDir, body: &str) -> PathBuf {
    let path = folder.path().join("sendmail");
    fs::write(&path, format!("#!/bin/sh\ncd {}\n{body}\n", folder.path().display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[tokio::test]
async fn sendmail_gets_arguments_and_local_line_ends_without_a_shell() {
    let folder = TempDir::new().unwrap();
    let path = program(&folder, "cat > message; printf '%s\\n' \"$@\" > arguments");
    let to = ["$(touch,evil)@x.example", "b@x.example"];
    Sendmail::new(path).send(&envelope(&to), b"Subject: hi\r\n\r\n.\r\nyo\r\n").await.unwrap();
    assert_eq!(fs::read(folder.path().join("message")).unwrap(), b"Subject: hi\n\n.\nyo\n");
    let arguments = fs::read_to_string(folder.path().join("arguments")).unwrap();
    assert_eq!(arguments, "-oi\n-f\ncert@example.org\n--\n$(touch,evil)@x.example\nb@x.example\n");
}

#[tokio::test]
async fn the_empty_sender_is_told_to_sendmail() {
    let folder = TempDir::new().unwrap();
    let path = program(&folder, "cat > /dev/null; printf '%s\\n' \"$@\" > arguments");
    let bounce = Envelope { from: None, ..envelope(&["c@x.example"]) };
    Sendmail::new(path).send(&bounce, b"x").await.unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("arguments")).unwrap(), "-oi\n-f\n<>\n--\nc@x.example\n");
}

#[tokio::test]
async fn exit_statuses_of_sendmail_tell_permanent_from_temporary() {
    for (status, permanent) in [(75, false), (67, true), (65, true), (1, false)] {
        let folder = TempDir::new().unwrap();
        let path = program(&folder, &format!("echo no such luck >&2; exit {status}"));
        let big = vec![b'x'; 300_000];
        let error = Sendmail::new(path).send(&envelope(&["a@x.example"]), &big).await.unwrap_err();
        assert_eq!(error.permanent, permanent, "{status}");
        assert!(error.message.contains("no such luck"), "{error}");
    }
}

#[tokio::test]
async fn a_missing_or_hanging_sendmail_is_temporary() {
    let error = Sendmail::new("/nowhere/sendmail").send(&envelope(&["a@x.example"]), b"x").await.unwrap_err();
    assert!(!error.permanent);
    let folder = TempDir::new().unwrap();
    let path = program(&folder, "exec sleep 60");
    let hanging = Sendmail::new(path).with_timeout(Duration::from_millis(200));
    let error = hanging.send(&envelope(&["a@x.example"]), b"x").await.unwrap_err();
    assert!(!error.permanent);
}
