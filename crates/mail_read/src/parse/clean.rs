//! Makes decoded values fit to be stored and shown: no control characters, bounded, plausible.

use crate::incoming::Part;

const LONGEST_FILE_NAME: usize = 200;
/// RFC 5321 section 4.5.3.1, local part and domain together.
const LONGEST_ADDRESS: usize = 320;

/// One line: line breaks and tabs become blanks, other control characters go.
pub(super) fn line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\r' | '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push(' '),
            _ if character.is_control() => {}
            _ => clean.push(character),
        }
    }
    clean.trim().to_owned()
}

/// `local@domain` without blanks, brackets and control characters.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let bad = |character: char| {
        character.is_control()
            || character.is_whitespace()
            || matches!(character, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\')
    };
    let literal = domain.starts_with('[') && domain.ends_with(']');
    let good = text.len() <= LONGEST_ADDRESS
        && !local.is_empty()
        && !local.contains(|character| bad(character) || character == '@')
        && !domain.is_empty()
        && (literal || !domain.contains(bad));
    good.then(|| text.to_owned())
}

pub(super) fn message_id(text: &str, longest: usize) -> Option<String> {
    let id: String = text.chars().filter(|character| !character.is_control() && !character.is_whitespace()).collect();
    let id = id.trim_matches(['<', '>']);
    (!id.is_empty() && id.len() <= longest && !id.contains(['<', '>'])).then(|| id.to_owned())
}

/// The last piece of a path; names made of dots alone are none.
pub(super) fn file_name(text: &str) -> Option<String> {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = line(last).chars().take(LONGEST_FILE_NAME).collect();
    let name = name.trim().to_owned();
    (!name.trim_matches('.').is_empty()).then_some(name)
}

/// `type/subtype` of tokens (RFC 2045 section 5.1), in lower case.
pub(super) fn media_type(kind: &str, subtype: &str) -> Option<String> {
    let token = |part: &str| {
        (1..=80).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    (token(kind) && token(subtype)).then(|| format!("{kind}/{subtype}").to_ascii_lowercase())
}

/// Text to be read gets LF line ends; of a text that is a file only what cannot be stored is changed. In place
/// where possible: texts may be as large as a message.
pub(super) fn body(mut text: String, part: &Part) -> String {
    if part.is_attachment() {
        text.retain(|character| character != '\0');
        return text;
    }
    if has_lone_return(&text) {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    text.retain(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    text
}

fn has_lone_return(text: &str) -> bool {
    text.split('\r').skip(1).any(|after| !after.starts_with('\n'))
}
