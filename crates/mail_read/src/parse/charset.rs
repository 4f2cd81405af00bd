//! Text of any charset as UTF-8 (MG-045). What is not labelled, or labelled wrongly, is guessed.

use mail_parser::decoders::charsets::map::charset_decoder;

/// As labelled; UTF-8 and unknown labels are checked against the bytes.
pub(super) fn labelled(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.unwrap_or_default().trim();
    let guess = ["", "utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| label.eq_ignore_ascii_case(known));
    if guess {
        return unlabelled(bytes);
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
