//! Every `tests/corpus/KIND/NAME.eml` is parsed and compared with `NAME.expected`: lines `key: value`. Of the keys named there
//! all values must agree, in order; other keys are not looked at. Adding a case is adding two files; `KINDS.md` says what a
//! folder holds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use domain::invitation::invitation;
use domain::passage::{Passage, passages};
use mail_read::incoming::Disposition;
use mail_read::{Incoming, Limits, Mailbox, Part, PartBody, parse, steps};

const OUR_NAME: &str = "example.org";

#[test]
fn every_mail_of_the_corpus_is_understood_as_expected() {
    let mut wrong = Vec::new();
    let cases = cases();
    for path in cases {
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
        let mut expected: Vec<String> = expected.lines().map(str::to_owned).collect();
        let keys: BTreeSet<String> = expected.iter().map(|line| key(line).to_owned()).collect();
        assert!(!keys.is_empty(), "{} expects nothing", path.display());
        expected.sort_by_key(|line| key(line).to_owned());
        let mut found = described(&fs::read(path).unwrap());
        found.retain(|line| keys.contains(key(line)));
        found.sort_by_key(|line| key(line).to_owned());
        if found != expected {
            let only = |these: &[String], others: &[String]| -> Vec<String> {
                these.iter().filter(|line| !others.contains(line)).cloned().collect()
            };
            let (missing, surplus) = (only(&expected, &found), only(&found, &expected));
            wrong.push(format!("{}\nexpected {missing:#?}\nfound {surplus:#?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 400, "{} cases are too few", cases.len());
}

#[test]
fn every_folder_of_the_corpus_stands_in_the_list_of_kinds_and_the_other_way_round() {
    let list = fs::read_to_string(root().join("KINDS.md")).unwrap();
    let listed: BTreeSet<&str> = list.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let cases = cases();
    let there: BTreeSet<&str> = cases.iter().map(|path| path.parent().unwrap().file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(listed, there);
    let mails: BTreeSet<PathBuf> = cases.iter().map(|path| path.with_extension("")).collect();
    let outcomes: BTreeSet<PathBuf> = files("expected").iter().map(|path| path.with_extension("")).collect();
    assert_eq!(mails, outcomes, "a mail and its outcome belong together");
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The mails, in the order of their names.
pub(crate) fn cases() -> &'static [PathBuf] {
    static CASES: LazyLock<Vec<PathBuf>> = LazyLock::new(|| files("eml"));
    &CASES
}

fn files(extension: &str) -> Vec<PathBuf> {
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    files.sort();
    files
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
    lines.extend(judged(incoming));
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
    lines
}

/// What the steps say that only some kinds of mail have.
fn judged(incoming: &Incoming) -> Vec<String> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let mut lines = vec![format!("kind: {}", steps::kind(incoming, None).as_str())];
    let receipt = steps::receipt(incoming).map(|receipt| {
        format!("{} by {} for {}", receipt.what, or_none(receipt.recipient), or_none(receipt.original_message_id))
    });
    lines.push(format!("answered: {}", steps::answered(incoming).join(" ")));
    lines.push(format!("receipt: {}", or_none(receipt)));
    let abuse = steps::abuse_report(incoming).map(|report| {
        let sources: Vec<String> = report.sources.iter().map(ToString::to_string).collect();
        format!("{} from {} about {}", report.kind, sources.join(", "), or_none(report.original_subject))
    });
    lines.push(format!("abuse: {}", or_none(abuse)));
    lines.push(format!("envelope: {}", or_none(steps::envelope(incoming).map(|envelope| envelope.as_str().to_owned()))));
    lines.extend(steps::forwarded(incoming).into_iter().map(|message| {
        let inline = if message.inline { "inline " } else { "" };
        format!("forwarded: {inline}{} | {}", message.from, message.subject)
    }));
    let calendars = incoming.parts.iter().filter(|part| part.content_type == "text/calendar");
    lines.extend(calendars.filter_map(Part::text).filter_map(invitation).map(|event| {
        format!(
            "event: {} | {} | {} to {} | {} | {}",
            event.method, event.summary, event.start, event.end, event.location, event.organizer
        )
    }));
    lines.extend(
        steps::authentication(incoming).iter().map(|verdict| format!("authentication: {} {}", verdict.method, verdict.result)),
    );
    lines.extend(passages(&incoming.main_text()).iter().map(|passage| match passage {
        Passage::Own(lines) => format!("passage: own {}", lines.len()),
        Passage::Quoted(lines) => format!("passage: quoted {}", lines.len()),
        Passage::Signature(lines) => format!("passage: signature {}", lines.len()),
    }));
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
        line.push_str(&format!(" \"{name}\""));
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
