//! Whether the message is signed or encrypted, and how. Nothing is checked or opened here.

use crate::incoming::{Incoming, Part, PartBody};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    SmimeSigned,
    /// The content stands inside of the signature, unreadable without taking it off.
    SmimeOpaque,
    SmimeEncrypted,
    PgpSigned,
    PgpEncrypted,
    InlinePgpSigned,
    InlinePgpEncrypted,
}

impl Envelope {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SmimeSigned => "S/MIME signed",
            Self::SmimeOpaque => "S/MIME signed, opaque",
            Self::SmimeEncrypted => "S/MIME encrypted",
            Self::PgpSigned => "PGP/MIME signed",
            Self::PgpEncrypted => "PGP/MIME encrypted",
            Self::InlinePgpSigned => "inline PGP signed",
            Self::InlinePgpEncrypted => "inline PGP encrypted",
        }
    }
}

/// The outermost; parts of an attached message are not looked at.
pub fn envelope(incoming: &Incoming) -> Option<Envelope> {
    let messages = |part: &Part| {
        part.parent.and_then(|at| incoming.parts.get(at)).is_some_and(|above| above.content_type.starts_with("message/"))
    };
    let own = || incoming.parts.iter().take_while(|part| !messages(part));
    own().find_map(by_type).or_else(|| inline(&incoming.main_text()))
}

fn by_type(part: &Part) -> Option<Envelope> {
    let parameters = part.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let says = |word: &str| parameters.is_some_and(|(_, value)| value.to_ascii_lowercase().contains(word));
    match part.content_type.as_str() {
        "multipart/signed" if says("pgp-signature") => Some(Envelope::PgpSigned),
        "multipart/signed" if says("pkcs7-signature") => Some(Envelope::SmimeSigned),
        "multipart/encrypted" if says("pgp-encrypted") => Some(Envelope::PgpEncrypted),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
            Some(if says("signed-data") || is_p7s(part) { Envelope::SmimeOpaque } else { Envelope::SmimeEncrypted })
        }
        _ => None,
    }
}

/// Without a type said: the OID of signed data, 1.2.840.113549.1.7.2, stands near the start of what is signed.
fn is_p7s(part: &Part) -> bool {
    const SIGNED_DATA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    let PartBody::Binary(bytes) = &part.body else { return false };
    let start = bytes.get(..40).unwrap_or(bytes);
    start.windows(SIGNED_DATA.len()).any(|window| window == SIGNED_DATA)
}

fn inline(text: &str) -> Option<Envelope> {
    let mut lines = text.lines().map(str::trim_end);
    lines.find_map(|line| match line {
        "-----BEGIN PGP SIGNED MESSAGE-----" => Some(Envelope::InlinePgpSigned),
        "-----BEGIN PGP MESSAGE-----" => Some(Envelope::InlinePgpEncrypted),
        _ => None,
    })
}
