//! A letter of any content: 7-bit lines of legal length, and no field that was not asked for.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mail_out::{Attachment, Letter, Mailbox, compose};
use mail_read::{Limits, parse};

fuzz_target!(|bytes: &[u8]| {
    let whole = String::from_utf8_lossy(bytes);
    let mut pieces = whole.split('\u{1}').map(str::to_owned);
    let mut next = || pieces.next().unwrap_or_default();
    let letter = Letter {
        message_id: next(),
        date: jiff::Timestamp::UNIX_EPOCH,
        from: Mailbox::new(next(), next()),
        reply_to: Some(Mailbox::bare(next())),
        to: vec![Mailbox::new(next(), next())],
        cc: vec![],
        subject: next(),
        text: next(),
        html: Some(next()).filter(|html| !html.is_empty()),
        in_reply_to: Some(next()),
        references: vec![next(), next()],
        headers: vec![(next(), next())],
        attachments: vec![Attachment { file_name: Some(next()), content_type: next(), bytes: next().into_bytes() }],
    };
    let raw = compose(&letter);
    assert!(raw.is_ascii(), "not 7-bit");
    assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 999), "a line is too long");
    let read = parse(&raw, &Limits::default()).expect("what we write can be read");
    assert!(!read.from.is_empty(), "no sender");
    let once = ["from", "to", "subject", "message-id", "date", "in-reply-to", "references", "mime-version"];
    for name in once {
        let count = read.headers.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name)).count();
        assert!(count <= 1, "{name} stands {count} times");
    }
    assert!(read.header("Bcc").is_none() && read.header("Cc").is_none(), "a field was smuggled in");
});
