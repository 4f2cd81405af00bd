//! Reads the header of one part.

use mail_parser::ContentType;

use super::transfer::Encoding;
use super::{clean, decode, fields};
use crate::incoming::{Disposition, Part, PartBody};

const MOST_HEADER_BYTES: usize = 16 * 1024;
const LONGEST_BOUNDARY: usize = 1_000;

pub(super) struct Head {
    pub part: Part,
    pub encoding: Encoding,
    pub boundary: Option<String>,
}

/// `fallback` is the type of a part that names none. The message's own fields are kept elsewhere, so its part holds
/// those about its content only.
pub(super) fn read(head: &[u8], parent: Option<usize>, fallback: &str) -> Head {
    let mut content: Option<ContentType<'_>> = None;
    let mut disposition: Option<ContentType<'_>> = None;
    let mut encoding = Encoding::default();
    let mut headers = Vec::new();
    let mut content_id = None;
    let mut room = MOST_HEADER_BYTES;
    for field in fields::fields(head) {
        let name = field.name.to_ascii_lowercase();
        match name.as_str() {
            "content-type" if content.is_none() => content = decode::parameters(field.value),
            "content-disposition" if disposition.is_none() => {
                disposition = decode::parameters(field.value);
            }
            "content-transfer-encoding" => encoding = Encoding::named(&decode::text(field.value)),
            "content-id" => content_id = decode::ids(field.value).into_iter().next(),
            _ => {}
        }
        let size = field.name.len() + field.value.len();
        if size <= room && (parent.is_some() || name.starts_with("content-")) {
            room -= size;
            headers.push((field.name.to_owned(), decode::text(field.value)));
        }
    }
    let part = Part {
        parent,
        content_type: content.as_ref().and_then(media_type).unwrap_or_else(|| fallback.to_owned()),
        file_name: file_name(disposition.as_ref(), content.as_ref()),
        disposition: disposition.as_ref().map(kind),
        content_id,
        charset_original: content.as_ref().and_then(|content| content.attribute("charset")).map(clean::line),
        headers,
        body: PartBody::Container,
    };
    let boundary = content.as_ref().and_then(|content| content.attribute("boundary"));
    let boundary = boundary.map(|text| text.trim_end().to_owned());
    Head { part, encoding, boundary: boundary.filter(|text| !text.is_empty() && text.len() <= LONGEST_BOUNDARY) }
}

/// A type without subtype, or of nonsense, says nothing: `text` is read as plain text, the rest kept as a file.
fn media_type(content: &ContentType<'_>) -> Option<String> {
    let kind = content.ctype();
    let found = content.subtype().and_then(|subtype| clean::media_type(kind, subtype));
    match found {
        Some(found) => Some(found),
        None if kind.eq_ignore_ascii_case("text") || kind.is_empty() => None,
        None => Some("application/octet-stream".to_owned()),
    }
}

/// RFC 2183 section 2.8: an unknown disposition is an attachment.
fn kind(disposition: &ContentType<'_>) -> Disposition {
    if disposition.ctype().eq_ignore_ascii_case("inline") { Disposition::Inline } else { Disposition::Attachment }
}

fn file_name(disposition: Option<&ContentType<'_>>, content: Option<&ContentType<'_>>) -> Option<String> {
    let given = disposition.and_then(|disposition| named(disposition, "filename"));
    let given = given.or_else(|| content.and_then(|content| named(content, "name")));
    given.and_then(clean::file_name)
}

/// A name may stand twice: in full (`filename*`), and in ASCII for old programs. The full one counts.
fn named<'x>(field: &'x ContentType<'_>, name: &str) -> Option<&'x str> {
    let all = || field.attributes().unwrap_or_default().iter().filter(|attribute| attribute.name == name);
    let found = all().find(|attribute| !attribute.value.is_ascii()).or_else(|| all().next());
    found.map(|attribute| attribute.value.as_ref())
}
