//! The encoding from before MIME: as a transfer encoding, and as blocks `begin 644 name` … `end` within a text (TC-185 step 2).

use super::clean;

pub(super) struct Block {
    pub file_name: Option<String>,
    pub bytes: Vec<u8>,
}

const MOST_BLOCKS: usize = 50;

/// The first block of a body; its bytes as they came when there is none.
pub(super) fn decode(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let mut lines = text.lines();
    lines.find(|line| name(line).is_some())?;
    Some(block(&mut lines).0)
}

/// Complete blocks of a text, and the text without them. `None` when there is none.
pub(super) fn blocks(text: &str) -> Option<(String, Vec<Block>)> {
    if !text.contains("\nend") && !text.contains("\r\nend") {
        return None;
    }
    let mut rest = String::new();
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let candidate = name(line).filter(|_| found.len() < MOST_BLOCKS);
        if let Some(name) = candidate {
            let mut ahead = lines.clone();
            let (bytes, ended) = block(&mut ahead);
            if ended && !bytes.is_empty() {
                found.push(Block { file_name: clean::file_name(name), bytes });
                lines = ahead;
                continue;
            }
        }
        rest.push_str(line);
        rest.push('\n');
    }
    (!found.is_empty()).then_some((rest, found))
}

fn name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("begin ")?;
    let (mode, name) = rest.split_once(' ')?;
    let octal = (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    (octal && !name.trim().is_empty()).then_some(name)
}

/// Up to `end`, or to the first line that is none of the encoding; and whether the end was there.
fn block<'x>(lines: &mut impl Iterator<Item = &'x str>) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    for line in lines {
        let line = line.trim_end_matches('\r');
        if line == "end" {
            return (bytes, true);
        }
        if line.trim().is_empty() {
            continue;
        }
        if !one(line.as_bytes(), &mut bytes) {
            break;
        }
    }
    (bytes, false)
}

fn one(line: &[u8], bytes: &mut Vec<u8>) -> bool {
    let value = |byte: u8| byte.wrapping_sub(b' ') & 0x3F;
    let Some((&first, encoded)) = line.split_first() else { return false };
    let length = usize::from(value(first));
    if !(b' '..=b'`').contains(&first) || encoded.len() > 64 || encoded.iter().any(|byte| !(b' '..=b'`').contains(byte)) {
        return false;
    }
    let mut decoded = Vec::with_capacity(48);
    for four in encoded.chunks(4) {
        let at = |index: usize| value(four.get(index).copied().unwrap_or(b' '));
        decoded.extend([at(0) << 2 | at(1) >> 4, at(1) << 4 | at(2) >> 2, at(2) << 6 | at(3)]);
    }
    // blanks at the end of a line are often lost
    decoded.resize(decoded.len().max(length), 0);
    bytes.extend_from_slice(decoded.get(..length).unwrap_or(&decoded));
    true
}
