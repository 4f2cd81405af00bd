//! Web addresses in text (IR-270). The host is checked, within a bounded length, before the rest of
//! the address is walked, so that the time stays linear.

use super::{Claim, Segment};

const LONGEST_AUTHORITY: usize = 512;

pub(super) fn claims(text: &str) -> Vec<Claim<'_>> {
    let mut free_from = 0;
    let mut found = Vec::new();
    for (colon, _) in text.match_indices("://") {
        let Some(start) = scheme_before(text, free_from, colon) else {
            continue;
        };
        let authority = colon.saturating_add("://".len());
        let Some(url) = whole(text, start, authority) else {
            continue;
        };
        free_from = start.saturating_add(url.len());
        let Some(host) = url.get(authority.saturating_sub(start)..).and_then(host) else {
            continue;
        };
        found.push((start..free_from, Segment::Url { text: url, url, host }));
    }
    found
}

fn scheme_before(text: &str, free_from: usize, colon: usize) -> Option<usize> {
    ["https", "http"].into_iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len()).filter(|start| *start >= free_from)?;
        let same = text.get(start..colon)?.eq_ignore_ascii_case(scheme);
        let before = text.get(..start)?.chars().next_back();
        (same && !before.is_some_and(char::is_alphanumeric)).then_some(start)
    })
}

fn whole(text: &str, start: usize, authority: usize) -> Option<&str> {
    let rest = text.get(authority..)?;
    host(rest)?;
    let length = rest.find(ends).unwrap_or(rest.len());
    let end = authority.checked_add(trimmed(rest.get(..length)?).len())?;
    text.get(start..end)
}

fn ends(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
}

/// The host of what follows `://`, without user and port.
fn host(rest: &str) -> Option<&str> {
    let length = rest
        .char_indices()
        .find(|(at, c)| *at >= LONGEST_AUTHORITY || matches!(c, '/' | '?' | '#') || ends(*c))
        .map_or(rest.len(), |(at, _)| at);
    let authority = rest.get(..length).filter(|authority| authority.len() < LONGEST_AUTHORITY)?;
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let host = match place.strip_prefix('[') {
        Some(six) => six.split(']').next()?,
        None => place.split(':').next()?,
    };
    let host = host.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let sound = host.starts_with(|c: char| c.is_alphanumeric() || c == ':')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | ':'));
    sound.then_some(host)
}

/// Without punctuation that ends a sentence and without closing brackets that were not opened in it.
fn trimmed(url: &str) -> &str {
    let count = |bracket: char| url.matches(bracket).count();
    let mut round = (count('('), count(')'));
    let mut square = (count('['), count(']'));
    let mut rest = url;
    while let Some(last) = rest.chars().next_back() {
        let excess = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '…' | '。' | '、' | '“' | '”' | '»' => true,
            ')' => unbalanced(&mut round),
            ']' => unbalanced(&mut square),
            _ => false,
        };
        let Some(shorter) = rest.strip_suffix(last).filter(|_| excess) else {
            break;
        };
        rest = shorter;
    }
    rest
}

fn unbalanced((opened, closed): &mut (usize, usize)) -> bool {
    let more = *closed > *opened;
    *closed = closed.saturating_sub(usize::from(more));
    more
}
