//! Addresses in dotted, colon and decimal form (IR-267, IR-268).

use std::net::Ipv4Addr;

use super::{Claim, Segment};
use crate::{
    ip_range::IpRange,
    observable::address::{Networks, scan},
};

/// Smaller numbers are too often something else (IR-268).
const DECIMAL_FROM: u64 = 33_554_432;

pub(super) fn claims(text: &str) -> Vec<Claim<'_>> {
    let found = scan(text, Networks::Ignored).into_iter();
    found
        .filter_map(|found| {
            let text = text.get(found.place.clone())?;
            Some((found.place, Segment::Ip { text, value: found.range }))
        })
        .collect()
}

/// Eight to thirteen digits, not followed by `=`, that are the number of an IPv4 address.
pub(super) fn decimal_claims(text: &str) -> Vec<Claim<'_>> {
    let mut at: usize = 0;
    let mut found = Vec::new();
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let behind = word.get(digits.len()..).unwrap_or_default();
        let sound = (8..=13).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '=');
        let number = digits.parse::<u64>().ok().filter(|number| sound && *number > DECIMAL_FROM);
        if let Some(bits) = number.and_then(|number| u32::try_from(number).ok()) {
            let value = IpRange::from(Ipv4Addr::from(bits));
            found.push((at..at.saturating_add(digits.len()), Segment::Ip { text: digits, value }));
        }
        at = at.saturating_add(word.len());
    }
    found
}
