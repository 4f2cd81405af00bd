//! Which ticket a mail is for, as far as the mail itself says: tags in any subject, ancestors in any header.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mail_read::{Limits, parse, steps};

fuzz_target!(|bytes: &[u8]| {
    let subject = String::from_utf8_lossy(bytes);
    if let Some(number) = steps::subject_tag(&subject, &["example.org", "Blocks Team", "ß"]) {
        assert!(number >= 0 && subject.contains('#'), "a number from nowhere");
    }
    let mut mail = b"From: ray@bank.example\nReferences: ".to_vec();
    mail.extend_from_slice(bytes);
    mail.extend_from_slice(b"\n\ntext\n");
    let Ok(incoming) = parse(&mail, &Limits::default()) else { return };
    let ids = steps::answered(&incoming);
    assert!(ids.len() <= 21, "too many ancestors to look up");
    assert!(ids.iter().all(|id| !id.is_empty() && !id.contains(['<', '\n', '\0'])), "an id that is none");
    mail_out::threading::trim_references(ids.iter().map(ToString::to_string).collect());
    steps::loop_mark(&incoming, "example.org");
});
