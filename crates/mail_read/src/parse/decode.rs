//! Decodes the value of one field with the MIME library: encoded words, addresses, ids, dates, parameters.

use jiff::Timestamp;
use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, ContentType, HeaderValue};

use super::{charset, clean, words};
use crate::incoming::Mailbox;

/// Values longer than this are cut: what makes sense is far shorter.
const LONGEST_TEXT: usize = 8 * 1024;
const LONGEST_LIST: usize = 64 * 1024;
const MOST_ADDRESSES: usize = 1_000;
const MOST_IDS: usize = 100;
const LONGEST_ID: usize = 998;

pub(super) fn text(value: &[u8]) -> String {
    let prepared = prepared(value, LONGEST_TEXT);
    match MessageStream::new(&prepared).parse_unstructured() {
        HeaderValue::Text(text) => clean::line(&text),
        _ => String::new(),
    }
}

/// Only addresses that could be written to.
pub(super) fn mailboxes(value: &[u8]) -> Vec<Mailbox> {
    let prepared = prepared(value, LONGEST_LIST);
    let HeaderValue::Address(parsed) = MessageStream::new(&prepared).parse_address() else {
        return Vec::new();
    };
    let listed: Vec<&Addr<'_>> = match &parsed {
        Address::List(list) => list.iter().collect(),
        Address::Group(groups) => groups.iter().flat_map(|group| &group.addresses).collect(),
    };
    listed.into_iter().filter_map(mailbox).take(MOST_ADDRESSES).collect()
}

fn mailbox(parsed: &Addr<'_>) -> Option<Mailbox> {
    Some(Mailbox {
        address: clean::address(parsed.address.as_deref()?)?,
        name: parsed.name.as_deref().map(clean::line).filter(|name| !name.is_empty()),
    })
}

/// Of a list too long, the last ids: they are the nearest ancestors.
pub(super) fn ids(value: &[u8]) -> Vec<String> {
    let prepared = prepared(value, LONGEST_LIST);
    let parsed = match MessageStream::new(&prepared).parse_id() {
        HeaderValue::Text(id) => vec![id],
        HeaderValue::TextList(ids) => ids,
        _ => Vec::new(),
    };
    let mut ids: Vec<String> = parsed.iter().filter_map(|id| clean::message_id(id, LONGEST_ID)).collect();
    ids.drain(..ids.len().saturating_sub(MOST_IDS));
    ids
}

pub(super) fn date(value: &[u8]) -> Option<Timestamp> {
    let prepared = prepared(value, 200);
    match MessageStream::new(&prepared).parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => Timestamp::from_second(date.to_timestamp()).ok(),
        _ => None,
    }
}

/// `Content-Type` and `Content-Disposition`.
pub(super) fn parameters(value: &[u8]) -> Option<ContentType<'static>> {
    let prepared = prepared(value, LONGEST_TEXT);
    match MessageStream::new(&prepared).parse_content_type().into_owned() {
        HeaderValue::ContentType(parsed) => Some(parsed),
        _ => None,
    }
}

/// Bounded, in UTF-8, ended: what the library expects.
fn prepared(value: &[u8], longest: usize) -> Vec<u8> {
    let mut cut = value.len().min(longest);
    while cut < value.len() && cut > 0 && value.get(cut).is_some_and(|byte| byte & 0xC0 == 0x80) {
        cut -= 1;
    }
    let value = value.get(..cut).unwrap_or_default().trim_ascii_end();
    let value = charset::unlabelled(value).replace('\0', "");
    let mut prepared = words::readable(&value).into_owned().into_bytes();
    prepared.push(b'\n');
    prepared
}
