//! Encoded words (RFC 2047) that the MIME library would not read well: those of charsets that only we know, and neighbours that share
//! a letter between them. They are written anew as UTF-8 before the library sees them; all others stay.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;

use super::charset;

/// The standard allows 75 bytes; programs write several hundred.
const LONGEST_WORD: usize = 1_000;

struct Word<'x> {
    label: &'x str,
    bytes: Vec<u8>,
}

/// The value with such words made readable.
pub(super) fn readable(value: &str) -> Cow<'_, str> {
    if !value.contains("=?") {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find("=?") {
        let (before, candidate) = rest.split_at_checked(start).unwrap_or((rest, ""));
        text.push_str(before);
        let (run, length) = run(candidate);
        match anew(&run) {
            Some(decoded) => encode(&decoded, &mut text),
            None => text.push_str(candidate.get(..length).unwrap_or_default()),
        }
        rest = candidate.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Words of one charset with nothing but blanks between them, and how long they are together; at least two bytes.
fn run(candidate: &str) -> (Vec<Word<'_>>, usize) {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut length = 0;
    let mut rest = candidate;
    while let Some((word, after)) = word(rest) {
        let after = rest.get(after..).unwrap_or_default();
        if words.first().is_some_and(|first| !first.label.eq_ignore_ascii_case(word.label)) {
            break;
        }
        words.push(word);
        length = candidate.len() - after.len();
        rest = after.trim_start();
    }
    (words, length.max(2))
}

/// The word, and how long it is as written.
fn word(text: &str) -> Option<(Word<'_>, usize)> {
    let text = text.get(..text.floor_char_boundary(LONGEST_WORD)).unwrap_or(text);
    let (label, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (encoded, after) = rest.split_once("?=")?;
    if label.len() > 60 || encoded.contains(['\n', '?']) {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => base64_decode(encoded.as_bytes())?,
        "Q" | "q" => quoted(encoded.as_bytes()),
        _ => return None,
    };
    // what follows the star is the language (RFC 2231)
    Some((Word { label: label.split('*').next().unwrap_or(label), bytes }, text.len() - after.len()))
}

fn quoted(encoded: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, digit(after.first()), digit(after.get(1))) {
            (b'=', Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'_', ..) => bytes.push(b' '),
            _ => bytes.push(first),
        }
    }
    bytes
}

/// `None` when the library reads the words as well as we do.
fn anew(words: &[Word<'_>]) -> Option<String> {
    let label = words.first()?.label;
    let each: String = words.iter().map(|word| charset::labelled(&word.bytes, Some(label))).collect();
    if charset::is_only_ours(label) {
        return Some(each);
    }
    if words.len() < 2 || !each.contains(char::REPLACEMENT_CHARACTER) && std::str::from_utf8(&words.first()?.bytes).is_ok() {
        return None;
    }
    let joined: Vec<u8> = words.iter().flat_map(|word| word.bytes.iter().copied()).collect();
    let together = charset::labelled(&joined, Some(label));
    let better = !together.contains(char::REPLACEMENT_CHARACTER) && together != each;
    better.then_some(together)
}

/// As one word: every reader takes longer ones than it may write.
fn encode(decoded: &str, text: &mut String) {
    text.push_str("=?utf-8?Q?");
    for byte in decoded.bytes() {
        text.push_str(&format!("={byte:02X}"));
    }
    text.push_str("?=");
}
