//! Cuts the body of a multipart at its boundary (RFC 2046 section 5.1.1).

pub(super) struct Pieces<'x> {
    pub parts: Vec<&'x [u8]>,
    /// What follows after the number of parts allowed, delimiters included.
    pub rest: Option<&'x [u8]>,
}

/// `None` when the boundary never appears. A missing last delimiter is forgiven.
pub(super) fn cut<'x>(body: &'x [u8], boundary: &str, most: usize) -> Option<Pieces<'x>> {
    let mut pieces = Pieces { parts: Vec::new(), rest: None };
    let mut open: Option<usize> = None;
    let mut found = false;
    let mut offset = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let start = offset;
        offset += line.len();
        let Some(last) = delimiter(line, boundary.as_bytes()) else {
            continue;
        };
        found = true;
        if let Some(begin) = open.take() {
            pieces.parts.push(piece(body, begin, start));
        }
        if last {
            return Some(pieces);
        }
        if pieces.parts.len() + 1 >= most {
            pieces.rest = body.get(start..);
            return Some(pieces);
        }
        open = Some(offset);
    }
    if let Some(begin) = open {
        pieces.parts.push(body.get(begin..).unwrap_or_default());
    }
    found.then_some(pieces)
}

/// Whether the line is a delimiter, and then whether it is the last one.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// The line end before a delimiter belongs to the delimiter.
fn piece(body: &[u8], begin: usize, end: usize) -> &[u8] {
    let piece = body.get(begin..end).unwrap_or_default();
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}
