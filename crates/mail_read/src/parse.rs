//! From raw bytes to an `Incoming`. Pure, linear in the size of the message, bounded in depth and number of parts,
//! and never refusing what can be read at all (MG-023). The MIME tree is walked here with those bounds; fields,
//! transfer encodings and charsets are decoded by the MIME library.

mod charset;
mod clean;
mod decode;
mod delimiter;
mod fields;
mod headers;
mod part;
mod rich_text;
mod shifted;
mod tnef;
mod transfer;
mod utf7;
mod uuencode;
mod walk;
mod words;

use crate::incoming::Incoming;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub message_bytes: usize,
    pub parts: usize,
    pub depth: usize,
    pub header_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message_bytes: 50 * 1024 * 1024, parts: 1_000, depth: 30, header_bytes: 256 * 1024 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the message is empty")]
    Empty,
    #[error("the message has no header field")]
    NoHeader,
    #[error("the message is larger than {limit} bytes")]
    TooLarge { limit: usize },
}

pub fn parse(raw: &[u8], limits: &Limits) -> Result<Incoming, Unreadable> {
    if raw.len() > limits.message_bytes {
        let limit = limits.message_bytes;
        return Err(Unreadable::TooLarge { limit });
    }
    let entity = fields::without_leading(raw);
    if entity.is_empty() {
        return Err(Unreadable::Empty);
    }
    let (head, _) = fields::split_head(entity);
    let mut incoming = headers::read(head, limits).ok_or(Unreadable::NoHeader)?;
    walk::walk(entity, limits, &mut incoming);
    Ok(incoming)
}
