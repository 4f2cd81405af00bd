//! Pictures by what they are, never by what a sender says: raster formats that browsers only draw.

const PICTURES: [(&[u8], &str); 4] =
    [(b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"BM", "image/bmp")];

/// The media type of a picture; `None` for anything else, SVG included.
#[must_use]
pub fn media_type(content: &[u8]) -> Option<&'static str> {
    let webp = content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP");
    let known = PICTURES.iter().find(|(start, _)| content.starts_with(start)).map(|(_, picture)| *picture);
    known.or(webp.then_some("image/webp"))
}
