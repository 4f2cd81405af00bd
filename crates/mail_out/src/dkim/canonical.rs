//! What of a message is signed, in the form `relaxed/relaxed` (RFC 6376, section 3.4): blanks that mail systems change on the way
//! do not count.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::SHA256;

/// One field of the head, as it stands there, without its line end.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    value: &'a [u8],
}

impl<'a> Field<'a> {
    pub(super) fn parse(line: &'a [u8]) -> Option<Self> {
        let colon = line.iter().position(|&byte| byte == b':')?;
        let name = std::str::from_utf8(line.get(..colon)?).ok()?.trim_end();
        Some(Self { name, value: line.get(colon + 1..)? })
    }
}

/// Head and body; the empty line between them belongs to neither.
pub(super) fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    match raw.windows(4).position(|window| window == b"\r\n\r\n") {
        Some(at) => (raw.get(..at + 2).unwrap_or(raw), raw.get(at + 4..).unwrap_or_default()),
        None => (raw, b""),
    }
}

pub(super) fn fields(head: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut start = 0;
    for (at, _) in head.windows(2).enumerate().filter(|(_, window)| *window == b"\r\n") {
        let goes_on = head.get(at + 2).is_some_and(|&next| next == b' ' || next == b'\t');
        if !goes_on {
            fields.extend(head.get(start..at).and_then(Field::parse));
            start = at + 2;
        }
    }
    fields
}

/// `name:value` on one line, runs of blanks as one.
pub(super) fn header(field: &Field<'_>) -> Vec<u8> {
    let mut line = field.name.to_lowercase().into_bytes();
    line.push(b':');
    line.extend(words(field.value));
    line
}

/// Without blanks at both ends and line ends within; between words one blank.
fn words(text: &[u8]) -> Vec<u8> {
    let words = text.split(|byte| b" \t\r\n".contains(byte)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&b' ')
}

pub(super) fn body_hash(body: &[u8]) -> String {
    let mut hasher = ring::digest::Context::new(&SHA256);
    let mut empty_lines = 0;
    for line in lines(body) {
        let line = relaxed(line);
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        // empty lines count only where something follows them
        for _ in 0..std::mem::take(&mut empty_lines) {
            hasher.update(b"\r\n");
        }
        hasher.update(&line);
        hasher.update(b"\r\n");
    }
    STANDARD.encode(hasher.finish())
}

fn lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    body.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Runs of blanks as one; none at the end.
fn relaxed(line: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(line.len());
    for &byte in line {
        match byte {
            b' ' | b'\t' if relaxed.last() == Some(&b' ') => {}
            b' ' | b'\t' => relaxed.push(b' '),
            other => relaxed.push(other),
        }
    }
    if relaxed.last() == Some(&b' ') {
        relaxed.pop();
    }
    relaxed
}

/// The domain of the address in `From`.
pub(super) fn domain(from: &Field<'_>) -> Option<String> {
    let text = String::from_utf8_lossy(from.value);
    let address = text.rsplit_once('<').map_or(text.as_ref(), |(_, rest)| rest.split('>').next().unwrap_or_default());
    address.trim().rsplit_once('@').map(|(_, domain)| domain.trim().to_lowercase())
}

/// What a verifier hashes.
#[cfg(test)]
pub(super) fn sha256(bytes: &[u8]) -> Vec<u8> {
    ring::digest::digest(&SHA256, bytes).as_ref().to_vec()
}
