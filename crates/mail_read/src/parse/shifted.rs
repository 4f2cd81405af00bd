//! Charsets that shift between ASCII and two-byte letters and that browsers, and so the library, no longer read: ISO-2022-KR
//! (RFC 1557) and HZ (RFC 1843). Old Korean and Chinese mail programs write them.

use mail_parser::decoders::charsets::map::charset_decoder;

/// `None` for every other charset.
pub(super) fn decode(bytes: &[u8], label: &str) -> Option<String> {
    let label = label.to_ascii_lowercase();
    let (eight_bit, wide) = match label.as_str() {
        "iso-2022-kr" | "csiso2022kr" => (korean(bytes), "euc-kr"),
        "hz-gb-2312" | "hz" => (chinese(bytes), "gbk"),
        _ => return None,
    };
    charset_decoder(wide.as_bytes()).map(|decode| decode(&eight_bit))
}

fn korean(bytes: &[u8]) -> Vec<u8> {
    const DESIGNATION: [u8; 4] = *b"\x1b$)C";
    let mut shifted = false;
    let mut all = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if let Some(behind) = rest.strip_prefix(&DESIGNATION) {
            rest = behind;
            continue;
        }
        match first {
            0x0E => shifted = true,
            0x0F => shifted = false,
            b'\n' => {
                shifted = false;
                all.push(first);
            }
            _ => all.push(if shifted && first > b' ' { first | 0x80 } else { first }),
        }
        rest = after;
    }
    all
}

fn chinese(bytes: &[u8]) -> Vec<u8> {
    let mut shifted = false;
    let mut all = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after.first()) {
            (b'~', Some(b'{')) => shifted = true,
            (b'~', Some(b'}')) => shifted = false,
            (b'~', Some(b'~')) if !shifted => all.push(b'~'),
            (b'~', Some(b'\n')) if !shifted => {}
            _ => {
                shifted &= first != b'\n';
                all.push(if shifted && first > b' ' { first | 0x80 } else { first });
                continue;
            }
        }
        rest = after.get(1..).unwrap_or_default();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn shifted_letters_are_read() {
        assert_eq!(decode(b"\x1b$)CHi \x0e<-9v\x0f!\n", "ISO-2022-KR").unwrap(), "Hi 서버!\n");
        assert_eq!(decode(b"a ~{<:Ky~}~~ ~\nb", "hz-gb-2312").unwrap(), "a 己所~ b");
        assert_eq!(decode(b"~", "hz").unwrap(), "~");
        assert_eq!(decode(b"x", "utf-8"), None);
    }
}
