//! Domain names in text (IR-118). A run of letters, digits, `.`, `-` and `_` is a name as a whole or not at all:
//! `foo_bar.com` does not hold `bar.com`. Letters of other scripts part runs, those of Latin do not.

use std::ops::Range;

const LONGEST: usize = 253;

/// Places of the names whose last label is accepted.
pub(crate) fn scan(text: &str, accept: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for run in text.split(|c| !belongs(c)) {
        let mut at = start;
        for piece in run.split("..") {
            found.extend(whole(piece, &accept).map(|within| moved(within, at)));
            at = at.saturating_add(piece.len()).saturating_add(2);
        }
        let end = start.saturating_add(run.len());
        let gap = text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start = end.saturating_add(gap);
    }
    found
}

/// Is the whole text a name of two labels or more?
pub(crate) fn is_name(text: &str) -> bool {
    let Some((rest, last)) = text.rsplit_once('.') else {
        return false;
    };
    text.len() <= LONGEST && rest.split('.').all(is_label) && is_last_label(last)
}

fn moved(range: Range<usize>, by: usize) -> Range<usize> {
    range.start.saturating_add(by)..range.end.saturating_add(by)
}

fn whole(piece: &str, accept: &impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let trimmed = piece.trim_start_matches(['.', '-', '_']);
    let start = piece.len().saturating_sub(trimmed.len());
    let name = trimmed.trim_end_matches(['.', '-', '_']);
    let (_, last) = name.rsplit_once('.')?;
    (is_name(name) && accept(last)).then(|| start..start.saturating_add(name.len()))
}

/// Below U+0250 are the Latin letters: `münchen.de` must not become `nchen.de`, while a name between
/// Chinese or Thai words, which need no blanks, stands for itself.
fn belongs(c: char) -> bool {
    matches!(c, '.' | '-' | '_') || (c.is_alphanumeric() && c < '\u{250}')
}

fn is_label(label: &str) -> bool {
    let plain = without_prefix(label);
    (1..=63).contains(&label.len())
        && plain.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Letters only, but for internationalised ones, which have digits and hyphens in their encoded form.
fn is_last_label(label: &str) -> bool {
    let encoded = without_prefix(label).len() < label.len();
    let letters = label.bytes().all(|byte| byte.is_ascii_alphabetic());
    (2..=63).contains(&label.len()) && if encoded { is_label(label) } else { letters }
}

fn without_prefix(label: &str) -> &str {
    match label.split_at_checked(4) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("xn--") => rest,
        _ => label,
    }
}
