//! `application/x-www-form-urlencoded` as bytes: the usual decoders make text of it, which mail is not.

/// Decoded names with values still encoded.
pub(super) fn fields(encoded: &[u8]) -> impl Iterator<Item = (String, &[u8])> {
    let pairs = encoded.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let equals = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(equals);
        (String::from_utf8_lossy(&decode(name)).into_owned(), value.get(1..).unwrap_or_default())
    })
}

pub(super) fn decode(encoded: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => decoded.push(b' '),
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(digit(*high) << 4 | digit(*low));
                rest = after;
            }
            _ => decoded.push(first),
        }
    }
    decoded
}

fn digit(hex: u8) -> u8 {
    match hex {
        b'0'..=b'9' => hex - b'0',
        b'a'..=b'f' => hex - b'a' + 10,
        b'A'..=b'F' => hex - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_bytes_and_broken_escapes_stay() {
        let encoded = b"queue=Incident+Reports&message=a%0d%0A%fc%zz%4&empty&&x=1=2";
        let decoded: Vec<(String, Vec<u8>)> = fields(encoded).map(|(name, value)| (name, decode(value))).collect();
        let expected: [(&str, &[u8]); 4] =
            [("queue", b"Incident Reports"), ("message", b"a\r\n\xfc%zz%4"), ("empty", b""), ("x", b"1=2")];
        assert_eq!(decoded, expected.map(|(name, value)| (name.to_owned(), value.to_vec())));
    }
}
