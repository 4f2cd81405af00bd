//! IP addresses and networks in text (IR-195 to IR-197). IPv6 is looked for in whole runs of its characters, so
//! that a part of something longer is never taken for an address; what it claims is not searched for IPv4.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::Range,
};

use crate::ip_range::{IpRange, octet};

const LONGEST_SIX: usize = 45;
/// `24/7` and `1/2` are words of people far more often than networks (docs/decisions).
const LEAST_OCTETS: usize = 2;

/// What counts as an IPv4 network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Networks {
    /// Also with trailing octets left out, `10/8` (IR-196).
    Shortened,
    /// None: of `10.0.0.0/8` only the address is meant (IR-267).
    Ignored,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) place: Range<usize>,
    pub(crate) range: IpRange,
}

/// What was read: how far, and the value unless the spec says to pass over it.
struct Read {
    length: usize,
    range: Option<IpRange>,
}

pub(crate) fn scan(text: &str, networks: Networks) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // The run of IPv6 characters that was looked at last; no address can start further on in it.
    let mut run_end = 0;
    while let Some(&byte) = bytes.get(at) {
        let mut read = None;
        if at >= run_end && is_six(byte) {
            run_end = run_from(bytes, at, is_six);
            read = may_start_six(text, at).then(|| six(text, at..run_end)).flatten();
        }
        if read.is_none() && byte.is_ascii_digit() && may_start_four(bytes, at) {
            read = four(text, at, networks);
        }
        let Some(Read { length, range }) = read else {
            at = at.saturating_add(1);
            continue;
        };
        let end = at.saturating_add(length.max(1));
        found.extend(range.map(|range| Found { place: at..end, range }));
        at = end;
    }
    found
}

fn is_six(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b':' || byte == b'.'
}

fn run_from(bytes: &[u8], start: usize, belongs: fn(u8) -> bool) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len());
    start.saturating_add(length)
}

fn may_start_four(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    !before.is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.')
}

fn may_start_six(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '.'))
}

/// Nothing that continues an IPv4 address: a digit, or a dot and a digit.
fn may_end_four(rest: &str) -> bool {
    !rest.strip_prefix('.').unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit())
}

fn may_end_six(rest: &str) -> bool {
    !rest.strip_prefix('.').unwrap_or(rest).starts_with(|c: char| c.is_alphanumeric() || c == ':')
}

fn four(text: &str, at: usize, networks: Networks) -> Option<Read> {
    let rest = text.get(at..)?;
    let (octets, count, length) = octets(rest);
    let address = Ipv4Addr::from(octets);
    let behind = rest.get(length..)?;
    let whole = count == 4;
    if networks == Networks::Shortened
        && count >= LEAST_OCTETS
        && let Some((prefix, prefix_length)) = prefix(behind, 2)
        && prefix <= 32
        && may_end_four(behind.get(prefix_length..)?)
    {
        let ignored = prefix == 0 || address.is_unspecified();
        let range = (!ignored).then(|| IpRange::network(IpAddr::V4(address), prefix)).flatten();
        return Some(Read { length: length.saturating_add(prefix_length), range });
    }
    let range = (!address.is_unspecified()).then(|| IpRange::from(address));
    (whole && may_end_four(behind)).then_some(Read { length, range })
}

/// As many octets as stand there, four at most: their values, number and length in bytes.
fn octets(rest: &str) -> ([u8; 4], usize, usize) {
    let mut octets = [0; 4];
    let mut count: usize = 0;
    let mut length: usize = 0;
    for place in &mut octets {
        let dot = usize::from(count > 0);
        let start = length.saturating_add(dot);
        let joined = count == 0 || rest.as_bytes().get(length) == Some(&b'.');
        let end = start.saturating_add(digits(rest, start, 4));
        let Some(value) = rest.get(start..end).filter(|_| joined).and_then(octet) else {
            break;
        };
        *place = value;
        length = end;
        count = count.saturating_add(1);
    }
    (octets, count, length)
}

/// How many digits stand there, counting no further than `most`.
fn digits(text: &str, start: usize, most: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
}

/// `/` and a number of at most so many digits: the number and the length of both.
fn prefix(behind: &str, most: usize) -> Option<(u8, usize)> {
    let length = digits(behind.strip_prefix('/')?, 0, most).saturating_add(1);
    Some((behind.get(1..length)?.parse().ok()?, length))
}

fn six(text: &str, run: Range<usize>) -> Option<Read> {
    let whole = text.get(run.clone())?;
    // A full stop ends a sentence, and so do three: they are not part of an address.
    let candidate = whole.split("..").next()?.trim_end_matches('.');
    if candidate.len() > LONGEST_SIX || !candidate.contains(':') {
        return None;
    }
    let address: Ipv6Addr = candidate.parse().ok()?;
    let length = candidate.len();
    let behind = text.get(run.start.saturating_add(length)..)?;
    if let Some((prefix, prefix_length)) = prefix(behind, 3)
        && prefix <= 128
        && may_end_six(behind.get(prefix_length..)?)
    {
        let ignored = prefix == 0 || address.is_unspecified();
        let range = (!ignored).then(|| IpRange::network(IpAddr::V6(address), prefix)).flatten();
        return Some(Read { length: length.saturating_add(prefix_length), range });
    }
    let range = (!address.is_unspecified()).then(|| IpRange::from(address));
    may_end_six(behind).then_some(Read { length, range })
}
