use jiff::Timestamp;
use mail_out::{Attachment, Letter, Mailbox, compose};
use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;

fn letter() -> Letter {
    Letter {
        message_id: "<wb-1-2-3.7-1-0@example.org>".to_owned(),
        date: "2025-06-02T08:30:00Z".parse::<Timestamp>().unwrap(),
        from: Mailbox::new("Dana via CERT", "cert@example.org"),
        reply_to: Some(Mailbox::bare("cert@example.org")),
        to: vec![Mailbox::new("Ray Requestor", "ray@customer.example")],
        cc: vec![],
        subject: "[example.org #7] Scan".to_owned(),
        text: "Hello Ray\n".to_owned(),
        html: None,
        in_reply_to: Some("<question@customer.example>".to_owned()),
        references: vec!["RT-Ticket-7@example.org".to_owned(), "<question@customer.example>".to_owned()],
        headers: vec![("Auto-Submitted".to_owned(), "auto-replied".to_owned())],
        attachments: vec![],
    }
}

fn text_of(letter: &Letter) -> String {
    String::from_utf8(compose(letter)).unwrap()
}

/// The header part as unfolded `Name: value` lines.
fn header_lines(message: &str) -> Vec<String> {
    let head = message.split("\r\n\r\n").next().unwrap();
    head.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_plain_letter_is_written_as_expected() {
    let expected = [
        "Date: Mon, 2 Jun 2025 08:30:00 +0000",
        "From: \"Dana via CERT\" <cert@example.org>",
        "Reply-To: <cert@example.org>",
        "To: \"Ray Requestor\" <ray@customer.example>",
        "Subject: [example.org #7] Scan",
        "Message-ID: <wb-1-2-3.7-1-0@example.org>",
        "In-Reply-To: <question@customer.example>",
        "References: <RT-Ticket-7@example.org> <question@customer.example>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=\"utf-8\"",
        "Content-Transfer-Encoding: 7bit",
    ];
    let message = text_of(&letter());
    assert_eq!(header_lines(&message), expected);
    assert!(message.ends_with("\r\n\r\nHello Ray\r\n"));
}

#[test]
fn composing_is_pure() {
    let mut letter = letter();
    letter.html = Some("<p>Hello</p>".to_owned());
    letter.attachments.push(file("a.txt", "text/plain", b"x"));
    assert_eq!(compose(&letter), compose(&letter));
}

#[test]
fn line_breaks_cannot_inject_headers() {
    let evil = "x\r\nBcc: victim@example.net\r\n\r\nbody\0";
    let mut letter = letter();
    letter.subject = evil.to_owned();
    letter.from.name = Some(evil.to_owned());
    letter.to = vec![Mailbox::new(evil, "ray@customer.example"), Mailbox::bare(format!("a@b{evil}"))];
    letter.reply_to = Some(Mailbox::bare("a@b>\r\nBcc: c@d"));
    letter.message_id = evil.to_owned();
    letter.in_reply_to = Some(evil.to_owned());
    letter.references = vec![evil.to_owned()];
    letter.headers = vec![
        ("X-Test".to_owned(), evil.to_owned()),
        ("X-Bad\r\nBcc".to_owned(), "v".to_owned()),
        ("Bcc".to_owned(), "v@example.net".to_owned()),
        ("content-type".to_owned(), "text/html".to_owned()),
    ];
    letter.attachments =
        vec![Attachment { file_name: Some(evil.to_owned()), content_type: format!("text/html{evil}"), bytes: b"x".to_vec() }];
    let message = text_of(&letter);
    assert!(!message.contains('\0'));
    assert!(!message.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{message}");
    assert!(!header_lines(&message).iter().any(|line| line.starts_with("Reply-To")));
    assert_eq!(message.matches("Content-Type: text/html").count(), 0);
}

#[test]
fn recipients_with_impossible_addresses_are_left_to_the_envelope() {
    let mut letter = letter();
    letter.to = ["no-at", "a b@x", "é@x.example", "@x", "a@", "a@x..y"].into_iter().map(Mailbox::bare).collect();
    letter.from = Mailbox::new("CERT", "nonsense");
    let lines = header_lines(&text_of(&letter));
    assert!(!lines.iter().any(|line| line.starts_with("To:")), "{lines:?}");
    assert!(
        lines.contains(&"From: \"CERT\" <nobody@nowhere.invalid>".to_owned())
            || lines.contains(&"From: <nobody@nowhere.invalid>".to_owned())
    );
}

#[test]
fn other_alphabets_survive_in_seven_bits() {
    let mut letter = letter();
    letter.subject = "[example.org #7] Größe überschritten — 事故報告 ".repeat(10).trim().to_owned();
    letter.from.name = Some("Žluťoučký kůň, \"Dana\"".to_owned());
    letter.text = "Grüße aus Köln\n事故\n".to_owned();
    letter.attachments = vec![file("Übersicht 報告.pdf", "application/pdf", &[0, 255, 13, 10, 0])];
    let raw = compose(&letter);
    assert!(raw.is_ascii());
    let parsed = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(parsed.subject().unwrap(), letter.subject);
    assert_eq!(parsed.from().unwrap().first().unwrap().name().unwrap(), "Žluťoučký kůň, \"Dana\"");
    assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), letter.text.trim_end());
    let attached = parsed.attachment(0).unwrap();
    assert_eq!(attached.attachment_name().unwrap(), "Übersicht 報告.pdf");
    assert_eq!(attached.contents(), [0, 255, 13, 10, 0]);
}

#[test]
fn html_stands_beside_the_text_and_before_the_attachments() {
    let mut letter = letter();
    letter.html = Some("<p>Hello</p>".to_owned());
    letter.attachments = vec![file("log.txt", "text/plain", b"one\ntwo\r\n"), file("raw", "text/plain", b"a\0b")];
    let raw = compose(&letter);
    let parsed = MessageParser::default().parse(&raw).unwrap();
    let kinds: Vec<String> = parsed
        .parts
        .iter()
        .map(|part| part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap())).unwrap())
        .collect();
    let expected =
        ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/plain", "application/octet-stream"];
    assert_eq!(kinds, expected);
    assert_eq!(parsed.attachment(0).unwrap().contents(), b"one\ntwo\r\n");
    assert_eq!(parsed.attachment(1).unwrap().contents(), b"a\0b");
}

#[test]
fn a_message_is_attached_as_message_when_it_is_seven_bit() {
    let mut letter = letter();
    letter.attachments = vec![
        file("one.eml", "message/rfc822", b"Subject: inner\n\nhi\n"),
        file("two.eml", "message/rfc822", "Subject: inner\n\nhé\n".as_bytes()),
    ];
    let raw = compose(&letter);
    let parsed = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(parsed.attachment(0).unwrap().message().unwrap().subject(), Some("inner"));
    assert_eq!(parsed.attachment(1).unwrap().content_type().unwrap().ctype(), "application");
    assert!(!text_of(&letter).replace("\r\n", "").contains('\n'));
}

#[test]
fn a_text_that_guesses_the_boundary_does_not_break_out() {
    let mut letter = letter();
    letter.html = Some("<p>x</p>".to_owned());
    let first = text_of(&letter);
    let boundary = first.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    letter.html = Some(format!("--{boundary}\nContent-Type: text/html\n\nevil\n"));
    let parsed_parts = MessageParser::default().parse(&compose(&letter)).unwrap().parts.len();
    assert_eq!(parsed_parts, 3);
}

#[test]
fn long_lists_of_references_are_trimmed() {
    let mut letter = letter();
    letter.references = (0..40).map(|number| format!("<{number}@x.example>")).collect();
    let raw = compose(&letter);
    let parsed = MessageParser::default().parse(&raw).unwrap();
    let ids = parsed.references().as_text_list().unwrap().len();
    assert_eq!(ids, 10);
}

fn file(name: &str, content_type: &str, bytes: &[u8]) -> Attachment {
    Attachment { file_name: Some(name.to_owned()), content_type: content_type.to_owned(), bytes: bytes.to_vec() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_letter_is_seven_bit_with_legal_lines(
        words in proptest::collection::vec("(?s).{0,200}", 9),
        long in "[a-z\u{e9}]{1,3}",
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut letter = letter();
        letter.subject = format!("{}{}", words[0], long.repeat(700));
        letter.from = Mailbox::new(long.repeat(900), words[1].clone());
        letter.to = vec![Mailbox::new(words[2].clone(), "ray@customer.example")];
        letter.text = format!("{}\n{}", words[3], long.repeat(2000));
        letter.html = Some(words[4].clone());
        letter.message_id = words[5].clone();
        letter.references = vec![words[6].clone(), long.repeat(3000)];
        letter.headers = vec![(words[7].clone(), words[8].clone()), ("X-Long".to_owned(), long.repeat(3000))];
        letter.attachments = vec![
            file(&words[8], &words[7], &bytes),
            file(&long.repeat(600), "text/plain", &bytes),
            file("m", "message/rfc822", &bytes),
        ];
        let message = text_of(&letter);
        prop_assert!(message.is_ascii());
        prop_assert!(!message.contains('\0'));
        prop_assert!(!message.replace("\r\n", "").contains(['\r', '\n']));
        for line in message.split("\r\n") {
            prop_assert!(line.len() <= 998, "{}", line.len());
        }
        let allowed = ["Date", "From", "Reply-To", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References",
            "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Long"];
        for line in header_lines(&message) {
            let name = line.split(':').next().unwrap();
            prop_assert!(allowed.contains(&name) || letter.headers.iter().any(|(given, _)| given == name), "{line}");
        }
        prop_assert!(MessageParser::default().parse(message.as_bytes()).is_some());
    }
}
