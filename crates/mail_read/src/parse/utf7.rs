//! UTF-7 (RFC 2152). Old mail programs of Microsoft still send it; the MIME library loses what stands between its words.

/// What cannot be decoded stays as it came.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if first != b'+' {
            text.push(if first.is_ascii() { char::from(first) } else { char::REPLACEMENT_CHARACTER });
            rest = after;
            continue;
        }
        let length = after.iter().position(|&byte| value(byte).is_none()).unwrap_or(after.len());
        let (encoded, following) = after.split_at_checked(length).unwrap_or((after, &[]));
        // `+-` is a plus
        text.push_str(&if encoded.is_empty() { "+".to_owned() } else { wide(encoded) });
        rest = following.strip_prefix(b"-").unwrap_or(following);
    }
    text
}

/// Base64 of UTF-16, big end first, without padding.
fn wide(encoded: &[u8]) -> String {
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut units = Vec::with_capacity(encoded.len() * 6 / 16);
    for digit in encoded.iter().filter_map(|&byte| value(byte)) {
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push((bits >> held & 0xFFFF) as u16);
            bits &= (1 << held) - 1;
        }
    }
    String::from_utf16_lossy(&units)
}

fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn words_and_what_stands_between_them_are_kept() {
        for (bytes, expected) in [
            ("Hi Mom -+Jjo--!", "Hi Mom -☺-!"),
            ("A+ImIDkQ.", "A≢Α."),
            ("+A58- +A7QDuQ.txt", "Ο δι.txt"),
            ("1 +- 1 = 2", "1 + 1 = 2"),
            ("+", "+"),
            ("+2D3eqQ-", "🚩"),
        ] {
            assert_eq!(decode(bytes.as_bytes()), expected);
        }
    }
}
