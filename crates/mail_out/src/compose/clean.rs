//! Makes outside text fit for headers and bodies: no control characters, no overlong or malformed values.

pub(super) const LONGEST_SUBJECT: usize = 2_000;
pub(super) const LONGEST_HEADER: usize = 8_000;
const LONGEST_NAME: usize = 200;
const LONGEST_FILE_NAME: usize = 200;
const LONGEST_ID: usize = 500;
/// RFC 5321 section 4.5.3.1.3, without the angle brackets.
const LONGEST_ADDRESS: usize = 254;

/// Fields that `compose` writes itself, or that must not be written at all.
const OWN_HEADERS: [&str; 12] = [
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
];

/// One line: control characters and line separators become blanks, runs of blanks become one.
pub(super) fn line(text: &str, longest: usize) -> String {
    let mut clean = String::with_capacity(text.len().min(longest));
    let mut count = 0;
    for character in text.chars() {
        let character = if is_break(character) { ' ' } else { character };
        if character == ' ' && (clean.is_empty() || clean.ends_with(' ')) {
            continue;
        }
        if count == longest {
            break;
        }
        clean.push(character);
        count += 1;
    }
    clean.truncate(clean.trim_end().len());
    clean
}

fn is_break(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

pub(super) fn name(text: &str) -> Option<String> {
    Some(line(text, LONGEST_NAME)).filter(|name| !name.is_empty())
}

/// The address when it is a plain `local@domain` in ASCII.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let good = text.len() <= LONGEST_ADDRESS
        && !local.is_empty()
        && local.bytes().all(|byte| is_atext(byte) || byte == b'.')
        && is_domain(domain);
    good.then(|| text.to_owned())
}

/// RFC 5322 section 3.2.3.
fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_domain(domain: &str) -> bool {
    let name = domain
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    let literal = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(|inner| {
        !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-".contains(&byte))
    });
    name || literal
}

/// A message id without its angle brackets.
pub(super) fn message_id(text: &str) -> Option<String> {
    let id: String = text
        .chars()
        .filter(|character| character.is_ascii_graphic() && !matches!(character, '<' | '>'))
        .take(LONGEST_ID)
        .collect();
    (!id.is_empty()).then_some(id)
}

pub(super) fn is_free_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    (1..=60).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !OWN_HEADERS.contains(&lower.as_str())
        && !lower.starts_with("content-")
}

pub(super) fn file_name(text: &str) -> Option<String> {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    Some(line(last, LONGEST_FILE_NAME)).filter(|name| !name.is_empty())
}

/// A body: line ends become LF, other control characters but the tab go, the last line is ended.
pub(super) fn body(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut clean: String =
        unified.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect();
    if !clean.ends_with('\n') {
        clean.push('\n');
    }
    clean
}
