//! Text of any charset as UTF-8 (MG-045). What is not labelled, or labelled wrongly, is guessed.

use super::{shifted, utf7};
use mail_parser::decoders::charsets::map::charset_decoder;

/// As labelled; UTF-8 and unknown labels are checked against the bytes.
pub(super) fn labelled(bytes: &[u8], label: Option<&str>) -> String {
    let mut text = decoded(bytes, label.unwrap_or_default().trim());
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    text
}

/// Charsets that the MIME library does not read.
pub(super) fn is_only_ours(label: &str) -> bool {
    is_utf7(label) || shifted::decode(&[], label).is_some()
}

fn is_utf7(label: &str) -> bool {
    ["utf-7", "utf7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7", "csutf7"].iter().any(|known| label.eq_ignore_ascii_case(known))
}

fn decoded(bytes: &[u8], label: &str) -> String {
    let guess = ["", "utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| label.eq_ignore_ascii_case(known));
    if guess {
        return unlabelled(bytes);
    }
    if is_utf7(label) {
        return utf7::decode(bytes);
    }
    if let Some(text) = shifted::decode(bytes, label) {
        return text;
    }
    match charset_decoder(label.as_bytes()) {
        Some(decode) => decode(bytes),
        None => unlabelled(bytes),
    }
}

/// UTF-8 if it is valid or nearly so, else what Windows writes in western Europe.
pub(super) fn unlabelled(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let lossy = String::from_utf8_lossy(bytes);
    let partly = lossy.chars().any(|character| !character.is_ascii() && character != char::REPLACEMENT_CHARACTER);
    match charset_decoder(b"windows-1252") {
        Some(decode) if !partly => decode(bytes),
        _ => lossy.into_owned(),
    }
}
