//! Running text cut into plain and recognised pieces, for action links beside them (IR-262 to IR-273).
//! Which links, and escaping, is left to the pages. The pieces' texts joined are always the whole text.

mod address;
mod email;
mod url;

use std::{iter::once, ops::Range};

use crate::{
    ip_range::IpRange,
    observable::{TopLevelDomains, name},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment<'a> {
    Text(&'a str),
    /// `url` is what to open, `host` what to look up (IR-270).
    Url {
        text: &'a str,
        url: &'a str,
        host: &'a str,
    },
    Ip {
        text: &'a str,
        value: IpRange,
    },
    /// `text` may have `mailto:` and angle brackets around the address (IR-269).
    Email {
        text: &'a str,
        address: &'a str,
        domain: &'a str,
    },
    Domain {
        text: &'a str,
    },
    /// A registry's handle such as `ABC1-RIPE` (IR-272).
    Handle {
        text: &'a str,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detector {
    Url,
    Ip,
    Email,
    Domain,
    DecimalIp,
    Handle,
}

impl Detector {
    /// By RTIR's name for it; both of its forms for URLs are one here: the menu has the lookup and the link that opens.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "httpurl" | "httpurl_overwrite" => Self::Url,
            "ip" => Self::Ip,
            "ipdecimal" => Self::DecimalIp,
            "email" => Self::Email,
            "domain" => Self::Domain,
            "RIPE" => Self::Handle,
            _ => return None,
        })
    }
}

/// What is on unless a site says otherwise; what one claims is not offered to the next (IR-263).
pub const DEFAULT_ORDER: [Detector; 4] = [Detector::Url, Detector::Ip, Detector::Email, Detector::Domain];

/// A recognised piece and where it stands in the text that was searched.
type Claim<'a> = (Range<usize>, Segment<'a>);

pub fn segments(text: &str) -> Vec<Segment<'_>> {
    segments_by(text, &DEFAULT_ORDER)
}

pub fn segments_by<'a>(text: &'a str, order: &[Detector]) -> Vec<Segment<'a>> {
    let whole = if text.is_empty() { Vec::new() } else { vec![Segment::Text(text)] };
    order.iter().fold(whole, |segments, detector| segments.into_iter().flat_map(|segment| offered(segment, *detector)).collect())
}

impl<'a> Segment<'a> {
    pub fn text(&self) -> &'a str {
        match self {
            Self::Text(text)
            | Self::Url { text, .. }
            | Self::Ip { text, .. }
            | Self::Email { text, .. }
            | Self::Domain { text }
            | Self::Handle { text } => text,
        }
    }
}

fn offered(segment: Segment<'_>, detector: Detector) -> Vec<Segment<'_>> {
    let Segment::Text(text) = segment else {
        return vec![segment];
    };
    let claims = match detector {
        Detector::Url => url::claims(text),
        Detector::Ip => address::claims(text),
        Detector::Email => email::claims(text),
        Detector::Domain => domains(text),
        Detector::DecimalIp => address::decimal_claims(text),
        Detector::Handle => handles(text),
    };
    split(text, claims)
}

/// Claims come in order and do not overlap.
fn split<'a>(text: &'a str, claims: Vec<Claim<'a>>) -> Vec<Segment<'a>> {
    let mut at: usize = 0;
    let mut segments = Vec::new();
    let end = (text.len()..text.len(), None);
    for (place, segment) in claims.into_iter().map(|(place, segment)| (place, Some(segment))).chain(once(end)) {
        let plain = text.get(at..place.start).filter(|plain| !plain.is_empty());
        segments.extend(plain.map(Segment::Text));
        segments.extend(segment);
        at = place.end;
    }
    segments
}

/// Besides last labels of two or three letters (IR-271) those that are top-level domains.
fn domains(text: &str) -> Vec<Claim<'_>> {
    let accept = |last: &str| last.len() <= 3 || TopLevelDomains::Known.contains(last);
    let places = name::scan(text, accept).into_iter();
    places.filter_map(|place| Some((place.clone(), Segment::Domain { text: text.get(place)? }))).collect()
}

/// Capital letters, digits and hyphens, beginning with a capital (IR-272). A hyphen is asked for, or every
/// capitalised abbreviation would be a handle.
fn handles(text: &str) -> Vec<Claim<'_>> {
    let mut at: usize = 0;
    let mut found = Vec::new();
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-') {
        let handle = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let sound = handle.starts_with(|c: char| c.is_ascii_uppercase())
            && handle.contains('-')
            && handle.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        if sound {
            found.push((at..at.saturating_add(handle.len()), Segment::Handle { text: handle }));
        }
        at = at.saturating_add(word.len());
    }
    found
}
