//! What a file is by its first bytes, whatever its sender calls it, and whether its name says something else.

mod dangerous;
mod text;

pub use dangerous::is_dangerous;

use crate::picture;

/// So many first bytes are looked at, on pages and when a file is handed out: both must come to the same.
pub const HEAD: usize = 512;

/// What the bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Picture(&'static str),
    Pdf,
    /// Archives, and what is one inside: documents of newer office programs, Java programs.
    Zip,
    OtherArchive,
    /// What older office programs write, installers for Windows, and office documents with a password. Any may hold macros.
    Compound,
    RichText,
    Html,
    Svg,
    Program,
    Script,
    /// A shortcut of Windows, a help file, a notebook: opened, they run what is in them.
    Launcher,
    /// Opened like a folder by today's systems.
    DiskImage,
}

const SIGNATURES: [(&[u8], Found); 23] = [
    (b"%PDF", Found::Pdf),
    (b"PK\x03\x04", Found::Zip),
    (b"PK\x05\x06", Found::Zip),
    (b"Rar!\x1a\x07", Found::OtherArchive),
    (b"7z\xbc\xaf\x27\x1c", Found::OtherArchive),
    (b"\x1f\x8b", Found::OtherArchive),
    (b"\xfd7zXZ\0", Found::OtherArchive),
    (b"\x28\xb5\x2f\xfd", Found::OtherArchive),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Found::Compound),
    (b"{\\rt", Found::RichText),
    (b"\x7fELF", Found::Program),
    (b"\xfe\xed\xfa\xce", Found::Program),
    (b"\xfe\xed\xfa\xcf", Found::Program),
    (b"\xce\xfa\xed\xfe", Found::Program),
    (b"\xcf\xfa\xed\xfe", Found::Program),
    (b"\xca\xfe\xba\xbe", Found::Program),
    (b"dex\n", Found::Program),
    (b"MSCF\0\0\0\0", Found::Launcher),
    (b"ITSF\x03\0\0\0", Found::Launcher),
    (b"L\0\0\0\x01\x14\x02\0", Found::Launcher),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", Found::Launcher),
    (b"vhdxfile", Found::DiskImage),
    (b"conectix", Found::DiskImage),
];

/// By up to [`HEAD`] first bytes; `None` for plain text and for what is not known here.
#[must_use]
pub fn found(head: &[u8]) -> Option<Found> {
    let head = head.get(..HEAD).unwrap_or(head);
    // text may well begin with these two letters; a program has other bytes soon after
    let is_program = head.starts_with(b"MZ") && head.contains(&0);
    let known = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)).map(|(_, found)| *found);
    let known = known.or(is_program.then_some(Found::Program));
    known.or_else(|| picture::media_type(head).map(Found::Picture)).or_else(|| text::found(head))
}

impl Found {
    /// Its key in the catalogue of words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture(_) => "picture",
            Self::Pdf => "pdf",
            Self::Zip | Self::OtherArchive => "archive",
            Self::Compound => "compound",
            Self::RichText => "rich-text",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Program => "program",
            Self::Script => "script",
            Self::Launcher => "launcher",
            Self::DiskImage => "disk-image",
        }
    }
}

/// Whether a name or, where that says nothing, the sender's type promises something else than the file is.
#[must_use]
pub fn lies(name: &str, said: &str, found: Found) -> bool {
    let promised = promised_by_name(&extension(name)).or_else(|| promised_by_type(said));
    promised.is_some_and(|promised| !promised.contains(&found.as_str()))
}

fn promised_by_name(extension: &str) -> Option<&'static [&'static str]> {
    Some(match extension {
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "webp" => &["picture"],
        "pdf" => &["pdf"],
        "zip" | "jar" | "apk" | "epub" | "odt" | "ods" | "odp" | "rar" | "7z" | "gz" | "tgz" | "xz" | "zst" => &["archive"],
        // with a password they are compounds
        "docx" | "docm" | "xlsx" | "xlsm" | "xlsb" | "pptx" | "pptm" => &["archive", "compound"],
        "doc" | "xls" | "ppt" | "msi" | "msg" => &["compound"],
        "rtf" => &["rich-text"],
        "htm" | "html" | "xhtml" => &["html", "svg"],
        "svg" => &["svg"],
        // what these are is not known here, but it is none of what is
        "txt" | "log" | "csv" | "json" | "eml" | "ics" | "vcf" | "md" | "mp3" | "mp4" | "wav" | "mov" | "avi" | "heic"
        | "tif" | "tiff" => &[],
        _ => return None,
    })
}

fn promised_by_type(said: &str) -> Option<&'static [&'static str]> {
    Some(match said {
        "application/pdf" => &["pdf"],
        "text/html" => &["html", "svg"],
        "text/plain" | "text/csv" => &[],
        "image/svg+xml" => &["svg"],
        _ if said.starts_with("image/") => &["picture"],
        _ if said.starts_with("audio/") || said.starts_with("video/") => &[],
        _ => return None,
    })
}

/// What stands after the last dot, in lower case and as Windows reads it: dots and spaces at the end do not count.
pub(crate) fn extension(name: &str) -> String {
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        for (bytes, kind) in [
            (&b"MZ\x90\0\x03"[..], Some(Found::Program)),
            (b"MZone report of today", None),
            (b"\x7fELF\x02", Some(Found::Program)),
            (b"#!/bin/sh\n", Some(Found::Script)),
            (b"\xef\xbb\xbf <!DOCTYPE html><html>", Some(Found::Html)),
            (b"<?xml version='1.0'?><svg xmlns='x'>", Some(Found::Svg)),
            (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", Some(Found::Compound)),
            (b"\x89PNG\r\n\x1a\n", Some(Found::Picture("image/png"))),
            (b"Dear all,\n<b>", None),
            (b"", None),
        ] {
            assert_eq!(found(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
        }
        let mut late = vec![b' '; HEAD];
        late.extend(b"<script>");
        assert_eq!(found(&late), None, "no more is looked at than pages look at");
    }

    #[test]
    fn a_name_that_promises_something_else_is_a_lie_and_an_unknown_one_is_none() {
        assert!(lies("invoice.pdf", "application/pdf", Found::Program));
        assert!(lies("notes.txt", "text/plain", Found::Html));
        assert!(lies("photo", "image/jpeg", Found::Program));
        assert!(!lies("photo.jpg", "image/jpeg", Found::Picture("image/png")), "it is a picture all the same");
        assert!(!lies("plan.docx", "application/octet-stream", Found::Compound), "with a password");
        assert!(!lies("sample.bin", "application/octet-stream", Found::Program));
    }
}
