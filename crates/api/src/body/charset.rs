//! Text bodies in the charset that their header names; UTF-8 when it names none (API-122).

use axum::http::{HeaderMap, header};

/// `None` for charsets we do not know. What is not valid in the charset becomes the replacement character.
pub(super) fn decode(headers: &HeaderMap, bytes: &[u8]) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = value
        .split(';')
        .skip(1)
        .filter_map(|piece| piece.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let charset = named.map_or("utf-8", |(_, charset)| charset.trim().trim_matches('"')).to_ascii_lowercase();
    match charset.as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => Some(String::from_utf8_lossy(bytes).into_owned()),
        // as browsers read them (WHATWG Encoding)
        "iso-8859-1" | "latin1" | "windows-1252" | "cp1252" => Some(bytes.iter().map(|byte| western(*byte)).collect()),
        _ => None,
    }
}

/// windows-1252.
fn western(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|place| UPPER.get(usize::from(place)).copied()).unwrap_or(char::from(byte))
}
