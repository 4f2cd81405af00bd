//! The MIME tree of a letter: text, or text and HTML as alternatives, with the attachments after them.
//! Boundaries are derived from the letter, so composing stays pure, and never occur in what they enclose.

use std::hash::{DefaultHasher, Hash, Hasher};

use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;

use super::clean;
use crate::letter::{Attachment, Letter};

pub(super) fn body(letter: &Letter) -> MimePart<'_> {
    let text = MimePart::new("text/plain", clean::body(&letter.text));
    let content = match &letter.html {
        None => text,
        Some(html) => {
            multipart("multipart/alternative", boundary(letter, "alt"), vec![text, MimePart::new("text/html", clean::body(html))])
        }
    };
    if letter.attachments.is_empty() {
        return content;
    }
    let mut parts = vec![content];
    parts.extend(letter.attachments.iter().map(attachment));
    multipart("multipart/mixed", boundary(letter, "mix"), parts)
}

fn multipart<'x>(kind: &'static str, boundary: String, parts: Vec<MimePart<'x>>) -> MimePart<'x> {
    MimePart::new(ContentType::new(kind).attribute("boundary", boundary), parts)
}

fn boundary(letter: &Letter, kind: &str) -> String {
    let seed = fingerprint(letter);
    let mut counter = 0_u32;
    loop {
        let candidate = format!("=_{seed}_{counter}_{kind}");
        if !occurs(letter, candidate.as_bytes()) {
            return candidate;
        }
        counter += 1;
    }
}

/// Needs to differ between letters, not to be secret: `occurs` has the last word.
pub(super) fn fingerprint(letter: &Letter) -> String {
    let mut hasher = DefaultHasher::new();
    (&letter.message_id, letter.date.as_nanosecond(), &letter.subject, &letter.text).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Encoded bodies cannot hold a `=_`; only those written as they are need looking at.
fn occurs(letter: &Letter, needle: &[u8]) -> bool {
    let needle = std::str::from_utf8(needle).unwrap_or_default();
    letter.text.contains(needle)
        || letter.html.as_deref().is_some_and(|html| html.contains(needle))
        || letter
            .attachments
            .iter()
            .any(|attachment| std::str::from_utf8(&attachment.bytes).is_ok_and(|text| text.contains(needle)))
}

fn attachment(attachment: &Attachment) -> MimePart<'_> {
    let kind = media_type(&attachment.content_type);
    let bytes = attachment.bytes.as_slice();
    let given = attachment.file_name.as_deref().and_then(clean::file_name);
    if kind == "message/rfc822" {
        let name = given.unwrap_or_else(|| "message.eml".to_owned());
        return if is_seven_bit(bytes) {
            MimePart::new(kind, network_line_ends(bytes)).transfer_encoding("7bit").attachment(name)
        } else {
            MimePart::new("application/octet-stream", bytes).attachment(name)
        };
    }
    let name = given.unwrap_or_else(|| "attachment".to_owned());
    let content_type = match (kind.starts_with("text/"), printable(bytes)) {
        (false, _) => ContentType::new(kind),
        (true, true) => ContentType::new(kind).attribute("charset", "utf-8"),
        (true, false) => ContentType::new("application/octet-stream"),
    };
    MimePart::new(content_type, bytes).attachment(name)
}

/// `type/subtype` in lower case; containers and nonsense become a plain file.
fn media_type(text: &str) -> String {
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let token = |part: &str| {
        (1..=80).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    let known = essence.split_once('/').is_some_and(|(kind, subtype)| {
        token(kind) && token(subtype) && kind != "multipart" && (kind != "message" || subtype == "rfc822")
    });
    if known { essence } else { "application/octet-stream".to_owned() }
}

fn printable(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_ok_and(|text| text.chars().all(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t')))
}

/// Fit to be sent as it is: ASCII without NUL or stray CR, lines within RFC 5322 section 2.1.1.
fn is_seven_bit(bytes: &[u8]) -> bool {
    bytes.split(|&byte| byte == b'\n').all(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.len() <= 998 && line.iter().all(|&byte| byte.is_ascii() && byte != 0 && byte != b'\r')
    })
}

fn network_line_ends(bytes: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(text) => {
                message.extend_from_slice(text.strip_suffix(b"\r").unwrap_or(text));
                message.extend_from_slice(b"\r\n");
            }
            None => message.extend_from_slice(line),
        }
    }
    message
}
