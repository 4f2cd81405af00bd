//! Mail addresses (IR-269). From each `@` a bounded way is looked to both sides, so that the time stays linear.

use super::{Claim, Segment};
use crate::observable::name::is_name;

/// RFC 5321, 4.5.3.1.
const LONGEST_LOCAL: usize = 64;
const LONGEST_DOMAIN: usize = 253;

pub(super) fn claims(text: &str) -> Vec<Claim<'_>> {
    let mut free_from = 0;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        if let Some(claim) = around(text, free_from, at) {
            free_from = claim.0.end;
            found.push(claim);
        }
    }
    found
}

fn around(text: &str, free_from: usize, at: usize) -> Option<Claim<'_>> {
    let before = text.get(free_from..at)?;
    let behind = text.get(at.checked_add(1)?..)?;
    let local_length = before.bytes().rev().take(LONGEST_LOCAL.saturating_add(1)).take_while(|byte| is_local(*byte)).count();
    let local = before.get(before.len().saturating_sub(local_length)..)?.trim_start_matches('.');
    let length = behind.bytes().take(LONGEST_DOMAIN.saturating_add(2)).take_while(|byte| is_domain(*byte)).count();
    let domain = behind.get(..length)?.split("..").next()?.trim_end_matches(['.', '-']);
    if local.is_empty() || local.len() > LONGEST_LOCAL || !is_name(domain) {
        return None;
    }
    let start = at.checked_sub(local.len())?;
    let end = at.checked_add(1)?.checked_add(domain.len())?;
    let address = text.get(start..end)?;
    let place = wrapped(text, free_from, start, end);
    Some((place.clone(), Segment::Email { text: text.get(place)?, address, domain }))
}

/// With `mailto:` and angle brackets, if both of them are there.
fn wrapped(text: &str, free_from: usize, start: usize, end: usize) -> std::ops::Range<usize> {
    const SCHEME: usize = "mailto:".len();
    let scheme = |end: usize| {
        let from = end.checked_sub(SCHEME).filter(|from| *from >= free_from)?;
        text.get(from..end).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map(|_| from)
    };
    let start = scheme(start).unwrap_or(start);
    let opening = start.checked_sub(1).filter(|at| *at >= free_from && text.as_bytes().get(*at) == Some(&b'<'));
    let closing = text.as_bytes().get(end).filter(|byte| **byte == b'>').map(|_| end.saturating_add(1));
    match (opening, closing) {
        (Some(start), Some(end)) => scheme(start).unwrap_or(start)..end,
        _ => start..end,
    }
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-')
}

fn is_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}
