//! Walks the MIME tree and lists its parts in tree order. A stack of what is still to be read stands in for
//! recursion; only attached messages that are themselves encoded recurse, within the depth limit.

use super::delimiter::{Pieces, cut};
use super::part::{self, Head};
use super::transfer::Encoding;
use super::{Limits, charset, clean, fields, tnef, uuencode};
use crate::incoming::{Disposition, Incoming, Marks, Part, PartBody};

const PLAIN: &str = "text/plain";
const MESSAGE: &str = "message/rfc822";
const OPAQUE: &str = "application/octet-stream";

const MOST_ENCODED: usize = 3;

/// Reports of other mail systems: text, though their type does not say so (RFC 3464, 8098, 5965, 6533).
const TEXT_REPORTS: [&str; 6] = [
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "message/global-delivery-status",
    "message/global-disposition-notification",
    "message/global-headers",
];

pub(super) fn walk(entity: &[u8], limits: &Limits, incoming: &mut Incoming) {
    let mut walk = Walk { limits, parts: Vec::new(), marks: incoming.marks, waiting: 0, encoded: 0 };
    walk.tree(entity, None, 0, PLAIN);
    incoming.parts = walk.parts;
    incoming.marks = walk.marks;
}

struct Walk<'l> {
    limits: &'l Limits,
    parts: Vec<Part>,
    marks: Marks,
    /// Parts that are cut but not yet read; they count against the limit.
    waiting: usize,
    /// Encoded messages being read within each other: each needs a copy of what it holds.
    encoded: usize,
}

/// A part still to be read.
#[derive(Clone, Copy)]
struct Node<'x> {
    bytes: &'x [u8],
    parent: Option<usize>,
    depth: usize,
    fallback: &'static str,
    /// The parts over the limit, to be kept as they are.
    rest: bool,
}

impl Walk<'_> {
    fn tree(&mut self, entity: &[u8], parent: Option<usize>, depth: usize, fallback: &'static str) {
        let mut stack = vec![Node { bytes: entity, parent, depth, fallback, rest: false }];
        self.waiting += 1;
        while let Some(node) = stack.pop() {
            self.waiting -= 1;
            self.visit(node, &mut stack);
        }
    }

    fn visit<'x>(&mut self, node: Node<'x>, stack: &mut Vec<Node<'x>>) {
        if node.rest {
            self.keep_closed(node.bytes, node.parent, "remaining-parts.txt");
            return;
        }
        let (header, body) = fields::split_part(node.bytes);
        let head = part::read(header, node.parent, node.fallback);
        let kind = head.part.content_type.as_str();
        if kind.starts_with("multipart/") {
            self.multipart(node, head, body, stack);
        } else if kind == MESSAGE || kind == "message/global" {
            self.message(node, head, body, stack);
        } else {
            self.leaf(head, body);
        }
    }

    fn multipart<'x>(&mut self, node: Node<'x>, head: Head, body: &'x [u8], stack: &mut Vec<Node<'x>>) {
        if !self.may_descend(&node) {
            self.keep_closed(node.bytes, node.parent, "nested.eml");
            return;
        }
        let pieces = head.boundary.as_deref().and_then(|boundary| cut(body, boundary, self.room()));
        let Some(pieces) = pieces.filter(|pieces| !pieces.parts.is_empty() || pieces.rest.is_some()) else {
            self.unbounded(head, body);
            return;
        };
        let fallback = if head.part.content_type == "multipart/digest" { MESSAGE } else { PLAIN };
        let index = self.parts.len();
        self.parts.push(head.part);
        let like = Node { parent: Some(index), depth: node.depth + 1, fallback, ..node };
        self.enqueue(pieces, like, stack);
    }

    /// `like` says what the pieces have in common.
    fn enqueue<'x>(&mut self, pieces: Pieces<'x>, like: Node<'x>, stack: &mut Vec<Node<'x>>) {
        let before = stack.len();
        if let Some(bytes) = pieces.rest {
            self.marks.too_many_parts = true;
            stack.push(Node { bytes, rest: true, ..like });
        }
        let nodes = pieces.parts.into_iter().rev();
        stack.extend(nodes.map(|bytes| Node { bytes, ..like }));
        self.waiting += stack.len() - before;
    }

    /// A multipart whose boundary is missing or never appears is read as plain text (MG-023).
    fn unbounded(&mut self, mut head: Head, body: &[u8]) {
        PLAIN.clone_into(&mut head.part.content_type);
        self.leaf(head, body);
    }

    fn message<'x>(&mut self, node: Node<'x>, mut head: Head, body: &'x [u8], stack: &mut Vec<Node<'x>>) {
        let encoded = head.encoding != Encoding::Plain;
        if !self.may_descend(&node) || encoded && self.encoded >= MOST_ENCODED {
            self.marks.too_deep |= self.encoded >= MOST_ENCODED;
            let (bytes, _) = head.encoding.decode(body);
            head.part.file_name = head.part.file_name.or_else(|| Some("message.eml".to_owned()));
            head.part.disposition = Some(Disposition::Attachment);
            head.part.body = PartBody::Binary(bytes.into_owned());
            self.parts.push(head.part);
            return;
        }
        let index = self.parts.len();
        self.parts.push(head.part);
        if !encoded {
            self.waiting += 1;
            stack.push(Node {
                bytes: fields::without_leading(body),
                parent: Some(index),
                depth: node.depth + 1,
                fallback: PLAIN,
                rest: false,
            });
            return;
        }
        let (bytes, sound) = head.encoding.decode(body);
        self.marks.broken_encoding |= !sound;
        self.encoded += 1;
        self.tree(fields::without_leading(&bytes), Some(index), node.depth + 1, PLAIN);
        self.encoded -= 1;
    }

    fn leaf(&mut self, head: Head, body: &[u8]) {
        let mut part = head.part;
        let (bytes, sound) = head.encoding.decode(body);
        self.marks.broken_encoding |= !sound;
        let textual = part.content_type.starts_with("text/") || TEXT_REPORTS.contains(&part.content_type.as_str());
        part.body = if textual {
            let text = charset::labelled(&bytes, part.charset_original.as_deref());
            PartBody::Text(clean::body(text, &part))
        } else {
            part.charset_original = None;
            PartBody::Binary(bytes.into_owned())
        };
        let index = self.parts.len();
        self.parts.push(part);
        self.unpack(index);
    }

    /// What is packed into a part stands beneath it.
    fn unpack(&mut self, index: usize) {
        let Some(part) = self.parts.get_mut(index) else { return };
        let mut inside = Vec::new();
        match &mut part.body {
            PartBody::Binary(bytes) if is_tnef(&part.content_type, part.file_name.as_deref()) => {
                inside.extend(tnef::open(bytes).into_iter().flatten().map(|packed| from_tnef(packed, index)));
            }
            PartBody::Text(text) if part.content_type == PLAIN && part.file_name.is_none() => {
                if let Some((rest, blocks)) = uuencode::blocks(text) {
                    *text = rest;
                    inside.extend(blocks.into_iter().map(|block| attached(block.file_name, block.bytes, index)));
                }
            }
            _ => {}
        }
        self.marks.too_many_parts |= inside.len() > self.room();
        inside.truncate(self.room());
        self.parts.extend(inside);
    }

    fn may_descend(&mut self, node: &Node<'_>) -> bool {
        if node.depth >= self.limits.depth {
            self.marks.too_deep = true;
            return false;
        }
        if self.room() == 0 {
            self.marks.too_many_parts = true;
            return false;
        }
        true
    }

    /// How many parts may still come, beside the one being read.
    fn room(&self) -> usize {
        self.limits.parts.saturating_sub(self.parts.len() + self.waiting + 1)
    }

    fn keep_closed(&mut self, bytes: &[u8], parent: Option<usize>, name: &str) {
        self.parts.push(Part { parent, ..attached(Some(name.to_owned()), bytes.to_vec(), 0) });
    }
}

fn is_tnef(content_type: &str, file_name: Option<&str>) -> bool {
    matches!(content_type, "application/ms-tnef" | "application/vnd.ms-tnef")
        || file_name.is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"))
}

fn from_tnef(packed: tnef::Packed, parent: usize) -> Part {
    let mut part = attached(packed.file_name, packed.bytes, parent);
    part.content_type = packed.content_type;
    if part.file_name.is_none() {
        part.disposition = None;
    }
    if let PartBody::Binary(bytes) = &part.body
        && part.content_type.starts_with("text/")
    {
        let text = charset::labelled(bytes, None);
        part.body = PartBody::Text(clean::body(text, &part));
    }
    part
}

fn attached(file_name: Option<String>, bytes: Vec<u8>, parent: usize) -> Part {
    Part {
        parent: Some(parent),
        content_type: OPAQUE.to_owned(),
        file_name,
        disposition: Some(Disposition::Attachment),
        content_id: None,
        charset_original: None,
        headers: Vec::new(),
        body: PartBody::Binary(bytes),
    }
}
