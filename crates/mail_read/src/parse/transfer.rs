//! Undoes transfer encodings, forgiving what is broken (MG-023).

use std::borrow::Cow;

use super::uuencode;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    #[default]
    Plain,
    Base64,
    QuotedPrintable,
    Uuencode,
}

impl Encoding {
    pub(super) fn named(name: &str) -> Self {
        // a comment may follow
        let name = name.trim().split([' ', '(', ';']).next().unwrap_or_default();
        if name.eq_ignore_ascii_case("base64") {
            Self::Base64
        } else if name.eq_ignore_ascii_case("quoted-printable") {
            Self::QuotedPrintable
        } else if ["x-uuencode", "uuencode", "x-uue"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            Self::Uuencode
        } else {
            Self::Plain
        }
    }

    /// The bytes, and whether the encoding was sound.
    pub(super) fn decode(self, body: &[u8]) -> (Cow<'_, [u8]>, bool) {
        let decoded = match self {
            Self::Plain => return (Cow::Borrowed(body), true),
            Self::Base64 => base64_decode(body),
            Self::QuotedPrintable => quoted_printable_decode(body),
            Self::Uuencode => uuencode::decode(body),
        };
        match decoded {
            Some(bytes) => (Cow::Owned(bytes), true),
            None => (self.salvaged(body), false),
        }
    }

    /// Base64 with foreign characters is read without them; else the body stays as it came.
    fn salvaged(self, body: &[u8]) -> Cow<'_, [u8]> {
        if self != Self::Base64 {
            return Cow::Borrowed(body);
        }
        let mut letters: Vec<u8> =
            body.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).collect();
        letters.truncate(letters.len() / 4 * 4);
        match base64_decode(&letters) {
            Some(bytes) if !bytes.is_empty() => Cow::Owned(bytes),
            _ => Cow::Borrowed(body),
        }
    }
}
