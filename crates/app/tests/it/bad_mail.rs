//! A6: mail that nobody should have sent. Each ends as the spec says, none stops the next, none takes more than 200 MB.

use crate::{
    lmtp::{Client, mail},
    program::{Database, Program, wait_for},
};
use std::fmt::Write;
use tempfile::TempDir;

const TO: &str = "reports@csirt.example";
const MEMORY: u64 = 200;

fn deliver(program: &Program, raw: &[u8]) -> String {
    Client::connect(program.lmtp).unwrap().deliver("someone@else.example", TO, raw).unwrap()
}

fn many_parts(count: usize) -> String {
    let mut raw = String::from(
        "From: a@b.example\r\nSubject: Many parts\r\nMessage-ID: <parts@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
    );
    for number in 0..count {
        write!(raw, "--x\r\nContent-Type: text/plain\r\n\r\npart {number}\r\n").unwrap();
    }
    raw + "--x--\r\n"
}

fn nested(depth: usize) -> String {
    let mut raw = String::from("From: a@b.example\r\nSubject: Nested\r\nMessage-ID: <nested@b.example>\r\nMIME-Version: 1.0\r\n");
    for level in 0..depth {
        write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n").unwrap();
    }
    raw.push_str("Content-Type: text/plain\r\n\r\nat the bottom\r\n");
    for level in (0..depth).rev() {
        write!(raw, "--b{level}--\r\n").unwrap();
    }
    raw
}

/// What came of a message: a ticket with this subject, or a row that administrators see.
fn became(program: &Program, subject: &str) -> usize {
    program.settled();
    program.search(&format!("Subject LIKE '{subject}'")).len()
}

#[test]
fn a6_bad_mail_ends_as_the_spec_says_and_stops_nothing() {
    for database in &Database::all() {
        let folder = TempDir::new().unwrap();
        let program = Program::start(&folder, database);
        let plain = |subject: &str, id: &str| mail("a@b.example", TO, subject, id, "text").replace('\n', "\r\n");

        // what planting six passwords took is not what mail takes
        program.forget_peak_memory();
        // refused at the door, before anything is kept
        let large = [plain("Huge", "huge@b.example").into_bytes(), b"x".repeat(100 * 1024 * 1024)].concat();
        assert!(deliver(&program, &large).starts_with("552"), "100 MB");
        drop(large);
        let unknown = Client::connect(program.lmtp).unwrap().deliver("a@b.example", "nobody@csirt.example", b"x").unwrap();
        assert!(unknown.starts_with("550"), "{unknown}");

        // taken, and refused afterwards where an administrator sees it
        for (what, raw) in [
            ("empty", String::new()),
            ("no sender", "Subject: No sender\r\n\r\ntext\r\n".to_owned()),
            ("unknown ticket", plain("[csirt.example #987654] forged", "forged@b.example")),
            ("own address", mail(TO, TO, "From ourselves", "self@csirt.example", "text").replace('\n', "\r\n")),
        ] {
            let before = program.number("watchbell_inbox_troubled").unwrap_or(0.0);
            let answer = deliver(&program, raw.as_bytes());
            assert!(answer.starts_with("250") || answer.starts_with("554"), "{what}: {answer}");
            if answer.starts_with("250") && what != "own address" {
                wait_for(&format!("{what} to be shown to administrators"), || {
                    (program.number("watchbell_inbox_troubled")? > before).then_some(())
                });
            }
        }
        assert_eq!(became(&program, "forged"), 0, "a forged tag makes no ticket");
        assert_eq!(became(&program, "From ourselves"), 0, "we do not talk to ourselves");

        // kept as tickets, whatever is broken about them
        let header = format!(
            "From: a@b.example\r\nX-Long: {}\r\nSubject: Long header\r\nMessage-ID: <long@b.example>\r\n\r\ntext\r\n",
            "y".repeat(1024 * 1024)
        );
        let kept: [(&str, Vec<u8>); 6] = [
            ("Many parts", many_parts(10_000).into_bytes()),
            ("Nested", nested(1_000).into_bytes()),
            ("Broken charset", b"From: a@b.example\r\nSubject: Broken charset\r\nMessage-ID: <c@b.example>\r\nContent-Type: text/plain; charset=x-nonsense\r\n\r\n\xff\xfe\xe4 text\r\n".to_vec()),
            ("Nul", b"From: a@b.example\r\nSubject: Nul\0 bytes\r\nMessage-ID: <n@b.example>\r\n\r\nbefore\0after\r\n".to_vec()),
            ("Long header", header.into_bytes()),
            ("Injected", b"From: \"x\\r\\nBcc: victim@c.example\" <a@b.example>\r\nSubject: =?utf-8?q?Injected=0D=0ABcc:_victim@c.example?=\r\nMessage-ID: <i@b.example>\r\n\r\ntext\r\n".to_vec()),
        ];
        for (subject, raw) in kept {
            let answer = deliver(&program, &raw);
            assert!(answer.starts_with("250"), "{subject}: {answer}");
            assert_eq!(became(&program, subject), 1, "{}: {subject}", database.name());
        }
        for sent in program.sent() {
            let head = sent.split("\n\n").next().unwrap().split("\r\n\r\n").next().unwrap().to_lowercase();
            assert!(!head.lines().any(|line| line.starts_with("bcc:") || line.contains("<victim@c.example>")), "{head}");
        }

        assert!(deliver(&program, plain("The next mail", "next@b.example").as_bytes()).starts_with("250"));
        assert_eq!(became(&program, "The next mail"), 1);
        let peak = program.peak_memory();
        assert!(peak <= MEMORY, "{}: {peak} MB", database.name());
        let (clean, findings) = program.verify(database);
        assert!(clean, "{findings}");
    }
}
