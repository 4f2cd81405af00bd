//! Mail made to hurt: it must be read in reasonable time and memory, and never panic.

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use mail_read::{Incoming, Limits, PartBody, Unreadable, parse, steps};
use proptest::prelude::*;

/// Generous: tests are built without optimisation and share the machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn read(raw: &[u8]) -> Incoming {
    let start = Instant::now();
    let incoming = parse(raw, &Limits::default()).unwrap();
    incoming.main_text();
    steps::kind(&incoming, None);
    steps::forwarded(&incoming);
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    incoming
}

#[test]
fn ten_thousand_parts_become_a_thousand() {
    let mut raw = "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned();
    for number in 0..10_000 {
        write!(raw, "--b\nContent-Type: text/plain\n\npart {number}\n").unwrap();
    }
    raw.push_str("--b--\n");
    let incoming = read(raw.as_bytes());
    assert_eq!(incoming.parts.len(), 1_000);
    assert!(incoming.marks.too_many_parts);
    assert_eq!(incoming.main_text(), "part 0");
    let PartBody::Binary(rest) = &incoming.parts.last().unwrap().body else { panic!("rest") };
    assert!(rest.ends_with(b"part 9999\n--b--\n"));
}

#[test]
fn nested_multiparts_are_opened_to_the_limit() {
    let mut raw = "From: a@x.example\n".to_owned();
    for level in 0..1_000 {
        write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n").unwrap();
    }
    raw.push_str("Content-Type: text/plain\n\ndeep\n");
    let incoming = read(raw.as_bytes());
    assert_eq!(incoming.parts.len(), 31);
    assert!(incoming.marks.too_deep);
}

#[test]
fn nested_messages_do_not_exhaust_the_stack() {
    let mut raw = "From: a@x.example\n".to_owned();
    raw.push_str(&"Content-Type: message/rfc822\n\n".repeat(200_000));
    let incoming = read(raw.as_bytes());
    assert_eq!(incoming.parts.len(), 31);
    assert!(incoming.marks.too_deep);
}

#[test]
fn nested_encoded_messages_are_opened_a_few_times_only() {
    let mut raw = b"From: a@x.example\n\nhi\n".to_vec();
    for _ in 0..8 {
        let encoded: String = raw.iter().fold(String::new(), |all, byte| all + &format!("={byte:02X}"));
        raw =
            format!("From: a@x.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n{encoded}")
                .into_bytes();
        raw.truncate(2_000_000);
    }
    let incoming = read(&raw);
    assert_eq!(incoming.parts.len(), 4);
    assert!(incoming.marks.too_deep);
}

#[test]
fn many_wide_levels_stay_within_the_number_of_parts() {
    let mut raw = "From: a@x.example\n".to_owned();
    for level in 0..29 {
        write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\n\n").unwrap();
        for _ in 0..100 {
            write!(raw, "--b{level}\n\nx\n").unwrap();
        }
        writeln!(raw, "--b{level}").unwrap();
    }
    let incoming = read(raw.as_bytes());
    assert!(incoming.parts.len() <= 1_000, "{}", incoming.parts.len());
}

#[test]
fn boundaries_that_never_appear_cost_little() {
    let mut raw = "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned();
    for _ in 0..50_000 {
        raw.push_str("--b\nContent-Type: multipart/mixed; boundary=nowhere\n\nx\n");
    }
    read(raw.as_bytes());
}

#[test]
fn a_header_of_a_megabyte_is_cut_but_its_sender_is_found() {
    let mut raw = "X-Long: yes\n".repeat(90_000);
    raw.push_str("From: a@x.example\nAuto-Submitted: auto-replied\nSubject: late\n\ntext\n");
    let incoming = read(raw.as_bytes());
    assert!(incoming.marks.headers_truncated);
    assert_eq!(incoming.subject, "late");
    assert!(steps::auto_generated(&incoming, None));
    let kept: usize = incoming.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(kept < 300_000);

    let one = format!("From: a@x.example\nSubject: {}\n\ntext\n", "word ".repeat(200_000));
    let incoming = read(one.as_bytes());
    assert!(incoming.subject.len() <= 8 * 1024);
    assert!(incoming.marks.headers_truncated);
}

#[test]
fn fields_made_to_be_slow_are_not() {
    for seed in ["=?utf-8?q?", "=?", "(", "<", "\"", "a@b,", "\\", "=?utf-8?B?YQ==?= ", ":;", "x:a@b;", "\n <", "@", "((a)"] {
        for name in
            ["Subject", "From", "To", "References", "Message-ID", "Date", "Content-Type", "Content-Disposition", "X-Other"]
        {
            let value = seed.repeat(100_000 / seed.len());
            let raw = format!("{name}: {value}\nReceived: {value}\n\ntext\n");
            read(raw.as_bytes());
        }
    }
    let parameters: String = (0..10_000).fold(String::new(), |all, number| format!("{all}; name*{number}*=utf-8''%41"));
    read(format!("From: a@x.example\nContent-Type: text/plain{parameters}\n\nx\n").as_bytes());
}

#[test]
fn html_made_to_be_slow_is_not() {
    for seed in [
        "<div>",
        "<table><tr><td>",
        "<blockquote>",
        "<ul><li>",
        "<b>",
        "<a href=x>",
        "<p>",
        "<",
        "<!--",
        "&amp;",
        "<svg><style>",
        "<td>",
        "<li>",
        "<img alt=x>",
        "<a><table>",
        "x <i>",
    ] {
        let html = seed.repeat(600_000 / seed.len());
        let raw = format!("From: a@x.example\nContent-Type: text/html\n\n{html}");
        read(raw.as_bytes());
    }
}

#[test]
fn a_large_message_is_refused_before_it_is_read() {
    let raw = vec![b'x'; 100 * 1024 * 1024];
    let limit = Limits::default().message_bytes;
    assert_eq!(parse(&raw, &Limits::default()), Err(Unreadable::TooLarge { limit }));
}

#[test]
fn one_very_long_line_is_kept_whole() {
    let mut raw = b"From: a@x.example\n\n".to_vec();
    raw.resize(20 * 1024 * 1024, b'x');
    assert_eq!(read(&raw).main_text().len(), raw.len() - 19);
}

/// Cuts, doubles, swaps and overwrites pieces of a mail.
fn mutate(mut mail: Vec<u8>, changes: &[(u8, usize, usize, u8)]) -> Vec<u8> {
    for &(kind, from, length, byte) in changes {
        if mail.is_empty() {
            break;
        }
        let from = from % mail.len();
        let to = (from + length % 40).min(mail.len());
        match kind % 4 {
            0 => drop(mail.drain(from..to)),
            1 => {
                let piece = mail[from..to].to_vec();
                mail.splice(to..to, piece);
            }
            2 => mail[from] = byte,
            _ => {
                let other = usize::from(byte) % mail.len();
                mail.swap(from, other);
            }
        }
    }
    mail
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn mutated_mails_never_panic_and_never_hold_a_nul(
        index in any::<usize>(),
        changes in proptest::collection::vec((any::<u8>(), any::<usize>(), any::<usize>(), any::<u8>()), 0..20),
    ) {
        let cases = crate::corpus::cases();
        let mail = mutate(fs::read(&cases[index % cases.len()]).unwrap(), &changes);
        if let Ok(incoming) = parse(&mail, &Limits::default()) {
            steps::kind(&incoming, Some("x@y"));
            steps::envelope(&incoming);
            steps::forwarded(&incoming);
            steps::subject_tag(&incoming.subject, &["example.org"]);
            prop_assert!(!incoming.main_text().contains('\0'));
            let held = texts(&incoming);
            prop_assert!(!held.iter().any(|text| text.contains('\0')), "a NUL is left in {held:?}");
        }
    }

    #[test]
    fn any_bytes_are_parsed_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = parse(&bytes, &Limits::default());
        let mut mail = b"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n".to_vec();
        mail.extend(bytes);
        parse(&mail, &Limits::default()).unwrap();
    }
}

/// Every text that would be stored.
fn texts(incoming: &Incoming) -> Vec<&str> {
    let mut all = vec![incoming.subject.as_str()];
    all.extend(incoming.message_id.as_deref());
    all.extend(incoming.in_reply_to.iter().chain(&incoming.references).map(String::as_str));
    let people = [&incoming.from, &incoming.to, &incoming.cc].into_iter().flatten();
    for mailbox in people.chain(&incoming.sender).chain(&incoming.errors_to) {
        all.push(&mailbox.address);
        all.extend(mailbox.name.as_deref());
    }
    for part in &incoming.parts {
        all.push(&part.content_type);
        all.extend(part.text());
        all.extend([&part.file_name, &part.content_id, &part.charset_original].into_iter().flatten().map(String::as_str));
    }
    let headers = incoming.parts.iter().flat_map(|part| &part.headers).chain(&incoming.headers);
    all.extend(headers.flat_map(|(name, value)| [name.as_str(), value.as_str()]));
    all
}
